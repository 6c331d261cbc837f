package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) blacklistCmd() *cobra.Command {
	cmd := list[model.BlacklistEntry]{"blacklist", "List who must not be written to, and change it", blacklistColumns(),
		func(d *desk) fetch[model.BlacklistEntry] { return d.cache.Blacklist }, false}.cmd(p)
	var reason string
	add := &cobra.Command{
		Use: "add PHONE... --reason TEXT", Short: "Block phones: everywhere, or with --account only there",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, phones, err := p.blacklistDesk(cmd, args, reason)
			if err != nil {
				return err
			}
			defer d.close()
			n, err := d.cache.Block(cmd.Context(), d.operator, phones, strings.TrimSpace(reason), p.accounts,
				model.SourceOperator)
			if err != nil {
				return err
			}
			p.note("%d blocked, %d were already", n, len(phones)-n)
			return nil
		},
	}
	add.Flags().StringVar(&reason, "reason", "", "why; it is kept with the entry")
	var removeReason string
	var confirm int
	remove := &cobra.Command{
		Use: "remove PHONE... --reason TEXT --confirm N", Short: "Take phones off the blacklist; the history stays",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, phones, err := p.blacklistDesk(cmd, args, removeReason)
			if err != nil {
				return err
			}
			defer d.close()
			if confirm != len(phones) {
				return usage("--confirm: %d phones would be written to again; pass --confirm %d", len(phones),
					len(phones))
			}
			n, err := d.cache.Unblock(cmd.Context(), d.operator, phones, strings.TrimSpace(removeReason), p.accounts)
			if err != nil {
				return err
			}
			p.note("%d removed, %d were not on it", n, len(phones)-n)
			return nil
		},
	}
	remove.Flags().StringVar(&removeReason, "reason", "", "why; it is kept in the history")
	remove.Flags().IntVar(&confirm, "confirm", 0, "the number of phones (`N`)")
	cmd.AddCommand(add, remove)
	return cmd
}

// blacklistDesk checks the reason and every phone before anything is opened or changed.
func (p *program) blacklistDesk(cmd *cobra.Command, args []string, reason string) (*desk, []model.Phone, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, nil, usage("--reason: say why")
	}
	d, err := p.open(cmd.Context(), false)
	if err != nil {
		return nil, nil, err
	}
	phones := make([]model.Phone, 0, len(args))
	seen := map[model.Phone]bool{}
	for _, arg := range args {
		phone, err := model.ParsePhone(arg, d.config.DefaultCountry)
		if err != nil {
			d.close()
			return nil, nil, exitError{exitUsage, err}
		}
		if !seen[phone] {
			seen[phone] = true
			phones = append(phones, phone)
		}
	}
	return d, phones, nil
}
