package cli

import (
	"bufio"
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

func (p *program) attentionCmd() *cobra.Command {
	return &cobra.Command{
		Use: "attention", Short: "List what needs a person", Args: noArgs,
		Long: `Lists what goes on only after a person has done something: unknown batches, paused campaigns and those
that wait for an approval, accounts that are offline or refuse the credentials, replies that have been
open for a day, senders that their vendor may soon block, a full disk, an engine that does not respond, lost
and kept callbacks, the brake. Exit code 0: nothing; 1: something does, or it cannot be known.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error { return p.attention(ctx, d) }),
	}
}

func (p *program) attention(ctx context.Context, d *session) error {
	a, err := d.cache.Attention(ctx, d.config.Patience())
	if err != nil {
		return err
	}
	a.Unusable = p.unusable(ctx, d, a.Accounts)
	needs := a.Needs(func(v model.Vendor) model.Limits {
		caps, _ := p.Vendors.Capabilities(v)
		return caps.Limits
	})
	needs = slices.DeleteFunc(needs, func(n model.Need) bool { return n.Account != "" && !p.concerns(n.Account) })
	if err := printRows(p, columnsOf(model.NeedFields(), map[string]int{"kind": 10, "account": 12, "campaign": 8,
		"since": 16, "text": 160}), d.config.Location(), needs...); err != nil {
		return err
	}
	if len(needs) == 0 {
		p.note("nothing needs a person")
		return nil
	}
	return exitError{exitFailed, nil}
}

// unusable returns the accounts whose secrets cannot be read here. Those that answer the engine are
// not looked at: its process may have secrets that this one lacks.
func (p *program) unusable(ctx context.Context, d *session, known []model.Health) map[string]model.Text {
	answers := func(a model.Account) bool {
		return slices.ContainsFunc(known, func(h model.Health) bool { return h.Account == a.Name && h.Online })
	}
	if p.remote != nil || !slices.ContainsFunc(d.config.Accounts, func(a model.Account) bool { return !answers(a) }) {
		return nil
	}
	c, err := p.settings().Read(ctx, p.settings().Path(p.config), settings.SomeSecrets)
	if err != nil {
		return nil // the lists need no configuration
	}
	for _, a := range c.Accounts {
		if answers(a) {
			delete(c.Unusable, a.Name)
		}
	}
	return c.Unusable
}

func (p *program) keptCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "callbacks", Short: "List callbacks that wait for a person, and decide about them", Args: noArgs,
		Long: `Lists what vendors posted to this host and what waits for a decision: opt-outs of people who got nothing
from the account, and what was not understood. Nothing of it has an effect until it is released.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error { return p.listKept(ctx, d) }),
	}
	cmd.AddCommand(
		p.decideKeptCmd("release", "Accept kept callbacks, whoever they are about: people who opted out are blocked",
			model.CallbackReleased),
		p.decideKeptCmd("drop", "Drop kept callbacks: they have no effect", model.CallbackDropped))
	return cmd
}

// kept calls fn for every kept callback of the requested accounts.
func (p *program) kept(ctx context.Context, d *session, fn func(k model.PendingCallback) error) error {
	for after := int64(0); ; {
		page, err := d.cache.KeptCallbacks(ctx, p.accounts, after, model.BulkRows)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, k := range page {
			if err := fn(k); err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
	}
}

func (p *program) listKept(ctx context.Context, d *session) error {
	sink := newSink(p, columnsOf(model.KeptCallbackFields(), map[string]int{"id": 8, "account": 12, "received_at": 16,
		"why": 50, "body": 80}), d.config.Location())
	if err := p.kept(ctx, d, sink.Row); err != nil {
		return err
	}
	return sink.End()
}

func (p *program) decideKeptCmd(name, short string, as model.CallbackDecision) *cobra.Command {
	var all bool
	var confirm int
	cmd := &cobra.Command{
		Use: name + " ID... | --all --confirm N", Short: short,
		RunE: func(cmd *cobra.Command, args []string) error {
			if all != (len(args) == 0) {
				return usage("name callbacks by their ids, or all of them with --all")
			}
			if p.readOnly {
				return usage("--read-only: nothing is decided")
			}
			d, err := p.openCache(cmd.Context())
			if err != nil {
				return err
			}
			defer d.close()
			ids, err := p.keptIDs(cmd.Context(), d, args)
			if err != nil {
				return err
			}
			if all && confirm != len(ids) {
				return usage("--confirm: it is about %s; pass --confirm %d",
					model.Counted(len(ids), "callback", "callbacks"), len(ids))
			}
			n, err := d.cache.DecideCallbacks(cmd.Context(), d.operator, ids, as)
			if err != nil {
				return err
			}
			if n < len(ids) {
				p.note("%d of them did not wait", len(ids)-n)
			}
			if as == model.CallbackReleased && n > 0 && d.config.Callbacks.Listen == "" {
				p.note("callbacks.listen is not set in the configuration: their news is taken once it is")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "all that wait, or with --account those of these accounts")
	cmd.Flags().IntVar(&confirm, "confirm", -1, "the number of callbacks (`N`), with --all")
	return cmd
}

// keptIDs reads the ids of callbacks, or returns those of all waiting ones if none is given.
func (p *program) keptIDs(ctx context.Context, d *session, args []string) (ids []int64, err error) {
	for _, arg := range args {
		id, err := strconv.ParseInt(arg, 10, 64)
		if err != nil {
			return nil, usage("%q is not the id of a callback", arg)
		}
		ids = append(ids, id)
	}
	if len(args) == 0 {
		err = p.kept(ctx, d, func(k model.PendingCallback) error {
			ids = append(ids, k.ID)
			return nil
		})
	}
	return ids, err
}

func (p *program) handoverCmd() *cobra.Command {
	var mask bool
	cmd := &cobra.Command{
		Use: "handover", Short: "Write the state of the work for the next shift", Args: noArgs,
		Long: `Writes what the next shift has to know, as text to copy: how many people wait, who has claimed which replies,
which are snoozed and until when, who has waited too long, what the notes say, and which sends need a
decision. Phones are masked where you mask them in the dashboard, or with --mask. --json and --csv
give one row for each thing.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error { return p.handover(ctx, d, mask) }),
	}
	cmd.Flags().BoolVar(&mask, "mask", false, "mask phones")
	return cmd
}

func (p *program) handover(ctx context.Context, d *session, mask bool) error {
	kept, _, err := d.cache.Setting(ctx, d.operator, model.DashboardSetting)
	if err != nil {
		return err
	}
	mask = mask || model.KeptMasks(kept)
	h, err := d.cache.Handover(ctx, d.config.Patience())
	if err != nil {
		return err
	}
	country := d.config.DefaultCountry
	if !p.json && !p.csv {
		return p.write(h.Lines(d.operator, d.config.Location(), mask, country))
	}
	return printRows(p, columnsOf(model.HandedFields(), nil), d.config.Location(), h.Items(mask, country)...)
}

// write prints sentences, one per line.
func (p *program) write(lines []model.Text) error {
	out := bufio.NewWriter(p.Out)
	for _, l := range lines {
		_, _ = out.WriteString(l.String() + "\n") // an error of the writer stays until Flush
	}
	return out.Flush()
}
