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

// whyNotStop tells why a campaign cannot be paused or recalled, "" when it can.
func whyNotStop(d *deck, a action, c model.Campaign) string {
	if !c.Ours {
		caps, _ := d.capabilities(c.Account)
		return cmp.Or(d.sentence(caps.Why(model.ActCancelRunning)), d.tr("it was made at the vendor; stop it there"))
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
