package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

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
			d, err := p.open(cmd.Context(), true)
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
		return usage("the configuration has no account; add one to %s", settings.Path(p.config))
	}
	progress := newBar(p, "sync")
	results, err := d.network.Sync(ctx, names, all, func(s model.SyncProgress) {
		progress.show(barLine{done: int64(s.Done), total: int64(s.Total), text: s.Account + " " + s.What})
	})
	progress.end()
	var failed []error
	for _, r := range results {
		if r.Err != nil {
			failed = append(failed, naming(r.Account, r.Err))
			continue
		}
		if p.verbose {
			for _, aside := range r.Asides {
				p.note("%s: %v", r.Account, aside)
			}
		}
		p.note("%s: %s, %s, %s, %s, %d blocked", r.Account, model.Counted(r.Campaigns, "campaign", "campaigns"),
			model.Counted(r.Recipients, "recipient", "recipients"),
			model.Counted(r.NewReplies, "new reply", "new replies"),
			model.Counted(r.Senders, "sender", "senders"), r.Blacklist)
	}
	if len(failed) > 0 {
		return exitError{exitFailed, errors.Join(failed...)}
	}
	return err
}

// naming lets an error name the account it is about, unless each of its lines does already.
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
takes over when the first ends. With --once it does all that is due and ends; it
names each campaign that it paused, and why (viberdeck attention has an exit code for them).`,
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

// workOnce does all that is due, and says what it stopped. Outcomes that stay unknown have an exit
// code of their own.
func (p *program) workOnce(ctx context.Context, d *session) error {
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
	p.sayPaused(before, after)
	if worked != nil {
		return exitError{exitFailed, worked} // also where a vendor calls a request invalid: the rest was done
	}
	overview, err := d.cache.Overview(ctx, d.operator)
	if err != nil {
		return err
	}
	if !stakes.Standing.MaySend() && stakes.Campaigns > 0 {
		return exitError{exitFailed, fmt.Errorf("waiting: %s of %s", model.Persons(stakes.People),
			model.Counted(stakes.Campaigns, "campaign", "campaigns"))}
	}
	if overview.Unknown > 0 {
		p.note("%s; see `viberdeck outbox`", model.Counted(overview.Unknown,
			"batch has an unknown outcome", "batches have an unknown outcome"))
		return exitError{code: exitUnknown}
	}
	return nil
}

// sayPaused says which campaigns were paused between two looks and why.
func (p *program) sayPaused(before, after model.Attention) {
	after.Unknown, after.Approval = nil, nil
	after.Paused = slices.DeleteFunc(after.Paused, func(c model.OpenCampaign) bool {
		return slices.ContainsFunc(before.Paused, func(o model.OpenCampaign) bool { return o.ID == c.ID })
	})
	for _, n := range after.Sends() {
		p.note("%s: `viberdeck campaign resume %s` or `viberdeck campaign recall %s`", n.Text, n.Campaign, n.Campaign)
	}
}

// askCmd asks a vendor about one thing by its id.
func (p *program) askCmd() *cobra.Command {
	return &cobra.Command{
		Use: "ask ACCOUNT sender|message|list ID", Short: "Ask a vendor about one sender, message or list",
		Args: exactArgs(3),
		Long: `Asks the account's vendor now, past the cache: for a sender by its id, for what became of one message
by the message_id that recipients --json shows, or for one list, address book or group. Nothing is stored
and nothing is sent. What a vendor has no method for is said.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, what, id := args[0], model.Thing(args[1]), args[2]
			if !slices.Contains(model.Things(), what) {
				return usage("%q is not one of: %s", what, model.Listed(model.Things()))
			}
			p.accounts = []string{name} // its secrets are wanted, and no others
			d, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer d.close()
			got, err := d.network.LookUp(cmd.Context(), name, what, id)
			if err != nil {
				return nothingHappened(err)
			}
			switch {
			case got.Sender != nil:
				return writeRows(p, d, senderColumns(), []model.Sender{*got.Sender},
					func(s model.Sender) string { return s.Account })
			case got.Person != nil:
				return writeRows(p, d, recipientColumns(), []model.Recipient{*got.Person},
					func(r model.Recipient) string { return r.Account })
			}
			return writeRows(p, d, vendorListColumns(), []model.List{*got.List},
				func(l model.List) string { return l.Account })
		},
	}
}
