package ui

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/lists"
	"viberdeck/ui/replies"
	"viberdeck/ui/term"
)

// tab is one row of the tabs: its key, the action of that key, its English title, a shorter one for
// narrow terminals, and the constructor of its screen.
type tab struct {
	key         string
	action      kit.Action
	name, short string
	open        func(d *kit.Deck, f *campaigns.Focus) kit.Screen
}

// tabs returns the screens in their order. Keys, tab bar, palette, help, memory and documents read
// them. A new list takes a row here, in model.RowLists and in the cache's table of lists.
func tabs() []tab {
	return []tab{
		{"1", "replies", "Replies", "Replies", func(d *kit.Deck, _ *campaigns.Focus) kit.Screen {
			return replies.NewReplies(d)
		}},
		{"2", "campaigns", "Campaigns", "Campaigns",
			func(d *kit.Deck, f *campaigns.Focus) kit.Screen { return campaigns.NewCampaigns(d, f) }},
		{"3", "recipients", "Recipients", "Recip", func(d *kit.Deck, f *campaigns.Focus) kit.Screen {
			return campaigns.NewRecipients(d, f)
		}},
		{"4", "statistics", "Statistics", "Stats", func(d *kit.Deck, f *campaigns.Focus) kit.Screen {
			return campaigns.NewStatistics(d, f)
		}},
		{"5", "senders", "Senders", "Senders", func(d *kit.Deck, _ *campaigns.Focus) kit.Screen {
			return lists.NewSenders(d)
		}},
		{"6", "blacklist", "Blacklist", "Black", func(d *kit.Deck, _ *campaigns.Focus) kit.Screen {
			return lists.NewBlacklist(d)
		}},
		{"7", "outbox", "Outbox", "Out", func(d *kit.Deck, _ *campaigns.Focus) kit.Screen {
			return campaigns.NewOutbox(d)
		}},
		{"8", "log", "Log", "Log", func(d *kit.Deck, _ *campaigns.Focus) kit.Screen { return lists.NewLog(d) }},
	}
}

// tabKeys is the table of the keys that switch tabs.
func (r *Root) tabKeys() []kit.Binding {
	var keys []kit.Binding
	for i, t := range r.tabs {
		keys = append(keys, kit.Binding{Action: t.action, Keys: []string{t.key}, Help: t.name,
			Do: func() tea.Cmd { return r.showTab(i) }})
	}
	beside := func(by int) func() tea.Cmd {
		return func() tea.Cmd { return r.showTab((r.front + by + len(r.tabs)) % len(r.tabs)) }
	}
	return kit.For(kit.GoalViews, append(keys,
		kit.Binding{Action: actNextView, Keys: []string{"]"}, Help: "the next view", Do: beside(1)},
		kit.Binding{Action: actPreviousView, Keys: []string{"["}, Help: "the previous view", Do: beside(-1)}))
}

// leastHeightOfTabs is the screen height from which there is a tab bar.
const leastHeightOfTabs = 4

// tabStyle is how much text the tab bar shows.
type tabStyle int

const (
	fullTabs   tabStyle = iota // whole words
	shortTabs                  // short words
	tightTabs                  // short words with one space between them
	numberTabs                 // numbers, and the word of the front tab
)

// tabLabels returns the labels of the tab bar, with as much of their words as fits.
func (r *Root) tabLabels(w int) []string {
	for style := fullTabs; style < numberTabs; style++ {
		labels, width := r.tabsIn(style), 0
		for _, l := range labels {
			width += term.WidthOf(l)
		}
		if width <= w {
			return labels
		}
	}
	return r.tabsIn(numberTabs)
}

func (r *Root) tabsIn(style tabStyle) []string {
	labels := make([]string, len(r.tabs))
	for i, t := range r.tabs {
		word := r.d.Phrase(t.name)
		if style != fullTabs {
			word = r.d.Word("tab", t.short)
		}
		label := t.key + " " + word
		if n := r.d.Overview.OpenReplies; i == 0 && n > 0 {
			label += " " + lang.TightCount(n)
		}
		if style == numberTabs && i != r.front {
			label = t.key
		}
		switch {
		case i == r.front && style == tightTabs:
			labels[i] = r.d.Style.Paint(term.Accent, "["+label+"]") + " "
		case i == r.front:
			labels[i] = r.d.Style.Paint(term.Accent, "["+label+"]")
		case style == tightTabs:
			labels[i] = r.d.Style.Paint(term.Dim, label+" ")
		default:
			labels[i] = r.d.Style.Paint(term.Dim, " "+label+" ")
		}
	}
	return labels
}
