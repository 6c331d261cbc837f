package cli

import (
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// billMonths is how many months a bill shows that names none.
const billMonths = 12

// billCmd compares what was expected with what the vendors report.
func (p *program) billCmd() *cobra.Command {
	var month string
	cmd := &cobra.Command{
		Use: "bill", Short: "Compare what campaigns were to cost with what the vendors report", Args: noArgs,
		Long: `Adds up by account, month and currency what campaigns were expected to cost when they were confirmed and what
their vendors report; by default the last 12 months. difference is what more than expected was reported of the campaigns
that have both figures, which compared counts; unreported counts those of which the vendor has said nothing yet.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer d.close()
			zone := d.config.Location()
			from, until, err := billSpan(month, p.now().In(zone))
			if err != nil {
				return err
			}
			bills, err := d.cache.Bills(cmd.Context(), from, until, zone)
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
		},
	}
	cmd.Flags().StringVar(&month, "month", "", "only this month (`YYYY-MM`)")
	return cmd
}

// billSpan gives the first moment of the months that are asked for and the one after them.
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
