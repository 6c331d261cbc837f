// Package manual writes the manual page of a program from its commands.
package manual

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"viberdeck/model"
)

// page is the manual page being written, in the format of man(7).
type page struct{ strings.Builder }

// Page returns the manual page: every command with its options, as shown by --help, and what no
// command says about itself, such as the socket of a packaged service. It has no date, so that a
// build reproduces it exactly.
func Page(root *cobra.Command, version, socket string) string {
	m := &page{}
	m.line(`.TH %s 1 "" "%s" "User commands"`, strings.ToUpper(root.Name()), escaped(root.Name()+" "+version))
	m.section("Name")
	m.text(root.Name() + " - " + root.Short)
	m.section("Synopsis")
	m.line(`\fB%s\fR [\fIoptions\fR] [\fIcommand\fR]`, escaped(root.Name()))
	m.section("Description")
	m.text(root.Long)
	m.section("Options")
	m.options(root.PersistentFlags())
	m.section("Commands")
	m.commands(root)
	m.section("Filters")
	for _, row := range model.FilterReference() {
		m.item(row.Write, row.Help)
	}
	for _, s := range partsOf(socket) {
		m.section(s.title)
		for _, item := range s.items {
			m.item(item[0], item[1])
		}
	}
	return m.String()
}

func (m *page) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *page) section(title string) { m.line(`.SH "%s"`, strings.ToUpper(title)) }

// text writes paragraphs, which are separated by an empty line.
func (m *page) text(text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			m.line(".PP")
		}
		m.line("%s", escaped(strings.Join(strings.Fields(paragraph), " ")))
	}
}

// item writes a term and its explanation.
func (m *page) item(term, about string) {
	m.line(".TP\n\\fB%s\\fR", escaped(term))
	m.text(about)
}

// options writes the options of a flag set that --help shows.
func (m *page) options(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		names := `\fB` + escaped("--"+f.Name) + `\fR`
		if f.Shorthand != "" {
			names = `\fB` + escaped("-"+f.Shorthand) + `\fR, ` + names
		}
		value, about := pflag.UnquoteUsage(f)
		if value != "" {
			names += ` \fI` + escaped(value) + `\fR`
		}
		m.line(".TP\n%s", names)
		m.text(about)
	})
}

// commands writes the commands below one, each with its own options.
func (m *page) commands(above *cobra.Command) {
	for _, c := range above.Commands() {
		if !c.IsAvailableCommand() || c.Name() == "help" {
			continue
		}
		use := strings.TrimSuffix(c.UseLine(), " [flags]")
		if !c.Runnable() {
			use += " COMMAND"
		}
		m.line(`.SS "%s"`, strings.ReplaceAll(escaped(use), `"`, `\(dq`))
		about := c.Long
		if about == "" {
			about = c.Short + "."
		}
		m.text(about)
		m.options(c.LocalNonPersistentFlags())
		m.commands(c)
	}
}

// escaped prevents roff from interpreting anything in a text as an instruction.
func escaped(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// part is a part of the manual page that no command says about itself.
type part struct {
	title string
	items [][2]string
}

func partsOf(socket string) []part {
	return []part{
		{"Exit status", [][2]string{
			{"0", "done"},
			{"1", "failed; from doctor and attention: something needs a person"},
			{"2", "usage, configuration or confirmation wrong: nothing happened"},
			{"3", "done, and some were refused"},
			{"4", "some outcomes are unknown: see viberdeck outbox"},
		}},
		{"Files", [][2]string{
			{"~/.config/viberdeck/config.toml", "the configuration; viberdeck config init writes one to fill in"},
			{"~/.local/share/viberdeck/cache.db",
				"the cache, with -wal and -shm beside it while it is used, .id, .lock and " +
					".turn"},
			{"cache.db.bak-N", "the cache before a new version changed its schema"},
			{"~/.local/state/viberdeck/", "what distinguishes a cache from its copies"},
			{"host_key beside the cache", "the key of viberdeck serve"},
			{"/etc/viberdeck/config.toml, /var/lib/viberdeck/, " + socket, "those of the packaged service"},
		}},
		{"Environment", [][2]string{
			{"VIBERDECK_CONFIG", "the configuration file"},
			{"VIBERDECK_OPERATOR", "your name on this host; over SSH the key says who you are"},
			{"VIBERDECK_SOCKET", "the socket of viberdeck attach"},
			{"NO_COLOR", "no colours"},
			{"LANG, LC_ALL, LC_MESSAGES",
				"the language of the screens (Russian or English), and whether signs beyond " +
					"ASCII are drawn"},
			{"XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "where configuration, cache and records are"},
			{"others", "secrets may be named by the configuration as variables of their own (token_env)"},
		}},
		{"Examples", [][2]string{
			{"viberdeck demo", "look at it with simulated vendors, without a network"},
			{"viberdeck config init, then viberdeck config check and viberdeck doctor", "begin"},
			{`viberdeck replies --filter "is:open is:unread" --json`, "a list for a script"},
			{"viberdeck send sale.toml --to people.csv --dry-run, then --confirm N", "send a campaign"},
			{"viberdeck backup /var/backups/viberdeck.db", "a copy while everybody works"},
			{"viberdeck serve, and on another machine ssh -p 2222 HOST", "one server for the team"},
		}},
	}
}
