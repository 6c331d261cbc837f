package cli

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

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
