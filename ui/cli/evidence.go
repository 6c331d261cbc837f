package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// evidenceVersion is the version of the file's form.
const evidenceVersion = 1

// evidenceCmd writes all that is known of one campaign into one file, and reads such a file.
func (p *program) evidenceCmd() *cobra.Command {
	var phones, read bool
	cmd := &cobra.Command{
		Use: "evidence ID FILE | --read FILE", Short: "Write all that is known of a campaign into one file",
		Args: func(cmd *cobra.Command, args []string) error {
			if read {
				return exactArgs(1)(cmd, args)
			}
			return exactArgs(2)(cmd, args)
		},
		Long: `Writes the plan, the confirmation, the calls with their outcomes, the requests of that time, the status of
each person and who did what into FILE (- writes to standard output): one JSON object a line, in the order of
a reading, the last one with a digest of all before. No secret is in it; phones are hidden as +375*****13
unless --phones is given. --read says what such a file holds and whether it is as it was written.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if read {
				return p.readEvidence(args[0])
			}
			return p.onCampaign(cmd.Context(), args[0], func(d *session, c model.Campaign) error {
				return p.writeEvidence(cmd.Context(), d, c, args[1], phones)
			})
		},
	}
	cmd.Flags().BoolVar(&phones, "phones", false, "write phones and contacts as they are")
	cmd.Flags().BoolVar(&read, "read", false, "say what is in such a FILE, and whether it was changed")
	return cmd
}

// writeEvidence writes the file, or nothing.
func (p *program) writeEvidence(ctx context.Context, d *session, c model.Campaign, path string, phones bool) error {
	if path == "-" {
		return p.evidence(ctx, d, c, p.Out, phones)
	}
	if err := p.mayOpen(path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return usage("%s exists already and was left as it is", path)
	}
	if err != nil {
		return usage("evidence: %w", err)
	}
	err = errors.Join(p.evidence(ctx, d, c, file, phones), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	p.note("%s was written; only you can read it", path)
	return nil
}

// bundle writes the lines of the file.
type bundle struct {
	out     io.Writer
	sum     hash.Hash
	lines   int64
	phones  bool
	country string
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

// harmless hides phones and contacts, unless they are wanted. Ids and times hold none.
func (b *bundle) harmless(name string, v any) any {
	if _, isTime := v.(time.Time); isTime || b.phones || slices.Contains([]string{"id", "vendor_id", "batch", "attempt",
		"campaign", "message_id", "seal"}, name) {
		return model.Plain(v)
	}
	switch v := model.Plain(v).(type) {
	case string:
		if name == "contact" && v != "" {
			return string([]rune(v)[:1]) + "***"
		}
		return model.MaskPhones(v, b.country)
	case []string:
		hidden := make([]string, len(v))
		for i, s := range v {
			hidden[i] = model.MaskPhones(s, b.country)
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

// evidence writes everything.
func (p *program) evidence(ctx context.Context, d *session, c model.Campaign, out io.Writer, phones bool) error {
	b := &bundle{out: out, sum: sha256.New(), phones: phones, country: d.config.DefaultCountry}
	err := b.line("evidence", field("version", int64(evidenceVersion)), field("program", p.Version),
		field("made_at", p.now()), field("made_by", d.operator), field("phones_shown", phones))
	if err == nil {
		// The options stand in the plan, of secret addresses the host only.
		fields := slices.DeleteFunc(model.CampaignFields(),
			func(f model.RowField[model.Campaign]) bool { return f.Name == "options" })
		err = row(b, "campaign", fields, c)
	}
	if err == nil {
		err = b.line("plan", planFields(c)...)
	}
	from, to := c.CreatedAt, c.AsOf
	if err == nil {
		err = each(ctx, d.cache.Outbox, model.PageRequest{Campaign: c.ID}, func(o model.OutboxRow) (bool, error) {
			if o.ClaimedAt.After(to) {
				to = o.ClaimedAt
			}
			return true, row(b, "call", append(model.OutboxFields(),
				model.RowField[model.OutboxRow]{Name: "evidence",
					Value: func(o model.OutboxRow) any { return text(o.Evidence.String()) }},
				model.RowField[model.OutboxRow]{Name: "resolved_by",
					Value: func(o model.OutboxRow) any { return text(o.ResolvedBy) }},
				model.RowField[model.OutboxRow]{Name: "resolved_at",
					Value: func(o model.OutboxRow) any { return o.ResolvedAt }}), o)
		})
	}
	if err == nil {
		err = p.requests(ctx, d, b, c.Account, from, to.Add(time.Minute))
	}
	if err == nil {
		err = each(ctx, d.cache.Recipients, model.PageRequest{Campaign: c.ID}, func(r model.Recipient) (bool, error) {
			return true, row(b, "person", model.RecipientFields(), r)
		})
	}
	if err == nil {
		err = each(ctx, d.cache.Activity, model.PageRequest{Campaign: c.ID}, func(a model.Activity) (bool, error) {
			return true, row(b, "activity", model.ActivityFields(), a)
		})
	}
	if err != nil {
		return err
	}
	digest := hex.EncodeToString(b.sum.Sum(nil))
	return b.line("end", field("lines", b.lines), field("sha256", digest))
}

// each reads a list row by row, until there are no more or one says that it is enough.
func each[T any](ctx context.Context, read fetch[T], q model.PageRequest, do func(T) (more bool, err error)) error {
	for q.Limit = pageSize; ; {
		page, err := read(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if more, err := do(r); err != nil || !more {
				return err
			}
		}
		if !page.More || len(page.Keys) == 0 {
			return nil
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

// requests writes the requests to the account's vendor from when the campaign was made to when it
// was heard of last.
func (p *program) requests(ctx context.Context, d *session, b *bundle, account string, from, to time.Time) error {
	only, err := model.ParseFilter("account:"+account, p.now(), d.config.Location())
	if err != nil {
		return err
	}
	return each(ctx, d.cache.Log, model.PageRequest{Filter: only}, func(l model.LogEntry) (bool, error) {
		if l.At.After(to) {
			return true, nil
		}
		if l.At.Before(from) {
			return false, nil
		}
		return true, row(b, "request", model.LogFields(), l)
	})
}

// planFields are what was to be sent, as it was confirmed. Of the addresses at which vendors report
// only the host is written: the rest is a secret.
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
