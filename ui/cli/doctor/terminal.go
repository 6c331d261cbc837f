package doctor

import (
	"fmt"

	"github.com/charmbracelet/colorprofile"

	"viberdeck/model"
)

// Terminal reports, based on the environment, what the dashboard will look like, and how copied
// text gets to the person's own computer. A terminal that cannot show the dashboard is an error
// only if there is one.
func (d Doctor) Terminal(env model.Environment) []Finding {
	name := env.Get("TERM")
	screen := Finding{"terminal", true, fmt.Sprintf("TERM=%s, %s", name, d.colours(env))}
	if (name == "" || name == "dumb") && d.Screen {
		screen.OK, screen.Words = false,
			"TERM does not name a terminal that can show the dashboard; run: export TERM=xterm-256color"
	}
	return []Finding{screen, clipboard(env), unicode(env)}
}

func (d Doctor) colours(env model.Environment) string {
	if d.NoColor {
		return "no colours (--no-color)"
	}
	if env.NoColor() {
		return "no colours (NO_COLOR is set)"
	}
	switch colorprofile.Env(env) {
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
func clipboard(env model.Environment) Finding {
	switch {
	case env.Get("TMUX") != "":
		return Finding{"clipboard", true,
			"OSC 52 through tmux, which passes it on only with this line in tmux.conf: set -g set-clipboard on"}
	case env.Get("STY") != "":
		return Finding{"clipboard", true,
			"GNU screen does not pass OSC 52 on: what is copied stays inside; use tmux, or mark with the mouse"}
	}
	return Finding{"clipboard", true, "OSC 52 directly to the terminal, which may refuse it"}
}

// unicode reports whether the locale has Unicode.
func unicode(env model.Environment) Finding {
	name, locale := env.Characters()
	key := name + "=" + locale
	if locale == "" {
		key = "no locale"
	} else if env.HasUnicode() {
		return Finding{"unicode", true, key}
	}
	return Finding{"unicode", true,
		key + " has no Unicode: borders and marks are drawn in ASCII, and names in other scripts may be unreadable; " +
			"run: export LANG=C.UTF-8"}
}
