package ui

import (
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

func TestEveryBuiltInColourHasEnoughContrast(t *testing.T) {
	t.Parallel()
	luminance := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		part := func(v uint32) float64 {
			x := float64(v) / 65535
			return x * x // near enough to the curve of sRGB
		}
		return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
	}
	for _, base := range []model.ThemeBase{model.ThemeAuto, model.ThemeHighContrast} {
		for _, dark := range []bool{true, false} {
			p, least := term.BuiltIn(base, dark), 4.5
			if base == model.ThemeHighContrast {
				least = 7
			}
			ground := 1.0
			if dark {
				ground = luminance(lipgloss.Color("#1E1E1E"))
			}
			for _, c := range []string{p.Dim, p.Accent, p.Good, p.Warn, p.Bad, p.Border} {
				if c == "" {
					continue // the terminal's own letters
				}
				l := luminance(lipgloss.Color(c))
				if contrast := (max(l, ground) + 0.05) / (min(l, ground) + 0.05); contrast < least {
					t.Errorf("%s on dark %v: %s has a contrast of %.1f", base, dark, c, contrast)
				}
			}
		}
	}
}

func TestAThemeOfOneColourLeavesTheOthers(t *testing.T) {
	t.Parallel()
	own, base := term.NewTheme(model.Theme{Accent: "#ff8800"}, true), term.NewTheme(model.Theme{}, true)
	if own.Paint(term.Accent, "x") == base.Paint(term.Accent, "x") ||
		own.Paint(term.Bad, "x") != base.Paint(term.Bad, "x") {
		t.Error("a theme of one colour changed another, or not its own")
	}
	if term.NewTheme(model.Theme{Base: model.ThemeLight}, true).Paint(term.Good, "x") != term.NewTheme(model.Theme{},
		false).Paint(term.Good, "x") {
		t.Error("the light theme is not the one of light terminals")
	}
	drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Theme.Base = model.ThemeDark }, func(d *driver) {
		before := d.root.View().Content
		d.send(tea.BackgroundColorMsg{Color: lipgloss.Color("#ffffff")})
		if d.root.View().Content != before {
			t.Error("the chosen theme gave way to the terminal's answer")
		}
	})
}

// isSign reports whether a letter is one of the signs that programs draw with: punctuation, arrows,
// boxes, blocks, shapes.
func isSign(r rune) bool { return r >= 0xa0 && r <= 0xbf || r >= 0x2010 && r <= 0x27bf }

func TestALocaleWithoutUnicodeGetsBordersAndMarksInASCII(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, func(o *kit.Options, _ *fakeStore) { o.Env = []string{"LANG=C"} }, func(d *driver) {
		for _, keys := range [][]string{{"space"}, {"B"}, {"esc", "2", "enter", "tab"}, {"esc", "N"}, {"esc", "3", "/"},
			{"esc", "4"}, {"tab"}, {"5"}, {"6"}, {"7"}, {"8"}, {"?"}} {
			d.press(keys...)
			text := ansi.Strip(d.root.View().Content)
			if i := strings.IndexFunc(text, isSign); i >= 0 {
				t.Errorf("after %v the screen has %q:\n%s", keys, []rune(text[i:])[0], text)
			}
			for line := range strings.SplitSeq(text, "\n") {
				if ansi.StringWidth(line) != 120 {
					t.Errorf("after %v a line is %d wide", keys, ansi.StringWidth(line))
				}
			}
		}
	})
	drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Env = []string{"LANG=C"} }, func(d *driver) {
		if text := ansi.Strip(d.root.View().Content); !strings.Contains(text, "> +375 29 333-22-00 5h00!  stop?") ||
			!strings.Contains(text, "СТОП") {
			t.Errorf("a mark or what a person wrote is missing:\n%s", text)
		}
	})
}

func TestTheLocaleIsReadAsTheSystemReadsIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env   []string
		plain bool
	}{
		{nil, false}, {[]string{"LANG=C"}, true}, {[]string{"LANG=en_US.UTF-8"}, false},
		{[]string{"LANG=C.utf8"}, false}, {[]string{"LANG=ru_RU.KOI8-R"}, true},
		{[]string{"LANG=en_US.UTF-8", "LC_ALL=C"}, true}, {[]string{"LANG=C", "LC_CTYPE=C.UTF-8"}, false},
		{[]string{"LC_ALL=", "LANG=POSIX"}, true},
	} {
		if model.Environment(c.env).HasUnicode() == c.plain {
			t.Errorf("%v: plain is %v", c.env, !c.plain)
		}
	}
	if !(kit.Options{Settings: kit.Settings{Theme: model.Theme{Signs: "ascii"}}}).ASCIIOnly() ||
		(kit.Options{Settings: kit.Settings{Theme: model.Theme{Signs: "unicode"}},
			Env: []string{"LANG=C"}}).ASCIIOnly() {
		t.Error("the theme's own signs do not come first")
	}
}
