package model

import "testing"

func TestTheLocaleNamesTheLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env  []string
		want Language
	}{
		{nil, English},
		{[]string{"LANG=ru_RU.UTF-8"}, Russian},
		{[]string{"LANG=ru_RU.UTF-8", "LC_ALL=C.UTF-8"}, English},
		{[]string{"LANG=en_GB.UTF-8", "LC_MESSAGES=ru_BY.UTF-8"}, Russian},
		{[]string{"LC_ALL=", "LANG=ru"}, Russian},
		{[]string{"LANG=de_DE"}, English},
	} {
		if got := LanguageOf(c.env); got != c.want {
			t.Errorf("%v asks for %q, got %q", c.env, c.want, got)
		}
	}
}
