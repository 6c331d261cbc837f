package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// doctorWaits is how long the doctor waits for other processes that write to the cache.
const doctorWaits = 300 * time.Millisecond

// finding is one line of the doctor's report. Words never hold a secret.
type finding struct {
	about string
	ok    bool
	words string
}

func findingColumns() []column[finding] {
	return []column[finding]{
		{"about", func(f finding) any { return f.about }, 24},
		{"ok", func(f finding) any { return f.ok }, 5},
		{"words", func(f finding) any { return f.words }, 80},
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
			if err := p.tell(found); err != nil {
				return err
			}
			bad := 0
			for _, f := range found {
				if !f.ok {
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

// tell prints the findings: for a person a line each, or as --json and --csv have it.
func (p *program) tell(found []finding) error {
	if p.json || p.csv {
		sink := newSink(p, findingColumns(), time.UTC)
		for _, f := range found {
			if err := sink.Row(f); err != nil {
				return err
			}
		}
		return sink.End()
	}
	width := 0
	for _, f := range found {
		width = max(width, len(f.about)) // names of accounts and keys are ASCII
	}
	for _, f := range found {
		mark := "ok "
		if !f.ok {
			mark = "BAD"
		}
		if _, err := fmt.Fprintf(p.Out, "%s  %-*s  %s\n", mark, width, f.about, model.Sanitise(f.words)); err != nil {
			return err
		}
	}
	return nil
}

// examine looks at everything. What depends on something that is broken is left out.
func (p *program) examine(ctx context.Context) []finding {
	path := settings.Path(p.config)
	config, err := settings.Read(ctx, path, p.Vendors, settings.NoSecrets)
	if err == nil {
		err = p.knownAccounts(config)
	}
	if err != nil {
		return append([]finding{{"configuration", false, err.Error()}}, p.examineTerminal(os.Environ())...)
	}
	found := []finding{examineConfigFile(path, config), examineRetention(config)}
	found = append(found, openings(config)...)
	secrets, readable := examineSecrets(ctx, config.Accounts)
	found = append(found, secrets...)
	found = append(found, p.examineClock(config)...)
	found = append(found, p.examineTerminal(os.Environ())...)

	file := settings.CachePath(p.cache, config)
	opened, err := p.Open(ctx, OpenOptions{Path: file, Config: config, ReadOnly: true, Patience: doctorWaits,
		Say: p.saying()})
	if err != nil {
		return append(found, finding{"cache", false, err.Error()})
	}
	defer func() { _ = opened.Cache.Close() }()
	found = append(found, examineCache(ctx, opened.Cache))
	found = append(found, p.examineEngine(ctx, opened.Cache)...)
	return append(found, p.examineAccounts(ctx, opened.Network, readable)...)
}

// examineAccounts asks the chosen accounts side by side.
func (p *program) examineAccounts(ctx context.Context, network Network, accounts []model.Account) []finding {
	answers := make([][]finding, len(accounts))
	var asking sync.WaitGroup
	for i, a := range accounts {
		if len(p.accounts) == 0 || slices.Contains(p.accounts, a.Name) {
			asking.Go(func() { answers[i] = p.examineAccount(ctx, network, a) })
		}
	}
	asking.Wait()
	return slices.Concat(answers...)
}

func examineConfigFile(path string, c model.Config) finding {
	f := finding{"configuration", true, fmt.Sprintf("%s (%s), %s", path, modeOf(path),
		model.Counted(len(c.Accounts), "account", "accounts"))}
	if len(c.Accounts) == 0 {
		f.ok, f.words = false, path+" has no account; add one as [[account]], or look at: viberdeck demo"
	}
	return f
}

// examineRetention says how long personal data is kept.
func examineRetention(c model.Config) finding {
	age := c.Retention.Duration
	if age == 0 {
		return finding{"retention", true,
			`people, replies and the log are kept for ever; retention = "365d" would remove them after a year and keep the figures`}
	}
	return finding{"retention", true,
		fmt.Sprintf("people of campaigns that are over, done replies and phones in the log are removed after %s; "+
			"figures and the blacklist stay", model.Counted(int(age/(24*time.Hour)), "day", "days"))}
}

// modeOf gives the mode of a file in words.
func modeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "mode unknown"
	}
	return fmt.Sprintf("mode %04o", info.Mode().Perm())
}

// examineSecrets reads the secrets and gives the accounts whose secrets all could be read.
func examineSecrets(ctx context.Context, accounts []model.Account) (found []finding, readable []model.Account) {
	for _, a := range accounts {
		whole := true
		a.Secrets = maps.Clone(a.Secrets)
		for _, key := range a.Secrets.Keys() {
			s := a.Secrets[key]
			if !s.Given() {
				continue
			}
			f := finding{"secret " + a.Name + "." + key, true, "from " + origin(s)}
			value, err := settings.ReadSecret(ctx, s)
			if err != nil {
				f.ok, f.words, whole = false, "from "+origin(s)+": "+err.Error(), false
			}
			s.Value = value
			a.Secrets[key] = s
			found = append(found, f)
		}
		if whole {
			readable = append(readable, a)
		} else {
			found = append(found, finding{about(a), false, "not asked, because a secret of it cannot be read"})
		}
	}
	return found, readable
}

// origin says where a secret came from, never what it is.
func origin(s model.Secret) string {
	switch {
	case s.Env != "":
		return "the environment variable " + s.Env
	case s.File != "":
		return fmt.Sprintf("the file %s (%s)", s.File, modeOf(s.File))
	case len(s.Cmd) > 0:
		return "the command " + filepath.Base(s.Cmd[0])
	}
	return "the configuration file"
}

// examineClock reports the time as the program sees it, and the zones in which the vendors' times
// are read.
func (p *program) examineClock(c model.Config) []finding {
	now, zone := p.now(), "the system's zone"
	if c.TimeZone != "" {
		zone = c.TimeZone
	}
	found := []finding{{"clock", true, fmt.Sprintf("%s, shown in %s as %s", now.UTC().Format(time.RFC3339), zone,
		now.In(c.Location()).Format("15:04 MST"))}}
	for _, a := range c.Accounts {
		caps, _ := p.capabilities(a.Vendor)
		switch {
		case a.TimeZone != "":
			found = append(found, finding{"time zone " + a.Name, true,
				fmt.Sprintf("times without a zone are of %s, where it is %s", a.TimeZone,
					now.In(a.Location()).Format("15:04"))})
		case caps.ZoneToSchedule:
			found = append(found, finding{"time zone " + a.Name, true,
				"none is named: times without a zone are taken for UTC, and nothing can be scheduled; set time_zone " +
					"of the account"})
		}
	}
	return found
}

// examineCache says where the cache lies and how it is. Others on the host may not read it: it
// holds phones and replies.
func examineCache(ctx context.Context, cache Cache) finding {
	facts, err := cache.Facts(ctx)
	if err != nil {
		return finding{"cache", false, err.Error()}
	}
	words := fmt.Sprintf("%s, %s, schema %d, %s", facts.Path, size(facts.Bytes), facts.Schema, modeOf(facts.Path))
	if facts.FileSystem != "" {
		words += ", on " + facts.FileSystem
	}
	if facts.Space.Known {
		words += fmt.Sprintf(", %s free", size(facts.Space.Free))
	}
	if facts.FileSystem == "tmpfs" || facts.FileSystem == "ramfs" {
		words += ", which is lost when the host restarts"
	}
	info, err := os.Stat(facts.Path)
	var problems []error
	if facts.Unwritable != nil {
		problems = append(problems, facts.Unwritable)
	}
	if facts.Space.Low {
		problems = append(problems, errors.New("its disk is nearly full: nothing is sent until there is room again"))
	}
	if err == nil && info.Mode().Perm()&0o007 != 0 {
		problems = append(problems, fmt.Errorf("everybody on this host may read the people in it; run: chmod o= %s",
			facts.Path))
	}
	if err := errors.Join(problems...); err != nil {
		return finding{"cache", false, words + ": " + model.SanitiseLine(err.Error())}
	}
	return finding{"cache", true, words + ", writable"}
}

// examineEngine reports whether messages may leave from the cache and which process sends them.
func (p *program) examineEngine(ctx context.Context, cache Cache) []finding {
	o, err := cache.Overview(ctx, "")
	if err != nil {
		return []finding{{"engine", false, err.Error()}}
	}
	var found []finding
	if !o.Standing.MaySend() {
		found = append(found, finding{"cache file", false, o.Standing.Text().String()})
	}
	for _, a := range o.Alarms {
		found = append(found, finding{a.Name, false, a.Text.String()})
	}
	e := finding{"engine", !o.Engine.Blocks(), o.Engine.Describe(p.now()).String()}
	return append(found, e)
}

// size writes a number of bytes for a person.
func size(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KiB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
}
