package host

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"viberdeck/model"
)

// engineMethod is what the log shows as the method of a line that is not a request.
const engineMethod = "engine"

// logHandler writes messages of the engine and the callback receiver to the log, and passes them to
// a listener at once.
type logHandler struct {
	add func(model.LogEntry)
	say func(line string) // nil: no listener
}

func (h logHandler) Enabled(context.Context, slog.Level) bool { return true }

// Handle writes a record as one line: what happened, then its attributes except the account, which
// has its own column.
func (h logHandler) Handle(_ context.Context, r slog.Record) error {
	e := model.LogEntry{At: r.Time.UTC(), Method: engineMethod, Try: 1}
	if e.At.IsZero() {
		e.At = time.Now().UTC()
	}
	text := model.Text{Format: r.Message}
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "account":
			e.Account = a.Value.String()
		case "error":
			text = model.Say("%s: %s", text, clean(a.Value))
		default:
			text = model.Say("%s, %s %s", text, a.Key, clean(a.Value))
		}
		return true
	})
	e.Result = text
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

// clean returns the value of an attribute as an argument of a sentence.
func clean(v slog.Value) model.Text {
	if err, ok := v.Any().(error); ok {
		return model.TextOf(err).Clean(func(part string) string { // spaces at its ends join it to its neighbours
			return strings.ReplaceAll(model.Sanitise(part), "\n", " ")
		})
	}
	return model.Data(model.SanitiseLine(v.String()))
}

func (h logHandler) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h logHandler) WithGroup(string) slog.Handler      { return h }
