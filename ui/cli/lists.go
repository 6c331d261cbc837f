package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// pageSize is how many rows a list command reads at a time.
const pageSize = 1000

// fetch reads one page of a list.
type fetch[T any] func(ctx context.Context, q model.PageRequest) (model.Page[T], error)

// list is a list command: its flags and how its rows are written.
type list[T any] struct {
	name, short string
	columns     []column[T]
	pages       func(d *session) fetch[T]
	campaign    bool // takes --campaign
}

func (l list[T]) cmd(p *program) *cobra.Command {
	var expr, campaign, sort string
	var limit int
	cmd := &cobra.Command{
		Use: l.name, Short: l.short, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 0 {
				return usage("--limit: %d is not 0 or more", limit)
			}
			d, err := p.open(cmd.Context(), false)
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
	_ = cmd.RegisterFlagCompletionFunc("filter", completeFilter) // fails for a flag that is not there only
	cmd.Flags().StringVar(&sort, "sort", "", "by this `COLUMN`; with - before it the largest first")
	cmd.Flags().IntVar(&limit, "limit", 0, "at most `N` rows; 0: all")
	if l.campaign {
		cmd.Flags().StringVar(&campaign, "campaign", "", "of this campaign only (`ID`, ours or the vendor's)")
	}
	return cmd
}

// writeAll reads a list page by page into a sink, at most limit rows (0: all).
func writeAll[T any](ctx context.Context, read fetch[T], q model.PageRequest, limit int, out model.RowWriter[T]) error {
	left := limit
	for {
		q.Limit = pageSize
		if limit > 0 {
			q.Limit = min(pageSize, left)
		}
		page, err := read(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if err := out.Row(r); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		left -= len(page.Rows)
		if !page.More || len(page.Rows) == 0 || limit > 0 && left <= 0 {
			return out.End()
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

func (p *program) listCmds() []*cobra.Command {
	return []*cobra.Command{
		list[model.Campaign]{"campaigns", "List campaigns, the newest first", campaignColumns(),
			func(d *session) fetch[model.Campaign] { return d.cache.Campaigns }, false}.cmd(p),
		list[model.Recipient]{"recipients", "List the people of campaigns with their delivery statuses",
			recipientColumns(),
			func(d *session) fetch[model.Recipient] { return d.cache.Recipients }, true}.cmd(p),
		list[model.Reply]{"replies", "List incoming replies, the oldest first", replyColumns(),
			func(d *session) fetch[model.Reply] { return d.cache.Replies }, true}.cmd(p),
		list[model.Sender]{"senders", "List senders and what the vendor allows them", senderColumns(),
			func(d *session) fetch[model.Sender] { return d.cache.Senders }, false}.cmd(p),
		list[model.Statistics]{"stats", "Show the totals of campaigns", statisticsColumns(), statisticsPages,
			true}.cmd(p),
		list[model.LogEntry]{"log", "List requests to the vendors, the newest first", logColumns(),
			func(d *session) fetch[model.LogEntry] { return d.cache.Log }, false}.cmd(p),
	}
}

// statisticsPages gives the statistics of a page of campaigns.
func statisticsPages(d *session) fetch[model.Statistics] {
	return func(ctx context.Context, q model.PageRequest) (model.Page[model.Statistics], error) {
		var page model.Page[model.Statistics]
		if q.Campaign != 0 {
			s, err := d.cache.Statistics(ctx, q.Campaign)
			page.Rows, page.Keys = []model.Statistics{s}, []string{""}
			return page, err
		}
		campaigns, err := d.cache.Campaigns(ctx, q)
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

// columnsOf gives fields a width in tables; those without one are left out there.
func columnsOf[T any](fields []model.RowField[T], widths map[string]int) []column[T] {
	columns := make([]column[T], len(fields))
	for i, f := range fields {
		columns[i] = column[T]{f.Name, f.Value, widths[f.Name]}
	}
	return columns
}

func campaignColumns() []column[model.Campaign] {
	return columnsOf(model.CampaignFields(), map[string]int{
		"account": 12, "id": 6, "name": 32, "state": 12, "sender": 12, "send_at": 16, "recipients": 10, "sent": 8,
		"delivered": 9, "read": 8, "failed": 8, "as_of": 16})
}

func recipientColumns() []column[model.Recipient] {
	return columnsOf(model.RecipientFields(), map[string]int{
		"account": 12, "campaign": 8, "campaign_name": 20, "phone": 16, "status": 12, "vendor_status": 20, "reason": 30,
		"price":    8,
		"currency": 8, "updated_at": 16})
}

func replyColumns() []column[model.Reply] {
	return columnsOf(model.ReplyFields(), map[string]int{
		"account": 12, "id": 6, "campaign": 8, "phone": 16, "text": 48, "received_at": 16, "state": 8, "unread": 6,
		"claimed_by": 10, "opt_out": 12, "labels": 12})
}

func senderColumns() []column[model.Sender] {
	return columnsOf(model.SenderFields(), map[string]int{
		"account": 12, "id": 8, "name": 20, "state": 10, "vendor_state": 12, "country": 12, "comment": 48,
		"traffic": 24})
}

func blacklistColumns() []column[model.BlacklistEntry] {
	return columnsOf(model.BlacklistFields(), map[string]int{
		"phone": 16, "accounts": 20, "reason": 30, "added_by": 12, "added_at": 16, "source": 10})
}

func statisticsColumns() []column[model.Statistics] {
	return columnsOf(model.StatisticsFields(), map[string]int{
		"account": 12, "campaign": 8, "campaign_name": 20, "sent": 8, "delivered": 9, "read": 8, "clicked": 8,
		"undelivered": 11,
		"failed":      8, "expired": 8, "unknown": 8, "replies": 8, "opt_outs": 8, "cost": 10, "currency": 8,
		"as_of": 16})
}

func outboxColumns() []column[model.OutboxRow] {
	return columnsOf(model.OutboxFields(), map[string]int{
		"campaign": 8, "batch": 8, "account": 12, "state": 9, "recipients": 10, "claimed_at": 16, "error": 60,
		"asked_until": 16})
}

func logColumns() []column[model.LogEntry] {
	return columnsOf(model.LogFields(), map[string]int{
		"at": 16, "account": 12, "method": 30, "status": 6, "duration_ms": 11, "try": 3, "result": 60, "bytes": 8})
}
