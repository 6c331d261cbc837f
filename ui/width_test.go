package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	"viberdeck/ui/kit"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/ui/term"
)

func TestTheQuickMeasureOfALineAgreesWithTheThoroughOne(t *testing.T) {
	t.Parallel()
	parts := []string{"a", "Z", " ", "~", "é", "Ж", "ё", "ї", "\u0306", "\u0483", "\u200d", "\ufe0f", "\u20e3", "1",
		"👍", "👨‍👩‍👧", "🇧🇾", "漢", "ﷺ", "ש", "…", "—", "▸", "│", "░", "█", "·",
		"№", "“", "«", "\u00a0", "\u00ad", "\u2011", "\x1b[1m", "\x1b[38;2;1;2;3m", "\x1b[m", "\x1b[2J",
		"\x1b]8;;x\x07", "\n", "\t", "\xff", "↑", "↗", "ʰ", "ǅ", "ґ", "ѵ", "҈"}
	for r := rune(0); r < 0x3000; r++ {
		if got, want := term.WidthOf(string(r)), ansi.StringWidth(string(r)); got != want {
			t.Fatalf("%U measures %d, not %d", r, got, want)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range random.IntN(8) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		s := b.String()
		if got, want := term.WidthOf(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q measures %d, not %d", s, got, want)
		}
		if !strings.Contains(s, "\x1b") && term.Fits(s, 4) && ansi.StringWidth(s) > 4 {
			t.Fatalf("%q does not fit into 4 columns", s)
		}
	}
}

func TestManyUnreadRepliesLeaveTheNamesOfTheTabs(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(_ *kit.Options, s *fakeStore) { s.overview.OpenReplies = 100_000 }, func(d *driver) {
		d.sees("[1 Replies 100k]")
		d.sees("4 Stats")
	})
}
