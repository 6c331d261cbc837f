package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// activityCmd lists who did what, and checks that the log has not been changed.
func (p *program) activityCmd() *cobra.Command {
	var verify bool
	var seal string
	cmd := list[model.Activity]{
		"activity", "List who did what, the newest first; with --verify check that nobody changed it",
		columnsOf(model.ActivityFields(), map[string]int{
			"line": 6, "at": 16, "operator": 12, "action": 20, "campaign": 8,
			"campaign_name": 24, "detail": 60}),
		func(d *session) model.PageReader[model.Activity] { return d.cache.Activity }, true}.cmd(p)
	cmd.Long = `Lists who did what. Lines are only ever added, and each is sealed with a digest of itself and the line
before. --verify checks all of them, names each line that was altered or is missing, and gives the last seal:
note it elsewhere, and a later --verify --seal SEAL also finds a log that was rewritten from its beginning.`
	cmd.Flags().BoolVar(&verify, "verify", false, "check that no line was altered or taken out; exit 1 if one was")
	cmd.Flags().StringVar(&seal, "seal", "", "with --verify: a `SEAL` noted earlier, which must still be in it")
	lists := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !verify {
			if seal != "" {
				return usage("--seal belongs to --verify")
			}
			return lists(cmd, args)
		}
		d, err := p.openCache(cmd.Context())
		if err != nil {
			return err
		}
		defer d.close()
		check, err := d.cache.VerifyActivity(cmd.Context(), seal)
		if err != nil {
			return err
		}
		return p.verified(check)
	}
	return cmd
}

// verified prints the result of checking the log.
func (p *program) verified(check model.ActivityCheck) error {
	if p.json || p.csv {
		if err := printRows(p, []column[model.ActivityCheck]{
			{"ok", func(c model.ActivityCheck) any { return len(c.Faults) == 0 }, 0},
			{"lines", func(c model.ActivityCheck) any { return c.Lines }, 0},
			{"unsealed", func(c model.ActivityCheck) any { return c.Unsealed }, 0},
			{"redacted", func(c model.ActivityCheck) any { return c.Redacted }, 0},
			{"seal", func(c model.ActivityCheck) any { return text(c.Head) }, 0},
			{"faults", func(c model.ActivityCheck) any { return c.Words() }, 0},
		}, time.UTC, check); err != nil {
			return err
		}
	}
	for _, words := range check.Words() {
		p.note("%s", words)
	}
	if check.Unsealed > 0 {
		p.note("%s from before lines were sealed", model.Counted(check.Unsealed, "line is", "lines are"))
	}
	if check.Redacted > 0 {
		p.note("%s, as a later line says", model.Counted(check.Redacted, "line lost a phone because of its age",
			"lines lost a phone because of their age"))
	}
	if len(check.Faults) > 0 {
		return exitError{exitFailed, model.Errorf("the log of who did what was changed")}
	}
	p.note("%s as written; the last seal is %s", model.Counted(check.Lines, "line is", "lines are"), check.Head)
	return nil
}

// billMonths is how many months a bill shows by default.
const billMonths = 12

// billCmd compares expected costs with those that the vendors report.
func (p *program) billCmd() *cobra.Command {
	var month string
	cmd := &cobra.Command{
		Use: "bill", Short: "Compare what campaigns were to cost with what the vendors report", Args: noArgs,
		Long: `Adds up by account, month and currency what campaigns were expected to cost when they were confirmed and what
their vendors report; by default the last 12 months. difference is what more than expected was reported of the campaigns
that have both figures, which compared counts; unreported counts those of which the vendor has said nothing yet.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error {
			zone := d.config.Location()
			from, until, err := billSpan(month, p.now().In(zone))
			if err != nil {
				return err
			}
			bills, err := d.cache.Bills(ctx, from, until, zone)
			if err != nil {
				return err
			}
			return writeRows(p, d, []column[model.Bill]{
				{"account", func(b model.Bill) any { return b.Account }, 12},
				{"month", func(b model.Bill) any { return b.Month }, 8},
				{"campaigns", func(b model.Bill) any { return b.Campaigns }, 9},
				{"expected", func(b model.Bill) any { return b.Expected.Decimal() }, 12},
				{"reported", func(b model.Bill) any { return b.Reported.Decimal() }, 12},
				{"difference", func(b model.Bill) any { return b.Difference.Decimal() }, 12},
				{"currency", func(b model.Bill) any { return text(b.Currency) }, 8},
				{"compared", func(b model.Bill) any { return b.Compared }, 8},
				{"unreported", func(b model.Bill) any { return b.Unreported }, 10},
			}, bills, func(b model.Bill) string { return b.Account })
		}),
	}
	cmd.Flags().StringVar(&month, "month", "", "only this month (`YYYY-MM`)")
	return cmd
}

// billSpan returns the first moment of the requested months and the first moment after them.
func billSpan(month string, now time.Time) (from, until time.Time, err error) {
	if month == "" {
		next := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, now.Location())
		return next.AddDate(0, -billMonths, 0), next, nil
	}
	if from, err = time.ParseInLocation("2006-01", month, now.Location()); err != nil {
		return from, until, usage("--month: %q is not a month; write it like 2026-11", month)
	}
	return from, from.AddDate(0, 1, 0), nil
}
