package host

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"viberdeck/model"
)

// engineMethod is what the log shows as the method of a line that is no request.
const engineMethod = "engine"

// logHandler takes what the engine and the receiver of callbacks say into the log, and to a person
// who wants to hear it at once.
type logHandler struct {
	add func(model.LogEntry)
	say func(line string) // nil: nobody listens
}

func (h logHandler) Enabled(context.Context, slog.Level) bool { return true }

// Handle writes a record as one line: what happened, then its attributes but the account, which has
// a column of its own.
func (h logHandler) Handle(_ context.Context, r slog.Record) error {
	e := model.LogEntry{At: r.Time.UTC(), Method: engineMethod, Try: 1}
	if e.At.IsZero() {
		e.At = time.Now().UTC()
	}
	said := model.Text{Format: r.Message}
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "account":
			e.Account = a.Value.String()
		case "error":
			said = model.Say("%s: %s", said, clean(a.Value))
		default:
			said = model.Say("%s, %s %s", said, a.Key, clean(a.Value))
		}
		return true
	})
	e.Result = said
	h.add(e)
	if h.say != nil {
		line := e.Result.String()
		if e.Account != "" {
			line = e.Account + ": " + line
		}
		h.say(line)
	}
	return nil
}

// clean gives the value of an attribute as an argument of a sentence.
func clean(v slog.Value) model.Text {
	if err, ok := v.Any().(error); ok {
		return model.TextOf(err).Clean(func(part string) string { // blanks at its ends join it to its neighbours
			return strings.ReplaceAll(model.Sanitise(part), "\n", " ")
		})
	}
	return model.Data(model.SanitiseLine(v.String()))
}

func (h logHandler) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h logHandler) WithGroup(string) slog.Handler      { return h }
