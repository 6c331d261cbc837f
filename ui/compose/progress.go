package compose

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Progress follows a campaign from its recall window until every person has an outcome.
type Progress struct {
	d        *kit.Deck
	campaign model.Campaign
	now      model.Progress
	asked    kit.Slot
	recalled bool
	loaded   bool
}

// NewProgress makes the dialog that follows a send until it is over.
func NewProgress(d *kit.Deck, c model.Campaign) *Progress { return &Progress{d: d, campaign: c} }

// Title names the dialog and returns the campaign's state.
func (p *Progress) Title() string {
	name, now := term.Clip(p.campaign.Name, 40), p.now
	switch {
	case !p.loaded:
		return p.d.Tr("On its way: %s", name)
	case p.recalled || now.State == model.CampaignCancelled:
		return p.d.Tr("Recalled: %s", name)
	case now.State == model.CampaignNeedsApproval:
		return p.d.Tr("Waits for approval: %s", name)
	case now.State == model.CampaignPaused:
		return p.d.Tr("Stopped: %s", name)
	case now.State == model.CampaignScheduled || now.WaitsForItsTime(p.d.Now):
		return p.d.Tr("Scheduled: %s", name)
	case now.State == model.CampaignHeld:
		return p.d.Tr("Leaves soon: %s", name)
	case !now.Done():
		return p.d.Tr("On its way: %s", name)
	case now.Unknown > 0:
		return p.d.Tr("Outcome unknown: %s", name)
	case now.Accepted == 0:
		return p.d.Tr("Not sent: %s", name)
	case now.Accepted < now.Total:
		return p.d.Tr("Sent in part: %s", name)
	}
	return p.d.Tr("Sent: %s", name)
}

// Hint returns the key hints of the dialog.
func (p *Progress) Hint() string {
	switch {
	case p.loaded && (p.now.Done() || p.recalled):
		return p.d.Tr("Esc close")
	case p.now.State == model.CampaignPaused:
		return p.d.Tr("P resume   X recall   Esc close")
	case p.recallable():
		return p.d.Tr("X recall   P pause   Esc close, sending goes on")
	}
	return p.d.Tr("P pause   Esc close, sending goes on")
}

func (p *Progress) recallable() bool {
	return !p.recalled && (p.now.State == model.CampaignHeld || p.now.State == model.CampaignNeedsApproval ||
		p.now.State == model.CampaignQueued || p.now.WaitsForItsTime(p.d.Now))
}

// Tick asks for the campaign's progress.
func (p *Progress) Tick() tea.Cmd {
	store, id := p.d.Store, p.campaign.ID
	return kit.Ask(p.d, &p.asked, func(ctx context.Context) (model.Progress, error) { return store.Progress(ctx, id) },
		func(now model.Progress, err error) tea.Cmd {
			if err != nil {
				return p.d.Fail(err)
			}
			p.now, p.loaded = now, true
			return nil
		})
}

// Update handles a message and reports whether the dialog has ended.
func (p *Progress) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	store, operator, id := p.d.Store, p.d.Operator, p.campaign.ID
	switch kit.Command(key) {
	case "esc", "q", "enter":
		return nil, true
	case "X":
		if p.recalled {
			return nil, false
		}
		p.recalled = true
		return kit.Act(p.d, func(ctx context.Context) error { return store.Recall(ctx, operator, id) },
			func(err error) tea.Cmd {
				if err != nil {
					p.recalled = false
					return tea.Batch(p.d.Fail(err), p.Tick())
				}
				return tea.Batch(p.d.Say(p.d.Tr("recalled: nobody else will get it")), p.Tick())
			}), false
	case "P":
		return PauseOrResume(p.d, model.Campaign{
			ID: id, Name: p.campaign.Name, State: p.now.State, Account: p.campaign.Account, Ours: true,
			PauseCause: p.now.PauseCause}), false
	}
	return nil, false
}

// Body draws the dialog within the given width and height.
func (p *Progress) Body(w, _ int) []string {
	if !p.loaded {
		return []string{p.d.Tr("stored; reading how far it is…")}
	}
	lines := ProgressLines(p.d, p.now, w)
	var wrapped []string
	for _, l := range lines {
		wrapped = append(wrapped, term.WrapStyled(l, w)...)
	}
	for _, l := range p.end() {
		wrapped = append(wrapped, p.d.Style.PaintWrapped(l.tone, l.text, w)...)
	}
	return wrapped
}

