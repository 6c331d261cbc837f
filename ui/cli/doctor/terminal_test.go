package doctor

import (
	"strings"
	"testing"
)

func TestTheDoctorSaysWhatTheTerminalCannotDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ env, about, words string }{
		{"TERM=xterm NO_COLOR=1", "terminal", "NO_COLOR is set"},
		{"TERM=screen STY=1.pts", "clipboard", "GNU screen does not pass"},
		{"TERM=tmux TMUX=/tmp/tmux", "clipboard", "set -g set-clipboard on"},
		{"TERM=xterm", "clipboard", "directly"},
		{"TERM=xterm COLORTERM=truecolor", "terminal", "all colours"},
		{"TERM=xterm-256color", "terminal", "256 colours"},
		{"LANG=C", "unicode", "no Unicode"},
		{"LANG=C LC_ALL=ru_RU.UTF-8", "unicode", "LC_ALL=ru_RU.UTF-8"},
		{"LC_CTYPE=en_US.utf8", "unicode", "LC_CTYPE=en_US.utf8"},
	} {
		known := false
		for _, f := range (Doctor{}).Terminal(strings.Fields(c.env)) {
			if f.About == c.about {
				known = strings.Contains(f.Words, c.words) && f.OK
			}
		}
		if !known {
			t.Errorf("%s: nothing about %s says %q", c.env, c.about, c.words)
		}
	}
}
