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
	return !p.recalled && (p.now.State == model.CampaignHeld || p.now.State == model.CampaignNeedsApproval || p.now.State == model.CampaignQueued)
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
		return act(p.d, func(ctx context.Context) error { return store.Recall(ctx, operator, id) }, func(err error) tea.Cmd {
			if err != nil {
				p.recalled = false
				return tea.Batch(p.d.fail(err), p.tick())
			}
			return tea.Batch(p.d.say(p.d.tr("recalled: nobody who waits will be written to")), p.tick())
		}), false
	case "P":
		return pauseOrResume(p.d, model.Campaign{ID: id, Name: p.campaign.Name, State: p.now.State, Account: p.campaign.Account, Ours: true, PauseCause: p.now.PauseCause}), false
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
		wrapped = append(wrapped, p.d.style.paint(warn, p.d.tr("waits until somebody else approves it (v in Campaigns)")))
	case p.now.Done():
		wrapped = append(wrapped, p.d.style.paint(good, p.d.tr("every person has an outcome")))
	case p.d.overview.Brake.On:
		wrapped = append(wrapped, p.d.style.paint(warn, p.d.tr("the brake is on: nothing leaves")))
	case p.d.overview.Engine == "" && !p.d.overview.At.IsZero():
		wrapped = append(wrapped, p.d.style.paint(warn, p.d.tr("no engine runs on this host: it waits")))
	}
	return wrapped
}
