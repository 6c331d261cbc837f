package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/doctor"
	"viberdeck/ui/cli/settings"
)

// doctorWaits is how long the doctor waits for other processes that write to the cache.
const doctorWaits = 300 * time.Millisecond

func findingColumns() []column[doctor.Finding] {
	return []column[doctor.Finding]{
		{"about", func(f doctor.Finding) any { return f.About }, 24},
		{"ok", func(f doctor.Finding) any { return f.OK }, 5},
		{"words", func(f doctor.Finding) any { return f.Words }, 80},
	}
}

func (p *program) doctorCmd() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Check configuration, secrets, clock, cache, terminal and each account",
		Args: noArgs,
		Long: `Checks configuration, secrets, clock, cache, terminal and each account, and says what to do about what is wrong. It reads
only, sends nothing and never prints a secret. Exit code 0: nothing is wrong; 1: something needs attention. With -v it also says why
a vendor cannot do what it cannot do; with --json each finding is {about, ok, words}.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			found := p.examine(cmd.Context())
			if err := p.printFindings(found); err != nil {
				return err
			}
			bad := 0
			for _, f := range found {
				if !f.OK {
					bad++
				}
			}
			if bad > 0 {
				return exitError{exitFailed, fmt.Errorf("doctor: %d of %s need attention", bad,
					model.Counted(len(found), "finding", "findings"))}
			}
			return nil
		}}
}

// printFindings prints the findings: one line each for a person, or in the format of --json and
// --csv.
func (p *program) printFindings(found []doctor.Finding) error {
	if p.json || p.csv {
		return printRows(p, findingColumns(), time.UTC, found...)
	}
	width := 0
	for _, f := range found {
		width = max(width, len(f.About)) // names of accounts and keys are ASCII
	}
	for _, f := range found {
		mark := "ok "
		if !f.OK {
			mark = "BAD"
		}
		if _, err := fmt.Fprintf(p.Out, "%s  %-*s  %s\n", mark, width, f.About, model.Sanitise(f.Words)); err != nil {
			return err
		}
	}
	return nil
}

// examine examines everything. Checks that depend on something broken are left out.
func (p *program) examine(ctx context.Context) []doctor.Finding {
	look := doctor.Doctor{Vendors: p.Vendors, Now: p.now, NoColor: p.noColor, Screen: terminal(p.Out)}
	path := p.settings().Path(p.config)
	config, err := p.settings().Read(ctx, path, settings.NoSecrets)
	if err == nil {
		err = p.knownAccounts(config)
	}
	if err != nil {
		return append([]doctor.Finding{{About: "configuration", Words: err.Error()}}, look.Terminal(p.Env)...)
	}
	secrets, readable := doctor.Secrets(ctx, p.settings(), config.Accounts)
	found := slices.Concat([]doctor.Finding{doctor.ConfigFile(path, config), doctor.Retention(config)},
		doctor.Openings(config), secrets, look.Clock(config), look.Terminal(p.Env))

	file := settings.CachePath(p.cache, config)
	opened, err := p.Open(ctx, OpenOptions{Path: file, Config: config, ReadOnly: true, Patience: doctorWaits,
		Say: p.saying()})
	if err != nil {
		return append(found, doctor.Finding{About: "cache", Words: err.Error()})
	}
	defer func() { _ = opened.Cache.Close() }()
	found = append(found, doctor.File(ctx, opened.Cache))
	found = append(found, look.Engine(ctx, opened.Cache)...)
	asked := slices.DeleteFunc(readable, func(a model.Account) bool { return !p.concerns(a.Name) })
	for i, answers := range look.Accounts(ctx, opened.Network, asked) {
		found = append(append(found, answers...), p.lacks(asked[i].Name, look.Lacks(asked[i]))...)
	}
	return found
}

// lacks says what the vendor of an account cannot do: with --json and --csv each on its own line,
// with the reason; otherwise on one line, with the reasons on standard error if -v is set.
func (p *program) lacks(account string, why []doctor.Finding) []doctor.Finding {
	if p.json || p.csv || len(why) == 0 {
		return why
	}
	acts := make([]string, len(why))
	for i, w := range why {
		_, acts[i], _ = strings.Cut(w.About, ": ")
		if p.verbose {
			p.note("%s: %s", w.About, w.Words)
		}
	}
	return []doctor.Finding{{About: account + " cannot", OK: true,
		Words: strings.Join(acts, ", ") + " (why: viberdeck doctor -v)"}}
}
