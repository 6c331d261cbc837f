package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// listsCmd lists the lists of people that vendors keep.
func (p *program) listsCmd() *cobra.Command {
	return &cobra.Command{
		Use: "lists", Short: "List the lists, address books and groups kept at the vendors", Args: noArgs,
		Long: `Lists the subscriber lists, address books, groups and contact lists of the accounts, as the last
sync read them: what list or contact_list of a campaign may name. people is null where the
vendor does not tell.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer d.close()
			all, err := d.cache.Lists(cmd.Context(), "")
			if err != nil {
				return err
			}
			return writeRows(p, d, vendorListColumns(), all, func(l model.List) string { return l.Account })
		},
	}
}

func vendorListColumns() []column[model.List] {
	return []column[model.List]{
		{"account", func(l model.List) any { return l.Account }, 12},
		{"id", func(l model.List) any { return l.ID }, 24},
		{"name", func(l model.List) any { return text(l.Name) }, 32},
		{"people", func(l model.List) any { return l.People }, 10},
	}
}

// namedTemplate is a known template, with its account.
type namedTemplate struct {
	account string
	model.KnownTemplate
}

// templatesCmd lists the message templates that are known.
func (p *program) templatesCmd() *cobra.Command {
	return &cobra.Command{
		Use: "templates", Short: "List the message templates that are known", Args: noArgs,
		Long: `Lists the templates that the accounts name as [[account.template]] and those that campaigns were sent
with, each with its last use and what the vendor said of it last: used, refused (with the reason), or not used yet.
No vendor has a method that lists its Viber templates.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer d.close()
			var all []namedTemplate
			for _, a := range d.config.Accounts {
				known, err := d.cache.KnownValues(cmd.Context(), a.Name)
				if err != nil {
					return err
				}
				templates, err := a.KnownTemplates(cmd.Context(), d.cache, known.Templates)
				if err != nil {
					return err
				}
				for _, t := range templates {
					all = append(all, namedTemplate{a.Name, t})
				}
			}
			return writeRows(p, d, []column[namedTemplate]{
				{"account", func(t namedTemplate) any { return t.account }, 12},
				{"id", func(t namedTemplate) any { return t.ID }, 32},
				{"name", func(t namedTemplate) any { return text(t.Name) }, 32},
				{"state", func(t namedTemplate) any { return string(t.State()) }, 12},
				{"last_used", func(t namedTemplate) any { return t.Used }, 16},
				{"reason", func(t namedTemplate) any { return text(t.Refused.String()) }, 0},
			}, all, func(t namedTemplate) string { return t.account })
		},
	}
}

// balanceCmd lists the money left in the accounts.
func (p *program) balanceCmd() *cobra.Command {
	return &cobra.Command{
		Use: "balance", Short: "List the money left in the accounts", Args: noArgs,
		Long: `Lists the money left in each account as the last sync read it. name is null for the main balance,
and viber for one of its own at sms.by.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer d.close()
			overview, err := d.cache.Overview(cmd.Context(), d.operator)
			if err != nil {
				return err
			}
			var all []model.Balance
			for _, h := range overview.Accounts {
				all = append(all, h.Balances...)
			}
			return writeRows(p, d, []column[model.Balance]{
				{"account", func(b model.Balance) any { return b.Account }, 12},
				{"name", func(b model.Balance) any { return text(b.Name) }, 8},
				{"amount", func(b model.Balance) any { return b.Amount.Decimal() }, 14},
				{"currency", func(b model.Balance) any { return text(b.Amount.Currency) }, 8},
				{"as_of", func(b model.Balance) any { return b.AsOf }, 16},
			}, all, func(b model.Balance) string { return b.Account })
		},
	}
}

// writeRows writes the rows of the named accounts, of all if none is named.
func writeRows[T any](p *program, d *session, columns []column[T], rows []T, account func(T) string) error {
	out := newSink(p, columns, d.config.Location())
	for _, r := range rows {
		if len(p.accounts) > 0 && !slices.Contains(p.accounts, account(r)) {
			continue
		}
		if err := out.Row(r); err != nil {
			return err
		}
	}
	return out.End()
}
