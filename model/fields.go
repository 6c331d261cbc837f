package model

import (
	"cmp"
	"time"
)

// RowField is one field of a list in the form for other programs: its name in JSON and CSV and its
// value.
type RowField[T any] struct {
	Name string
	// Value returns a string, *string, int64, bool, []string, time.Time, Figure, or nil if unknown.
	Value func(T) any
}

// known returns a string value, nil if empty: what a vendor did not report is unknown.
func known(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// CampaignRows is the list of campaigns.
func CampaignRows() RowList[Campaign] {
	return RowList[Campaign]{Topic: TopicCampaigns, Does: "List campaigns, the newest first",
		Fields: CampaignFields, Widths: map[string]int{
			"account": 12, "id": 6, "name": 32, "state": 12, "sender": 12, "send_at": 16, "recipients": 10,
			"sent": 8, "delivered": 9, "read": 8, "failed": 8, "as_of": 16}}
}

// CampaignFields are the fields of the list of campaigns, in the order in which they are written.
func CampaignFields() []RowField[Campaign] {
	return []RowField[Campaign]{
		{"account", func(c Campaign) any { return c.Account }},
		{"vendor", func(c Campaign) any { return string(c.Vendor) }},
		{"id", func(c Campaign) any { return known(c.ID.String()) }},
		{"vendor_id", func(c Campaign) any { return known(c.VendorID) }},
		{"name", func(c Campaign) any { return known(c.Name) }},
		{"state", func(c Campaign) any { return string(c.State) }},
		{"vendor_state", func(c Campaign) any { return known(c.VendorState) }},
		{"kind", func(c Campaign) any { return known(string(c.Kind())) }},
		{"text", func(c Campaign) any { return known(c.Message.Text) }},
		{"sender", func(c Campaign) any { return known(cmp.Or(c.SenderName, c.Sender)) }},
		{"created_at", func(c Campaign) any { return c.CreatedAt }},
		{"send_at", func(c Campaign) any { return c.SendAt }},
		{"recipients", func(c Campaign) any { return c.Totals.Recipients }},
		{"sent", func(c Campaign) any { return c.Totals.Sent }},
		{"delivered", func(c Campaign) any { return c.Totals.Delivered }},
		{"read", func(c Campaign) any { return c.Totals.Read }},
		{"clicked", func(c Campaign) any { return c.Totals.Clicked }},
		{"undelivered", func(c Campaign) any { return c.Totals.Undelivered }},
		{"failed", func(c Campaign) any { return c.Totals.Failed }},
		{"unknown", func(c Campaign) any { return c.Totals.Unknown }},
		{"cost", func(c Campaign) any { return c.Cost.Decimal() }},
		{"currency", func(c Campaign) any { return known(c.Cost.Currency) }},
		{"as_of", func(c Campaign) any { return c.AsOf }},
		{"class", func(c Campaign) any { return known(string(c.Class)) }},
		{"image_url", func(c Campaign) any { return known(c.Message.ImageURL) }},
		{"button_caption", func(c Campaign) any { return known(c.Message.Button.Caption) }},
		{"button_url", func(c Campaign) any { return known(c.Message.Button.URL) }},
		{"template", func(c Campaign) any { return known(c.Message.Template) }},
		{"list", func(c Campaign) any { return known(c.List) }},
		{"lifetime", func(c Campaign) any { return knownSpan(c.Lifetime) }},
		{"stretch", func(c Campaign) any { return knownSpan(c.Stretch) }},
		{"sms_text", func(c Campaign) any { return known(c.Fallback.Text) }},
		{"sms_sender", func(c Campaign) any { return known(c.Fallback.Sender) }},
		{"sms_after", func(c Campaign) any { return knownSpan(c.Fallback.After) }},
		{"options", func(c Campaign) any { return c.Details().lines() }},
		{"told", func(c Campaign) any {
			lines := make([]string, len(c.Facts))
			for i, t := range c.Facts {
				lines[i] = string(t.Name) + ": " + t.Value
			}
			return lines
		}},
	}
}

// knownSpan returns a duration, nil if there is none.
func knownSpan(d time.Duration) any {
	if d == 0 {
		return nil
	}
	return d.String()
}

// RecipientRows is the list of people of campaigns.
func RecipientRows() RowList[Recipient] {
	return RowList[Recipient]{Topic: TopicRecipients, Does: "List the people of campaigns with their delivery statuses",
		Campaign: true, Fields: RecipientFields, Widths: map[string]int{
			"account": 12, "campaign": 8, "campaign_name": 20, "contact": 20, "phone": 16, "status": 12,
			"vendor_status": 20, "reason": 30, "price": 8, "currency": 8, "updated_at": 16}}
}

// RecipientFields are the fields of the list of people, in the order in which they are written.
func RecipientFields() []RowField[Recipient] {
	return []RowField[Recipient]{
		{"account", func(r Recipient) any { return r.Account }},
		{"campaign", func(r Recipient) any { return known(r.Campaign.String()) }},
		{"contact", func(r Recipient) any { return known(r.Contact) }},
		{"phone", func(r Recipient) any { return known(r.Phone.String()) }},
		{"status", func(r Recipient) any { return r.Status.String() }},
		{"vendor_status", func(r Recipient) any { return known(r.VendorStatus) }},
		{"reason", func(r Recipient) any { return known(r.Reason.String()) }},
		{"price", func(r Recipient) any { return r.Price.Decimal() }},
		{"currency", func(r Recipient) any { return known(r.Price.Currency) }},
		{"updated_at", func(r Recipient) any { return r.UpdatedAt }},
		{"message_id", func(r Recipient) any { return known(r.VendorID) }},
		{"campaign_name", func(r Recipient) any { return known(r.CampaignName) }},
		{"list", func(r Recipient) any { return known(r.List) }},
	}
}

// ReplyRows is the list of replies.
func ReplyRows() RowList[Reply] {
	return RowList[Reply]{Topic: TopicReplies, Does: "List incoming replies, the oldest first",
		Campaign: true, Fields: ReplyFields, Widths: map[string]int{
			"account": 12, "id": 6, "campaign": 8, "phone": 16, "text": 48, "received_at": 16, "state": 8,
			"unread": 6, "claimed_by": 10, "opt_out": 12, "labels": 12}}
}

// ReplyFields are the fields of the list of replies, in the order in which they are written.
func ReplyFields() []RowField[Reply] {
	return []RowField[Reply]{
		{"account", func(r Reply) any { return r.Account }},
		{"id", func(r Reply) any { return r.ID.String() }},
		{"vendor_id", func(r Reply) any { return known(r.VendorID) }},
		{"campaign", func(r Reply) any { return known(r.Campaign.String()) }},
		{"phone", func(r Reply) any { return known(r.Phone.String()) }},
		{"text", func(r Reply) any { return r.Text }},
		{"received_at", func(r Reply) any { return r.ReceivedAt }},
		{"state", func(r Reply) any { return string(r.State) }},
		{"unread", func(r Reply) any { return r.Unread }},
		{"claimed_by", func(r Reply) any { return known(r.ClaimedBy) }},
		{"opt_out", func(r Reply) any { return known(r.OptOut) }},
		{"labels", func(r Reply) any { return r.Labels }},
		{"campaign_name", func(r Reply) any { return known(r.CampaignName) }},
	}
}

// SenderRows is the list of senders.
func SenderRows() RowList[Sender] {
	return RowList[Sender]{Topic: TopicSenders, Does: "List senders and what the vendor allows them",
		Fields: SenderFields, Widths: map[string]int{
			"account": 12, "id": 8, "name": 20, "state": 10, "vendor_state": 12, "country": 12, "comment": 48, "traffic": 24}}
}

// SenderFields are the fields of the list of senders, in the order in which they are written.
func SenderFields() []RowField[Sender] {
	return []RowField[Sender]{
		{"account", func(s Sender) any { return s.Account }},
		{"id", func(s Sender) any { return s.ID }},
		{"name", func(s Sender) any { return s.Name }},
		{"state", func(s Sender) any { return string(s.State) }},
		{"vendor_state", func(s Sender) any { return known(s.VendorState) }},
		{"country", func(s Sender) any { return known(s.Country) }},
		{"comment", func(s Sender) any { return known(s.Comment) }},
		{"traffic", func(s Sender) any { return known(s.Traffic) }},
	}
}

// BlacklistRows is the list of who must not be written to.
func BlacklistRows() RowList[BlacklistEntry] {
	return RowList[BlacklistEntry]{Topic: TopicBlacklist, Does: "List who must not be written to, and change it",
		Fields: BlacklistFields, Widths: map[string]int{
			"phone": 16, "contact": 20, "accounts": 20, "reason": 30, "added_by": 12, "added_at": 16,
			"source": 10, "only": 12}}
}

// BlacklistFields are the fields of the blacklist, in the order in which they are written.
func BlacklistFields() []RowField[BlacklistEntry] {
	return []RowField[BlacklistEntry]{
		{"phone", func(b BlacklistEntry) any { return known(b.Phone.String()) }},
		{"accounts", func(b BlacklistEntry) any { return b.Accounts }},
		{"reason", func(b BlacklistEntry) any { return known(b.Reason.String()) }},
		{"added_by", func(b BlacklistEntry) any { return known(b.AddedBy) }},
		{"added_at", func(b BlacklistEntry) any { return b.AddedAt }},
		{"source", func(b BlacklistEntry) any { return string(b.Source) }},
		{"contact", func(b BlacklistEntry) any { return known(b.Contact) }},
		{"only", func(b BlacklistEntry) any { return b.Only }},
		{"to_block", func(b BlacklistEntry) any { return b.Pending }},
		{"to_free", func(b BlacklistEntry) any { return b.Freeing }},
		{"wants_back", func(b BlacklistEntry) any {
			if b.Back == nil {
				return nil
			}
			return b.Back.Words
		}},
		{"wants_back_at", func(b BlacklistEntry) any {
			if b.Back == nil {
				return nil
			}
			return b.Back.At
		}},
	}
}

// StatisticsFields are the fields of statistics, in the order in which they are written.
func StatisticsFields() []RowField[Statistics] {
	return []RowField[Statistics]{
		{"account", func(s Statistics) any { return s.Account }},
		{"campaign", func(s Statistics) any { return s.Campaign.String() }},
		{"sent", func(s Statistics) any { return s.Totals.Sent }},
		{"delivered", func(s Statistics) any { return s.Totals.Delivered }},
		{"read", func(s Statistics) any { return s.Totals.Read }},
		{"clicked", func(s Statistics) any { return s.Totals.Clicked }},
		{"undelivered", func(s Statistics) any { return s.Totals.Undelivered }},
		{"failed", func(s Statistics) any { return s.Totals.Failed }},
		{"expired", func(s Statistics) any { return s.Totals.Expired }},
		{"unknown", func(s Statistics) any { return s.Totals.Unknown }},
		{"replies", func(s Statistics) any { return s.Totals.Replies }},
		{"opt_outs", func(s Statistics) any { return s.Totals.OptOuts }},
		{"cost", func(s Statistics) any { return s.Cost.Decimal() }},
		{"currency", func(s Statistics) any { return known(s.Cost.Currency) }},
		{"as_of", func(s Statistics) any { return s.AsOf }},
		{"campaign_name", func(s Statistics) any { return known(s.CampaignName) }},
		{"expected", func(s Statistics) any { return s.Expected.Decimal() }},
		{"reported", func(s Statistics) any { return s.Reported.Decimal() }},
		{"difference", func(s Statistics) any { return Difference(s.Expected, s.Cost).Decimal() }},
	}
}

// OutboxRows is the list of what waits to leave or is under way.
func OutboxRows() RowList[OutboxRow] {
	return RowList[OutboxRow]{Topic: TopicOutbox, Does: "List what waits, is under way or is unknown",
		Campaign: true, Fields: OutboxFields, Widths: map[string]int{
			"campaign": 8, "batch": 8, "account": 12, "state": 9, "recipients": 10, "claimed_at": 16,
			"error": 60, "asked_until": 16}}
}

// OutboxFields are the fields of the outbox, in the order in which they are written.
func OutboxFields() []RowField[OutboxRow] {
	return []RowField[OutboxRow]{
		{"campaign", func(o OutboxRow) any { return known(o.Campaign.String()) }},
		{"batch", func(o OutboxRow) any { return known(o.Batch.String()) }},
		{"account", func(o OutboxRow) any { return o.Account }},
		{"state", func(o OutboxRow) any { return string(o.State) }},
		{"recipients", func(o OutboxRow) any { return o.Recipients }},
		{"attempt", func(o OutboxRow) any { return known(o.Attempt) }},
		{"claimed_at", func(o OutboxRow) any { return o.ClaimedAt }},
		{"error", func(o OutboxRow) any { return known(o.Error.String()) }},
		{"campaign_name", func(o OutboxRow) any { return known(o.CampaignName) }},
		{"asked_until", func(o OutboxRow) any { return o.AskedUntil }},
		{"evidence", func(o OutboxRow) any { return known(o.Evidence.String()) }},
	}
}

// LogRows is the list of requests to vendors.
func LogRows() RowList[LogEntry] {
	return RowList[LogEntry]{Topic: TopicLog, Does: "List requests to the vendors, the newest first",
		Fields: LogFields, Widths: map[string]int{
			"at": 16, "account": 12, "method": 30, "status": 6, "duration_ms": 11, "try": 3, "result": 60,
			"bytes": 8}}
}

// LogFields are the fields of the request log, in the order in which they are written.
func LogFields() []RowField[LogEntry] {
	return []RowField[LogEntry]{
		{"at", func(l LogEntry) any { return l.At }},
		{"account", func(l LogEntry) any { return l.Account }},
		{"method", func(l LogEntry) any { return l.Method }},
		{"status", func(l LogEntry) any {
			if l.Status == 0 {
				return nil
			}
			return int64(l.Status)
		}},
		{"duration_ms", func(l LogEntry) any { return int64(l.Duration / time.Millisecond) }},
		{"try", func(l LogEntry) any { return int64(l.Try) }},
		{"result", func(l LogEntry) any { return known(l.Result.String()) }},
		{"bytes", func(l LogEntry) any { return l.Bytes }},
	}
}

// ActivityFields are the fields of the activity log, in the order in which they are written.
func ActivityFields() []RowField[Activity] {
	return []RowField[Activity]{
		{"line", func(a Activity) any { return a.Line }},
		{"at", func(a Activity) any { return a.At }},
		{"operator", func(a Activity) any { return known(a.Operator) }},
		{"action", func(a Activity) any { return a.Action }},
		{"account", func(a Activity) any { return known(a.Account) }},
		{"campaign", func(a Activity) any { return known(a.Campaign.String()) }},
		{"campaign_name", func(a Activity) any { return known(a.CampaignName) }},
		{"detail", func(a Activity) any { return known(a.Detail.String()) }},
		{"seal", func(a Activity) any { return known(a.Seal) }},
		{"key", func(a Activity) any { return known(a.Key) }},
		{"address", func(a Activity) any { return known(a.Address) }},
	}
}
