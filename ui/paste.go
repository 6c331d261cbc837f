package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// paste puts pasted text into the field in front; elsewhere it does nothing.
func (r *Root) paste(msg tea.PasteMsg) tea.Cmd {
	switch front := r.screens[r.front]; {
	case r.d.Top() != nil:
		return r.d.ToDialog(msg)
	case front.Typing():
		return front.Typed(msg)
	}
	if !r.canFilter() {
		return r.d.Say(r.d.Tr("pasted text does nothing here"))
	}
	r.pasted = searchFor(msg.Content)
	return r.d.Say(r.d.Tr("pasted text does nothing here; / searches for it"))
}

// canFilter reports whether the screen in front has a filter line.
func (r *Root) canFilter() bool {
	for _, table := range r.screens[r.front].Keys() {
		if slices.ContainsFunc(table, func(b kit.Binding) bool { return b.Action == kit.ActFilter }) {
			return true
		}
	}
	return false
}

// searchFor makes a filter of pasted text: one value, whatever it contains.
func searchFor(pasted string) string {
	text := strings.Join(strings.Fields(strings.ReplaceAll(model.SanitiseLine(pasted), `"`, " ")), " ")
	if runes := []rune(text); len(runes) > mostSearched {
		text = string(runes[:mostSearched])
	}
	if strings.ContainsAny(text, " :,-") {
		return `"` + text + `"`
	}
	return text
}

// mostSearched is how many characters of pasted text a search uses.
const mostSearched = 80
