package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// list is a list command: its flags and the format of its rows.
type list[T any] struct {
	name, short string
	columns     []column[T]
	pages       func(d *session) model.PageReader[T]
	campaign    bool // takes --campaign
}

func (l list[T]) cmd(p *program) *cobra.Command {
	var expr, campaign, sort string
	var limit int
	cmd := &cobra.Command{
		Use: l.name, Short: l.short, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 0 {
				return usage("--limit: must be 0 or more, not %d", limit)
			}
			d, err := p.openCache(cmd.Context())
			if err != nil {
				return err
			}
			defer d.close()
			q := model.PageRequest{Operator: d.operator}
			if q.Filter, err = p.filter(expr, d.config); err != nil {
				return err
			}
			q.Sort, q.Desc = model.ParseSort(sort)
			if campaign != "" {
				c, err := d.cache.FindCampaign(cmd.Context(), campaign)
				if err != nil {
					return err
				}
				q.Campaign = c.ID
			}
			return writeAll(cmd.Context(), l.pages(d), q, limit, newSink(p, l.columns, d.config.Location()))
		},
	}
	cmd.Flags().StringVar(&expr, "filter", "", "only what matches `EXPR`, in the filter language of the dashboard")
	_ = cmd.RegisterFlagCompletionFunc("filter", completeFilter) // fails only for a flag that does not exist
	cmd.Flags().StringVar(&sort, "sort", "", "by this `COLUMN`; with - before it the largest first")
	cmd.Flags().IntVar(&limit, "limit", 0, "at most `N` rows; 0: all")
	if l.campaign {
		cmd.Flags().StringVar(&campaign, "campaign", "", "of this campaign only (`ID`, ours or the vendor's)")
	}
	return cmd
}

// writeAll reads a list into a sink, at most limit rows (0: all).
func writeAll[T any](ctx context.Context, read model.PageReader[T], q model.PageRequest, limit int,
	out model.RowWriter[T]) error {
	written := 0
	q.Limit = min(limit, model.BulkRows)
	err := model.EachRow(ctx, read, q, func(r T) (bool, error) {
		if err := out.Row(r); err != nil {
			return false, fmt.Errorf("write: %w", err)
		}
		written++
		return written != limit, nil
	})
	if err != nil {
		return err
	}
	return out.End()
}

// listCmds are the commands of all lists. Some have subcommands that change what they list.
func (p *program) listCmds() []*cobra.Command {
	changing := map[model.Topic][]*cobra.Command{
		model.TopicBlacklist: p.blacklistCmds(), model.TopicOutbox: {p.resolveCmd()}}
	var all []*cobra.Command
	for _, l := range model.RowLists() {
		cmd := list[any]{string(l.Topic), l.Does, listColumns(l),
			func(d *session) model.PageReader[any] { return l.Reader(d.cache) }, l.Campaign}.cmd(p)
		cmd.AddCommand(changing[l.Topic]...)
		all = append(all, cmd)
	}
	return append(all, list[model.Statistics]{"stats", "Show the totals of campaigns", statisticsColumns(),
		statisticsPages, true}.cmd(p))
}

// statisticsPages returns the statistics of a page of campaigns.
func statisticsPages(d *session) model.PageReader[model.Statistics] {
	return func(ctx context.Context, q model.PageRequest) (model.Page[model.Statistics], error) {
		var page model.Page[model.Statistics]
		if q.Campaign != 0 {
			s, err := d.cache.Statistics(ctx, q.Campaign)
			page.Rows, page.Keys = []model.Statistics{s}, []string{""}
			return page, err
		}
		campaigns, err := model.CampaignRows().Read(ctx, d.cache, q)
		if err != nil {
			return page, err
		}
		page.Keys, page.More = campaigns.Keys, campaigns.More
		for _, c := range campaigns.Rows {
			s, err := d.cache.Statistics(ctx, c.ID)
			if err != nil {
				return page, fmt.Errorf("statistics of %s: %w", c.ID, err)
			}
			page.Rows = append(page.Rows, s)
		}
		return page, nil
	}
}

// listColumns returns the columns of a list.
func listColumns[T any](l model.RowList[T]) []column[T] { return columnsOf(l.Fields(), l.Widths) }

// columnsOf gives fields their width in tables; fields without one are left out of tables.
func columnsOf[T any](fields []model.RowField[T], widths map[string]int) []column[T] {
	columns := make([]column[T], len(fields))
	for i, f := range fields {
		columns[i] = column[T]{f.Name, f.Value, widths[f.Name]}
	}
	return columns
}

func statisticsColumns() []column[model.Statistics] {
	return columnsOf(model.StatisticsFields(), map[string]int{
		"account": 12, "campaign": 8, "campaign_name": 20, "sent": 8, "delivered": 9, "read": 8, "clicked": 8,
		"undelivered": 11,
		"failed":      8, "expired": 8, "unknown": 8, "replies": 8, "opt_outs": 8, "cost": 10, "currency": 8,
		"as_of": 16})
}

// listsCmd lists the lists of people stored at vendors.
func (p *program) listsCmd() *cobra.Command {
	return &cobra.Command{
		Use: "lists", Short: "List the lists, address books and groups kept at the vendors", Args: noArgs,
		Long: `Lists the subscriber lists, address books, groups and contact lists of the accounts, as the last
sync read them: what list or contact_list of a campaign may name. people is null where the
vendor does not tell.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error {
			all, err := d.cache.Lists(ctx, "")
			if err != nil {
				return err
			}
			return writeRows(p, d, vendorListColumns(), all, func(l model.List) string { return l.Account })
		}),
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

// templatesCmd lists the known message templates.
func (p *program) templatesCmd() *cobra.Command {
	return &cobra.Command{
		Use: "templates", Short: "List the message templates that are known", Args: noArgs,
		Long: `Lists the templates that the accounts name as [[account.template]] and those that campaigns were sent
with, each with its last use and what the vendor said of it last: used, refused (with the reason), or not used yet.
No vendor has a method that lists its Viber templates.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error {
			var all []namedTemplate
			for _, a := range d.config.Accounts {
				known, err := d.cache.KnownValues(ctx, a.Name)
				if err != nil {
					return err
				}
				templates, err := a.KnownTemplates(ctx, d.cache, known.Templates)
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
		}),
	}
}

// balanceCmd lists the remaining balances of the accounts.
func (p *program) balanceCmd() *cobra.Command {
	return &cobra.Command{
		Use: "balance", Short: "List the money left in the accounts", Args: noArgs,
		Long: `Lists the money left in each account as the last sync read it. name is null for the main balance,
and viber for one of its own at sms.by.`,
		RunE: p.onCache(func(ctx context.Context, d *session, _ []string) error {
			overview, err := d.cache.Overview(ctx, d.operator)
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
		}),
	}
}

// writeRows writes the rows of the named accounts, of all if none is named.
func writeRows[T any](p *program, d *session, columns []column[T], rows []T, account func(T) string) error {
	named := slices.DeleteFunc(slices.Clone(rows), func(r T) bool { return !p.concerns(account(r)) })
	return printRows(p, columns, d.config.Location(), named...)
}
