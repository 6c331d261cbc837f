package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

var senderKeys = []binding{
	{action: actCopy, keys: []string{"y"}, short: "copy id", help: "copy the sender's id to your own computer's clipboard"},
}

// senders lists the names messages come from, with what the vendors allow them.
type senders struct{ listScreen[model.Sender] }

func newSenders(d *deck) *senders {
	s := &senders{}
	s.list = newList(d, model.TopicSenders, "senders",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.Sender], error) {
			return d.Store.Senders(ctx, q)
		},
		func(v model.Sender) string { return v.Account + "/" + v.ID + "/" + v.Name }, senderColumns, model.SenderFields())
	s.empty = "No sender is known. Vendors that cannot list theirs take them from [[account.sender]] in the configuration."
	return s
}

var senderColumns = []column[model.Sender]{
	{title: "sender", width: 14, grow: 2, cell: func(_ *deck, v model.Sender) cell { return cell{or(v.Name, v.ID), plain} }},
	{title: "state", width: 10, cell: func(_ *deck, v model.Sender) cell {
		switch v.State {
		case model.SenderApproved:
			return cell{"approved", good}
		case model.SenderPending:
			return cell{"pending", warn}
		case model.SenderRejected:
			return cell{"REJECTED", bad}
		}
		return cell{or(v.VendorState, "unknown"), dim}
	}},
	{title: "account", width: 9, drop: 2, cell: func(_ *deck, v model.Sender) cell { return cell{v.Account, dim} }},
	{title: "country", width: 8, drop: 4, cell: func(_ *deck, v model.Sender) cell { return cell{or(v.Country, "—"), plain} }},
	{title: "traffic", width: 10, drop: 5, cell: func(_ *deck, v model.Sender) cell { return cell{or(v.Traffic, "—"), plain} }},
	{title: "id", width: 8, drop: 3, cell: func(_ *deck, v model.Sender) cell { return cell{v.ID, dim} }},
	{title: "moderator says", width: 14, grow: 4, drop: 1, cell: func(_ *deck, v model.Sender) cell {
		if v.FromConfig {
			return cell{"kept in the configuration: the vendor cannot list", dim}
		}
		return cell{v.Comment, plain}
	}},
}

func (s *senders) name() (string, string) { return "Senders", "Senders" }
func (s *senders) keys() [][]binding      { return [][]binding{senderKeys, listKeys} }

func (s *senders) why(a action) string {
	if a == actCopy && len(s.grid.rows) == 0 {
		return "there is no sender here"
	}
	return ""
}

func (s *senders) do(a action) tea.Cmd {
	if v, ok := s.grid.current(); ok && a == actCopy {
		return s.d.copied(v.ID)
	}
	return s.listScreen.do(a)
}
