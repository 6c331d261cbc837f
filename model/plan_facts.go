package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// PlanFact is a line of a confirmation: what will be true once the send is confirmed. The dashboard
// and the command line show the same.
type PlanFact struct {
	Label Word // empty: it continues the previous line
	Text  Text
	Warns bool
}

// PlanView is what the facts of a plan depend on in addition to the plan.
type PlanView struct {
	Account      Account
	Capabilities Capabilities
	Zone         *time.Location // the operator's
	Now          time.Time
	Hold         time.Duration // recall window
}

// Facts returns what will be true: the account and the sender, the cost, when, for how long and how
// it leaves, with what options, and what cannot be recalled and from when. It does not list the
// people, who may have to be masked when shown.
func (p Plan) Facts(v PlanView) []PlanFact {
	c := p.Campaign
	var all []PlanFact
	add := func(label Word, texts ...Text) {
		for i, text := range texts {
			if i > 0 {
				label = Word{}
			}
			all = append(all, PlanFact{Label: label, Text: text})
		}
	}
	for i, line := range p.Price.Lines() {
		label := Word{}
		if i == 0 {
			label = Word{"confirm", "cost"}
		}
		all = append(all, PlanFact{Label: label, Text: line, Warns: i > 0 && p.Price.Short()})
	}
	if c.SendAt.IsZero() {
		if v.Hold > 0 {
			add(Word{"confirm", "when"}, Say("at once after the recall window (%s)", spelled(v.Hold)))
		} else {
			add(Word{"confirm", "when"}, Say("at once"))
		}
	} else {
		add(Word{"confirm", "when"}, Clocks(c.SendAt, v.Now, v.Zone, v.Capabilities.Location(v.Account))...)
	}
	add(Word{"confirm", "recall"}, p.recall(v)...)
	if c.Lifetime > 0 {
		add(Word{"confirm", "lifetime"}, Say("%s, then it is not delivered any more", spelled(c.Lifetime)))
	} else if l := v.Capabilities.Limits.LifetimeDefault; l > 0 {
		add(Word{"confirm", "lifetime"}, Say("%s, as none was chosen", spelled(l)))
	}
	if c.Stretch > 0 && v.Capabilities.Can(ActStretch) {
		add(Word{"confirm", "send over"}, Say("%s, by the vendor", spelled(c.Stretch)))
	} else if c.Stretch > 0 {
		add(Word{"confirm", "send over"},
			Say("%s, paced from here, as the vendor cannot: keep a dashboard or viberdeck "+
				"work running", spelled(c.Stretch)))
	}
	if c.Class != "" {
		add(Word{"confirm", "class"}, v.Capabilities.classLine(c))
	}
	if v.Capabilities.NamesCalls && c.Name != "" {
		add(Word{"confirm", "its name"}, Say("%s, and random letters or digits of its own for each call", c.Name))
	}
	if c.Message.Template != "" {
		add(Word{"confirm", "template"}, p.templateLines(v)...)
	}
	if c.Fallback.Enabled() {
		add(Word{"confirm", "SMS instead"}, p.smsLines()...)
	}
	all = append(all, p.fallbackFacts()...)
	if p.Today.Known {
		all = append(all, PlanFact{Label: Word{"confirm", "today"}, Text: p.todayLine(), Warns: p.Today.N > 0})
	}
	return append(all, p.linkFacts()...)
}

// todayOf is how many of the campaigns that reached the people today are named.
const todayOf = 3

// todayLine says how many of the people have already got a message today.
func (p Plan) todayLine() Text {
	if p.Today.N == 0 {
		return Say("none of these people has got a message yet")
	}
	names, more := p.TodayOf, ""
	if len(names) > todayOf {
		names, more = names[:todayOf], "…"
	}
	got := Counted(p.Today.N, "of these people has got a message", "of these people have got a message")
	if len(names) == 0 {
		return Say("%s already", got)
	}
	return Say("%s already: %s%s", got, Listed(names), more)
}

// recall says until when the send can be recalled, and what cannot.
func (p Plan) recall(v PlanView) []Text {
	c := p.Campaign
	switch {
	case c.LeaveAt.After(v.Now.Add(v.Hold)):
		return []Text{Say("it stays here and can be recalled until %s",
			Moment{c.LeaveAt.In(v.Zone), "Mon 2 Jan 15:04"}), Say("from then on %s", p.recallAtVendor(v))}
	case v.Hold > 0:
		return []Text{Say("for %s all of it can be recalled at no cost", spelled(v.Hold)),
			Say("from then on %s", p.recallAtVendor(v))}
	}
	return []Text{Say("there is no recall window: %s", p.recallAtVendor(v))}
}

// recallAtVendor says what can be done about what the vendor has accepted.
func (p Plan) recallAtVendor(v PlanView) Text {
	caps := v.Capabilities
	switch {
	case p.Campaign.SendAt.IsZero() || !caps.Can(ActSchedule):
		return Say("what the vendor has taken cannot be taken back")
	case caps.Can(ActCancelScheduled):
		return Say("it is deleted at %s when it is recalled, until its time: X in the dashboard, or `viberdeck "+
			"campaign recall`",
			caps.Name)
	}
	return Say("it can be cancelled only at %s's site, until its time", caps.Name)
}

// spelled writes a duration in the largest unit of which it is a whole number.
func spelled(d time.Duration) Text {
	switch {
	case d%time.Hour == 0:
		return Say("%d h", int64(d/time.Hour))
	case d%time.Minute == 0:
		return Say("%d min", int64(d/time.Minute))
	}
	return Say("%d s", int64(d/time.Second))
}

// templateTitle returns a template's name and id, or its id alone if the configuration has no name
// for it.
func (a Account) templateTitle(id string) string {
	for _, t := range a.Templates {
		if t.ID == id && t.Name != "" {
			return t.Name + " · " + id
		}
	}
	return id
}

// CountryLine returns the number of people in each country, the largest first.
func (p Plan) CountryLine(count func(int64) string) string { return CountryLine(p.Countries, count) }

// CountryLine returns the number of people in each country, by ISO code, the largest first.
func CountryLine(people map[string]int64, count func(int64) string) string {
	codes := slices.SortedFunc(maps.Keys(people), func(a, b string) int {
		return cmp.Or(cmp.Compare(people[b], people[a]), cmp.Compare(a, b))
	})
	for i, code := range codes {
		codes[i] = code + " " + count(people[code])
	}
	return strings.Join(codes, " · ")
}
