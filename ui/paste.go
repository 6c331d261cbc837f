package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// pasteAtOnce is how many bytes of pasted phones are read in Update: about as many as a frame has time for. More are read in a command.
const pasteAtOnce = 2000

// readPaste reads a large paste of phones in a command. Until it is read the field takes nothing else.
func (f *form) readPaste(text string) tea.Cmd {
	to := f.field("phones")
	have, country := to.bag, f.d.DefaultCountry
	have.phones, have.bad = slices.Clip(have.phones), slices.Clip(have.bad)
	text = to.input.Value() + " " + text
	to.input.SetValue("")
	to.busy, to.wrong = f.d.tr("reading what was pasted…"), ""
	return ask(f.d, &f.pasted, func(context.Context) (bag, error) { return have.with(text, country), nil }, func(b bag, _ error) tea.Cmd {
		to.bag, to.busy = b, ""
		f.wrong = ""
		f.checker.forget()
		f.busy = false
		return f.changed()
	})
}

// with adds the phones of a text. The bag it is called on stays as it was.
func (b bag) with(text, country string) bag {
	all := readPhones(country, b.phones, text)
	all.duplicates += b.duplicates
	all.origin, all.file = b.origin, b.file
	all.bad = append(slices.Clip(b.bad), all.bad...)
	return all
}

// paste puts pasted text into the field in front; elsewhere it does nothing.
func (r *Root) paste(msg tea.PasteMsg) tea.Cmd {
	switch front := r.screens[r.front]; {
	case r.d.top() != nil:
		return r.d.toDialog(msg)
	case front.typing():
		return front.typed(msg)
	}
	if !r.canFilter() {
		return r.d.say(r.d.tr("pasted text does nothing here"))
	}
	r.d.pasted = searchFor(msg.Content)
	return r.d.say(r.d.tr("pasted text does nothing here; / searches for it"))
}

// canFilter tells that the screen in front has a filter line.
func (r *Root) canFilter() bool {
	for _, table := range r.screens[r.front].keys() {
		if slices.ContainsFunc(table, func(b binding) bool { return b.action == actFilter }) {
			return true
		}
	}
	return false
}

// searchFor writes pasted text as a filter: one value, whatever is in it.
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

// mostSearched is how many characters of a paste are searched for.
const mostSearched = 80
