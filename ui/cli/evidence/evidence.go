// Package evidence writes everything known about one campaign to one file, and reads such a file:
// one JSON object per line, in reading order, the last one with a digest of all lines before it.
package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"net/url"
	"slices"
	"time"

	"viberdeck/model"
)

// version is the version of the file format.
const version = 1

// Cache is the source of the file's contents.
type Cache interface {
	model.ListReader
	Activity(ctx context.Context, q model.PageRequest) (model.Page[model.Activity], error)
}

// Made says who makes a file, when, with which version of the program, and what it shows.
type Made struct {
	By, Program string
	At          time.Time
	Phones      bool   // in full; otherwise hidden
	Country     string // for phones without a country code
	Zone        *time.Location
}

// bundle writes the lines of the file.
type bundle struct {
	Made
	cache Cache
	out   io.Writer
	sum   hash.Hash
	lines int64
}

// line writes an object; kind says what it is.
func (b *bundle) line(kind string, fields ...model.RowField[struct{}]) error {
	object := []byte(fmt.Sprintf(`{"record":%q`, kind))
	for _, f := range fields {
		value, err := json.Marshal(b.harmless(f.Name, f.Value(struct{}{})))
		if err != nil {
			return fmt.Errorf("evidence: %w", err)
		}
		object = append(append(object, fmt.Sprintf(",%q:", f.Name)...), value...)
	}
	object = append(object, '}', '\n')
	b.lines++
	_, _ = b.sum.Write(object)
	if _, err := b.out.Write(object); err != nil {
		return fmt.Errorf("evidence: %w", err)
	}
	return nil
}

// harmless hides phones and contacts, unless they are to be shown. Ids and times contain none.
func (b *bundle) harmless(name string, v any) any {
	if _, isTime := v.(time.Time); isTime || b.Phones || slices.Contains([]string{"id", "vendor_id", "batch", "attempt",
		"campaign", "message_id", "seal", "sha256"}, name) {
		return model.Plain(v)
	}
	switch v := model.Plain(v).(type) {
	case string:
		if name == "contact" && v != "" {
			return string([]rune(v)[:1]) + "***"
		}
		return model.MaskPhones(v, b.Country)
	case []string:
		hidden := make([]string, len(v))
		for i, s := range v {
			hidden[i] = model.MaskPhones(s, b.Country)
		}
		return hidden
	default:
		return v
	}
}

// row writes a row of a list.
func row[T any](b *bundle, kind string, fields []model.RowField[T], r T) error {
	bound := make([]model.RowField[struct{}], len(fields))
	for i, f := range fields {
		bound[i] = field(f.Name, f.Value(r))
	}
	return b.line(kind, bound...)
}

func field(name string, value any) model.RowField[struct{}] {
	return model.RowField[struct{}]{Name: name, Value: func(struct{}) any { return value }}
}

// Write writes everything known about the campaign. It contains no secret.
func Write(ctx context.Context, cache Cache, made Made, c model.Campaign, out io.Writer) error {
	b := &bundle{Made: made, cache: cache, out: out, sum: sha256.New()}
	err := b.line("evidence", field("version", int64(version)), field("program", made.Program),
		field("made_at", made.At), field("made_by", made.By), field("phones_shown", made.Phones))
	if err == nil {
		// The options are part of the plan, with only the host of secret addresses.
		fields := slices.DeleteFunc(model.CampaignFields(),
			func(f model.RowField[model.Campaign]) bool { return f.Name == "options" })
		err = row(b, "campaign", fields, c)
	}
	if err == nil {
		err = b.line("plan", planFields(c)...)
	}
	from, to := c.CreatedAt, c.AsOf
	if err == nil {
		err = model.EachRow(ctx, model.OutboxRows().Reader(cache), model.PageRequest{Campaign: c.ID},
			func(o model.OutboxRow) (bool, error) {
				if o.ClaimedAt.After(to) {
					to = o.ClaimedAt
				}
				return true, row(b, "call", append(model.OutboxFields(),
					model.RowField[model.OutboxRow]{Name: "resolved_by",
						Value: func(o model.OutboxRow) any { return text(o.ResolvedBy) }},
					model.RowField[model.OutboxRow]{Name: "resolved_at",
						Value: func(o model.OutboxRow) any { return o.ResolvedAt }}), o)
			})
	}
	if err == nil {
		err = b.requests(ctx, c.Account, from, to.Add(time.Minute))
	}
	if err == nil {
		err = model.EachRow(ctx, model.RecipientRows().Reader(cache), model.PageRequest{Campaign: c.ID},
			func(r model.Recipient) (bool, error) {
				return true, row(b, "person", model.RecipientFields(), r)
			})
	}
	if err == nil {
		err = model.EachRow(ctx, cache.Activity, model.PageRequest{Campaign: c.ID},
			func(a model.Activity) (bool, error) {
				return true, row(b, "activity", model.ActivityFields(), a)
			})
	}
	if err != nil {
		return err
	}
	digest := hex.EncodeToString(b.sum.Sum(nil))
	return b.line("end", field("lines", b.lines), field("sha256", digest))
}

// requests writes the requests to the account's vendor between the creation of the campaign and its
// last news.
func (b *bundle) requests(ctx context.Context, account string, from, to time.Time) error {
	only, err := model.ParseFilter("account:"+account, b.At, b.Zone)
	if err != nil {
		return err
	}
	return model.EachRow(ctx, model.LogRows().Reader(b.cache), model.PageRequest{Filter: only}, func(l model.LogEntry) (bool, error) {
		if l.At.After(to) {
			return true, nil
		}
		if l.At.Before(from) {
			return false, nil
		}
		return true, row(b, "request", model.LogFields(), l)
	})
}

// planFields are what was confirmed for sending. For the addresses to which vendors report, only
// the host is written: the rest is a secret.
func planFields(c model.Campaign) []model.RowField[struct{}] {
	seconds := func(d time.Duration) any {
		if d == 0 {
			return nil
		}
		return int64(d / time.Second)
	}
	fields := []model.RowField[struct{}]{
		field("confirmed_by", text(c.Operator)), field("confirmed_at", c.CreatedAt),
		field("people", c.Totals.Recipients),
		field("list", text(c.List)), field("sender", text(c.Sender)), field("sender_name", text(c.SenderName)),
		field("class", string(c.Class)), field("text", text(c.Message.Text)),
		field("image_url", text(c.Message.ImageURL)), field("button", text(c.Message.Button.Caption)),
		field("button_url", text(c.Message.Button.URL)), field("template", text(c.Message.Template)),
		field("send_at", c.SendAt), field("leave_at", c.LeaveAt), field("lifetime_s", seconds(c.Lifetime)),
		field("stretch_s", seconds(c.Stretch)), field("sms_text", text(c.Fallback.Text)),
		field("sms_sender", text(c.Fallback.Sender)), field("sms_after_s", seconds(c.Fallback.After)),
	}
	for _, detail := range c.Details() {
		value := detail.Value
		if detail.Name == model.DetailCallback || detail.Name == model.DetailInbound {
			value = "?"
			if at, err := url.Parse(detail.Value); err == nil {
				value = at.Host
			}
		}
		fields = append(fields, field(string(detail.Name), value))
	}
	return fields
}

// text returns a string value, nil if empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
