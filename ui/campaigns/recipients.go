package campaigns

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// actVendorWords shows the vendor's own information about a message.
const actVendorWords kit.Action = "vendor's words"

// Recipients lists the people of the chosen campaign, or of all campaigns.
type Recipients struct {
	kit.ListScreen[model.Recipient]
	focus      *Focus
	all, ofOne []kit.Column[model.Recipient] // for the people of all campaigns, and of one
}

// NewRecipients makes the recipients screen.
func NewRecipients(d *kit.Deck, f *Focus) *Recipients {
	s := &Recipients{focus: f, all: recipientColumns(), ofOne: ofOneCampaign()}
	s.List = kit.NewList(d, model.RecipientRows(),
		func(v model.Recipient) string { return v.Campaign.String() + "/" + v.Phone.String() + "/" + v.Contact },
		s.all)
	s.Orders, s.NoRow = recipientOrders(), "there is nobody here"
	s.Empty = "No people here. Their states come with the next reading from the vendor."
	s.Tables = [][]kit.Binding{s.ownKeys(), s.MarkKeys(), s.SortKeys(), s.ListKeys()}
	return s
}

func (s *Recipients) ownKeys() []kit.Binding {
	return []kit.Binding{
		{Action: kit.ActCopy, Keys: []string{"y"}, Short: "copy",
			Help: "copy the phone (or the marked ones) to your own computer's clipboard", Do: s.copy,
			Why: s.Unless(nil)},
		{Action: actWriteTo, Wants: model.IntentSend, Keys: []string{"w"}, Short: "write to",
			Help: "a new draft to those marked, to all that match, or to this page", Outgoing: true,
			Do: s.writeTo, Why: s.Unless(nil)},
		compose.NewKey(s.D, ""),
		{Action: kit.ActPerson, Keys: []string{"p"}, Short: "history",
			Help: "everything that happened with this person, at all vendors",
			Do:   s.On(func(v model.Recipient) tea.Cmd { return person.OpenPerson(s.D, v.Phone) }),
			Why:  s.Unless(func(v model.Recipient) string { return person.WhyNoHistory(s.D, v.Phone) })},
		{Action: actVendorWords, Keys: []string{"enter"}, Short: "vendor says",
			Help: "the vendor's own status, code and time of this message",
			Do: s.On(func(v model.Recipient) tea.Cmd {
				s.D.Open(&recipientBox{d: s.D, of: v})
				return nil
			}), Why: s.Unless(nil)},
	}
}

func (s *Recipients) copy() tea.Cmd {
	var people []string
	for _, v := range s.Grid.Chosen() {
		people = append(people, cmp.Or(v.Phone.String(), v.Contact))
	}
	return s.D.CopiedPeople(people)
}

func recipientColumns() []kit.Column[model.Recipient] {
	return []kit.Column[model.Recipient]{
		{Title: "phone", Width: 17, Cell: func(d *kit.Deck, v model.Recipient) kit.Cell {
			return kit.Cell{Text: d.Person(v), Tone: term.Plain}
		}},
		{Title: "status", Width: 11, Chip: true, Cell: func(d *kit.Deck, v model.Recipient) kit.Cell {
			return kit.Cell{Text: d.Word("status", v.Status.String()), Tone: kit.StatusTone(v.Status)}
		}},
		{Title: "vendor says", Width: 12, Drop: 4, Cell: func(_ *kit.Deck, v model.Recipient) kit.Cell {
			return kit.Cell{Text: v.VendorStatus, Tone: term.Dim}
		}},
		{Title: "campaign", Width: 14, Grow: 1, Drop: 3,
			Cell: func(_ *kit.Deck, v model.Recipient) kit.Cell {
				return kit.Cell{Text: v.CampaignName, Tone: term.Dim}
			}},
		{Title: "price", Width: lang.MoneyWidth, Right: true, Ours: true, Drop: 5,
			Cell: func(d *kit.Deck, v model.Recipient) kit.Cell {
				return kit.Cell{Text: d.MoneyInColumn(v.Price), Tone: term.Plain}
			}},
		{Title: "updated", Width: 13, Drop: 2, Cell: func(d *kit.Deck, v model.Recipient) kit.Cell {
			return kit.Cell{Text: cmp.Or(d.Day(v.UpdatedAt), "—"), Tone: term.Dim}
		}},
		{Title: "reason", Width: 10, Grow: 3, Drop: 1,
			Cell: func(d *kit.Deck, v model.Recipient) kit.Cell {
				return kit.Cell{Text: d.Text(v.Reason), Tone: term.Plain}
			}},
	}
}

