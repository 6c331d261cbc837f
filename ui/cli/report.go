package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// The exit codes of every command.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2 // what was asked for is wrong or cannot be done; nothing happened
	exitRefused = 3 // done, some refused
	exitUnknown = 4 // some outcomes unknown
)

// exitError ends the program with a code of its own.
type exitError struct {
	code int
	err  error // nil: everything was said already
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

// codeOf gives the exit code of an error: a code of its own, else 2 where nothing happened because
// of what was asked for, and 1 for the rest: a fault, no answer, no permission.
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

// impossible reports whether what was asked for is wrong, is not there, or cannot be done as things
// are, so that the same command fails again.
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
		return e.Status == 0 // a cap of ours
	}
	return false
}

// say prints what went wrong, one line an error. What was put before several errors is said before
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

// addLog adds --log to a command that runs for a long time: what it says on standard error are then
// lines of a log.
func (p *program) addLog(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.logForm, "log", "text", "lines of the log on standard error: text or json (`FORM`)")
}

// openLog makes every line on standard error one of the log, as --log says.
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

// note says something to the person, on standard error.
func (p *program) note(format string, args ...any) {
	line := fmt.Sprintf(format, harmless(args)...)
	if p.log != nil {
		p.log.Info(strings.TrimSpace(line))
		return
	}
	_, _ = fmt.Fprintln(p.Err, line)
}

// fail says why the program ends, on standard error.
func (p *program) fail(err error) {
	if p.log != nil {
		var words strings.Builder
		say(&words, err)
		if text := strings.TrimSpace(words.String()); text != "" {
			p.log.Error(text)
		}
		return
	}
	say(p.Err, err)
}

// saying gives what says on standard error what the engine warns of: a log has all of it, others
// hear it with -v only, and never while the dashboard has that terminal.
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
	// wordsShown is the most characters of one text from outside in a line for a person.
	wordsShown = 400
	// errorShown is the most characters of one error.
	errorShown = 4000
)

// harmless takes the control characters out of texts that are put into a line for a person, and
// bounds them: a campaign's name, a vendor's words and a file's text come from outside.
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
