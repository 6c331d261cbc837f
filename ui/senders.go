package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// senders lists the names messages come from, with what the vendors allow them and how people took
// what they sent.
type senders struct {
	listScreen[model.Sender]
	health senderHealth
}

func newSenders(d *deck) *senders {
	s := &senders{}
	s.list = newList(d, model.TopicSenders, "senders",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.Sender], error) {
			return d.Store.Senders(ctx, q)
		},
		func(v model.Sender) string { return v.Account + "/" + v.ID + "/" + v.Name }, s.columns(), model.SenderFields())
	s.empty = "No sender is known. Vendors that cannot list theirs take them from [[account.sender]] in the " +
		"configuration."
	s.tables = [][]binding{s.ownKeys(), s.listKeys()}
	return s
}

func (s *senders) ownKeys() []binding {
	return []binding{{action: actCopy, keys: []string{"y"}, short: "copy id",
		help: "copy the sender's id to your own computer's clipboard",
		do: func() tea.Cmd {
			v, _ := s.grid.current()
			return s.d.copied(v.ID)
		},
		why: func() string {
			if len(s.grid.rows) == 0 {
				return s.d.tr("there is no sender here")
			}
			return ""
		}}}
}

func (s *senders) columns() []column[model.Sender] {
	healthy := func(of func(*deck, model.SenderHealth) cell) func(*deck, model.Sender) cell {
		return func(d *deck, v model.Sender) cell {
			if h, ok := s.health.of(v); ok {
				return of(d, h)
			}
			return cell{"—", dim}
		}
	}
	return []column[model.Sender]{
		{title: "sender", width: 12, grow: 2, cell: func(_ *deck, v model.Sender) cell {
			return cell{cmp.Or(v.Name, v.ID), plain}
		}},
		{title: "state", width: 11, cell: func(d *deck, v model.Sender) cell { return senderState(d, v) }},
		{title: "health", width: 8, drop: 1, cell: healthy(func(d *deck, h model.SenderHealth) cell {
			return healthWord(d, h)
		})},
		{title: "account", width: 9, drop: 2, cell: func(_ *deck, v model.Sender) cell { return cell{v.Account, dim} }},
		{title: "country", width: 7, drop: 6, cell: func(_ *deck, v model.Sender) cell {
			return cell{cmp.Or(v.Country, "—"), plain}
		}},
		{title: "deliv", width: 7, right: true, drop: 3,
			cell: healthy(func(d *deck, h model.SenderHealth) cell {
				return cell{d.share(h.Delivered, h.Sent), plain}
			})},
		{title: "stop/1000", width: 9, right: true, drop: 4, cell: healthy(func(d *deck, h model.SenderHealth) cell {
			return d.perThousand(h.OptOuts, h.Delivered, optOutWarning)
		})},
		{title: "cmpl/1000", width: 9, right: true, drop: 5, cell: healthy(func(d *deck, h model.SenderHealth) cell {
			return d.perThousand(h.Complaints, h.Delivered, 10*limitsOf(d, h.Account).ComplaintsWarn())
		})},
		{title: "as of", width: 8, right: true, drop: 9,
			cell: healthy(func(d *deck, h model.SenderHealth) cell { return cell{d.age(h.AsOf), dim} })},
		{title: "traffic", width: 13, drop: 8, cell: func(_ *deck, v model.Sender) cell {
			return cell{cmp.Or(v.Traffic, "—"), plain}
		}},
		{title: "id", width: 8, drop: 10, cell: func(_ *deck, v model.Sender) cell { return cell{v.ID, dim} }},
		{title: "moderator says", width: 26, grow: 4, drop: 7, cell: func(d *deck, v model.Sender) cell {
			if v.FromConfig {
				return cell{d.tr("kept in config, vendor cannot list"), dim}
			}
			return cell{v.Comment, plain}
		}},
	}
}

// senderState says what the vendor allows a sender; where that is no state we know, in the vendor's
// own word.
func senderState(d *deck, v model.Sender) cell {
	switch v.State {
	case model.SenderApproved:
		return cell{d.word("sender state", "approved"), good}
	case model.SenderPending:
		return cell{d.word("sender state", "pending"), warn}
	case model.SenderRejected:
		return cell{strings.ToUpper(d.word("sender state", "rejected")), bad}
	}
	return cell{cmp.Or(v.VendorState, d.word("sender state", "unknown")), dim}
}

func (s *senders) show() tea.Cmd { return tea.Batch(s.listScreen.show(), s.health.read(s.d)) }

func (s *senders) changed(topics []model.Topic) tea.Cmd {
	cmd := s.list.changed(topics)
	if slices.Contains(topics, model.TopicCampaigns) || slices.Contains(topics, model.TopicReplies) ||
		slices.Contains(topics, model.TopicBlacklist) {
		cmd = tea.Batch(cmd, s.health.read(s.d))
	}
	return cmd
}

func (s *senders) view(w, h int) []string { return s.list.viewAbout(w, h, s.about) }

// about says everything of one sender, the most important first.
func (s *senders) about(v model.Sender) []fact {
	d := s.d
	all := s.health.facts(d, v)
	if v.Comment != "" {
		said := fact{label: d.tr("moderator"), value: v.Comment, tone: senderState(d, v).tone}
		if v.State == model.SenderRejected {
			all = slices.Insert(all, 0, said)
		} else {
			all = append(all, said)
		}
	}
	all = append(all, fact{label: d.tr("countries"),
		value: d.tr("%s · traffic: %s · account: %s (%s)", cmp.Or(v.Country, "—"), cmp.Or(v.Traffic, "—"), v.Account,
			v.Vendor)})
	if v.FromConfig {
		caps, _ := d.capabilities(v.Account)
		return append(all, fact{label: d.tr("listed"), value: d.tr("kept in config, vendor cannot list"),
			note: d.text(caps.Why(model.ActSenders)), tone: dim})
	}
	if v.AsOf.IsZero() {
		return all
	}
	at, as := d.asOf(v.AsOf, d.offline(v.Account), false)
	return append(all, fact{label: d.tr("listed"), value: at, tone: as})
}
