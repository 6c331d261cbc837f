package cli

import (
	"testing"
	"time"
)

func TestATableFitsTheTerminalAndKeepsItsFirstColumnsReadable(t *testing.T) {
	t.Parallel()
	columns := []column[int]{{"account", nil, 10}, {"phone", nil, 16}, {"hidden", nil, 0}, {"text", nil, 40},
		{"state", nil, 10}}
	for _, c := range []struct{ terminal, columns, width int }{
		{0, 4, 82}, {200, 4, 82}, {60, 4, 60}, {30, 2, 28}, {5, 1, 10}} {
		got := fitted(columns, c.terminal)
		if len(got) != c.columns || total(got) != c.width {
			t.Errorf("in %d columns: %d of them, %d wide", c.terminal, len(got), total(got))
		}
	}
	if columns[3].width != 40 {
		t.Error("the columns of the list itself became narrower")
	}
}

func TestAProgressLineKeepsRateAndTimeLeftOnANarrowTerminal(t *testing.T) {
	t.Parallel()
	many := barLine{done: 668_000, total: 1_000_000, text: "accepted 668000, refused 0, unknown 0, 29110 a minute, 2h5m left",
		short: "refused 0, unknown 0, 29110 a minute, 2h5m left"}
	for columns, want := range map[int]string{
		0: "send c41  [################········] 668000/1000000  " + many.text, 119: "send c41  [################········] " +
			"668000/1000000  " + many.text,
		99: "send c41  [####··] 668000/1000000  " + many.text,
		79: "send c41  668000/1000000  " + many.short,
		39: "send c41  668000/1000000  refused 0, u…",
	} {
		if got := many.in("send c41", columns); got != want {
			t.Errorf("%d columns: %q, want %q", columns, got, want)
		}
	}
	for left, want := range map[time.Duration]string{40 * time.Second: "40s", 7*time.Minute + 12*time.Second: "7m",
		2*time.Hour + 5*time.Minute: "2h5m"} {
		if got := roughly(left); got != want {
			t.Errorf("%s: %q, want %q", left, got, want)
		}
	}
}
