package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// The exit codes of every command.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2 // the request is wrong or impossible; nothing happened
	exitRefused = 3 // done, some refused
	exitUnknown = 4 // some outcomes unknown
)

// exitError ends the program with a code of its own.
type exitError struct {
	code int
	err  error // nil: everything has already been printed
}

func (e exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

// usage makes an error that ends with exit code 2.
func usage(format string, args ...any) error {
	return exitError{exitUsage, fmt.Errorf(format, args...)}
}

// codeOf returns the exit code of an error: its own code, else 2 if nothing happened because of the
// request, and 1 for the rest: a fault, no answer, no permission.
func codeOf(err error) int {
	if err == nil {
		return exitDone
	}
	if e, ok := errors.AsType[exitError](err); ok {
		return e.code
	}
	if _, wrong := errors.AsType[settings.Error](err); wrong || impossible(err) {
		return exitUsage
	}
	return exitFailed
}

// impossible reports whether the request is wrong, names something that does not exist, or is not
// possible in the current state, so that the same command fails again.
func impossible(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		return false
	}
	switch e.Kind {
	case model.KindInvalid:
		return true
	case model.KindNotFound, model.KindConflict:
		return e.Fate == model.FateRefused
	case model.KindLimited:
		return e.Status == 0 // our own limit
	}
	return false
}

// say prints what went wrong, one line per error. A text before joined errors is repeated before
// each.
func say(w io.Writer, err error) { sayEach(w, "", err) }

func sayEach(w io.Writer, before string, err error) {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) && len(joined.Unwrap()) > 0 {
		all := errors.Join(joined.Unwrap()...).Error()
		if own, found := strings.CutSuffix(err.Error(), all); found {
			before += own
		}
		for _, one := range joined.Unwrap() {
			sayEach(w, before, one)
		}
		return
	}
	if e, ok := errors.AsType[exitError](err); ok && e.err == nil {
		return
	}
	if errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintln(w, "viberdeck: interrupted")
		return
	}
	_, _ = fmt.Fprintf(w, "viberdeck: %s\n", model.Clip(model.Sanitise(before+err.Error()), errorShown))
}

// addLog adds --log to a command that runs for a long time: its messages on standard error then
// become log lines.
func (p *program) addLog(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.logForm, "log", "text", "lines of the log on standard error: text or json (`FORM`)")
}

// openLog turns every line on standard error into a log line, as set by --log.
func (p *program) openLog() error {
	switch p.logForm {
	case "text":
		p.log = slog.New(slog.NewTextHandler(p.Err, nil))
	case "json":
		p.log = slog.New(slog.NewJSONHandler(p.Err, nil))
	default:
		return usage("--log: %q is neither text nor json", p.logForm)
	}
	return nil
}

// note prints a message for the person on standard error.
func (p *program) note(format string, args ...any) {
	line := fmt.Sprintf(format, harmless(args)...)
	if p.log != nil {
		p.log.Info(strings.TrimSpace(line))
		return
	}
	_, _ = fmt.Fprintln(p.Err, p.broken(line))
}

// broken breaks lines between words at the width of the terminal, where there is one.
func (p *program) broken(text string) string {
	if w := width(p.Err); w > 0 {
		return ansi.Wrap(text, w, "")
	}
	return text
}

// fail prints on standard error why the program ends.
func (p *program) fail(err error) {
	var words strings.Builder
	say(&words, err)
	if p.log == nil {
		_, _ = io.WriteString(p.Err, p.broken(words.String()))
	} else if text := strings.TrimSpace(words.String()); text != "" {
		p.log.Error(text)
	}
}

// saying returns the function that prints the engine's warnings on standard error: a log has all of
// them, other output only with -v, and never while the dashboard uses that terminal.
func (p *program) saying() func(string) {
	switch {
	case p.log != nil:
		return func(line string) { p.log.Warn(model.SanitiseLine(line)) }
	case !p.verbose:
		return nil
	}
	return func(line string) {
		if !p.onScreen.Load() {
			p.note("%s", line)
		}
	}
}

const (
	// wordsShown is the maximum number of characters of one text from outside in a line for a
	// person.
	wordsShown = 400
	// errorShown is the maximum number of characters of one error.
	errorShown = 4000
)

// harmless removes control characters from texts that become part of a line for a person, and
// shortens them: a campaign's name, a vendor's words and a file's text come from outside.
func harmless(args []any) []any {
	safe := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case string:
			safe[i] = model.Clip(model.SanitiseLine(v), wordsShown)
		case error:
			safe[i] = model.Clip(model.Sanitise(v.Error()), errorShown)
		case model.Text:
			safe[i] = model.Clip(model.Sanitise(v.String()), errorShown)
		default:
			safe[i] = a
		}
	}
	return safe
}
