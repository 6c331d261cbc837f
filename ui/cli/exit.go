package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// The exit codes of every command.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2 // usage, configuration or confirmation wrong; nothing happened
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

// codeOf gives the exit code of an error: a code of its own, else 2 for a wrong configuration and
// input that breaks a rule, and 1 for the rest.
func codeOf(err error) int {
	if err == nil {
		return exitDone
	}
	if e, ok := errors.AsType[exitError](err); ok {
		return e.code
	}
	if _, wrong := errors.AsType[settings.Error](err); wrong || model.KindOf(err) == model.KindInvalid {
		return exitUsage
	}
	return exitFailed
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
