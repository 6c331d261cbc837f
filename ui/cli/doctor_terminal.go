package cli

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// examineTerminal tells by the environment what the dashboard will look like, and how what is
// copied gets to the person's own computer. A terminal that cannot show the dashboard is wrong only
// where there is one.
func (p *program) examineTerminal(environ []string) []finding {
	env := func(name string) string { // the last of a name counts
		value := ""
		for _, pair := range environ {
			if v, ok := strings.CutPrefix(pair, name+"="); ok {
				value = v
			}
		}
		return value
	}
	name := env("TERM")
	screen := finding{"terminal", true, fmt.Sprintf("TERM=%s, %s", name, p.colours(environ, env))}
	if (name == "" || name == "dumb") && terminal(p.Out) {
		screen.ok, screen.words = false,
			"TERM does not name a terminal that can show the dashboard; run: export TERM=xterm-256color"
	}
	return []finding{screen, examineClipboard(env), examineUnicode(env)}
}

func (p *program) colours(environ []string, env func(string) string) string {
	if p.noColor {
		return "no colours (--no-color)"
	}
	if env("NO_COLOR") != "" {
		return "no colours (NO_COLOR is set)"
	}
	switch colorprofile.Env(environ) {
	case colorprofile.TrueColor:
		return "all colours"
	case colorprofile.ANSI256:
		return "256 colours; where the terminal can show all, set COLORTERM=truecolor"
	case colorprofile.ANSI:
		return "16 colours"
	}
	return "no colours"
}

// examineClipboard reports the way of OSC 52, by which a program in an SSH session reaches the
// clipboard at the other end.
func examineClipboard(env func(string) string) finding {
	switch {
	case env("TMUX") != "":
		return finding{"clipboard", true,
			"OSC 52 through tmux, which passes it on only with this line in tmux.conf: set -g set-clipboard on"}
	case env("STY") != "":
		return finding{"clipboard", true,
			"GNU screen does not pass OSC 52 on: what is copied stays inside; use tmux, or mark with the mouse"}
	}
	return finding{"clipboard", true, "OSC 52 directly to the terminal, which may refuse it"}
}

// examineUnicode reports whether the locale has Unicode.
func examineUnicode(env func(string) string) finding {
	key, locale := "no locale", ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = env(name); locale != "" {
			key = name + "=" + locale
			break
		}
	}
	if folded := strings.ToLower(strings.ReplaceAll(locale, "-", "")); strings.Contains(folded, "utf8") {
		return finding{"unicode", true, key}
	}
	return finding{"unicode", true,
		key + " has no Unicode: borders and marks are drawn in ASCII, and names in other scripts may be unreadable; " +
			"run: export LANG=C.UTF-8"}
}
