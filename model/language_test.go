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
		{[]string{"LANG=be_BY.UTF-8"}, Russian},
		{[]string{"LANG=kk_KZ"}, Russian},
		{[]string{"LANG=ru_RU.KOI8-R@x"}, Russian},
		{[]string{"LANG=RU"}, Russian},
		{[]string{"LANG=rubbish_RU"}, English},
		{[]string{"LANG=run_BI"}, English},
		{[]string{"LANG=POSIX"}, English},
		{[]string{"LC_ALL=C", "LANG=ru_RU.UTF-8"}, English},
		{[]string{"LANG=en_US"}, English},
	} {
		if got := Environment(c.env).Language(); got != c.want {
			t.Errorf("%v asks for %q, got %q", c.env, c.want, got)
		}
	}
}

func TestAnotherLanguageIsChosenByItsRow(t *testing.T) {
	t.Parallel()
	withPolish := []Language{English, Russian, "pl"}
	for locale, want := range map[string]Language{"pl_PL.UTF-8": "pl", "be_BY": Russian, "pl": "pl", "csb": English,
		"en_GB": English} {
		if got := closest(locale, withPolish); got != want {
			t.Errorf("%s gets %q, want %q", locale, got, want)
		}
	}
}
