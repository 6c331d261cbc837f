package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) blacklistCmd() *cobra.Command {
	cmd := list[model.BlacklistEntry]{"blacklist", "List who must not be written to, and change it", blacklistColumns(),
		func(d *session) fetch[model.BlacklistEntry] { return d.cache.Blacklist }, false}.cmd(p)
	var reason string
	add := &cobra.Command{
		Use: "add PHONE|CONTACT... --reason TEXT", Short: "Block people: everywhere, or with --account only there",
		Long: `Blocks phones everywhere or, with --account, only there. A contact that is not a phone, such as
an e-mail address in a list at Wooxy, is known only in its account: name that with --account.`,
		Args: someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, who, err := p.blacklistDesk(cmd, args, reason)
			if err != nil {
				return err
			}
			defer d.close()
			n, err := p.block(cmd.Context(), d, who, reason, model.SourceOperator)
			if err != nil {
				return err
			}
			p.note("%d blocked, %d were already", n, who.count()-n)
			return p.stillReached(cmd.Context(), d, who.phones)
		},
	}
	add.Flags().StringVar(&reason, "reason", "", "why; it is kept with the entry")
	var removeReason string
	var confirm int
	remove := &cobra.Command{
		Use:   "remove PHONE|CONTACT... --reason TEXT --confirm N",
		Short: "Take phones off the blacklist; the history stays",
		Args:  someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, who, err := p.blacklistDesk(cmd, args, removeReason)
			if err != nil {
				return err
			}
			defer d.close()
			if n := who.count(); confirm != n {
				return usage("--confirm: %s would be written to again; pass --confirm %d", model.Persons(n), n)
			}
			n, err := d.cache.Unblock(
				cmd.Context(),
				d.operator,
				who.phones,
				removeReason,
				p.accounts,
			)
			if err != nil {
				return err
			}
			if len(who.contacts) > 0 {
				more, err := d.cache.UnblockContacts(cmd.Context(), d.operator, who.contacts,
					removeReason, p.accounts)
				if n += more; err != nil {
					return err
				}
			}
			p.note("%d removed, %d were not on it", n, who.count()-n)
			return nil
		},
	}
	remove.Flags().StringVar(&removeReason, "reason", "", "why; it is kept in the history")
	remove.Flags().IntVar(&confirm, "confirm", 0, "the number of phones (`N`)")
	cmd.AddCommand(add, remove, p.blacklistImportCmd(), p.blacklistCompareCmd())
	return cmd
}

// block blocks people everywhere or, with --account, only there, and gives how many were not
// blocked as widely before.
func (p *program) block(ctx context.Context, d *session, who blockees, reason string,
	source model.BlacklistSource) (int, error) {
	n, err := d.cache.Block(ctx, d.operator, who.phones, reason, p.accounts, source)
	if err != nil || len(who.contacts) == 0 {
		return n, err
	}
	more, err := d.cache.BlockContacts(ctx, d.operator, who.contacts, reason, p.accounts)
	return n + more, err
}

// stillReached names the campaigns that lie at a vendor already and reach the people all the same.
func (p *program) stillReached(ctx context.Context, d *session, phones []model.Phone) error {
	left, err := d.cache.StillReached(ctx, phones)
	for _, c := range left {
		p.note("%s", c.ReachesAllTheSame(d.config.Location()))
	}
	return err
}

// blockees are whom the blacklist is to be changed for.
type blockees struct {
	phones   []model.Phone
	contacts []string
}

func (b blockees) count() int { return len(b.phones) + len(b.contacts) }

// blacklistDesk checks the reason and every phone and contact before anything is opened or changed.
func (p *program) blacklistDesk(cmd *cobra.Command, args []string, reason string) (*session, blockees, error) {
	var who blockees
	if _, err := model.Reason(reason); err != nil {
		return nil, who, usage("--reason: %s", err)
	}
	d, err := p.open(cmd.Context(), false)
	if err != nil {
		return nil, who, err
	}
	for _, arg := range args {
		phone, err := model.ParsePhone(arg, d.config.DefaultCountry)
		switch {
		case err == nil:
			if !slices.Contains(who.phones, phone) {
				who.phones = append(who.phones, phone)
			}
			continue
		case len(p.accounts) == 0 && strings.Contains(arg, "@"):
			err = model.Invalid(
				"account",
				"%q is not a phone number; name the account with --account whose contact it is",
				arg,
			)
		case len(p.accounts) > 0 && p.haveContacts(d):
			if contact := model.FoldContact(arg); contact != "" && !slices.Contains(who.contacts, contact) {
				who.contacts = append(who.contacts, contact)
			}
			continue
		}
		d.close()
		return nil, who, exitError{exitUsage, err}
	}
	return d, who, nil
}

// haveContacts reports whether all of the named accounts know people by more than phones.
func (p *program) haveContacts(d *session) bool {
	for _, name := range p.accounts {
		i := slices.IndexFunc(d.config.Accounts, func(a model.Account) bool { return a.Name == name })
		if i < 0 {
			return false
		}
		caps, ok := p.capabilities(d.config.Accounts[i].Vendor)
		if !ok || !caps.Contacts {
			return false
		}
	}
	return true
}
