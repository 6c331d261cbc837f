// Package lists contains the screens that are little more than a list: senders, blacklist, log.
package lists

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// Senders lists the sender names, with what the vendors allow them and how people received what
// they sent.
type Senders struct {
	kit.ListScreen[model.Sender]
	Health senderHealth
}

// NewSenders makes the senders screen.
func NewSenders(d *kit.Deck) *Senders {
	s := &Senders{}
	s.List = kit.NewList(d, model.SenderRows(),
		func(v model.Sender) string { return v.Account + "/" + v.ID + "/" + v.Name }, s.columns())
	s.Empty = "No sender is known. Vendors that cannot list theirs take them from [[account.sender]] in the " +
		"configuration."
	s.NoRow = "there is no sender here"
	s.Orders = []kit.Order{{By: "name", Ascending: true}, {By: "state", Ascending: true},
		{By: "account", Ascending: true}}
	s.Tables = [][]kit.Binding{s.ownKeys(), s.SortKeys(), s.ListKeys()}
	return s
}

func (s *Senders) ownKeys() []kit.Binding {
	return []kit.Binding{{Action: kit.ActCopy, Keys: []string{"y"}, Short: "copy id",
		Help: "copy the sender's id to your own computer's clipboard",
		Do:   s.On(func(v model.Sender) tea.Cmd { return s.D.Copied(v.ID) }),
		Why:  s.Unless(nil)}, compose.NewKey(s.D, "")}
}

func (s *Senders) columns() []kit.Column[model.Sender] {
	healthy := func(of func(*kit.Deck, model.SenderHealth) kit.Cell) func(*kit.Deck, model.Sender) kit.Cell {
		return func(d *kit.Deck, v model.Sender) kit.Cell {
			if h, ok := s.Health.of(v); ok {
				return of(d, h)
			}
			return kit.Cell{Text: "—", Tone: term.Dim}
		}
	}
	return []kit.Column[model.Sender]{
		{Title: "sender", Width: 12, Grow: 2, Cell: func(_ *kit.Deck, v model.Sender) kit.Cell {
			return kit.Cell{Text: cmp.Or(v.Name, v.ID), Tone: term.Plain}
		}},
		{Title: "state", Width: 11, Chip: true,
			Cell: func(d *kit.Deck, v model.Sender) kit.Cell { return senderState(d, v) }},
		{Title: "health", Width: 8, Drop: 1, Cell: healthy(func(d *kit.Deck, h model.SenderHealth) kit.Cell {
			return healthWord(d, h)
		})},
		{Title: "account", Width: 9, Drop: 2, Cell: func(_ *kit.Deck, v model.Sender) kit.Cell {
			return kit.Cell{Text: v.Account, Tone: term.Dim}
		}},
		{Title: "country", Width: 7, Drop: 6, Cell: func(_ *kit.Deck, v model.Sender) kit.Cell {
			return kit.Cell{Text: cmp.Or(v.Country, "—"), Tone: term.Plain}
		}},
		{Title: "deliv", Width: 7, Right: true, Drop: 3,
			Cell: healthy(func(d *kit.Deck, h model.SenderHealth) kit.Cell {
				return kit.Cell{Text: d.Share(h.Delivered, h.Sent), Tone: term.Plain}
			})},
		{Title: "stop/1000", Width: 9, Right: true, Drop: 4,
			Cell: healthy(func(d *kit.Deck, h model.SenderHealth) kit.Cell {
				return d.PerThousand(h.OptOuts, h.Delivered, kit.OptOutWarning)
			})},
		{Title: "cmpl/1000", Width: 9, Right: true, Drop: 5,
			Cell: healthy(func(d *kit.Deck, h model.SenderHealth) kit.Cell {
				return d.PerThousand(h.Complaints, h.Delivered, 10*limitsOf(d, h.Account).ComplaintsWarn())
			})},
		{Title: "as of", Width: 8, Right: true, Drop: 9,
			Cell: healthy(func(d *kit.Deck, h model.SenderHealth) kit.Cell {
				return kit.Cell{Text: d.Age(h.AsOf), Tone: term.Dim}
			})},
		{Title: "traffic", Width: 13, Drop: 8, Cell: func(_ *kit.Deck, v model.Sender) kit.Cell {
			return kit.Cell{Text: cmp.Or(v.Traffic, "—"), Tone: term.Plain}
		}},
		{Title: "id", Width: 8, Drop: 10, Cell: func(_ *kit.Deck, v model.Sender) kit.Cell {
			return kit.Cell{Text: v.ID, Tone: term.Dim}
		}},
		{Title: "moderator says", Width: 26, Grow: 4, Drop: 7, Cell: func(d *kit.Deck, v model.Sender) kit.Cell {
			if v.FromConfig {
				return kit.Cell{Text: d.Tr("kept in config, vendor cannot list"), Tone: term.Dim}
			}
			return kit.Cell{Text: v.Comment, Tone: term.Plain}
		}},
	}
}

