package cli

import (
	"bufio"
	"context"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) handoverCmd() *cobra.Command {
	var mask bool
	cmd := &cobra.Command{
		Use: "handover", Short: "Write the state of the work for the next shift", Args: noArgs,
		Long: `Writes what whoever goes on has to know, as text to copy: how many people wait, which replies are claimed and
by whom, which are put off and until when, who has waited too long, what the notes say, and which sends
want a decision. Phones are masked where you mask them in the dashboard, or with --mask. --json and --csv
give one row for each thing.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.handover(cmd.Context(), mask) },
	}
	cmd.Flags().BoolVar(&mask, "mask", false, "mask phones")
	return cmd
}

func (p *program) handover(ctx context.Context, mask bool) error {
	d, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	defer d.close()
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
	sink := newSink(p, columnsOf(model.HandedFields(), nil), d.config.Location())
	for _, item := range h.Items(mask, country) {
		if err := sink.Row(item); err != nil {
			return err
		}
	}
	return sink.End()
}

// write prints sentences, one a line.
func (p *program) write(lines []model.Text) error {
	out := bufio.NewWriter(p.Out)
	for _, l := range lines {
		_, _ = out.WriteString(l.String() + "\n") // an error of the writer stays until Flush
	}
	return out.Flush()
}
