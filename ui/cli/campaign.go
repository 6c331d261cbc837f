package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) campaignCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "campaign", Short: "Follow, stop, release or repeat one campaign"}
	change := func(use, short string, do func(ctx context.Context, d *session, c model.Campaign) error) *cobra.Command {
		return &cobra.Command{Use: use + " ID", Short: short, Args: exactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				if p.readOnly {
					return usage("--read-only: nothing is changed")
				}
				return p.onCampaign(cmd.Context(), args[0], func(d *session, c model.Campaign) error {
					if err := do(cmd.Context(), d, c); err != nil {
						return err
					}
					return p.showCampaign(cmd.Context(), d, c.ID)
				})
			}}
	}
	show := &cobra.Command{Use: "show ID", Short: "Show a campaign and how far it is", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.onCampaign(cmd.Context(), args[0], func(d *session, c model.Campaign) error {
				return p.showCampaign(cmd.Context(), d, c.ID)
			})
		}}
	var resumed, approved int64
	var out bool
	resume := change("resume", "Resume a paused campaign; costs money",
		func(ctx context.Context, d *session, c model.Campaign) error { return p.resume(ctx, d, c, resumed) })
	resume.Long = `Lets a paused campaign go on. Where the outcome of a part of it is unknown, or its time has passed, it
wants the number of people who will be written to, as send does.`
	addConfirm(resume, &resumed)
	approve := change("approve", "Approve a campaign that waits for a second person; costs money",
		func(ctx context.Context, d *session, c model.Campaign) error { return p.approve(ctx, d, c, approved) })
	addConfirm(approve, &approved)
	archive := change("archive", "Put a campaign that is over out of sight; it changes nothing else",
		func(ctx context.Context, d *session, c model.Campaign) error {
			return d.cache.Archive(ctx, d.operator, []model.CampaignID{c.ID}, model.Switch(!out))
		})
	archive.Flags().BoolVar(&out, "out", false, "take it out of the archive again")
	cmd.AddCommand(show,
		change("pause", "Stop what has not left yet", func(ctx context.Context, d *session, c model.Campaign) error {
			return d.cache.Pause(ctx, d.operator, c.ID)
		}),
		resume,
		change("recall", "Take back what has not left yet",
			p.recall),
		approve, p.retryCmd(), archive, p.evidenceCmd())
	return cmd
}

func addConfirm(cmd *cobra.Command, confirm *int64) {
	cmd.Flags().Int64Var(confirm, "confirm", -1,
		"the number of people who will be written to (`N`), instead of typing it")
}