func recipientOrders() []kit.Order {
	return []kit.Order{
		{By: "status", Ascending: true},
		{By: "updated_at", Title: "updated"},
		{By: "phone", Ascending: true},
	}
}

// ofOneCampaign returns the columns for the people of one campaign, which the heading names.
func ofOneCampaign() []kit.Column[model.Recipient] {
	return slices.DeleteFunc(recipientColumns(),
		func(c kit.Column[model.Recipient]) bool { return c.Title == "campaign" })
}

// View draws the screen within the given width and height.
func (s *Recipients) View(w, h int) []string {
	if s.Columns = s.all; s.Campaign != 0 {
		s.Columns = s.ofOne
	}
	return s.List.View(w, h)
}

// Show follows the chosen campaign.
func (s *Recipients) Show() tea.Cmd {
	if chosen := s.focus.Opened; s.Campaign != chosen.ID {
		s.Campaign, s.Loaded = chosen.ID, false
		s.Natural = term.Clip(chosen.Title(), 30)
	}
	return s.ListScreen.Show()
}

// Back goes one level up; it returns false at the top level.
func (s *Recipients) Back() (tea.Cmd, bool) {
	if cmd, ok := s.List.Back(); ok {
		return cmd, true
	}
	if s.Campaign != 0 {
		s.focus.Opened = model.Campaign{}
		return tea.Batch(s.Show(), s.D.Say(s.D.Tr("the recipients of all campaigns"))), true
	}
	return nil, false
}

// Actions that make a draft from the people in a list.
const (
	actWriteTo    kit.Action = "write to them"
	actWriteAgain kit.Action = "retry failed"
)

// writeTo asks which of the people in the list become the audience of a new draft; each choice
// shows their number.
func (s *Recipients) writeTo() tea.Cmd {
	d, filter := s.D, cmp.Or(s.Filter, s.D.Tr("all people"))
	q, err := s.Request()
	if err != nil {
		return d.Fail(err)
	}
	var c model.Campaign
	if s.focus.Opened.ID == s.Campaign {
		c = s.focus.Opened
	}
	if s.Campaign != 0 {
		filter = d.Tr("%s of %s", filter, c.Title())
	}
	var page []model.Recipient
	for _, r := range s.Grid.Visible() {
		page = append(page, r.Item)
	}
	choices := []kit.Choice{{Name: d.Tr("all %s matching", lang.Figure(s.Matching)),
		Note: d.Tr("%s, counted %s", filter, d.Ago(s.MatchingAt))},
		{Name: d.Tr("the %d on this page", len(page)), Note: d.Tr("as you see them")}}
	marked := len(s.Grid.Marks) > 0
	var chosen []model.Recipient
	if marked {
		chosen = s.Grid.Chosen()
		choices = append([]kit.Choice{{Name: d.Tr("the %s marked", lang.Count(int64(len(chosen)))),
			Note: d.Tr("wherever they are in the list")}}, choices...)
	}
	d.Open(kit.NewPicker(d, d.Tr("New draft: send to"), choices, func(i int, _ string) tea.Cmd {
		if !marked {
			i++
		}
		switch i {
		case 0:
			return compose.DraftTo(d, c, compose.AudienceOf(chosen, map[model.Phone]bool{}, compose.Audience{}),
				d.Tr("marked in %s", filter))
		case 1:
			return compose.DraftToMatching(d, c, q, filter)
		}
		return compose.DraftTo(d, c, compose.AudienceOf(page, map[model.Phone]bool{}, compose.Audience{}),
			d.Tr("one page of %s", filter))
	}))
	return nil
}
