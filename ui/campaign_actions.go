package ui

import (
	"cmp"
	"context"
	"strings"
	"time"

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

// pauseOrResume pauses a campaign at once; letting it go on wants a yes.
func pauseOrResume(d *deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	if c.State != model.CampaignPaused {
		return act(d, func(ctx context.Context) error { return store.Pause(ctx, operator, id) },
			d.told(d.tr("paused: %s. What is with the vendor already cannot be called back; P lets it go on", c.Name)))
	}
	lines := []string{d.tr("%s through %s goes on leaving.", c.Name, c.Account)}
	if c.PauseCause != "" {
		lines = append(lines, d.tr("It was stopped because: %s", d.sentence(c.PauseCause)))
	}
	d.open(newConfirm(d, d.tr("Let it go on?"), lines, "", "", func() tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.Resume(ctx, operator, id) }, d.told(d.tr("goes on: %s", c.Name)))
	}))
	return nil
}

// recall calls back what has not left, after a yes.
func recall(d *deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	lines := []string{d.tr("%s through %s: nobody who has not been written to yet will be. It costs nothing.", c.Name, c.Account)}
	if c.State == model.CampaignSending {
		lines = append(lines, d.tr("Once a part has left, only the rest can be stopped: P pauses it."))
	}
	d.open(newConfirm(d, d.tr("Recall it?"), lines, "", "", func() tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.Recall(ctx, operator, id) }, d.told(d.tr("recalled: %s", c.Name)))
	}))
	return nil
}

// approve lets a large campaign leave. The store refuses the approval of one's own.
func approve(d *deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	people := figure(c.Totals.Recipients)
	want := strings.ReplaceAll(people, " ", "")
	lines := []string{
		d.tr("%s made it: %s to %s people through %s.", cmp.Or(c.Operator, d.tr("somebody")), c.Name, people, c.Account),
		d.tr("Cost: %s", d.price(c.Cost)), d.tr("Text: %s", clip(c.Message.Text, 200)),
	}
	what := d.tr("the number of people")
	if !c.Totals.Recipients.Known {
		want, what = d.word("typed", "approve"), d.tr("the word approve")
	}
	d.open(newConfirm(d, d.tr("Approve it?"), lines, want, what, func() tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.Approve(ctx, operator, id) }, d.told(d.tr("approved: %s", c.Name)))
	}))
	return nil
}

// price writes an amount; one that nobody knows in words.
func (l *language) price(m model.Money) string {
	if !m.Known {
		return l.tr("price unknown")
	}
	return l.decimal(m.String())
}

// progressLines say how far a campaign has got: a bar, the numbers, and what holds it up.
func progressLines(d *deck, p model.Progress, name string, w int) []string {
	if p.Campaign == 0 {
		return nil
	}
	done := p.Accepted + p.Refused + p.Unknown + p.Suppressed + p.Held
	lines := []string{
		d.style.paint(strong, clip(name, max(1, w/2))) + "  " + d.style.paint(campaignTone(p.State), d.word("state", string(p.State))),
		bar(done, p.Total, max(4, min(40, w-24))) + "  " + d.tr("%s of %s", count(done), count(p.Total)),
	}
	lines = append(lines, wholeParts(d.tr("accepted %s · refused %s · unknown %s · on the blacklist %s · under way %s · wait %s",
		count(p.Accepted), count(p.Refused), count(p.Unknown), count(p.Suppressed), count(p.InFlight), count(p.Waiting)), w)...)
	if p.HoldUntil.After(d.now) && p.State == model.CampaignHeld {
		lines = append(lines, d.style.paint(warn, d.tr("leaves in %s: X recalls it at no cost", d.countdown(p.HoldUntil.Sub(d.now)))))
	}
	if rate := p.PerMinute(d.now); rate > 0 && p.State == model.CampaignSending && !p.Done() && !d.overview.Brake.On {
		lines = append(lines, d.tr("%.0f people a minute since %s, about %s left", rate, d.when(p.StartedAt), d.span(p.TimeLeft(d.now))))
	}
	if p.Waits != "" && p.PauseCause == "" && p.InFlight == 0 {
		lines = append(lines, d.style.paint(warn, cut(waits(d, p), w)))
	}
	if p.PauseCause != "" {
		lines = append(lines, d.style.paint(warn, cut(d.tr("stopped: %s", d.sentence(model.SanitiseLine(p.PauseCause))), w)))
	}
	return lines
}

// waits says what keeps the rest of a campaign from leaving, and when it is tried again if the vendor said so.
func waits(d *deck, p model.Progress) string {
	why := d.sentence(model.SanitiseLine(p.Waits))
	if p.NextTry.After(d.now) {
		return d.tr("next try in %s: %s", d.countdown(p.NextTry.Sub(d.now)), why)
	}
	return d.tr("waits: %s", why)
}

// countdown writes the time that is left in whole seconds, a long one in minutes.
func (l *language) countdown(left time.Duration) string {
	if left >= 2*time.Minute {
		return l.span(left)
	}
	return l.tr("%d s", int((left+time.Second-1)/time.Second))
}

// bar draws a part of a whole.
func bar(part, whole int64, w int) string {
	full := 0
	if whole > 0 {
		full = int(part * int64(w) / whole)
	}
	full = max(0, min(full, w))
	return strings.Repeat("█", full) + strings.Repeat("░", w-full)
}

func campaignTone(s model.CampaignState) tone {
	switch s {
	case model.CampaignSent:
		return good
	case model.CampaignFailed:
		return bad
	case model.CampaignSending, model.CampaignQueued:
		return accent
	case model.CampaignPaused, model.CampaignHeld, model.CampaignNeedsApproval, model.CampaignModeration, model.CampaignPartlySent, model.CampaignUnknown:
		return warn
	case model.CampaignDraft, model.CampaignCancelled:
		return dim
	}
	return plain
}
