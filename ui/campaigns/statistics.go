package campaigns

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// statisticsParts returns the parts of the screen: the figures of one campaign ("") and the
// breakdowns.
func statisticsParts() []model.CutBy {
	return []model.CutBy{"", model.CutCountry, model.CutSender, model.CutVendor}
}

// hasFigures excludes campaigns from which nothing can have arrived yet.
const hasFigures = "-state:draft,needs-approval,scheduled,held,queued"

// Statistics shows the figures of the open campaign, or else of the one under the cursor of
// Campaigns, or else of the newest one that has left; and the figures of many campaigns by country,
// sender and vendor.
type Statistics struct {
	d       *kit.Deck
	focus   *Focus
	figures *figures
	cuts    *cuts
	part    int // index into statisticsParts
	newest  kit.Slot
	pager   kit.Pager
	none    bool // there are no campaigns at all
	tables  [][]kit.Binding
}

// NewStatistics makes the statistics screen.
func NewStatistics(d *kit.Deck, f *Focus) *Statistics {
	s := &Statistics{d: d, focus: f, figures: newFigures(d), cuts: newCuts(d)}
	s.tables = [][]kit.Binding{s.ownKeys(), s.pager.Keys()}
	return s
}

func (s *Statistics) ownKeys() []kit.Binding {
	turn := func(by int) func() tea.Cmd {
		return func() tea.Cmd {
			parts := len(statisticsParts())
			s.part, s.pager.Top = (s.part+parts+by)%parts, 0
			return s.Show()
		}
	}
	return []kit.Binding{
		{Action: actNextPane, Keys: []string{"tab", "right", "l"}, Short: "by country, sender, vendor",
			Help: "the next cut: one campaign, by country, by sender, by vendor", Do: turn(1)},
		{Action: actPrevPane, Keys: []string{"shift+tab", "left", "h"}, Help: "the cut before", Do: turn(-1)},
		{Action: actChoose, Keys: []string{"/"}, Short: "choose",
			Help: "choose the campaign whose figures are shown, by a part of its name or its id", Do: s.choose},
		compose.NewKey(s.d, ""),
	}
}

// Keys returns the tables of the keys of the screen.
func (s *Statistics) Keys() [][]kit.Binding { return s.tables }

// question is the question of the breakdown in front: figures by country are those of the open
// campaign, if there is one.
func (s *Statistics) question() cutQuestion {
	q := cutQuestion{by: statisticsParts()[s.part]}
	if q.by == model.CutCountry {
		q.campaign = s.focus.Opened.ID
	}
	return q
}

// Show reads the data of the screen when it comes to the front.
func (s *Statistics) Show() tea.Cmd {
	if s.part > 0 {
		return s.cuts.about(s.question(), false)
	}
	c := s.focus.Opened
	if c.ID == 0 {
		c = s.focus.near
	}
	if c.ID != 0 {
		return s.figuresOf(c)
	}
	store := s.d.Store
	begun, err := model.ParseFilter(hasFigures, s.d.Now, s.d.Zone)
	if err != nil {
		return s.d.Fail(err)
	}
	return kit.Ask(s.d, &s.newest, func(ctx context.Context) (model.Page[model.Campaign], error) {
		p, err := model.CampaignRows().Read(ctx, store, model.PageRequest{Limit: 1, Filter: begun})
		if err != nil || len(p.Rows) > 0 {
			return p, err
		}
		return model.CampaignRows().Read(ctx, store, model.PageRequest{Limit: 1})
	}, func(p model.Page[model.Campaign], err error) tea.Cmd {
		if err != nil {
			return s.d.Fail(err)
		}
		if s.none = len(p.Rows) == 0; s.none {
			return nil
		}
		return s.figuresOf(p.Rows[0])
	})
}

// figuresOf shows the figures of a campaign, and on a large screen their breakdowns.
func (s *Statistics) figuresOf(c model.Campaign) tea.Cmd {
	read := s.figures.about(c)
	if !s.d.Large {
		return read
	}
	return tea.Batch(read, s.cuts.fill(besideFigures(c.ID)))
}

// Refresh counts the breakdown in front again.
func (s *Statistics) Refresh() tea.Cmd {
	if s.part == 0 {
		for _, q := range besideFigures(s.figures.campaign.ID) {
			delete(s.cuts.kept, q)
		}
		return s.Show()
	}
	return s.cuts.about(s.question(), true)
}

// Changed reads the figures of one campaign again; what took seconds to count is counted again only
// when a person asks.
func (s *Statistics) Changed(topics []model.Topic) tea.Cmd {
	if s.part == 0 && (slices.Contains(topics, model.TopicCampaigns) ||
		slices.Contains(topics, model.TopicRecipients)) {
		return s.Show()
	}
	return nil
}

// Typing reports whether a text field has the keys.
func (s *Statistics) Typing() bool { return false }

// Typed does nothing: the screen has no text field.
func (s *Statistics) Typed(tea.Msg) tea.Cmd { return nil }

// Memory returns "": the screen remembers nothing.
func (s *Statistics) Memory() string { return "" }

// Restore does nothing.
func (s *Statistics) Restore(string) {}

// Counting reports whether something on the screen changes by the second.
func (s *Statistics) Counting() bool { return false }

// Freshness returns the age of the data on screen.
func (s *Statistics) Freshness() kit.Freshness {
	if s.part > 0 {
		return kit.Freshness{At: s.cuts.kept[s.question()].AsOf, Err: s.cuts.err}
	}
	return s.figures.freshness()
}

// Back goes to the figures of one campaign, then closes the open one.
func (s *Statistics) Back() (tea.Cmd, bool) {
	if s.part > 0 {
		s.part, s.pager.Top = 0, 0
		return s.Show(), true
	}
	if s.focus.Opened.ID == 0 {
		return nil, false
	}
	s.focus.Opened = model.Campaign{}
	return s.Show(), true
}

// View draws the screen within the given width and height.
func (s *Statistics) View(w, h int) []string {
	if s.part == 0 && s.none {
		return term.Indent(append([]string{""},
			term.Wrap(s.d.Tr("No campaign is known yet. Choose one in Campaigns with Enter."),
				max(1, w-2))...), " ")
	}
	var tabs []string
	if h > roomForTabs {
		tabs = []string{s.tabs(w)}
		h--
	}
	var lines []string
	if s.part > 0 {
		lines = s.cuts.lines(w-2, s.focus.Opened.Title())
	} else {
		below := s.below(w - 2)
		lines = append(s.figures.lines(w-2, h-len(below)), below...)
	}
	return append(tabs, term.Indent(s.pager.Visible(s.d, lines, h), " ")...)
}

// below returns the breakdowns below the figures on a large screen.
func (s *Statistics) below(w int) []string {
	if !s.d.Large || !s.figures.loaded {
		return nil
	}
	lines := s.cuts.beside(besideFigures(s.figures.campaign.ID), w)
	if len(lines) == 0 {
		return nil
	}
	return append([]string{""}, lines...)
}

// roomForTabs is the height from which the parts are named above the figures.
const roomForTabs = 24

// tabs names the parts of the screen.
func (s *Statistics) tabs(w int) string {
	d, line := s.d, " "
	for i, name := range []string{d.Tr("one campaign"), d.Tr("by country"), d.Tr("by sender"), d.Tr("by vendor")} {
		if i == s.part {
			line += d.Style.Paint(term.Accent, "["+name+"]")
		} else {
			line += d.Style.Paint(term.Dim, " "+name+" ")
		}
	}
	return term.Cut(line, w)
}