// ending is a sentence with its tone.
type ending struct {
	text string
	tone term.Tone
}

// end says how the campaign ended, or what it waits for.
func (p *Progress) end() []ending {
	d, now := p.d, p.now
	left := now.Accepted + now.Refused + now.Unknown + now.InFlight
	switch {
	case (now.State == model.CampaignCancelled || p.recalled) && left == 0:
		return []ending{{d.Tr("Recalled. Nobody got it."), term.Good}}
	case now.State == model.CampaignCancelled || p.recalled:
		return append([]ending{{d.Tr("Recalled. %s had left before.", d.Plural(left, "person", "people")), term.Warn}},
			p.open()...)
	case now.State == model.CampaignNeedsApproval:
		return []ending{{d.Tr("waits until somebody else approves it (v in Campaigns)"), term.Warn}}
	case now.Done():
		return p.over()
	case d.Overview.Brake.On:
		return []ending{{d.Tr("the brake is on: nothing leaves"), term.Warn}}
	case d.Overview.Engine.Life == model.EngineEnded && !d.Overview.At.IsZero():
		return []ending{{d.Tr("no engine runs on this host: it waits"), term.Warn}}
	}
	return p.open()
}

// over says what happened to everyone.
func (p *Progress) over() []ending {
	d, now := p.d, p.now
	lines := p.open()
	switch {
	case now.Accepted == now.Total && now.Total > 0:
		lines = append(lines, ending{d.Tr("The vendor has accepted everybody."), term.Good})
	case now.Accepted == 0 && now.Unknown == 0:
		lines = append(lines, ending{d.Tr("Nobody was accepted: nothing was sent."), term.Bad})
	case now.Unknown == 0:
		lines = append(lines, ending{d.Tr("The vendor has accepted %s of %s.", lang.Count(now.Accepted),
			d.Plural(now.Total, "person", "people")), term.Warn})
	}
	return lines
}

// open returns the reasons for refusals; for unknown outcomes it says what is being checked, until
// when, and what decides.
func (p *Progress) open() []ending {
	d, now := p.d, p.now
	var lines []ending
	if now.Refused > 0 {
		why := d.Discreet(model.SanitiseLine(d.Text(now.Refusal)))
		lines = append(lines, ending{strings.Join(term.NonEmpty(
			d.Tr("%s refused by the vendor", d.Plural(now.Refused, "person", "people")), why), ": "), term.Bad})
	}
	if now.Unknown > 0 {
		caps, _ := d.Capabilities(p.campaign.Account)
		people := d.Plural(now.Unknown, "person", "people")
		unknown := d.Tr("It is unknown whether %s got it. It is not repeated automatically.", people)
		if now.AskedUntil.After(d.Now) {
			unknown = d.Tr("It is unknown whether %s got it. Until %s the request is made again automatically, "+
				"under the same name, which the vendor accepts only once.", people, d.When(now.AskedUntil))
		}
		lines = append(lines, ending{unknown, term.Warn},
			ending{d.Phrase(caps.Guard), term.Plain},
			ending{d.Discreet(model.SanitiseLine(d.Text(now.Evidence))), term.Plain},
			ending{d.Tr("It stays so until the vendor reports or you decide: Enter in 7 Outbox."), term.Plain})
	}
	return slices.DeleteFunc(lines, func(l ending) bool { return l.text == "" })
}

// PauseOrResume pauses a campaign at once; resuming it requires a yes.
func PauseOrResume(d *kit.Deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	if c.State != model.CampaignPaused {
		return kit.Act(d, func(ctx context.Context) error { return store.Pause(ctx, operator, id) },
			d.SayOrFail(d.Tr("paused: %s. What the vendor already has cannot be recalled; P resumes", c.Name)))
	}
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (model.Progress, error) {
		now, err := store.Progress(ctx, id)
		if err == nil {
			c, err = store.Campaign(ctx, id)
		}
		return now, err
	}, func(now model.Progress, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		askResume(d, c, now)
		return nil
	})
}

