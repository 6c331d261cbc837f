package model

import "testing"

func TestTheLastValueOfAVariableCounts(t *testing.T) {
	t.Parallel()
	env := Environment{"TERM=dumb", "LANG=ru_RU.UTF-8", "TERMINAL=x", "ODD"}
	more := env.With("TERM", "xterm").With("EMPTY", "")
	for name, want := range map[string]string{"TERM": "xterm", "LANG": "ru_RU.UTF-8", "EMPTY": "", "ODD": "",
		"HOME": ""} {
		if got := more.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if env.Get("TERM") != "dumb" {
		t.Error("the environment itself was changed")
	}
}

func TestAnEnvironmentSaysWhetherItIsRemoteAndWhichCharactersItHas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env             Environment
		remote, unicode bool
	}{
		{nil, false, true},
		{Environment{"SSH_TTY=", "LANG=C"}, false, false},
		{Environment{"SSH_TTY=/dev/pts/1", "LANG=C", "LC_CTYPE=C.utf8"}, true, true},
		{Environment{"SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22", "LC_ALL=POSIX", "LANG=C.UTF-8"}, true, false},
	} {
		if c.env.OverSSH() != c.remote || c.env.HasUnicode() != c.unicode {
			t.Errorf("%v: over SSH %v, Unicode %v", c.env, c.env.OverSSH(), c.env.HasUnicode())
		}
	}
}