// senderState says what the vendor allows a sender, in the vendor's own word if we do not know the
// state.
func senderState(d *kit.Deck, v model.Sender) kit.Cell {
	switch v.State {
	case model.SenderApproved:
		return kit.Cell{Text: d.Word("sender state", "approved"), Tone: term.Good}
	case model.SenderPending:
		return kit.Cell{Text: d.Word("sender state", "pending"), Tone: term.Warn}
	case model.SenderRejected:
		return kit.Cell{Text: strings.ToUpper(d.Word("sender state", "rejected")), Tone: term.Bad}
	}
	return kit.Cell{Text: cmp.Or(v.VendorState, d.Word("sender state", "unknown")), Tone: term.Dim}
}

// Show reads the data of the screen when it comes to the front.
func (s *Senders) Show() tea.Cmd { return tea.Batch(s.ListScreen.Show(), s.Health.read(s.D)) }

// Changed reads again what has changed.
func (s *Senders) Changed(topics []model.Topic) tea.Cmd {
	cmd := s.List.Changed(topics)
	if slices.Contains(topics, model.TopicCampaigns) || slices.Contains(topics, model.TopicReplies) ||
		slices.Contains(topics, model.TopicBlacklist) {
		cmd = tea.Batch(cmd, s.Health.read(s.D))
	}
	return cmd
}

// View draws the screen within the given width and height.
func (s *Senders) View(w, h int) []string { return s.List.ViewAbout(w, h, s.about) }

// about returns all details of one sender, the most important first.
func (s *Senders) about(v model.Sender) []kit.Fact {
	d := s.D
	all := s.Health.facts(d, v)
	if v.Comment != "" {
		moderator := kit.Fact{Label: d.Tr("moderator"), Value: v.Comment, Tone: senderState(d, v).Tone}
		if v.State == model.SenderRejected {
			all = slices.Insert(all, 0, moderator)
		} else {
			all = append(all, moderator)
		}
	}
	all = append(all, kit.Fact{Label: d.Tr("countries"),
		Value: d.Tr("%s · traffic: %s · account: %s (%s)", cmp.Or(v.Country, "—"), cmp.Or(v.Traffic, "—"), v.Account,
			d.VendorName(v.Vendor))})
	if v.FromConfig {
		caps, _ := d.Capabilities(v.Account)
		return append(all, kit.Fact{Label: d.Tr("listed"), Value: d.Tr("kept in config, vendor cannot list"),
			Note: d.Text(caps.Why(model.ActSenders)), Tone: term.Dim})
	}
	if v.AsOf.IsZero() {
		return all
	}
	at, as := d.AsOf(v.AsOf, d.Offline(v.Account), false)
	return append(all, kit.Fact{Label: d.Tr("listed"), Value: at, Tone: as})
}
