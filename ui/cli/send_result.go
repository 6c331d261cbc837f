package cli

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"viberdeck/model"
)

// sendResult is what send says at its end.
type sendResult struct {
	id       model.CampaignID
	plan     model.Plan
	progress model.Progress
	reasons  []model.ReasonCount // why people were refused, most frequent first
	said     []said              // what is to say of the others
}

// said is what is to say of so many people.
type said struct {
	state  string
	words  model.Text
	people int64
}

// became counts the people who were refused with a status.
func (r sendResult) became(status model.DeliveryStatus) int64 {
	var n int64
	for _, reason := range r.reasons {
		if reason.Status == status {
			n += reason.People
		}
	}
	return n
}

// errors says why people were refused, are unknown or wait, with how many each.
func (r sendResult) errors() []string {
	every := make([]said, 0, len(r.reasons)+len(r.said))
	for _, reason := range r.reasons {
		every = append(every, said{reason.Status.String(), reason.Reason, reason.People})
	}
	all := []string{}
	for _, s := range append(every, r.said...) {
		words := fmt.Sprintf("%d %s", s.people, s.state)
		if !s.words.IsZero() {
			words += ": " + s.words.String()
		}
		all = append(all, words)
	}
	return all
}

func (p *program) writeResult(r sendResult) error {
	if !p.json && !p.csv {
		return nil
	}
	out := newSink(p, slices.Concat([]column[sendResult]{
		{"campaign", func(r sendResult) any { return text(r.id.String()) }, 0},
		{"total", func(r sendResult) any { return r.plan.Total }, 0},
		{"duplicates", func(r sendResult) any { return r.plan.Duplicates }, 0},
		{"invalid", func(r sendResult) any { return r.plan.Invalid }, 0},
		{"suppressed", func(r sendResult) any { return r.plan.Suppressed + r.progress.Suppressed }, 0},
		{"recipients", func(r sendResult) any { return r.plan.Recipients }, 0},
		{"accepted", func(r sendResult) any { return r.progress.Accepted }, 0},
		{"refused", func(r sendResult) any { return r.progress.Refused }, 0},
		{"unknown", func(r sendResult) any { return r.progress.Unknown }, 0},
		{"cost", func(r sendResult) any { return r.progress.Cost.Decimal() }, 0},
		{"currency", func(r sendResult) any {
			return text(cmp.Or(r.progress.Cost.Currency, r.plan.Price.Expected.Currency, r.plan.Price.Each.Currency))
		}, 0},
		{"rejected", func(r sendResult) any { return r.became(model.StatusRejected) }, 0},
		{"no_money", func(r sendResult) any { return r.became(model.StatusNoMoney) }, 0},
		{"waiting", func(r sendResult) any { return r.progress.Waiting }, 0},
		{"errors", func(r sendResult) any { return r.errors() }, 0},
		{"blacklist_in_list", func(r sendResult) any { return r.plan.InList }, 0},
		{"expected", func(r sendResult) any { return r.plan.Price.Expected.Decimal() }, 0},
		{"maximum", func(r sendResult) any { return r.plan.Price.Maximum.Decimal() }, 0},
		{"basis", func(r sendResult) any { return text(r.plan.Price.Basis.String()) }, 0},
		{"balance", func(r sendResult) any { return r.plan.Price.Balance.Amount.Decimal() }, 0},
		{"left", func(r sendResult) any { return r.plan.Price.Left.Decimal() }, 0},
		{"already_today", func(r sendResult) any { return r.plan.Today }, 0},
		{"fallbacks", func(r sendResult) any { return append([]model.FallbackUse{}, r.plan.Fallbacks...) }, 0},
		{"links", func(r sendResult) any { return linkRows(r.plan.Links) }, 0},
		{"encoding", func(r sendResult) any { return text(readBy(r).Encoding) }, 0},
		{"separator", func(r sendResult) any { return text(readBy(r).Separator) }, 0},
		{"phone_columns", func(r sendResult) any { return readBy(r).Recipients }, 0},
		{"skipped_lines", func(r sendResult) any { return int64(len(readBy(r).Skipped)) }, 0},
		{"landlines", func(r sendResult) any { return readBy(r).Landlines }, 0},
		{"example", func(r sendResult) any { return text(r.plan.Example(0)) }, 0},
		{"bad_rows", func(r sendResult) any { return badRows(r.plan.BadRows) }, 0},
		{"repeated", func(r sendResult) any { return r.plan.Overlap }, 0},
		{"repeats", func(r sendResult) any { return repeats(r.plan) }, 0},
	}, messageColumns()), time.UTC)
	if err := out.Row(r); err != nil {
		return err
	}
	return out.End()
}

// messageColumns say what leaves: the same as the confirmation, and as the vendor is told.
func messageColumns() []column[sendResult] {
	of := func(name string, value func(model.Campaign) any) column[sendResult] {
		return column[sendResult]{name, func(r sendResult) any { return value(r.plan.Campaign) }, 0}
	}
	return []column[sendResult]{
		of("account", func(c model.Campaign) any { return c.Account }),
		of("vendor", func(c model.Campaign) any { return c.Vendor.String() }),
		of("name", func(c model.Campaign) any { return text(c.Name) }),
		of("kind", func(c model.Campaign) any { return text(string(c.Kind())) }),
		of("text", func(c model.Campaign) any { return text(c.Message.Text) }),
		of("image_url", func(c model.Campaign) any { return text(c.Message.ImageURL) }),
		of("button_caption", func(c model.Campaign) any { return text(c.Message.Button.Caption) }),
		of("button_url", func(c model.Campaign) any { return text(c.Message.Button.URL) }),
		of("sender", func(c model.Campaign) any { return text(c.Sender) }),
		of("sender_name", func(c model.Campaign) any { return text(c.SenderName) }),
		of("class", func(c model.Campaign) any { return text(string(c.Class)) }),
		of("lifetime", func(c model.Campaign) any { return duration(c.Lifetime) }),
		of("stretch", func(c model.Campaign) any { return duration(c.Stretch) }),
		of("send_at", func(c model.Campaign) any { return c.SendAt }),
		of("label", func(c model.Campaign) any { return text(c.Options.Label) }),
		of("tags", func(c model.Campaign) any { return append([]string{}, c.Options.Tags...) }),
		of("template", func(c model.Campaign) any { return text(c.Message.Template) }),
		of("variables", func(c model.Campaign) any { return c.Options.Variables }),
		of("contact_list", func(c model.Campaign) any { return text(c.Options.ContactList) }),
		of("device", func(c model.Campaign) any { return text(c.Options.Device) }),
		of("lists", func(c model.Campaign) any { return append([]string{}, c.Lists()...) }),
		of("sms_text", func(c model.Campaign) any { return text(c.SMSText()) }),
		of("sms_sender", func(c model.Campaign) any { return text(c.Fallback.Sender) }),
		of("sms_after", func(c model.Campaign) any { return duration(c.Fallback.After) }),
		{"sms_parts", func(r sendResult) any { return r.plan.SMSParts }, 0},
		{"calls", func(r sendResult) any { return r.plan.Calls }, 0},
		{"countries", func(r sendResult) any { return r.plan.Countries }, 0},
	}
}

// duration writes a duration as a campaign file has it, nil for none.
func duration(d time.Duration) any {
	if d == 0 {
		return nil
	}
	return d.String()
}
