package campaigns

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Actions on campaigns.
const (
	actDuplicate kit.Action = "duplicate"
	actPause     kit.Action = "pause or resume"
	actRecall    kit.Action = "recall"
	actApprove   kit.Action = "approve"
	actCompare   kit.Action = "compare"
	actNextPane  kit.Action = "next pane"
	actPrevPane  kit.Action = "previous pane"
)

// ownKeys are the keys of the list of campaigns. Most also apply to an open one.
func (s *Campaigns) ownKeys() []kit.Binding {
	d := s.D
	on := func(do func(*kit.Deck, model.Campaign) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			c, _ := s.subject()
			return do(d, c)
		}
	}
	there, noAccount := s.unless(func(model.Campaign) string { return "" }), func(model.Campaign) string {
		return compose.WhyNotNew(d)
	}
	unstoppable := func(a kit.Action) func() string {
		return s.unless(func(c model.Campaign) string { return cmp.Or(d.WhyReadOnly(c.Account), whyNotStop(d, a, c)) })
	}
	return []kit.Binding{
		{Action: kit.ActOpen, Keys: []string{"enter"}, Short: "open",
			Help: "open it: recipients, statistics, message, activity", Do: s.enter, Why: there},
		compose.NewKey(d, "new"),
		{Action: actDuplicate, Wants: model.IntentSend, Changes: true, Keys: []string{"D"}, Short: "duplicate",
			Help: "write a new campaign with the text and options of this one", Outgoing: true,
			Do:  on(compose.Duplicate),
			Why: s.unless(noAccount)},
		{Action: actWriteAgain, Wants: model.IntentSend, Changes: true, Keys: []string{"W"},
			Help:     "a new draft to those a finished campaign did not reach: worth retrying, or permanent",
			Outgoing: true, Do: on(compose.WriteAgain),
			Why: s.unless(func(c model.Campaign) string { return compose.WhyNotAgain(d, c) })},
		{Action: actPause, Wants: model.IntentStop, Changes: true, Keys: []string{"P"}, Short: "pause/resume",
			Help:     "pause it at once, or resume it after a question",
			Outgoing: true, Do: on(compose.PauseOrResume), Why: unstoppable(actPause)},
		{Action: actRecall, Wants: model.IntentStop, Changes: true, Keys: []string{"X"}, Short: "recall",
			Help:     "recall what has not left yet",
			Outgoing: true, Dangerous: true, Do: on(recall), Why: unstoppable(actRecall)},
		{Action: actApprove, Wants: model.IntentApprove, Changes: true, Keys: []string{"v"},
			Help:     "approve a campaign that waits for a second person",
			Outgoing: true, Dangerous: true, Do: on(approve), Why: s.unless(s.whyNotApprove)},
		{Action: actCompare, Keys: []string{"C"}, Short: "compare",
			Help: "the rates of the marked campaigns side by side, across vendors", Do: s.compare,
			Why: s.whyNotCompare},
		{Action: actAgenda, Keys: []string{"U"}, Short: "agenda",
			Help: "what leaves next, at all vendors, the soonest first; again: all campaigns", Do: s.agenda},
		{Action: actArchive, Wants: model.IntentSend, Changes: true, Keys: []string{"H"},
			Help: "archive it (or the marked ones), or take it out again; is:archived shows the archive",
			Do:   s.archive, Why: s.unless(s.whyNotArchive)},
		{Action: kit.ActCopy, Keys: []string{"y"}, Help: "copy the campaign's id to your own computer's clipboard",
			Do: on(copyCampaign), Why: there},
	}
}

// paneKeys are the keys that switch between the parts of an open campaign.
func (s *Campaigns) paneKeys() []kit.Binding {
	turn := func(by int) func() tea.Cmd { return func() tea.Cmd { return s.Open.turn(by) } }
	return []kit.Binding{
		{Action: actNextPane, Keys: []string{"tab", "right", "l"}, Short: "next pane",
			Help: "the next part of the campaign", Do: turn(1)},
		{Action: actPrevPane, Keys: []string{"shift+tab", "left", "h"}, Help: "the part before", Do: turn(-1)},
	}
}