// askResume asks whether to resume a campaign. If there is a doubt, the number of people must be
// typed.
func askResume(d *kit.Deck, c model.Campaign, now model.Progress) {
	store, operator, id := d.Store, d.Operator, c.ID
	lines := []string{d.Tr("%s, through %s.", c.Name, c.Account)}
	if !c.PauseCause.IsZero() {
		lines = append(lines, term.Capital(model.SanitiseLine(d.Text(c.PauseCause)))+".")
	}
	want, what := "", ""
	for _, doubt := range now.ResumeDoubts(c, d.Now.In(d.Zone)) {
		lines = append(lines, d.Text(doubt))
		want, what = strconv.FormatInt(now.Waiting, 10), d.Tr("the number of people")
	}
	if now.Waiting > 0 {
		lines = append(lines, d.Plural(now.Waiting, "person waits", "people wait"),
			d.Tr("Cost: %s", d.Price(now.PriceOfRest(c))))
	}
	d.Open(kit.NewConfirm(d, d.Tr("Resume sending?"), lines, want, what, func() tea.Cmd {
		return kit.Act(d, func(ctx context.Context) error { return store.Resume(ctx, operator, id) },
			d.SayOrFail(d.Tr("resumed: %s", c.Name)))
	}))
}

// ProgressLines shows a campaign's progress: a bar, the numbers, and what holds it up. Its name and
// state are shown above.
func ProgressLines(d *kit.Deck, p model.Progress, w int) []string {
	if p.Campaign == 0 {
		return nil
	}
	settled := p.Accepted + p.Refused + p.Suppressed + p.Held
	bar := d.Style.Parts([]term.Part{{N: p.Accepted, Sign: "█", Tone: term.Good},
		{N: p.Refused, Sign: "x", Tone: term.Bad},
		{N: p.Unknown, Sign: "?", Tone: term.Warn}, {N: p.Suppressed + p.Held, Sign: "-", Tone: term.Dim}}, p.Total,
		max(4, min(40, w-24)))
	lines := []string{bar + "  " + d.Tr("%s of %s", lang.Count(settled), lang.Count(p.Total))}
	lines = append(lines,
		term.WholeParts(d.Tr("accepted %s · refused %s · unknown %s · on the blacklist %s · under way %s · waiting %s",
			lang.Count(p.Accepted), lang.Count(p.Refused), lang.Count(p.Unknown), lang.Count(p.Suppressed),
			lang.Count(p.InFlight), lang.Count(p.Waiting))+kept(d, p), w)...)
	switch {
	case p.WaitsForItsTime(d.Now):
		lines = append(lines, d.Style.PaintWrapped(term.Warn,
			d.Tr("scheduled for %s: X recalls it at no cost until %s", d.When(p.SendAt),
				d.When(p.LeaveAt)), w)...)
	case p.HoldUntil.After(d.Now) && p.State == model.CampaignHeld:
		lines = append(lines, d.Style.Paint(term.Warn,
			d.Tr("leaves in %s: X recalls it at no cost", d.Countdown(p.HoldUntil.Sub(d.Now)))))
	}
	if rate := p.PerMinute(d.Now); rate > 0 && p.State == model.CampaignSending && !p.Done() && !d.Overview.Brake.On {
		lines = append(lines, d.Tr("%.0f people a minute since %s, about %s left", rate, d.When(p.StartedAt),
			d.Span(p.TimeLeft(d.Now))))
	}
	if !p.Waits.IsZero() && p.PauseCause.IsZero() && p.InFlight == 0 {
		lines = append(lines, d.Style.PaintWrapped(term.Warn, waits(d, p), w)...)
	}
	if !p.PauseCause.IsZero() {
		lines = append(lines, d.Style.PaintWrapped(term.Warn, term.Capital(model.SanitiseLine(d.Text(p.PauseCause))),
			w)...)
	}
	return lines
}

// kept says how many people were left out by a decision: recalled, dropped, or blocked here.
func kept(d *kit.Deck, p model.Progress) string {
	if p.Held == 0 {
		return ""
	}
	return " · " + d.Tr("not sent %s", lang.Count(p.Held))
}

// waits says what keeps the rest of a campaign from leaving, and when it is tried again if the
// vendor has specified that.
func waits(d *kit.Deck, p model.Progress) string {
	why := model.SanitiseLine(d.Text(p.Waits))
	if p.NextTry.After(d.Now) {
		return d.Tr("next try in %s: %s", d.Countdown(p.NextTry.Sub(d.Now)), why)
	}
	return d.Tr("waits: %s", why)
}
