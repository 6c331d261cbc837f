package cli

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// compareFlags say whether and how to align the blacklists.
type compareFlags struct {
	push, pull bool
	confirm    int64 // -1: not given
}

func (p *program) blacklistCompareCmd() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use: "compare", Short: "Compare the blacklist with those of the vendors, and align them", Args: noArgs,
		Long: `Compares our blacklist with the vendors' own, as the last sync read them, for each account whose vendor has
one: who is blocked only here, only there, or at both. No vendor is asked.

With --push the vendors are to be told of the entries that they lack; the engine does it, or work --once.
With --pull a phone that only a vendor blocks gets an entry here, which holds everywhere. Both say how many
that are and want the number.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.blacklistCompare(cmd.Context(), f) },
	}
	cmd.Flags().BoolVar(&f.push, "push", false, "notify the vendors of the entries that are only here")
	cmd.Flags().BoolVar(&f.pull, "pull", false, "make entries here of the blocks that are only at a vendor")
	cmd.Flags().Int64Var(&f.confirm, "confirm", -1,
		"the number that --push or --pull names (`N`), instead of typing it")
	return cmd
}

func (p *program) blacklistCompare(ctx context.Context, f compareFlags) error {
	switch {
	case f.push && f.pull:
		return usage("--push and --pull are two directions: give one, then the other")
	case f.confirm >= 0 && !f.push && !f.pull:
		return usage("--confirm goes with --push or --pull")
	}
	d, err := p.openCache(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	accounts, err := p.blacklistAccounts(ctx, d, f)
	if err != nil {
		return err
	}
	var all []model.ComparedBlock
	for _, account := range accounts {
		rows, err := d.cache.CompareBlacklist(ctx, account)
		if err != nil {
			return err
		}
		p.explainCompared(account, rows)
		all = append(all, rows...)
	}
	switch {
	case f.push:
		return p.pushBlocks(ctx, d, accounts, all, f)
	case f.pull:
		return p.pullBlocks(ctx, d, all, f)
	}
	return writeRows(p, d, comparedColumns(), all, func(c model.ComparedBlock) string { return c.Account })
}

// blacklistAccounts returns the accounts whose vendors have a blacklist that has been read. It
// refuses a named account that is not one of them, and changes at a read-only one.
func (p *program) blacklistAccounts(ctx context.Context, d *session, f compareFlags) ([]string, error) {
	if f.push && p.readOnly {
		return nil, usage("--read-only: nothing is changed at any vendor")
	}
	overview, err := d.cache.Overview(ctx, d.operator)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, a := range d.config.Accounts {
		named := slices.Contains(p.accounts, a.Name)
		if len(p.accounts) > 0 && !named {
			continue
		}
		caps, _ := p.Vendors.Capabilities(a.Vendor)
		var why string
		switch {
		case !caps.Can(model.ActBlacklistRead):
			why = caps.Lacks[model.ActBlacklistRead]
		case !slices.ContainsFunc(overview.Accounts,
			func(h model.Health) bool { return h.Account == a.Name && !h.SyncedAt.IsZero() }):
			why = "its blacklist has not been read yet; run viberdeck sync"
		case f.push && a.ReadOnly:
			why = "it is read_only in the configuration: nothing is changed at its vendor"
		case f.push && !caps.Can(model.ActBlacklistAdd):
			why = caps.Lacks[model.ActBlacklistAdd]
		default:
			names = append(names, a.Name)
			continue
		}
		if named {
			return nil, usage("account %s: %s", a.Name, why)
		}
		p.note("%s: %s", a.Name, why)
	}
	return names, nil
}

// explainCompared prints on standard error how an account's blacklists differ.
func (p *program) explainCompared(account string, rows []model.ComparedBlock) {
	n := model.CountCompared(rows)
	var toBlock, toUnblock int
	for _, c := range rows {
		if c.ToBlock {
			toBlock++
		}
		if c.ToUnblock {
			toUnblock++
		}
	}
	p.note("%s: %d only here, %d only at the vendor, %d at both", account, n.Here, n.There, n.Both)
	if toBlock+toUnblock > 0 {
		p.note("  still to be passed on to its vendor: %s, %s", model.Counted(toBlock, "block", "blocks"),
			model.Counted(toUnblock, "removal", "removals"))
	}
}

func comparedColumns() []column[model.ComparedBlock] {
	return []column[model.ComparedBlock]{
		{"account", func(c model.ComparedBlock) any { return c.Account }, 12},
		{"phone", func(c model.ComparedBlock) any { return c.Phone.String() }, 16},
		{"blocked", func(c model.ComparedBlock) any {
			switch {
			case c.Here && c.There:
				return "both"
			case c.Here:
				return "here"
			}
			return "vendor"
		}, 8},
		{"to_tell", func(c model.ComparedBlock) any {
			switch {
			case c.ToBlock:
				return "block"
			case c.ToUnblock:
				return "remove"
			}
			return nil
		}, 8},
		{"reason", func(c model.ComparedBlock) any { return text(c.Reason.String()) }, 40},
	}
}

// pushBlocks sends the vendors the blocks they lack.
func (p *program) pushBlocks(ctx context.Context, d *session, accounts []string, all []model.ComparedBlock,
	f compareFlags) error {
	lacking := map[string][]model.Phone{}
	n := 0
	for _, c := range all {
		if c.ToPush() {
			lacking[c.Account] = append(lacking[c.Account], c.Phone)
			n++
		}
	}
	if err := p.confirmAlign(n, f, "blocks to pass on to vendors", "nothing was changed"); err != nil {
		return err
	}
	count := 0
	for _, account := range accounts {
		more, err := d.cache.PushBlocks(ctx, d.operator, account, lacking[account])
		if count += more; err != nil {
			p.note("%s noted before it failed", model.Counted(count, "block was", "blocks were"))
			return err
		}
	}
	p.note("%s; the engine passes them on, or viberdeck work --once",
		model.Counted(count, "block is to be passed on", "blocks are to be passed on"))
	return p.writeAligned("push", n, count)
}

// pullBlocks creates entries here for phones that only a vendor blocks, one for each phone and with
// the vendor's reason.
func (p *program) pullBlocks(ctx context.Context, d *session, all []model.ComparedBlock, f compareFlags) error {
	lacking := model.Pulled(all)
	n := len(lacking.Phones)
	if err := p.confirmAlign(n, f, "new entries, which hold everywhere", "nothing was changed"); err != nil {
		return err
	}
	blocked, err := d.cache.BlockAll(ctx, d.operator, lacking)
	if err != nil {
		p.note("%d blocked before it failed", blocked)
		return err
	}
	p.note("%d blocked, %d were already", blocked, n-blocked)
	return p.writeAligned("pull", n, blocked)
}

// confirmAlign requires the number of changes, if there are any.
func (p *program) confirmAlign(n int, f compareFlags, who, nothing string) error {
	if n == 0 && f.confirm <= 0 {
		return nil
	}
	p.note("%s: %d", who, n)
	return p.confirmNumber(model.Known(int64(n)), f.confirm, who, who, nothing)
}

// aligned is the result of --push or --pull.
type aligned struct {
	direction       string
	confirmed, done int
}

// writeAligned prints the result for scripts.
func (p *program) writeAligned(direction string, confirmed, done int) error {
	if !p.json && !p.csv {
		return nil
	}
	return printRows(p, []column[aligned]{
		{"direction", func(a aligned) any { return a.direction }, 0},
		{"confirmed", func(a aligned) any { return a.confirmed }, 0},
		{"done", func(a aligned) any { return a.done }, 0},
	}, time.UTC, aligned{direction, confirmed, done})
}
