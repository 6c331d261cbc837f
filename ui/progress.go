package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// progress follows a campaign from its recall window until every person has an outcome.
type progress struct {
	d        *deck
	campaign model.Campaign
	now      model.Progress
	asked    slot
	recalled bool
	loaded   bool
}

func newProgress(d *deck, c model.Campaign) *progress { return &progress{d: d, campaign: c} }

func (p *progress) title() string { return p.d.tr("On its way: %s", clip(p.campaign.Name, 40)) }

func (p *progress) hint() string {
	switch {
	case p.loaded && (p.now.Done() || p.recalled):
		return p.d.tr("Esc closes")
	case p.recallable():
		return p.d.tr("X recall it   P pause   Esc leaves it on its way")
	}
	return p.d.tr("P pause   Esc leaves it on its way")
}

func (p *progress) recallable() bool {
	return !p.recalled && (p.now.State == model.CampaignHeld || p.now.State == model.CampaignNeedsApproval ||
		p.now.State == model.CampaignQueued)
}

// tick asks how far the campaign has got.
func (p *progress) tick() tea.Cmd {
	store, id := p.d.Store, p.campaign.ID
	return ask(p.d, &p.asked, func(ctx context.Context) (model.Progress, error) { return store.Progress(ctx, id) },
		func(now model.Progress, err error) tea.Cmd {
			if err != nil {
				return p.d.fail(err)
			}
			p.now, p.loaded = now, true
			return nil
		})
}

func (p *progress) update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	store, operator, id := p.d.Store, p.d.Operator, p.campaign.ID
	switch command(key) {
	case "esc", "q", "enter":
		return nil, true
	case "X":
		if p.recalled {
			return nil, false
		}
		p.recalled = true
		return act(p.d, func(ctx context.Context) error { return store.Recall(ctx, operator, id) },
			func(err error) tea.Cmd {
				if err != nil {
					p.recalled = false
					return tea.Batch(p.d.fail(err), p.tick())
				}
				return tea.Batch(p.d.say(p.d.tr("recalled: nobody who waits will be written to")), p.tick())
			}), false
	case "P":
		return pauseOrResume(p.d, model.Campaign{
			ID: id, Name: p.campaign.Name, State: p.now.State, Account: p.campaign.Account, Ours: true,
			PauseCause: p.now.PauseCause}), false
	}
	return nil, false
}

func (p *progress) body(w, _ int) []string {
	if !p.loaded {
		return []string{p.d.tr("stored; reading how far it is…")}
	}
	lines := progressLines(p.d, p.now, p.campaign.Name, w)
	var wrapped []string
	for _, l := range lines {
		wrapped = append(wrapped, wrapStyled(l, w)...)
	}
	switch {
	case p.now.State == model.CampaignCancelled || p.recalled:
		wrapped = append(wrapped, p.d.style.paint(good, p.d.tr("recalled")))
	case p.now.State == model.CampaignNeedsApproval:
		wrapped = append(wrapped, p.d.style.paint(warn,
			p.d.tr("waits until somebody else approves it (v in Campaigns)")))
	case p.now.Done():
		wrapped = append(wrapped, p.d.style.paint(good, p.d.tr("every person has an outcome")))
	case p.d.overview.Brake.On:
		wrapped = append(wrapped, p.d.style.paint(warn, p.d.tr("the brake is on: nothing leaves")))
	case p.d.overview.Engine.Life == model.EngineEnded && !p.d.overview.At.IsZero():
		wrapped = append(wrapped, p.d.style.paint(warn, p.d.tr("no engine runs on this host: it waits")))
	}
	return wrapped
}

// pauseOrResume pauses a campaign at once; letting it go on wants a yes.
func pauseOrResume(d *deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	if c.State != model.CampaignPaused {
		return act(d, func(ctx context.Context) error { return store.Pause(ctx, operator, id) },
			d.told(d.tr("paused: %s. What is with the vendor already cannot be called back; P lets it go on", c.Name)))
	}
	lines := []string{d.tr("%s through %s goes on leaving.", c.Name, c.Account)}
	if !c.PauseCause.IsZero() {
		lines = append(lines, d.tr("It was stopped because: %s", d.text(c.PauseCause)))
	}
	d.open(newConfirm(d, d.tr("Let it go on?"), lines, "", "", func() tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.Resume(ctx, operator, id) },
			d.told(d.tr("goes on: %s", c.Name)))
	}))
	return nil
}

// progressLines say how far a campaign has got: a bar, the numbers, and what holds it up.
func progressLines(d *deck, p model.Progress, name string, w int) []string {
	if p.Campaign == 0 {
		return nil
	}
	done := p.Accepted + p.Refused + p.Unknown + p.Suppressed + p.Held
	lines := []string{
		d.style.paint(strong, clip(name, max(1, w/2))) + "  " +
			d.style.paint(campaignTone(p.State), d.word("state", string(p.State))),
		bar(done, p.Total, max(4, min(40, w-24))) + "  " + d.tr("%s of %s", count(done), count(p.Total)),
	}
	lines = append(lines,
		wholeParts(d.tr("accepted %s · refused %s · unknown %s · on the blacklist %s · under way %s · wait %s",
			count(p.Accepted), count(p.Refused), count(p.Unknown), count(p.Suppressed), count(p.InFlight),
			count(p.Waiting)), w)...)
	if p.HoldUntil.After(d.now) && p.State == model.CampaignHeld {
		lines = append(lines, d.style.paint(warn,
			d.tr("leaves in %s: X recalls it at no cost", d.countdown(p.HoldUntil.Sub(d.now)))))
	}
	if rate := p.PerMinute(d.now); rate > 0 && p.State == model.CampaignSending && !p.Done() && !d.overview.Brake.On {
		lines = append(lines, d.tr("%.0f people a minute since %s, about %s left", rate, d.when(p.StartedAt),
			d.span(p.TimeLeft(d.now))))
	}
	if !p.Waits.IsZero() && p.PauseCause.IsZero() && p.InFlight == 0 {
		lines = append(lines, d.style.paint(warn, cut(waits(d, p), w)))
	}
	if !p.PauseCause.IsZero() {
		lines = append(lines, d.style.paint(warn,
			cut(d.tr("stopped: %s", model.SanitiseLine(d.text(p.PauseCause))), w)))
	}
	return lines
}

// waits says what keeps the rest of a campaign from leaving, and when it is tried again if the
// vendor said so.
func waits(d *deck, p model.Progress) string {
	why := model.SanitiseLine(d.text(p.Waits))
	if p.NextTry.After(d.now) {
		return d.tr("next try in %s: %s", d.countdown(p.NextTry.Sub(d.now)), why)
	}
	return d.tr("waits: %s", why)
}

func campaignTone(s model.CampaignState) tone {
	switch s {
	case model.CampaignSent:
		return good
	case model.CampaignFailed:
		return bad
	case model.CampaignSending, model.CampaignQueued:
		return accent
	case model.CampaignPaused, model.CampaignHeld, model.CampaignNeedsApproval, model.CampaignModeration,
		model.CampaignPartlySent, model.CampaignUnknown:
		return warn
	case model.CampaignDraft, model.CampaignCancelled:
		return dim
	}
	return plain
}
