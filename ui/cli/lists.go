package cli

import (
	"context"
	"fmt"
	"time"

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
	pages       func(d *desk) fetch[T]
	campaign    bool // takes --campaign
}

func (l list[T]) cmd(p *program) *cobra.Command {
	var expr, campaign string
	var limit int
	cmd := &cobra.Command{
		Use: l.name, Short: l.short, Args: cobra.NoArgs,
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
	cmd.Flags().IntVar(&limit, "limit", 0, "at most `N` rows; 0: all")
	if l.campaign {
		cmd.Flags().StringVar(&campaign, "campaign", "", "of this campaign only (`ID`, ours or the vendor's)")
	}
	return cmd
}

// writeAll reads a list page by page into a sink, at most limit rows (0: all).
func writeAll[T any](ctx context.Context, read fetch[T], q model.PageRequest, limit int, out sink[T]) error {
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
			if err := out.row(r); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		left -= len(page.Rows)
		if !page.More || len(page.Rows) == 0 || limit > 0 && left <= 0 {
			return out.end()
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

func (p *program) listCmds() []*cobra.Command {
	return []*cobra.Command{
		list[model.Campaign]{"campaigns", "List campaigns, the newest first", campaignColumns(),
			func(d *desk) fetch[model.Campaign] { return d.cache.Campaigns }, false}.cmd(p),
		list[model.Recipient]{"recipients", "List the people of campaigns with their delivery statuses", recipientColumns(),
			func(d *desk) fetch[model.Recipient] { return d.cache.Recipients }, true}.cmd(p),
		list[model.Reply]{"replies", "List incoming replies, the oldest first", replyColumns(),
			func(d *desk) fetch[model.Reply] { return d.cache.Replies }, true}.cmd(p),
		list[model.Sender]{"senders", "List senders and what the vendor allows them", senderColumns(),
			func(d *desk) fetch[model.Sender] { return d.cache.Senders }, false}.cmd(p),
		list[model.Statistics]{"stats", "Show the totals of campaigns", statisticsColumns(), statisticsPages, true}.cmd(p),
		list[model.LogEntry]{"log", "List requests to the vendors, the newest first", logColumns(),
			func(d *desk) fetch[model.LogEntry] { return d.cache.Log }, false}.cmd(p),
	}
}

// statisticsPages gives the statistics of a page of campaigns.
func statisticsPages(d *desk) fetch[model.Statistics] {
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

func campaignColumns() []column[model.Campaign] {
	return []column[model.Campaign]{
		{"account", func(c model.Campaign) any { return c.Account }, 12},
		{"vendor", func(c model.Campaign) any { return string(c.Vendor) }, 0},
		{"id", func(c model.Campaign) any { return c.ID.String() }, 6},
		{"vendor_id", func(c model.Campaign) any { return text(c.VendorID) }, 0},
		{"name", func(c model.Campaign) any { return c.Name }, 32},
		{"state", func(c model.Campaign) any { return string(c.State) }, 12},
		{"vendor_state", func(c model.Campaign) any { return text(c.VendorState) }, 0},
		{"kind", func(c model.Campaign) any { return text(string(c.Kind())) }, 0},
		{"text", func(c model.Campaign) any { return text(c.Message.Text) }, 0},
		{"sender", func(c model.Campaign) any { return text(firstOf(c.SenderName, c.Sender)) }, 12},
		{"created_at", func(c model.Campaign) any { return c.CreatedAt }, 0},
		{"send_at", func(c model.Campaign) any { return c.SendAt }, 16},
		{"recipients", func(c model.Campaign) any { return c.Totals.Recipients }, 10},
		{"sent", func(c model.Campaign) any { return c.Totals.Sent }, 8},
		{"delivered", func(c model.Campaign) any { return c.Totals.Delivered }, 9},
		{"read", func(c model.Campaign) any { return c.Totals.Read }, 8},
		{"clicked", func(c model.Campaign) any { return c.Totals.Clicked }, 0},
		{"undelivered", func(c model.Campaign) any { return c.Totals.Undelivered }, 0},
		{"failed", func(c model.Campaign) any { return c.Totals.Failed }, 8},
		{"unknown", func(c model.Campaign) any { return c.Totals.Unknown }, 0},
		{"cost", func(c model.Campaign) any { return c.Cost.Decimal() }, 0},
		{"currency", func(c model.Campaign) any { return text(c.Cost.Currency) }, 0},
		{"as_of", func(c model.Campaign) any { return c.AsOf }, 16},
	}
}

func recipientColumns() []column[model.Recipient] {
	return []column[model.Recipient]{
		{"account", func(r model.Recipient) any { return r.Account }, 12},
		{"campaign", func(r model.Recipient) any { return r.Campaign.String() }, 8},
		{"contact", func(r model.Recipient) any { return text(r.Contact) }, 0},
		{"phone", func(r model.Recipient) any { return text(r.Phone.String()) }, 16},
		{"status", func(r model.Recipient) any { return r.Status.String() }, 12},
		{"vendor_status", func(r model.Recipient) any { return text(r.VendorStatus) }, 20},
		{"reason", func(r model.Recipient) any { return text(r.Reason) }, 30},
		{"price", func(r model.Recipient) any { return r.Price.Decimal() }, 8},
		{"currency", func(r model.Recipient) any { return text(r.Price.Currency) }, 8},
		{"updated_at", func(r model.Recipient) any { return r.UpdatedAt }, 16},
	}
}

func replyColumns() []column[model.Reply] {
	return []column[model.Reply]{
		{"account", func(r model.Reply) any { return r.Account }, 12},
		{"id", func(r model.Reply) any { return r.ID.String() }, 6},
		{"vendor_id", func(r model.Reply) any { return text(r.VendorID) }, 0},
		{"campaign", func(r model.Reply) any { return text(r.Campaign.String()) }, 8},
		{"phone", func(r model.Reply) any { return text(r.Phone.String()) }, 16},
		{"text", func(r model.Reply) any { return r.Text }, 48},
		{"received_at", func(r model.Reply) any { return r.ReceivedAt }, 16},
		{"state", func(r model.Reply) any { return string(r.State) }, 8},
		{"unread", func(r model.Reply) any { return r.Unread }, 6},
		{"claimed_by", func(r model.Reply) any { return text(r.ClaimedBy) }, 10},
		{"opt_out", func(r model.Reply) any { return text(r.OptOut) }, 12},
		{"labels", func(r model.Reply) any { return r.Labels }, 12},
	}
}

func senderColumns() []column[model.Sender] {
	return []column[model.Sender]{
		{"account", func(s model.Sender) any { return s.Account }, 12},
		{"id", func(s model.Sender) any { return s.ID }, 8},
		{"name", func(s model.Sender) any { return s.Name }, 20},
		{"state", func(s model.Sender) any { return string(s.State) }, 10},
		{"vendor_state", func(s model.Sender) any { return text(s.VendorState) }, 12},
		{"country", func(s model.Sender) any { return text(s.Country) }, 12},
		{"comment", func(s model.Sender) any { return text(s.Comment) }, 48},
	}
}

func blacklistColumns() []column[model.BlacklistEntry] {
	return []column[model.BlacklistEntry]{
		{"phone", func(b model.BlacklistEntry) any { return text(b.Phone.String()) }, 16},
		{"accounts", func(b model.BlacklistEntry) any { return b.Accounts }, 20},
		{"reason", func(b model.BlacklistEntry) any { return text(b.Reason) }, 30},
		{"added_by", func(b model.BlacklistEntry) any { return text(b.AddedBy) }, 12},
		{"added_at", func(b model.BlacklistEntry) any { return b.AddedAt }, 16},
		{"source", func(b model.BlacklistEntry) any { return string(b.Source) }, 10},
	}
}

func statisticsColumns() []column[model.Statistics] {
	return []column[model.Statistics]{
		{"account", func(s model.Statistics) any { return s.Account }, 12},
		{"campaign", func(s model.Statistics) any { return s.Campaign.String() }, 8},
		{"sent", func(s model.Statistics) any { return s.Totals.Sent }, 8},
		{"delivered", func(s model.Statistics) any { return s.Totals.Delivered }, 9},
		{"read", func(s model.Statistics) any { return s.Totals.Read }, 8},
		{"clicked", func(s model.Statistics) any { return s.Totals.Clicked }, 8},
		{"undelivered", func(s model.Statistics) any { return s.Totals.Undelivered }, 11},
		{"failed", func(s model.Statistics) any { return s.Totals.Failed }, 8},
		{"expired", func(s model.Statistics) any { return s.Totals.Expired }, 8},
		{"unknown", func(s model.Statistics) any { return s.Totals.Unknown }, 8},
		{"replies", func(s model.Statistics) any { return s.Totals.Replies }, 8},
		{"opt_outs", func(s model.Statistics) any { return s.Totals.OptOuts }, 8},
		{"cost", func(s model.Statistics) any { return s.Cost.Decimal() }, 10},
		{"currency", func(s model.Statistics) any { return text(s.Cost.Currency) }, 8},
		{"as_of", func(s model.Statistics) any { return s.AsOf }, 16},
	}
}

func outboxColumns() []column[model.OutboxRow] {
	return []column[model.OutboxRow]{
		{"campaign", func(o model.OutboxRow) any { return text(o.Campaign.String()) }, 8},
		{"batch", func(o model.OutboxRow) any { return text(o.Batch.String()) }, 8},
		{"account", func(o model.OutboxRow) any { return o.Account }, 12},
		{"state", func(o model.OutboxRow) any { return string(o.State) }, 9},
		{"recipients", func(o model.OutboxRow) any { return o.Recipients }, 10},
		{"attempt", func(o model.OutboxRow) any { return text(o.Attempt) }, 0},
		{"claimed_at", func(o model.OutboxRow) any { return o.ClaimedAt }, 16},
		{"error", func(o model.OutboxRow) any { return text(o.Error) }, 60},
	}
}

func logColumns() []column[model.LogEntry] {
	return []column[model.LogEntry]{
		{"at", func(l model.LogEntry) any { return l.At }, 16},
		{"account", func(l model.LogEntry) any { return l.Account }, 12},
		{"method", func(l model.LogEntry) any { return l.Method }, 30},
		{"status", func(l model.LogEntry) any {
			if l.Status == 0 {
				return nil
			}
			return int64(l.Status)
		}, 6},
		{"duration_ms", func(l model.LogEntry) any { return int64(l.Duration / time.Millisecond) }, 11},
		{"try", func(l model.LogEntry) any { return int64(l.Try) }, 3},
		{"result", func(l model.LogEntry) any { return text(l.Result) }, 60},
		{"bytes", func(l model.LogEntry) any { return l.Bytes }, 8},
	}
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
