package kit

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// filterGuide shows the filter language while a filter is being typed.
type filterGuide struct {
	d   *Deck
	top int
}

// Title names the dialog.
func (g *filterGuide) Title() string { return g.d.Tr("Filters") }

// Hint says the keys of the dialog.
func (g *filterGuide) Hint() string { return g.d.Tr("↑↓ scroll   Esc closes") }

// Update handles a message; done says that the dialog has ended.
func (g *filterGuide) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	if by := ScrollBy(key.String()); by != 0 {
		g.top = max(0, g.top+by)
		return nil, false
	}
	return nil, true
}

// Body draws the reference.
func (g *filterGuide) Body(w, h int) []string {
	var rows []Fact
	for _, row := range model.FilterReference() {
		rows = append(rows, Fact{Label: row.Write, Value: g.d.Phrase(row.Help)})
	}
	lines := g.d.Facts(rows, w)
	g.top = min(g.top, max(0, len(lines)-h))
	return lines[g.top:min(len(lines), g.top+h)]
}
