package compose

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// summary is what the confirmation of a send says: through which account, to how many people, when,
// at what price, and who is left out.
type summary struct {
	d     *kit.Deck
	plan  model.Plan
	w     int
	lines []string
}

// summary returns the lines in a width.
func (s *SendConfirm) summary(w int) []string {
	t := &summary{d: s.d, plan: s.plan, w: w}
	for _, line := range s.First {
		t.part(t.d.Word("confirm", "note"), term.Bad, line)
	}
	t.head()
	t.people()
	t.facts(s.hold())
	t.warnings()
	t.leftOut()
	t.message()
	return t.lines
}

// part adds a text below its label.
func (t *summary) part(label string, as term.Tone, text string) {
	for i, l := range term.Wrap(t.d.Discreet(text), max(1, t.w-13)) {
		l = strings.ReplaceAll(l, noBreak, " ")
		if i > 0 {
			label = ""
		}
		t.lines = append(t.lines, t.d.Style.Paint(term.Dim, term.Fit(label, 12))+" "+t.d.Style.Paint(as, l))
	}
}

// answers reports whether it is an answer to a single person, which needs no counts.
func (t *summary) answers() bool { return t.plan.Answering != nil && t.plan.People.Len() == 1 }

// head names the campaign and its way.
func (t *summary) head() {
	p, d, c := t.plan, t.d, t.plan.Campaign
	if t.answers() {
		t.part(d.Word("confirm", "answer"), term.Strong, d.Tr("Answer to %s", whole(d.Person(p.People.At(0)))))
	} else {
		t.part(d.Word("confirm", "campaign"), term.Strong, c.Name)
	}
	if p.Test {
		t.part("", term.Warn, d.Tr("a test: to the staff's phones only; it costs as much as %s",
			d.Plural(p.Recipients.N, "message", "messages")))
	}
	t.part(d.Word("confirm", "through"), term.Plain, d.Tr("%s, account %s, sender %s", d.VendorName(c.Vendor), c.Account,
		cmp.Or(c.SenderName, c.Sender, d.Tr("the vendor's default"))))
}

// people says how many people receive it, and from how many given ones.
func (t *summary) people() {
	p, d, c := t.plan, t.d, t.plan.Campaign
	lists, named := p.Lists(), int64(p.People.Len())
	people := d.Plural(p.Recipients.N, "person", "people")
	switch {
	case !p.Recipients.Known:
		people = d.Tr("unknown: the vendor does not report the size of list %s", lists)
	case c.List != "":
		people = d.Tr("%s of the vendor's list %s", d.Plural(p.Recipients.N-named, "person", "people"), lists)
	}
	if c.List != "" && named > 0 {
		people = d.Tr("%s, and %s named beside it", people, d.Plural(named, "person", "people"))
	}
	t.part(d.Word("confirm", "recipients"), term.Strong, people)
	if !t.answers() {
		t.part(d.Word("confirm", "given"), term.Plain, d.Tr("%s · %s · %s invalid · %s on the blacklist",
			lang.Count(p.Total), d.Plural(p.Duplicates, "duplicate", "duplicates"), lang.Count(p.Invalid),
			lang.Count(p.Suppressed)))
	}
	if line := p.CountryLine(lang.Count); line != "" {
		t.part(d.Word("confirm", "countries"), term.Plain, line)
	}
}

// facts says when it leaves, at what price, and what the vendor is asked for.
func (t *summary) facts(hold time.Duration) {
	p, d, c := t.plan, t.d, t.plan.Campaign
	a, _ := d.Account(c.Account)
	caps, _ := d.Capabilities(c.Account)
	for _, fact := range p.Facts(model.PlanView{Account: a, Capabilities: caps, Zone: d.Zone, Now: d.Now,
		Hold: hold}) {
		tone := term.Plain
		if fact.Warns {
			tone = term.Warn
		}
		t.part(d.Word(fact.Label.Context, fact.Label.Text), tone, d.Text(fact.Text))
	}
	if above := d.Send.ApproveAbove; model.NeedsApproval(p.Recipients, above) {
		t.part(d.Word("confirm", "approval"), term.Warn,
			d.Tr("more than %s: it waits until somebody else approves it", d.Plural(above, "person", "people")))
	}
}

