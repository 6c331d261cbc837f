package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

func (p *program) syncCmd() *cobra.Command {
	var all, believe bool
	cmd := &cobra.Command{
		Use: "sync", Short: "Read everything from the vendors once", Args: noArgs,
		Long: `Reads campaigns, statistics, recipients, replies, senders, blacklists and balances of each
account into the cache, once. It sends nothing and marks nothing read.

A list that has become much shorter is not believed: who is on a vendor's blacklist stays
blocked, and senders and lists stay known. If the vendor really removed them, say so with
--believe and the account's name.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.openNetwork(cmd.Context())
			if err != nil {
				return err
			}
			defer d.close()
			if believe && len(p.accounts) == 0 {
				return usage("--believe wants --account NAME: whose lists may have become shorter")
			}
			for _, name := range p.accounts {
				if !believe {
					break
				}
				if err := d.cache.Believe(cmd.Context(), d.operator, name); err != nil {
					return err
				}
			}
			return p.sync(cmd.Context(), d, all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "read campaigns again that are final")
	cmd.Flags().BoolVar(
		&believe,
		"believe",
		false,
		"take the lists of --account as they come, also if they are much shorter than before",
	)
	return cmd
}

func (p *program) sync(ctx context.Context, d *session, all bool) error {
	names := p.accounts
	if len(names) == 0 {
		for _, a := range d.config.Accounts {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		return usage("the configuration has no account; add one to %s", p.settings().Path(p.config))
	}
	progress := newBar(p, "sync")
	results, err := d.network.Sync(ctx, names, all, func(s model.SyncProgress) {
		progress.show(barLine{done: int64(s.Done), total: int64(s.Total), text: s.Account + " " + s.What})
	})
	progress.end()
	var failed []error
	for _, r := range results {
		for _, gone := range r.Missing {
			p.note("%s: %v", r.Account, gone)
		}
		if r.Err != nil {
			failed = append(failed, naming(r.Account, r.Err))
			continue
		}
		if p.verbose {
			for _, aside := range r.Asides {
				p.note("%s: %v", r.Account, aside)
			}
		}
		p.note("%s: %s, %s, %s, %s, %d blocked, in %s", r.Account, model.Counted(r.Campaigns, "campaign", "campaigns"),
			model.Counted(r.Recipients, "recipient", "recipients"),
			model.Counted(r.NewReplies, "new reply", "new replies"),
			model.Counted(r.Senders, "sender", "senders"), r.Blacklist, r.Took.Round(time.Second/10))
	}
	if len(failed) > 0 {
		return exitError{exitFailed, errors.Join(failed...)}
	}
	return err
}

// naming makes an error name its account, unless each of its lines already does.
func naming(account string, err error) error {
	for line := range strings.Lines(err.Error()) {
		if !strings.Contains(line, account) {
			return fmt.Errorf("account %s: %w", account, err)
		}
	}
	return err
}

func (p *program) workCmd() *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use: "work", Short: "Run the engine without a screen: send, poll, push", Args: noArgs,
		Long: `Sends what waits in the outbox, polls the vendors, marks replies read that are done and pushes
blocks, until it is stopped. One process does this for a cache file; another one waits and
takes over when the first ends. With --once it does all that is due and ends. It says what became of
people, names each campaign that it paused, and says who waits and why. Exit code 1: people whose time has
come are still here, or nobody was accepted; 3: some were refused; 4: some outcomes are unknown. Who waits
for a time or for a decision is no failure (viberdeck attention has an exit code for them).`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !once {
				if err := p.openLog(); err != nil {
					return err
				}
			}
			d, err := p.openToSend(cmd.Context(), settings.AllSecrets)
			if err != nil {
				return err
			}
			defer d.close()
			if once {
				return p.workOnce(cmd.Context(), d)
			}
			p.note("working; Ctrl-C ends it")
			following, stop := context.WithCancel(cmd.Context())
			var beside sync.WaitGroup
			beside.Go(func() { p.follow(following, d) })
			defer beside.Wait()
			defer stop()
			err = p.monitored(cmd.Context(), d, nil, d.network.Work)
			if err != nil && !errors.Is(err, context.Canceled) {
				return err
			}
			return nil
		},
	}
	p.addLog(cmd)
	cmd.Flags().BoolVar(&once, "once", false, "do all that is due and end")
	return cmd
}

// workOnce does everything that is due, and prints what happened to people, who is waiting and why.
// Outcomes that stay unknown have their own exit code, and so do people whose messages should have
// left.
func (p *program) workOnce(ctx context.Context, d *session) error {
	began := p.now()
	stakes, err := d.cache.Stakes(ctx)
	if err != nil {
		return err
	}
	if !stakes.Standing.MaySend() {
		p.note("%s", stakes.Standing.Text())
	}
	before, err := d.cache.Attention(ctx, d.config.Patience())
	if err != nil {
		return err
	}
	worked := d.network.WorkOnce(ctx)
	after, err := d.cache.Attention(ctx, d.config.Patience())
	if err != nil {
		return errors.Join(worked, err)
	}
	paused := p.sayPaused(before, after)
	passed, err := p.sayPassed(ctx, d, began, stakes.Standing.Text(), paused)
	if worked != nil || err != nil { // even if a vendor calls a request invalid: the rest was done
		return exitError{exitFailed, errors.Join(worked, err)}
	}
	if !stakes.Standing.MaySend() && stakes.Campaigns > 0 {
		return exitError{exitFailed, fmt.Errorf("waiting: %s of %s", model.Persons(stakes.People),
			model.Counted(stakes.Campaigns, "campaign", "campaigns"))}
	}
	if after.Overview.Unknown > 0 {
		p.note("%s; see `viberdeck outbox`", model.Counted(after.Overview.Unknown,
			"batch has an unknown outcome", "batches have an unknown outcome"))
		return exitError{code: exitUnknown}
	}
	return p.passEnd(passed, after.Brake)
}

// sayPassed prints what has happened to people since a pass began, and who is waiting and why,
// except for what has already been said of all or of paused campaigns.
func (p *program) sayPassed(ctx context.Context, d *session, began time.Time,
	text model.Text, paused []model.CampaignID) ([]model.PassResult, error) {
	passed, err := d.cache.Pass(ctx, began)
	if err != nil {
		return nil, err
	}
	passed = slices.DeleteFunc(passed, func(c model.PassResult) bool { return !p.concerns(c.Account) })
	if p.json || p.csv {
		if err := printRows(p, columnsOf(model.PassedFields(), nil), d.config.Location(), passed...); err != nil {
			return nil, err
		}
	}
	var decide int64
	for _, c := range passed {
		if c.Accepted+c.Refused+c.Unknown > 0 {
			p.note("%s: accepted %d, refused %d, unknown %d", c.Title(), c.Accepted, c.Refused, c.Unknown)
			if err := p.sayRefused(ctx, d, c); err != nil {
				return nil, err
			}
		}
		waits := model.Counted(c.Waiting, "person waits", "people wait")
		switch {
		case c.Person && slices.Contains(paused, c.ID):
		case c.Person:
			decide += c.Waiting
		case c.HeldBack() && c.Why.String() == text.String():
		case c.HeldBack():
			p.note("%s: %s: %s", c.Title(), waits, c.Why)
		case c.Waiting > 0:
			p.note("%s: %s until %s", c.Title(), waits, d.moment(c.Until))
		}
	}
	if decide > 0 {
		p.note("%s for a decision; see `viberdeck attention`", model.Counted(decide, "person waits", "people wait"))
	}
	return passed, nil
}

// passEnd chooses the exit code of a pass, as a send does.
func (p *program) passEnd(passed []model.PassResult, brake model.Brake) error {
	var accepted, refused int64
	for _, c := range passed {
		accepted, refused = accepted+c.Accepted, refused+c.Refused
	}
	held := slices.ContainsFunc(passed, model.PassResult.HeldBack)
	switch {
	case held && brake.On:
		p.note("%s", brakeIsOn(brake))
		return exitError{code: exitFailed}
	case held:
		return exitError{code: exitFailed}
	case refused > 0 && accepted == 0:
		p.note("nobody was accepted; see `viberdeck outbox`")
		return exitError{code: exitFailed}
	case refused > 0:
		return exitError{code: exitRefused}
	}
	return nil
}

// sayRefused prints why people of a campaign were refused, in the vendor's words.
func (p *program) sayRefused(ctx context.Context, d *session, c model.PassResult) error {
	if c.Refused == 0 {
		return nil
	}
	s, err := d.cache.Statistics(ctx, c.ID)
	if err != nil {
		return err
	}
	reasons := sendResult{reasons: s.Reasons}.errors()
	for _, words := range reasons[:min(mostErrors, len(reasons))] {
		p.note("%s", words)
	}
	return nil
}

// sayPaused prints which campaigns were paused between two looks and why, and returns them.
func (p *program) sayPaused(before, after model.Attention) (paused []model.CampaignID) {
	after.Unknown, after.Approval = nil, nil
	after.Paused = slices.DeleteFunc(after.Paused, func(c model.OpenCampaign) bool {
		return slices.ContainsFunc(before.Paused, func(o model.OpenCampaign) bool { return o.ID == c.ID })
	})
	for _, n := range after.Sends() {
		p.note("%s (`viberdeck campaign resume %s`, `viberdeck campaign recall %s`)", n.Text, n.Campaign, n.Campaign)
		paused = append(paused, n.Campaign)
	}
	return paused
}

// askCmd asks a vendor about one object by its id.
func (p *program) askCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "ask ACCOUNT sender|message|list|campaign ID",
		Short: "Ask a vendor about one sender, message, list or campaign",
		Args:  exactArgs(3),
		Long: `Asks the account's vendor now, past the cache: for a sender by its id, for what became of one message
by the message_id that recipients --json shows, for one list, address book or group, or for one campaign
by its vendor_id. Nothing is stored and nothing is sent. What a vendor has no method for is said.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, what, id := args[0], model.Thing(args[1]), args[2]
			if !slices.Contains(model.Things(), what) {
				return usage("%q is not one of: %s", what, model.Listed(model.Things()))
			}
			p.accounts = []string{name} // only its secrets are needed
			d, err := p.openNetwork(cmd.Context())
			if err != nil {
				return err
			}
			defer d.close()
			got, err := d.network.LookUp(cmd.Context(), name, what, id)
			if err != nil {
				return err
			}
			switch {
			case got.Sender != nil:
				return writeRows(p, d, listColumns(model.SenderRows()), []model.Sender{*got.Sender},
					func(s model.Sender) string { return s.Account })
			case got.Person != nil:
				return writeRows(p, d, listColumns(model.RecipientRows()), []model.Recipient{*got.Person},
					func(r model.Recipient) string { return r.Account })
			case got.Campaign != nil:
				return writeRows(p, d, listColumns(model.CampaignRows()), []model.Campaign{*got.Campaign},
					func(c model.Campaign) string { return c.Account })
			}
			return writeRows(p, d, vendorListColumns(), []model.List{*got.List},
				func(l model.List) string { return l.Account })
		},
	}
}
