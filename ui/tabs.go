package ui

import (
	tea "charm.land/bubbletea/v2"
)

// tab is one row of the tabs: its key, the action of that key, its word (with a short one where
// room is scarce, both in English) and what makes its screen.
type tab struct {
	key         string
	action      action
	name, short string
	open        func(d *deck, f *focus) screen
}

// tabs are the screens in their order. Keys, tab bar, palette, help, memory and documents read
// them. A new list costs a file with its columns and keys, a fixture, a test, a row here and one in
// each table of lists of the cache and the command line.
var tabs = []tab{
	{"1", "replies", "Replies", "Replies", func(d *deck, _ *focus) screen { return newReplies(d) }},
	{"2", "campaigns", "Campaigns", "Campaigns", func(d *deck, f *focus) screen { return newCampaigns(d, f) }},
	{"3", "recipients", "Recipients", "Recip", func(d *deck, f *focus) screen { return newRecipients(d, f) }},
	{"4", "statistics", "Statistics", "Stats", func(d *deck, f *focus) screen { return newStatistics(d, f) }},
	{"5", "senders", "Senders", "Senders", func(d *deck, _ *focus) screen { return newSenders(d) }},
	{"6", "blacklist", "Blacklist", "Black", func(d *deck, _ *focus) screen { return newBlacklist(d) }},
	{"7", "outbox", "Outbox", "Out", func(d *deck, _ *focus) screen { return newOutbox(d) }},
	{"8", "log", "Log", "Log", func(d *deck, _ *focus) screen { return newLog(d) }},
}

// tabKeys is the table of the keys that bring tabs to the front.
func (r *Root) tabKeys() []binding {
	keys := make([]binding, len(tabs))
	for i, t := range tabs {
		keys[i] = binding{action: t.action, keys: []string{t.key}, help: t.name,
			do: func() tea.Cmd { return r.turn(i) }}
	}
	return keys
}

// leastHeightOfTabs is from how many lines on a screen has the tab bar.
const leastHeightOfTabs = 4

// tabStyle says how much the tab bar writes.
type tabStyle int

const (
	fullTabs   tabStyle = iota // whole words
	shortTabs                  // short words
	numberTabs                 // numbers, and the word of the front tab
)

// tabLabels gives the labels of the tab bar, with as much of their words as fits.
func (r *Root) tabLabels(w int) []string {
	for style := fullTabs; style < numberTabs; style++ {
		labels, width := r.tabsIn(style), 0
		for _, l := range labels {
			width += widthOf(l)
		}
		if width <= w {
			return labels
		}
	}
	return r.tabsIn(numberTabs)
}

func (r *Root) tabsIn(style tabStyle) []string {
	labels := make([]string, len(tabs))
	for i, t := range tabs {
		word := r.d.phrase(t.name)
		if style != fullTabs {
			word = r.d.word("tab", t.short)
		}
		label := t.key + " " + word
		if n := r.d.overview.OpenReplies; i == 0 && n > 0 {
			label += " " + count(n)
		}
		if style == numberTabs && i != r.front {
			label = t.key
		}
		if i == r.front {
			labels[i] = r.d.style.paint(accent, "["+label+"]")
		} else {
			labels[i] = r.d.style.paint(dim, " "+label+" ")
		}
	}
	return labels
}
