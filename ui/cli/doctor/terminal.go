package doctor

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Terminal reports, based on the environment, what the dashboard will look like, and how copied
// text gets to the person's own computer. A terminal that cannot show the dashboard is an error
// only if there is one.
func (d Doctor) Terminal(environ []string) []Finding {
	env := func(name string) string { // the last one of a name counts
		value := ""
		for _, pair := range environ {
			if v, ok := strings.CutPrefix(pair, name+"="); ok {
				value = v
			}
		}
		return value
	}
	name := env("TERM")
	screen := Finding{"terminal", true, fmt.Sprintf("TERM=%s, %s", name, d.colours(environ, env))}
	if (name == "" || name == "dumb") && d.Screen {
		screen.OK, screen.Words = false,
			"TERM does not name a terminal that can show the dashboard; run: export TERM=xterm-256color"
	}
	return []Finding{screen, clipboard(env), unicode(env)}
}

func (d Doctor) colours(environ []string, env func(string) string) string {
	if d.NoColor {
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

// clipboard reports whether OSC 52 works, with which a program in an SSH session reaches the
// clipboard on the other side.
func clipboard(env func(string) string) Finding {
	switch {
	case env("TMUX") != "":
		return Finding{"clipboard", true,
			"OSC 52 through tmux, which passes it on only with this line in tmux.conf: set -g set-clipboard on"}
	case env("STY") != "":
		return Finding{"clipboard", true,
			"GNU screen does not pass OSC 52 on: what is copied stays inside; use tmux, or mark with the mouse"}
	}
	return Finding{"clipboard", true, "OSC 52 directly to the terminal, which may refuse it"}
}

// unicode reports whether the locale has Unicode.
func unicode(env func(string) string) Finding {
	key, locale := "no locale", ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = env(name); locale != "" {
			key = name + "=" + locale
			break
		}
	}
	if folded := strings.ToLower(strings.ReplaceAll(locale, "-", "")); strings.Contains(folded, "utf8") {
		return Finding{"unicode", true, key}
	}
	return Finding{"unicode", true,
		key + " has no Unicode: borders and marks are drawn in ASCII, and names in other scripts may be unreadable; " +
			"run: export LANG=C.UTF-8"}
}
