package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// resolveCmd decides about batches whose outcome is unknown.
func (p *program) resolveCmd() *cobra.Command {
	var as string
	var confirm int64
	resolve := &cobra.Command{
		Use: "resolve BATCH --as accepted|resend|dropped", Short: "Decide about a batch whose outcome is unknown",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil // it lists what can be decided
			}
			return exactArgs(1)(cmd, args)
		},
		Long: `Decides about a batch whose answer was lost. accepted counts its people as sent; resend says that it
did not leave and queues them again, and asks for their number as send does; dropped says that it did
not leave and shall not. Without a BATCH it lists those whose outcome is unknown.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.unresolved(cmd.Context())
			}
			id, err := model.ParseBatchID(args[0])
			if err != nil {
				return exitError{exitUsage, err}
			}
			decision := model.Resolution(as)
			if !slices.Contains([]model.Resolution{model.ResolveAccepted, model.ResolveResend, model.ResolveDropped},
				decision) {
				return usage("--as: %q is not a decision; it is accepted, resend or dropped", as)
			}
			if p.readOnly {
				return usage("--read-only: nothing is decided")
			}
			d, err := p.openCache(cmd.Context())
			if err != nil {
				return err
			}
			defer d.close()
			if decision == model.ResolveResend {
				if err := p.confirmResend(cmd.Context(), d, id, confirm); err != nil {
					return err
				}
			}
			if err := d.cache.Resolve(cmd.Context(), d.operator, id, decision); err != nil {
				return err
			}
			p.note("%s: %s", id, decision)
			return nil
		},
	}
	resolve.Flags().StringVar(&as, "as", "", "what became of it (`WORD`): accepted, resend or dropped")
	resolve.Flags().Int64Var(&confirm, "confirm", -1,
		"the number of people who will be written to again (`N`), with resend")
	return resolve
}

// confirmResend says who will be written to again and at what price, and requires their number, as
// for a send.
func (p *program) confirmResend(ctx context.Context, d *session, id model.BatchID, confirm int64) error {
	of, err := d.cache.Resending(ctx, id)
	if err != nil {
		return err
	}
	account, err := p.sendAccount(d.config, of.Campaign.Account)
	if err != nil {
		return err
	}
	facts, err := d.cache.Prices(ctx, account.Name, slices.Sorted(maps.Keys(of.Countries)))
	if err != nil {
		return err
	}
	of = of.Estimated(facts, account.Prices, d.config.Location())
	p.note("%s of %s: %s will be written to again through %s", id, of.Campaign.Title(), model.Persons(of.People),
		account.Name)
	p.sayFound(of.Evidence)
	for _, line := range of.LeftOut() {
		p.note("  %s", line)
	}
	p.note("  cost: %s", model.ListedBy("; ", of.Price.Lines()))
	return p.confirmSend(model.Plan{Recipients: model.Known(of.People)}, sendFlags{confirm: confirm})
}

// sayFound prints what was found at the vendor about a call whose answer was lost.
func (p *program) sayFound(evidence model.Text) {
	if !evidence.IsZero() {
		p.note("  found: %s", evidence)
	}
}

// unknown passes on the batches whose outcome is unknown, as long as more are wanted.
func (p *program) unknown(ctx context.Context, d *session, more func(model.OutboxRow) bool) error {
	unknown, err := model.ParseFilter("state:unknown", p.now(), d.config.Location())
	if err != nil {
		return err
	}
	return model.EachRow(ctx, model.OutboxRows().Reader(d.cache), model.PageRequest{Filter: unknown},
		func(o model.OutboxRow) (bool, error) { return more(o), nil })
}

// unresolved lists the batches whose outcome is unknown and says how to decide each. Nothing has
// been decided, so it ends with the exit code for incorrect usage.
func (p *program) unresolved(ctx context.Context) error {
	d, err := p.openCache(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	none := true
	if err := p.unknown(ctx, d, func(o model.OutboxRow) bool {
		none = false
		p.note("%s  %s  %s  %s  sent %s", o.Batch, o.CampaignName, o.Account, model.Persons(o.Recipients),
			minute(o.ClaimedAt, d.config.Location()))
		p.sayFound(o.Evidence)
		return true
	}); err != nil {
		return err
	}
	const how = "viberdeck outbox resolve BATCH --as accepted|resend|dropped"
	if none {
		return usage("no outcome is unknown: there is nothing to decide; when there is: " + how)
	}
	return usage("name one of these batches and say what became of it: " + how)
}

func (p *program) brakeCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "brake", Short: "Stop every send on this host that has not left yet"}
	var reason string
	set := func(on model.Switch) func(*cobra.Command, []string) error {
		return p.onCache(func(ctx context.Context, d *session, _ []string) error {
			if err := d.cache.SetBrake(ctx, d.operator, on, reason); err != nil {
				return err
			}
			return p.brakeStatus(ctx, d)
		})
	}
	on := &cobra.Command{Use: "on", Short: "Put the brake on: nothing more leaves this host", Args: noArgs,
		RunE: set(model.On)}
	on.Flags().StringVar(&reason, "reason", "", "why (`TEXT`); everybody sees it")
	cmd.AddCommand(on,
		&cobra.Command{Use: "off", Short: "Take the brake off: sends go on", Args: noArgs, RunE: set(model.Off)},
		&cobra.Command{Use: "status", Short: "Say whether the brake is on", Args: noArgs,
			RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error {
				return p.brakeStatus(ctx, d)
			})})
	return cmd
}

func (p *program) brakeStatus(ctx context.Context, d *session) error {
	overview, err := d.cache.Overview(ctx, d.operator)
	if err != nil {
		return err
	}
	b := overview.Brake
	if p.json {
		return printRows(p, []column[model.Brake]{
			{"on", func(b model.Brake) any { return b.On }, 0},
			{"by", func(b model.Brake) any { return text(b.By) }, 0},
			{"reason", func(b model.Brake) any { return text(b.Reason) }, 0},
			{"since", func(b model.Brake) any { return b.Since }, 0},
		}, d.config.Location(), b)
	}
	line := "off"
	if b.On {
		line = fmt.Sprintf("on since %s by %s", minute(b.Since, d.config.Location()), b.By)
		if b.Reason != "" {
			line += ": " + b.Reason
		}
	}
	_, err = fmt.Fprintln(p.Out, line)
	return err
}

// brakeIsOn says who put the brake on, or why, and how to take it off.
func brakeIsOn(b model.Brake) string {
	return fmt.Sprintf("the brake is on (%s), `viberdeck brake off` takes it off", cmp.Or(b.Reason, b.By))
}
