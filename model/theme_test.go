package model

import "testing"

func TestAThemeMayNameOneColourAndNoWrongOne(t *testing.T) {
	t.Parallel()
	for _, good := range []Theme{{}, {Accent: "#ff8800"}, {Accent: "0"},
		{Base: ThemeHighContrast, Bad: "255", Signs: "ascii"}} {
		if err := good.Validate(); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	for _, wrong := range []Theme{{Base: "pink"}, {Accent: "orange"}, {Good: "#12345"}, {Bad: "256"}, {Dim: "\x1b[31m"},
		{Signs: "emoji"}} {
		if KindOf(wrong.Validate()) != KindInvalid {
			t.Errorf("%+v passed", wrong)
		}
	}
}
