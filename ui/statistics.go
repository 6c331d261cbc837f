package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// actRecount counts a cut anew.
const actRecount action = "count anew"

// cutOrder are the parts of the screen: the figures of one campaign ("") and the cuts.
var cutOrder = []model.CutBy{"", model.CutCountry, model.CutSender, model.CutVendor}

// statistics shows the figures of the opened campaign, or else of the one under the cursor of
// Campaigns, or else of the newest one; and the figures of many campaigns cut by country, sender
// and vendor.
type statistics struct {
	d       *deck
	focus   *focus
	figures *figures
	cuts    *cuts
	part    int // of cutOrder
	newest  slot
	scroll  int
	none    bool // there is no campaign at all
	tables  [][]binding
}

func newStatistics(d *deck, f *focus) *statistics {
	s := &statistics{d: d, focus: f, figures: newFigures(d), cuts: newCuts(d)}
	s.tables = [][]binding{s.ownKeys(), scrollKeys(&s.scroll)}
	return s
}

func (s *statistics) ownKeys() []binding {
	turn := func(by int) func() tea.Cmd {
		return func() tea.Cmd {
			s.part, s.scroll = (s.part+len(cutOrder)+by)%len(cutOrder), 0
			return s.show()
		}
	}
	return []binding{
		{action: actNextPane, keys: []string{"tab", "right", "l"}, short: "by country, sender, vendor",
			help: "the next cut: one campaign, by country, by sender, by vendor", do: turn(1)},
		{action: actPrevPane, keys: []string{"shift+tab", "left", "h"}, help: "the cut before", do: turn(-1)},
		{action: actRecount, keys: []string{"n"}, help: "count the cut anew",
			do: func() tea.Cmd { return s.cuts.about(s.question(), true) },
			why: func() string {
				if s.part == 0 {
					return s.d.tr("the figures of one campaign are read anew by themselves; tab goes to the cuts")
				}
				return ""
			}},
	}
}

func (s *statistics) keys() [][]binding { return s.tables }

// question is what the cut in front asks: a country's figures are those of the opened campaign, if
// there is one.
func (s *statistics) question() cutQuestion {
	q := cutQuestion{by: cutOrder[s.part]}
	if q.by == model.CutCountry {
		q.campaign = s.focus.opened.ID
	}
	return q
}

func (s *statistics) show() tea.Cmd {
	if s.part > 0 {
		return s.cuts.about(s.question(), false)
	}
	c := s.focus.opened
	if c.ID == 0 {
		c = s.focus.near
	}
	if c.ID != 0 {
		return s.figures.about(c)
	}
	store := s.d.Store
	return ask(s.d, &s.newest, func(ctx context.Context) (model.Page[model.Campaign], error) {
		return store.Campaigns(ctx, model.PageRequest{Limit: 1})
	}, func(p model.Page[model.Campaign], err error) tea.Cmd {
		if err != nil {
			return s.d.fail(err)
		}
		if s.none = len(p.Rows) == 0; s.none {
			return nil
		}
		return s.figures.about(p.Rows[0])
	})
}

// changed re-reads the figures of one campaign; what took seconds to count is counted anew only
// when a person asks.
func (s *statistics) changed(topics []model.Topic) tea.Cmd {
	if s.part == 0 && (slices.Contains(topics, model.TopicCampaigns) ||
		slices.Contains(topics, model.TopicRecipients)) {
		return s.show()
	}
	return nil
}

func (s *statistics) typing() bool          { return false }
func (s *statistics) typed(tea.Msg) tea.Cmd { return nil }
func (s *statistics) memory() string        { return "" }
func (s *statistics) recall(string)         {}
func (s *statistics) counting() bool        { return false }

func (s *statistics) freshness() freshness {
	if s.part > 0 {
		return freshness{at: s.cuts.kept[s.question()].AsOf, err: s.cuts.err}
	}
	return s.figures.freshness()
}

// back goes to the figures of one campaign, then lets go of the opened one.
func (s *statistics) back() (tea.Cmd, bool) {
	if s.part > 0 {
		s.part, s.scroll = 0, 0
		return s.show(), true
	}
	if s.focus.opened.ID == 0 {
		return nil, false
	}
	s.focus.opened = model.Campaign{}
	return s.show(), true
}

func (s *statistics) view(w, h int) []string {
	if s.part == 0 && s.none {
		return indent(append([]string{""}, wrap(s.d.tr("No campaign is known yet. Choose one in Campaigns with Enter."),
			max(1, w-2))...), " ")
	}
	var tabs []string
	if h > roomForTabs {
		tabs = []string{s.tabs(w)}
		h--
	}
	var lines []string
	if s.part > 0 {
		lines = s.cuts.lines(w-2, s.focus.opened.Title())
	} else {
		lines = s.figures.lines(w-2, h)
	}
	s.scroll = max(0, min(s.scroll, len(lines)-h))
	return append(tabs, indent(lines[s.scroll:], " ")...)
}

// roomForTabs is from how many lines on the parts are named above the figures.
const roomForTabs = 24

// tabs names the parts of the screen.
func (s *statistics) tabs(w int) string {
	d, line := s.d, " "
	for i, name := range []string{d.tr("one campaign"), d.tr("by country"), d.tr("by sender"), d.tr("by vendor")} {
		if i == s.part {
			line += d.style.paint(accent, "["+name+"]")
		} else {
			line += d.style.paint(dim, " "+name+" ")
		}
	}
	return cut(line, w)
}