// onCampaign acts on a campaign, which --account may limit.
func (p *program) onCampaign(ctx context.Context, ref string, do func(d *session, c model.Campaign) error) error {
	d, err := p.openCache(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	c, err := p.findCampaign(ctx, d, ref)
	if err != nil {
		return err
	}
	return do(d, c)
}

func (p *program) findCampaign(ctx context.Context, d *session, ref string) (model.Campaign, error) {
	c, err := d.cache.FindCampaign(ctx, ref)
	if err == nil && !p.concerns(c.Account) {
		err = usage("--account: %s is a campaign of %s; nothing was done", c.ID, c.Account)
	}
	return c, err
}

// resume resumes a campaign. It requires the number of people if there is a doubt.
func (p *program) resume(ctx context.Context, d *session, c model.Campaign, confirm int64) error {
	if err := p.maySpend(d, c); err != nil {
		return err
	}
	progress, err := d.cache.Progress(ctx, c.ID)
	if err != nil {
		return err
	}
	doubts := progress.ResumeDoubts(c, p.now().In(d.config.Location()))
	if c.State == model.CampaignPaused && (len(doubts) > 0 || confirm >= 0) {
		for _, doubt := range doubts {
			p.note("note: %s", doubt)
		}
		if err := p.confirmPeople(c, model.Known(progress.Waiting), progress.PriceOfRest(c), confirm); err != nil {
			return err
		}
	}
	return d.cache.Resume(ctx, d.operator, c.ID)
}

// approve approves a campaign that another operator has made.
func (p *program) approve(ctx context.Context, d *session, c model.Campaign, confirm int64) error {
	if err := p.maySpend(d, c); err != nil {
		return err
	}
	if c.State == model.CampaignNeedsApproval && c.Operator != d.operator {
		p.note("%s made it: %q", cmp.Or(c.Operator, "somebody"), model.Clip(c.Message.Text, 200))
		people := c.Totals.Recipients
		if c.List == "" {
			progress, err := d.cache.Progress(ctx, c.ID)
			if err != nil {
				return err
			}
			people = model.Known(progress.Waiting)
			if err := p.explainPeople(ctx, d, c); err != nil {
				return err
			}
		}
		if err := p.confirmPeople(c, people, c.Price(), confirm); err != nil {
			return err
		}
	}
	return d.cache.Approve(ctx, d.operator, c.ID)
}

// confirmPeople requires the number of people that a campaign will be sent to.
func (p *program) confirmPeople(c model.Campaign, people model.Figure, cost model.Money, confirm int64) error {
	p.note("%s: %s will be written to through %s, cost: %s", c.Title(), counted(people), c.Account, priceOf(cost))
	return p.confirmSend(model.Plan{Recipients: people}, sendFlags{confirm: confirm})
}

func counted(people model.Figure) string {
	if !people.Known {
		return "an unknown number of people"
	}
	return model.Persons(people.N).String()
}

func priceOf(m model.Money) string {
	if !m.Known {
		return "price unknown"
	}
	return m.String()
}

// explainPeople says in which countries the people of a campaign are, and what the first of them
// receives.
func (p *program) explainPeople(ctx context.Context, d *session, c model.Campaign) error {
	where, err := d.cache.Countries(ctx, c.ID)
	if err != nil {
		return err
	}
	p.note("  countries: %s", model.CountryLine(where, func(n int64) string { return strconv.FormatInt(n, 10) }))
	page, err := model.RecipientRows().Read(ctx, d.cache, model.PageRequest{Campaign: c.ID, Limit: 1})
	if err != nil || len(page.Rows) == 0 {
		return err
	}
	first := page.Rows[0]
	if text := (model.Plan{Campaign: c, People: model.PeopleOf(first)}).Example(0); text != "" {
		p.note("  the first, %s, gets: %q", cmp.Or(first.Phone.String(), first.Contact), text)
	}
	return nil
}

// maySpend refuses an action that would make an account send although it must not.
func (p *program) maySpend(d *session, c model.Campaign) error {
	_, err := p.sendAccount(d.config, c.Account)
	return err
}

// campaignState is a campaign and its progress.
type campaignState struct {
	model.Campaign
	model.Progress
	failures model.Statistics
}

// campaignStateColumns are the fields of a campaign and, for our own, of its progress.
func campaignStateColumns() []column[campaignState] {
	var all []column[campaignState]
	for _, f := range model.CampaignFields() {
		all = append(all, column[campaignState]{f.Name, func(s campaignState) any { return f.Value(s.Campaign) }, 0})
	}
	ours := func(name string, value func(model.Progress) any) {
		all = append(all, column[campaignState]{name, func(s campaignState) any {
			if !s.Ours {
				return nil
			}
			return value(s.Progress)
		}, 0})
	}
	ours("waiting", func(g model.Progress) any { return g.Waiting })
	ours("under_way", func(g model.Progress) any { return g.InFlight })
	ours("accepted", func(g model.Progress) any { return g.Accepted })
	ours("refused", func(g model.Progress) any { return g.Refused })
	ours("unknown_outcome", func(g model.Progress) any { return g.Unknown })
	ours("suppressed", func(g model.Progress) any { return g.Suppressed })
	ours("held", func(g model.Progress) any { return g.Held })
	ours("hold_until", func(g model.Progress) any { return g.HoldUntil })
	ours("pause_cause", func(g model.Progress) any { return text(g.PauseCause.String()) })
	ours("asked_until", func(g model.Progress) any { return g.AskedUntil })
	ours("deletion", func(g model.Progress) any { return text(g.Deletion.String()) })
	cost := func(name string, value func(model.Statistics) model.Money) {
		all = append(all, column[campaignState]{
			name, func(s campaignState) any { return value(s.failures).Decimal() }, 0})
	}
	cost("expected", func(s model.Statistics) model.Money { return s.Expected })
	cost("reported", func(s model.Statistics) model.Money { return s.Reported })
	cost("difference", func(s model.Statistics) model.Money { return model.Difference(s.Expected, s.Cost) })
	vendors := func(name string, value func(model.Totals) model.Figure) {
		all = append(all, column[campaignState]{
			"vendor_" + name, func(s campaignState) any { return value(s.failures.Own) }, 0})
	}
	vendors("sent", func(t model.Totals) model.Figure { return t.Sent })
	vendors("delivered", func(t model.Totals) model.Figure { return t.Delivered })
	vendors("read", func(t model.Totals) model.Figure { return t.Read })
	vendors("clicked", func(t model.Totals) model.Figure { return t.Clicked })
	vendors("undelivered", func(t model.Totals) model.Figure { return t.Undelivered })
	vendors("failed", func(t model.Totals) model.Figure { return t.Failed })
	vendors("expired", func(t model.Totals) model.Figure { return t.Expired })
	return append(all,
		column[campaignState]{"operator", func(s campaignState) any { return text(s.Operator) }, 0},
		column[campaignState]{"archived", func(s campaignState) any { return s.Archived }, 0},
		column[campaignState]{"worth_retrying",
			func(s campaignState) any { return s.failures.FailedWith(model.Retryable()...) }, 0},
		column[campaignState]{"permanent",
			func(s campaignState) any { return s.failures.FailedWith(model.Permanent()...) }, 0})
}

// showCampaign prints the current state of a campaign: one field per line, or a JSON object.
func (p *program) showCampaign(ctx context.Context, d *session, id model.CampaignID) error {
	c, err := d.cache.FindCampaign(ctx, id.String())
	if err != nil {
		return err
	}
	s := campaignState{Campaign: c}
	if c.Ours {
		if s.Progress, err = d.cache.Progress(ctx, id); err != nil {
			return err
		}
	}
	if s.failures, err = d.cache.Statistics(ctx, id); err != nil {
		return err
	}
	columns := campaignStateColumns()
	if p.json || p.csv {
		return printRows(p, columns, d.config.Location(), s)
	}
	for _, f := range columns {
		values, several := f.value(s).([]string)
		if !several {
			values = []string{f.inZone(s, d.config.Location(), "")}
		}
		for _, value := range values {
			if value == "" {
				continue
			}
			if _, err := fmt.Fprintf(p.Out, "%-16s %s\n", f.name, model.SanitiseLine(value)); err != nil {
				return err
			}
		}
	}
	return p.nextSteps(p.Out, s.failures)
}

// nextSteps returns, for each group of people who did not receive it, their number and what to do.
func (p *program) nextSteps(to io.Writer, s model.Statistics) error {
	for _, r := range s.Reasons {
		words := r.Status.String()
		if !r.Reason.IsZero() {
			words += ": " + model.SanitiseLine(r.Reason.String())
		}
		if _, err := fmt.Fprintf(to, "  %d %s → %s\n", r.People, model.Clip(words, 80), r.NextStep()); err != nil {
			return err
		}
	}
	return nil
}

// recall recalls what has not left. What is scheduled at the vendor is deleted there by the engine,
// if the vendor can; otherwise the error says what to do, with name and time.
func (p *program) recall(ctx context.Context, d *session, c model.Campaign) error {
	if !c.HandedOver(p.now()) {
		return d.cache.Recall(ctx, d.operator, c.ID)
	}
	zone := d.config.Location()
	if caps, _ := p.Vendors.Capabilities(c.Vendor); !caps.Can(model.ActCancelScheduled) {
		return usage("%s: %s", caps.Why(model.ActCancelScheduled), c.DeleteYourself(zone))
	}
	if err := d.cache.DeleteHandedOver(ctx, d.operator, c.ID); err != nil {
		return err
	}
	p.note("a dashboard or `viberdeck work` that runs asks %s to delete it; `viberdeck campaign show %s` says "+
		"whether it "+
		"did. Until then it leaves at its time; if it does not: %s", c.Account, c.ID, c.DeleteYourself(zone))
	return nil
}
