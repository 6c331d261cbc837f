package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// finding is one line of the doctor's report.
type finding struct {
	about string
	ok    bool
	words string
}

func (p *program) doctorCmd() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Check configuration, cache, terminal and each account", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			bad := 0
			for _, f := range p.examine(cmd.Context()) {
				mark := "ok  "
				if !f.ok {
					mark = "BAD "
					bad++
				}
				if _, err := fmt.Fprintf(p.Out, "%s%-14s %s\n", mark, f.about, model.Sanitise(f.words)); err != nil {
					return err
				}
			}
			if bad > 0 {
				return exitError{exitFailed, fmt.Errorf("%d things need attention", bad)}
			}
			return nil
		}}
}

func (p *program) examine(ctx context.Context) []finding {
	path := configPath(p.config)
	config, err := readConfig(ctx, path, true)
	if err != nil {
		return []finding{{"configuration", false, err.Error()}}
	}
	found := []finding{
		{"configuration", true, fmt.Sprintf("%s, %d accounts", path, len(config.Accounts))},
		{"clock", true, fmt.Sprintf("%s, shown in %s", p.now().UTC().Format(time.RFC3339), config.Location())},
		{"terminal", true, fmt.Sprintf("TERM=%s, COLORTERM=%s, LANG=%s", os.Getenv("TERM"), os.Getenv("COLORTERM"), firstOf(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG")))},
	}
	for i := range config.Accounts {
		for _, s := range config.Accounts[i].Secrets() {
			if *s.Value != "" {
				found = append(found, finding{"secret", true, fmt.Sprintf("%s.%s from %s", config.Accounts[i].Name, s.Key, origin(s))})
			}
		}
	}
	d, err := p.open(ctx, true)
	if err != nil {
		return append(found, finding{"cache", false, err.Error()})
	}
	defer d.close()
	found = append(found, finding{"cache", true, d.path})
	for _, a := range config.Accounts {
		found = append(found, p.examineAccount(ctx, d, a))
	}
	return found
}

func (p *program) examineAccount(ctx context.Context, d *desk, a model.Account) finding {
	about := a.Name + " (" + string(a.Vendor) + ")"
	if _, ok := p.Capabilities(a.Vendor); !ok {
		return finding{about, false, "this version does not speak to this vendor"}
	}
	probed, err := d.network.Probe(ctx, a.Name)
	if err != nil {
		return finding{about, false, err.Error()}
	}
	words := fmt.Sprintf("answers, credentials accepted, %d senders", probed.Senders)
	for _, b := range probed.Balances {
		words += fmt.Sprintf(", balance %s %s", b.Name, b.Amount)
	}
	return finding{about, true, words}
}

// origin says where a secret came from, never what it is.
func origin(s model.Secret) string {
	switch {
	case s.Env != "":
		return "the environment variable " + s.Env
	case s.File != "":
		return "the file " + s.File
	case len(s.Cmd) > 0:
		return "the command " + s.Cmd[0]
	}
	return "the configuration file"
}
