package cli

import (
	"fmt"
	"runtime"
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) versionCmd() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.Out, "viberdeck %s %s %s/%s\n", p.Version, runtime.Version(), runtime.GOOS,
				runtime.GOARCH)
			return err
		}}
}

func (p *program) manCmd() *cobra.Command {
	return &cobra.Command{Use: "man", Short: "Print the manual page (roff)", Args: noArgs,
		Long: "Prints the manual page. To read it: viberdeck man | man -l -",
		RunE: func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err != nil {
				return fmt.Errorf("manual page: %w", err)
			}
			page.WithSection("Filters", filterSection())
			for _, s := range manualSections() {
				page.WithSection(s[0], strings.ReplaceAll(s[1], "%", "%%"))
			}
			_, err = fmt.Fprint(p.Out, page.Build(roff.NewDocument()))
			return err
		}}
}

// manualSections are the titles and texts of what no command says of itself.
func manualSections() [][2]string {
	return [][2]string{
		{"Exit status", `0: done

1: failed; from doctor and attention: something needs a person

2: usage, configuration or confirmation wrong: nothing happened

3: done, and some were refused

4: some outcomes are unknown: see viberdeck outbox`},
		{"Files", `~/.config/viberdeck/config.toml: the configuration; viberdeck config init writes one to fill in

~/.local/share/viberdeck/cache.db: the cache, with -wal and -shm beside it while it is used, .id, .lock and .turn

cache.db.bak-N: the cache before a new version changed its schema

~/.local/state/viberdeck/: what tells a cache from its copies

host_key beside the cache: the key of viberdeck serve

/etc/viberdeck/config.toml, /var/lib/viberdeck/, ` + usualSocket + `: those of the packaged service`},
		{"Environment", `VIBERDECK_CONFIG: the configuration file

VIBERDECK_OPERATOR: your name on this host; over SSH the key says who you are

VIBERDECK_SOCKET: the socket of viberdeck attach

NO_COLOR: no colours

LANG, LC_ALL, LC_MESSAGES: the language of the screens (Russian or English), and whether signs beyond ASCII are drawn

XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME: where configuration, cache and records are

Secrets may be named by the configuration as variables of their own (token_env).`},
		{"Examples", `viberdeck demo: look at it with simulated vendors, without a network

viberdeck config init, then viberdeck config check and viberdeck doctor: begin

viberdeck replies --filter "is:open is:unread" --json: a list for a script

viberdeck send sale.toml --to people.csv --dry-run, then --confirm N: send a campaign

viberdeck backup /var/backups/viberdeck.db: a copy while everybody works

viberdeck serve, and on another machine ssh -p 2222 HOST: one server for the team`},
	}
}

// filterSection is the reference of the filter language for the manual page, whose
// sections are formats.
func filterSection() string {
	var b strings.Builder
	for _, row := range model.FilterReference() {
		fmt.Fprintf(&b, "%s: %s\n\n", strings.ReplaceAll(row.Write, "%", "%%"), row.Help)
	}
	return b.String()
}
