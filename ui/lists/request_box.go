package lists

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// requestBox shows all details of one request to a vendor.
type requestBox struct {
	d     *kit.Deck
	of    model.LogEntry
	pager kit.Pager
}

// Title names the dialog.
func (b *requestBox) Title() string { return b.d.Tr("Request to %s", b.of.Account) }

// Hint returns the key hints of the dialog.
func (b *requestBox) Hint() string { return b.d.Tr("↑↓ scroll   Esc close") }

// Update handles a message and reports whether the dialog has ended.
func (b *requestBox) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	return nil, ok && !b.pager.Scroll(key)
}

// Body draws the dialog within the given width and height.
func (b *requestBox) Body(w, h int) []string {
	return b.pager.Visible(b.d, b.d.Facts(requestFacts(b.d, b.of), w), h)
}

// requestFacts returns all details of one request, the most important first.
func requestFacts(d *kit.Deck, v model.LogEntry) []kit.Fact {
	result, as := d.Tr("ok"), term.Good
	if v.Result.String() != "ok" {
		result, as = d.Text(v.Result), term.Bad
	}
	status := "—"
	if v.Status != 0 {
		status = strconv.Itoa(v.Status)
	}
	return []kit.Fact{
		{Label: d.Word("column", "request"), Value: v.Account + " · " + v.Method},
		{Label: d.Word("column", "result"), Value: result, Tone: as},
		{Label: d.Word("column", "time"), Value: d.Exactly(v.At), Note: d.Ago(v.At)},
		{Label: d.Word("column", "http"), Value: status},
		{Label: d.Word("column", "took"), Value: d.Took(v.Duration)},
		{Label: d.Word("column", "try"), Value: strconv.Itoa(v.Try)},
		{Label: d.Word("column", "bytes"), Value: lang.Count(v.Bytes)},
	}
}