// unless returns why something cannot be done to the campaign of an action: there must be one.
func (s *Campaigns) unless(why func(model.Campaign) string) func() string {
	return func() string {
		c, ok := s.subject()
		if !ok {
			return s.D.Tr("there is no campaign here")
		}
		return why(c)
	}
}

// enter opens the campaign under the cursor.
func (s *Campaigns) enter() tea.Cmd {
	c, _ := s.Grid.Current()
	return s.show(c)
}

// show opens a campaign.
func (s *Campaigns) show(c model.Campaign) tea.Cmd {
	s.focus.Opened = c
	s.Open = NewCampaignPage(s.D, s.focus, c)
	return s.Open.show()
}

func copyCampaign(d *kit.Deck, c model.Campaign) tea.Cmd {
	return d.Copied(strings.Join(term.NonEmpty(c.ID.String(), c.VendorID), " "))
}

func (s *Campaigns) compare() tea.Cmd {
	s.D.Open(newCompare(s.D, s.Grid.Chosen()))
	return nil
}

func (s *Campaigns) whyNotCompare() string {
	if len(s.Grid.Marks) < 2 {
		return s.D.Tr("space marks campaigns; it takes two")
	}
	return ""
}

func (s *Campaigns) whyNotApprove(c model.Campaign) string {
	if c.State != model.CampaignNeedsApproval {
		return s.D.Tr("it needs no approval")
	}
	if c.Operator == s.D.Operator {
		return s.D.Tr("you made it; somebody else has to approve it")
	}
	return s.D.WhyNotOut(c.Account)
}

// whyNotStop says why a campaign cannot be paused, resumed or recalled, "" if it can. Stopping what
// is here needs no secret of its account; resuming it does, and so does deleting it at the vendor.
func whyNotStop(d *kit.Deck, a kit.Action, c model.Campaign) string {
	caps, _ := d.Capabilities(c.Account)
	if !c.Ours {
		return cmp.Or(d.Text(caps.Why(model.ActCancelRunning)), d.Tr("it was made at the vendor; stop it there"))
	}
	if why := d.WhyNotOut(c.Account); why != "" && c.HandedOver(d.Now) {
		return why
	}
	switch c.State {
	case model.CampaignPaused:
		if a == actPause {
			return d.WhyNotOut(c.Account)
		}
		return ""
	case model.CampaignScheduled, model.CampaignModeration:
		switch {
		case !c.HandedOver(d.Now) && c.State == model.CampaignModeration:
			return d.Tr("it is %s: there is nothing left to stop", d.Word("state", string(c.State)))
		case !c.HandedOver(d.Now):
			return ""
		case a == actPause:
			return d.Tr("the vendor has it already; X deletes it there if the vendor can")
		case !caps.Can(model.ActCancelScheduled):
			return d.Tr("%s; %s", d.Text(caps.Why(model.ActCancelScheduled)), d.Text(c.DeleteYourself(d.Zone)))
		}
		return ""
	case model.CampaignHeld, model.CampaignQueued, model.CampaignSending:
		return ""
	case model.CampaignUnknown:
		if a == actPause { // its lost calls may be repeated
			return ""
		}
	case model.CampaignNeedsApproval:
		if a == actRecall {
			return ""
		}
		return d.Tr("it waits for approval: nothing leaves yet")
	}
	return d.Tr("it is %s: there is nothing left to stop", d.Word("state", string(c.State)))
}

// recall recalls what has not left, after a yes.
func recall(d *kit.Deck, c model.Campaign) tea.Cmd {
	if c.HandedOver(d.Now) {
		return deleteHandedOver(d, c)
	}
	store, operator, id := d.Store, d.Operator, c.ID
	lines := []string{d.Tr("%s through %s: nobody else will get it. Recalling costs nothing.", c.Name,
		c.Account)}
	if c.State == model.CampaignSending {
		lines = append(lines, d.Tr("What has left already cannot be recalled; the rest stays here."))
	}
	d.Open(kit.NewConfirm(d, d.Tr("Recall it?"), lines, "", "", func() tea.Cmd {
		return kit.Act(d, func(ctx context.Context) error { return store.Recall(ctx, operator, id) },
			d.SayOrFail(d.Tr("recalled: %s", c.Name)))
	}))
	return nil
}

