package cli

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"viberdeck/model"
)

// explain prints on standard error what will happen.
func (p *program) explain(plan model.Plan, d *session, hold time.Duration) {
	c := plan.Campaign
	p.note("%s through %s (%s), sender %s", c.Name, c.Account, p.Vendors.Name(c.Vendor),
		cmp.Or(c.SenderName, c.Sender, "the vendor's default"))
	p.note("  given %d, duplicates %d, invalid %d, on the blacklist %d", plan.Total, plan.Duplicates, plan.Invalid,
		plan.Suppressed)
	explainList(p.note, plan.Read)
	explainBad(p.note, plan.BadRows)
	if line := plan.InListLine(); !line.IsZero() {
		p.note("  BLACKLIST: %s", line)
	}
	for i, line := range plan.RepeatLines() {
		if i == 0 {
			p.note("  REPEAT: %s", line)
			continue
		}
		p.note("    %s", line)
	}
	for _, w := range plan.Warnings {
		p.note("  note: %s", w)
	}
	if plan.Calls == 0 { // it was refused before anything could be calculated
		return
	}
	if lists := plan.Lists(); lists != "" {
		p.note("  lists at the vendor: %s", lists)
		if named := plan.People.Len(); named > 0 {
			p.note("  named beside them: %s", model.Persons(named))
		}
	}
	number := "an unknown number of people"
	if plan.Recipients.Known {
		number = fmt.Sprint(plan.Recipients.N) + countries(plan.Countries)
	}
	p.note("  will receive it: %s, in %s", number, model.Counted(plan.Calls, "call", "calls"))
	if example := plan.Example(0); example != "" {
		first := plan.People.At(0)
		p.note("  the first, %s, gets: %q", cmp.Or(first.Phone.String(), first.Contact), example)
	} else if c.Message.Text != "" {
		p.note("  text: %q", c.Message.Text)
	}
	if b := c.Message.Button; b.Caption != "" {
		p.note("  button: [%s] %s", b.Caption, b.URL)
	}
	if c.Message.ImageURL != "" {
		p.note("  image: %s", c.Message.ImageURL)
	}
	p.explainFacts(plan, d, hold)
	if !plan.Recipients.Known && p.wantsApproval(plan, d) {
		p.note("  approval: a list of unknown size waits until somebody else approves it")
	} else if p.wantsApproval(plan, d) {
		p.note("  approval: more than %s: it waits until somebody else approves it",
			model.Persons(d.config.Send.ApproveAbove))
	}
}

// wantsApproval reports whether another operator has to approve the campaign.
func (p *program) wantsApproval(plan model.Plan, d *session) bool {
	return model.NeedsApproval(plan.Recipients, d.config.Send.ApproveAbove)
}

// explainFacts prints the facts of the send, as in the confirmation of the dashboard.
func (p *program) explainFacts(plan model.Plan, d *session, hold time.Duration) {
	c := plan.Campaign
	account, _ := model.FindAccount(d.config.Accounts, c.Account)
	caps, _ := p.Vendors.Capabilities(c.Vendor)
	for _, fact := range plan.Facts(model.PlanView{Account: account, Capabilities: caps, Zone: d.config.Location(),
		Now: p.now(), Hold: hold}) {
		if fact.Label.Text == "" {
			p.note("    %s", fact.Text)
			continue
		}
		p.note("  %s: %s", fact.Label.Text, fact.Text)
	}
	for _, detail := range plan.Details() {
		p.note("  %s: %s", detail.Name, detail.Words())
	}
	for _, quiet := range plan.Quiet {
		p.note("  QUIET HOURS: %s", quiet)
	}
}

// linkRow is what is known about an address, as JSON.
type linkRow struct {
	Field string          `json:"field"`
	URL   string          `json:"url"`
	State model.LinkState `json:"state"`
	Words []string        `json:"problems"`
}

func linkRows(links []model.LinkFinding) []linkRow {
	all := make([]linkRow, len(links))
	for i, l := range links {
		all[i] = linkRow{l.Field, l.URL, l.State, []string{}}
		for _, problem := range l.Problems {
			all[i].Words = append(all[i].Words, problem.String())
		}
	}
	return all
}

func countries(by map[string]int64) string {
	if len(by) == 0 {
		return ""
	}
	names := make([]string, 0, len(by))
	for c := range by {
		names = append(names, c)
	}
	sort.Strings(names)
	for i, c := range names {
		names[i] = fmt.Sprintf("%s %d", c, by[c])
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// repeat is an earlier campaign with the same or a similar message, as JSON.
type repeat struct {
	Campaign string   `json:"campaign"`
	Name     string   `json:"name"`
	People   int64    `json:"people"`
	Lists    []string `json:"lists"`
	Text     string   `json:"text"`
	Added    []string `json:"added"`
	LeftOut  []string `json:"left_out"`
}

// repeats returns the campaigns from which people have already received the message, and how its
// text differs.
func repeats(plan model.Plan) []repeat {
	all := []repeat{}
	for _, e := range plan.Earlier {
		added, left := model.TextChanges(e.Text, plan.Campaign.Message.Words())
		all = append(all, repeat{Campaign: e.ID.String(), Name: e.Name, People: e.People,
			Lists: append([]string{}, e.Lists...), Text: e.Text, Added: append([]string{}, added...),
			LeftOut: append([]string{}, left...)})
	}
	return all
}

// sendResult is what send reports at its end.
type sendResult struct {
	id       model.CampaignID
	plan     model.Plan
	progress model.Progress
	reasons  []model.ReasonCount // why people were refused, most frequent first
	remarks  []remark            // remarks about the others
}

// remark is a remark about the given number of people.
type remark struct {
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

// errors says why people were refused, are unknown or wait, with the number for each.
func (r sendResult) errors() []string {
	every := make([]remark, 0, len(r.reasons)+len(r.remarks))
	for _, reason := range r.reasons {
		every = append(every, remark{reason.Status.String(), reason.Reason, reason.People})
	}
	all := []string{}
	for _, s := range append(every, r.remarks...) {
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
	return printRows(p, slices.Concat([]column[sendResult]{
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
	}, messageColumns()), time.UTC, r)
}

// messageColumns are the properties of what leaves, as in the confirmation and as sent to the
// vendor.
func messageColumns() []column[sendResult] {
	of := func(name string, value func(model.Campaign) any) column[sendResult] {
		return column[sendResult]{name, func(r sendResult) any { return value(r.plan.Campaign) }, 0}
	}
	return []column[sendResult]{
		of("account", func(c model.Campaign) any { return c.Account }),
		of("vendor", func(c model.Campaign) any { return string(c.Vendor) }),
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

// duration formats a duration as in a campaign file, nil for none.
func duration(d time.Duration) any {
	if d == 0 {
		return nil
	}
	return d.String()
}
