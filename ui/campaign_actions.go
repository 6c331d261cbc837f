package ui

import (
	"cmp"
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// Actions on campaigns.
const (
	actNew       action = "new campaign"
	actDuplicate action = "duplicate"
	actPause     action = "pause or resume"
	actRecall    action = "recall"
	actApprove   action = "approve"
	actCompare   action = "compare"
	actNextPane  action = "next pane"
	actPrevPane  action = "previous pane"
)

// ownKeys are the keys of the list of campaigns. Most are for an open one as well.
func (s *campaigns) ownKeys() []binding {
	d := s.d
	on := func(do func(*deck, model.Campaign) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			c, _ := s.subject()
			return do(d, c)
		}
	}
	there, noAccount := s.unless(func(model.Campaign) string { return "" }), func(model.Campaign) string {
		if len(d.Accounts) == 0 {
			return d.tr("no account is configured")
		}
		return ""
	}
	unstoppable := func(a action) func() string {
		return s.unless(func(c model.Campaign) string { return cmp.Or(d.whyNotOut(c.Account), whyNotStop(d, a, c)) })
	}
	return []binding{
		{action: actOpen, keys: []string{"enter"}, short: "open",
			help: "open it: recipients, statistics, message, activity", do: s.enter, why: there},
		{action: actNew, keys: []string{"N"}, short: "new", help: "write a new campaign", outgoing: true,
			do:  func() tea.Cmd { return openForm(d, model.Campaign{}) },
			why: func() string { return noAccount(model.Campaign{}) }},
		{action: actDuplicate, keys: []string{"D"}, short: "duplicate",
			help: "write a new campaign with the text and options of this one", outgoing: true, do: on(duplicate),
			why: s.unless(noAccount)},
		{action: actWriteAgain, keys: []string{"W"},
			help:     "a new draft to those a finished campaign did not reach: worth retrying, or permanent",
			outgoing: true, do: on(writeAgain),
			why: s.unless(func(c model.Campaign) string { return whyNotAgain(d, c) })},
		{action: actPause, keys: []string{"P"}, short: "pause/resume", help: "pause it, or let it go on",
			outgoing: true, dangerous: true, do: on(pauseOrResume), why: unstoppable(actPause)},
		{action: actRecall, keys: []string{"X"}, short: "recall", help: "call back what has not left yet",
			outgoing: true, dangerous: true, do: on(recall), why: unstoppable(actRecall)},
		{action: actApprove, keys: []string{"v"}, help: "approve a campaign that waits for a second person",
			outgoing: true, dangerous: true, do: on(approve), why: s.unless(s.whyNotApprove)},
		{action: actCompare, keys: []string{"C"}, short: "compare",
			help: "the rates of the marked campaigns side by side, across vendors", do: s.compare,
			why: s.whyNotCompare},
		{action: actAgenda, keys: []string{"a"}, short: "agenda",
			help: "what leaves next, at all vendors, the soonest first; again: all campaigns", do: s.agenda},
		{action: actArchive, keys: []string{"H"},
			help: "put it (or the marked ones) away, or out again; is:archived shows what is away",
			do:   s.archive, why: s.unless(s.whyNotArchive)},
		{action: actCopy, keys: []string{"y"}, help: "copy the campaign's id to your own computer's clipboard",
			do: on(copyCampaign), why: there},
	}
}

// paneKeys are the keys between the parts of an open campaign.
func (s *campaigns) paneKeys() []binding {
	turn := func(by int) func() tea.Cmd { return func() tea.Cmd { return s.open.turn(by) } }
	return []binding{
		{action: actNextPane, keys: []string{"tab", "right", "l"}, short: "next pane",
			help: "the next part of the campaign", do: turn(1)},
		{action: actPrevPane, keys: []string{"shift+tab", "left", "h"}, help: "the part before", do: turn(-1)},
	}
}

// unless gives why something cannot be done to the campaign an action is for: there must be one.
func (s *campaigns) unless(why func(model.Campaign) string) func() string {
	return func() string {
		c, ok := s.subject()
		if !ok {
			return s.d.tr("there is no campaign here")
		}
		return why(c)
	}
}

// enter opens the campaign under the cursor.
func (s *campaigns) enter() tea.Cmd {
	c, _ := s.grid.current()
	s.focus.opened = c
	s.open = newCampaignPage(s.d, s.focus, c)
	return s.open.show()
}

func copyCampaign(d *deck, c model.Campaign) tea.Cmd {
	return d.copied(strings.Join(nonEmpty(c.ID.String(), c.VendorID), " "))
}

func (s *campaigns) compare() tea.Cmd {
	s.d.open(newCompare(s.d, s.grid.chosen()))
	return nil
}

func (s *campaigns) whyNotCompare() string {
	if len(s.grid.marks) < 2 {
		return s.d.tr("space marks campaigns; it takes two")
	}
	return ""
}

func (s *campaigns) whyNotApprove(c model.Campaign) string {
	if c.State != model.CampaignNeedsApproval {
		return s.d.tr("it waits for nobody's approval")
	}
	return s.d.whyNotOut(c.Account)
}

// whyNotStop tells why a campaign cannot be paused or recalled, "" when it can.
func whyNotStop(d *deck, a action, c model.Campaign) string {
	if !c.Ours {
		caps, _ := d.capabilities(c.Account)
		return cmp.Or(d.text(caps.Why(model.ActCancelRunning)), d.tr("it was made at the vendor; stop it there"))
	}
	switch c.State {
	case model.CampaignPaused:
		return ""
	case model.CampaignHeld, model.CampaignQueued, model.CampaignSending:
		return ""
	case model.CampaignNeedsApproval:
		if a == actRecall {
			return ""
		}
		return d.tr("it waits for approval: nothing leaves yet")
	}
	return d.tr("it is %s: nobody is left to stop", d.word("state", string(c.State)))
}

// recall calls back what has not left, after a yes.
func recall(d *deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	lines := []string{d.tr("%s through %s: nobody who has not been written to yet will be. It costs nothing.", c.Name,
		c.Account)}
	if c.State == model.CampaignSending {
		lines = append(lines, d.tr("Once a part has left, only the rest can be stopped: P pauses it."))
	}
	d.open(newConfirm(d, d.tr("Recall it?"), lines, "", "", func() tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.Recall(ctx, operator, id) },
			d.told(d.tr("recalled: %s", c.Name)))
	}))
	return nil
}

// approve lets a large campaign leave. The store refuses the approval of one's own.
func approve(d *deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	people := figure(c.Totals.Recipients)
	want := strings.ReplaceAll(people, " ", "")
	lines := []string{
		d.tr("%s made it: %s to %s people through %s.", cmp.Or(c.Operator, d.tr("somebody")), c.Name, people,
			c.Account),
		d.tr("Cost: %s", d.price(c.Cost)), d.tr("Text: %s", clip(c.Message.Text, 200)),
	}
	what := d.tr("the number of people")
	if !c.Totals.Recipients.Known {
		want, what = d.word("typed", "approve"), d.tr("the word approve")
	}
	d.open(newConfirm(d, d.tr("Approve it?"), lines, want, what, func() tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.Approve(ctx, operator, id) },
			d.told(d.tr("approved: %s", c.Name)))
	}))
	return nil
}