// deleteHandedOver asks the vendor, after a yes, to delete a campaign that is scheduled there.
func deleteHandedOver(d *kit.Deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	people := d.Tr("an unknown number of people")
	if n := c.Totals.Recipients; n.Known {
		people = d.Plural(n.N, "person", "people")
	}
	lines := []string{
		d.Tr("%s is already at %s for %s and goes to %s. %s is asked to delete it; its answer is shown here and in the "+
			"campaign's activity.", c.Name, c.Account, d.Exactly(c.SendAt), people, c.Account),
		d.Tr("Until the answer says deleted, it leaves at its time. If it does not: %s.",
			d.Text(c.DeleteYourself(d.Zone))),
	}
	d.Open(kit.NewConfirm(d, d.Tr("Delete it at the vendor?"), lines, "", "", func() tea.Cmd {
		return kit.Act(d, func(ctx context.Context) error { return store.DeleteHandedOver(ctx, operator, id) },
			d.SayOrFail(d.Tr("%s is asked to delete %s; 7 Outbox shows whether it did", c.Account, c.Name)))
	}))
	return nil
}

// leaves says when a campaign leaves if it is approved now.
func leaves(d *kit.Deck, c model.Campaign) string {
	if !c.SendAt.After(d.Now) {
		return d.Tr("at once")
	}
	return d.Exactly(c.SendAt)
}

// approve lets a large campaign leave. The store refuses approval by its author.
func approve(d *kit.Deck, c model.Campaign) tea.Cmd {
	store, operator, id := d.Store, d.Operator, c.ID
	people, want := d.Tr("an unknown number of people"), ""
	if n := c.Totals.Recipients; n.Known {
		people, want = d.Plural(n.N, "person", "people"), strconv.FormatInt(n.N, 10)
	}
	lines := []string{
		d.Tr("%s made it: %s to %s through %s.", cmp.Or(c.Operator, d.Tr("somebody")), c.Name, people,
			c.Account),
		d.Tr("Sender: %s. Time: %s.", cmp.Or(c.SenderName, c.Sender, d.Tr("the vendor's default")), leaves(d, c)),
		d.Tr("Cost: %s", d.Price(c.Price())), d.Tr("Text: %s",
			cmp.Or(term.Clip(c.Message.Text, 200), c.Message.Template)),
	}
	what := d.Tr("the number of people")
	if !c.Totals.Recipients.Known {
		want, what = d.Word("typed", "approve"), d.Tr("“approve”")
	}
	dialog := kit.NewConfirm(d, d.Tr("Approve it?"), lines, want, what, func() tea.Cmd {
		return kit.Act(d, func(ctx context.Context) error { return store.Approve(ctx, operator, id) },
			d.SayOrFail(d.Tr("approved: %s", c.Name)))
	})
	d.Open(dialog)
	if c.List != "" {
		return nil // only the vendor knows the people
	}
	return showPeople(d, c, dialog)
}

// approved is what an approval shows about a campaign's people.
type approved struct {
	countries map[string]int64
	first     model.People
}

// showPeople adds to an approval in which countries the people are, and the text as the first of
// them receives it.
func showPeople(d *kit.Deck, c model.Campaign, dialog *kit.Confirm) tea.Cmd {
	store := d.Store
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (approved, error) {
		countries, err := store.Countries(ctx, c.ID)
		if err != nil {
			return approved{}, err
		}
		page, err := model.RecipientRows().Read(ctx, store, model.PageRequest{Campaign: c.ID, Limit: 1})
		return approved{countries, model.PeopleOf(page.Rows...)}, err
	}, func(p approved, err error) tea.Cmd {
		if err != nil {
			dialog.Add(d.Tr("The people could not be read: %s", d.Fault(err)))
			return nil
		}
		if line := model.CountryLine(p.countries, lang.Count); line != "" {
			dialog.Add(d.Tr("Countries: %s", line))
		}
		plan := model.Plan{Campaign: c, People: p.first}
		if text := plan.Example(0); text != "" {
			dialog.Add(d.Tr("%s gets: %s", d.Person(p.first.At(0)), d.Discreet(text)))
		}
		return nil
	})
}
