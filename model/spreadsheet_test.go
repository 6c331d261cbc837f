package model

import (
	"strings"
	"testing"
)

func TestASpreadsheetGetsTheSeparatorOfItsLocale(t *testing.T) {
	t.Parallel()
	for env, want := range map[string]rune{"LANG=ru_RU.UTF-8": ';', "LANG=el_GR.UTF-8": ';', "LANG=be_BY": ';',
		"LANG=uk_UA":       ';',
		"LANG=en_US.UTF-8": ',', "LANG=en_GB": ',', "LANG=C.UTF-8": ',', "LANG=": ',', "": ','} {
		if got := (Environment{env}).SpreadsheetSeparator(); got != want {
			t.Errorf("%q: %q, want %q", env, got, want)
		}
	}
	if got := (Environment{"LANG=en_US", "LC_ALL=de_DE"}).SpreadsheetSeparator(); got != ';' {
		t.Errorf("LC_ALL counts first, got %q", got)
	}
}

func TestASpreadsheetBeginsWithItsMarkAndKeepsCellsSafe(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	rows := NewSpreadsheet(&out, SenderFields(), ';')
	if err := rows.Row(Sender{Account: "minsk", ID: "444", Name: "=1+1;x"}); err != nil {
		t.Fatal(err)
	}
	if err := rows.End(); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.HasPrefix(got, "\ufeffaccount;id;name;") ||
		!strings.Contains(got, "\r\nminsk;444;\"'=1+1;x\";") {
		t.Errorf("%q", got)
	}
}
