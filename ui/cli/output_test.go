package cli

import "testing"

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