// warnings says what a person has to weigh before the send.
func (t *summary) warnings() {
	p, d := t.plan, t.d
	for i, line := range p.RepeatLines() {
		label, tone := "", term.Plain
		if i == 0 {
			label, tone = d.Word("confirm", "REPEAT"), term.Bad
		}
		t.part(label, tone, d.Text(line))
	}
	if line := p.InListLine(); !line.IsZero() {
		t.part(d.Word("confirm", "BLACKLIST"), term.Bad, d.Text(line))
	}
	for _, quiet := range p.Quiet {
		t.part(d.Word("confirm", "QUIET"), term.Bad, d.Text(quiet))
	}
	for _, warning := range p.Warnings {
		t.part(d.Word("confirm", "note"), term.Warn, d.Text(warning))
	}
}

// leftOut names the first recipients, and those who get nothing.
func (t *summary) leftOut() {
	p, d := t.plan, t.d
	if !t.answers() {
		t.part(d.Word("confirm", "first"), term.Plain, first(d, p.People))
	}
	if len(p.LeftOut) > 0 {
		t.part(d.Word("confirm", "left out"), term.Plain,
			d.Tr("on the blacklist: %s", prettyFew(d, p.LeftOut, p.Suppressed)))
	}
	for i, bad := range p.BadRows {
		if i == 5 {
			t.part("", term.Dim, d.Tr("and %d more that cannot be used", len(p.BadRows)-i))
			break
		}
		if d.Masked { // the typed text may be a phone with an extra digit
			t.part(d.Word("confirm", "not used"), term.Warn, d.Tr("%d. is not a phone; M shows what it is", bad.Line))
			continue
		}
		reason := d.Text(bad.Reason)
		if !strings.Contains(reason, bad.Text) {
			reason = d.Tr("“%s”: %s", bad.Text, reason)
		}
		t.part(d.Word("confirm", "not used"), term.Warn, fmt.Sprintf("%d. %s", bad.Line, reason))
	}
}

// message says in how many calls it leaves, and shows what the people get.
func (t *summary) message() {
	p, d, c := t.plan, t.d, t.plan.Campaign
	caps, _ := d.Capabilities(c.Account)
	if p.Calls > 0 && !t.answers() {
		t.part(d.Word("confirm", "calls"), term.Dim, d.Tr("%d to the vendor. %s", p.Calls,
			cmp.Or(d.Phrase(caps.Guard), d.Tr("Nothing guards against a repeat."))))
	}
	for i := 0; p.Personal() && i < min(3, p.People.Len()); i++ {
		t.part(d.Word("confirm", "gets"), term.Plain, fmt.Sprintf("%s: %s", d.Person(p.People.At(i)), p.Example(i)))
	}
	if c.Message.Text != "" || c.Message.Template == "" {
		t.part(d.Word("form", "text"), term.Plain, cmp.Or(c.Message.Text, "—"))
	}
	if b := c.Message.Button; b.Caption != "" {
		t.part(d.Word("form", "button"), term.Plain, "["+b.Caption+"] "+b.URL)
	}
	if c.Message.ImageURL != "" {
		t.part(d.Word("form", "image"), term.Plain, c.Message.ImageURL)
	}
	for _, x := range p.Details() {
		t.part(DetailName(d, x.Name), term.Plain, d.Text(x.Words()))
	}
}

// noBreak is a space at which lines do not break.
const noBreak = "\u00a0"

// whole keeps the groups of a phone on one line.
func whole(phone string) string { return strings.ReplaceAll(phone, " ", noBreak) }

// first names the first recipients.
func first(d *kit.Deck, people model.People) string {
	const most = 4
	var names []string
	for _, r := range people.Slice(0, min(most, people.Len())) {
		names = append(names, whole(d.Person(r)))
	}
	if people.Len() > most {
		names = append(names, d.Tr("and %s more", lang.Count(int64(people.Len()-most))))
	}
	return cmp.Or(strings.Join(names, ", "), d.Tr("the people of the vendor's list"))
}

func prettyFew(d *kit.Deck, phones []model.Phone, all int64) string {
	const most = 4
	var names []string
	for _, p := range phones[:min(most, len(phones))] {
		names = append(names, whole(d.Phone(p)))
	}
	if n := all - int64(len(names)); n > 0 {
		names = append(names, d.Tr("and %s more", lang.Count(n)))
	}
	return strings.Join(names, ", ")
}
