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

// explain tells on standard error what will happen.
func (p *program) explain(plan model.Plan, d *session, hold time.Duration) {
	c := plan.Campaign
	p.note("%s through %s (%s), sender %s", c.Name, c.Account, c.Vendor,
		cmp.Or(c.SenderName, c.Sender, "the platform's default"))
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
	if plan.Calls == 0 { // it was refused before anything could be worked out
		return
	}
	if lists := c.Lists(); len(lists) > 0 {
		p.note("  lists at the vendor: %s", strings.Join(lists, ", "))
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
	}
	p.explainFacts(plan, d, hold)
	if !plan.Recipients.Known && p.wantsApproval(plan, d) {
		p.note("  approval: a list of unknown size waits until somebody else approves it")
	} else if p.wantsApproval(plan, d) {
		p.note("  approval: more than %s: it waits until somebody else approves it",
			model.Persons(d.config.Send.ApproveAbove))
	}
}

// wantsApproval reports whether somebody else has to approve the campaign.
func (p *program) wantsApproval(plan model.Plan, d *session) bool {
	above := d.config.Send.ApproveAbove
	return above > 0 && (!plan.Recipients.Known || plan.Recipients.N > above)
}

// explainFacts says what will be true, as the confirmation of the dashboard does.
func (p *program) explainFacts(plan model.Plan, d *session, hold time.Duration) {
	c := plan.Campaign
	account := model.Account{}
	if i := slices.IndexFunc(d.config.Accounts, func(a model.Account) bool { return a.Name == c.Account }); i >= 0 {
		account = d.config.Accounts[i]
	}
	caps, _ := p.capabilities(c.Vendor)
	for _, fact := range plan.Facts(model.PlanView{Account: account, Capabilities: caps, Zone: d.config.Location(),
		Now: p.now(), Hold: hold}) {
		if fact.Label.Text == "" {
			p.note("    %s", fact.Text)
			continue
		}
		p.note("  %s: %s", fact.Label.Text, fact.Text)
	}
	for _, detail := range c.Details() {
		p.note("  %s: %s", detail.Name, detail.Value)
	}
	for _, quiet := range plan.Quiet {
		p.note("  QUIET HOURS: %s", quiet)
	}
}

// linkRow is what is known of an address in JSON.
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

// repeat is an earlier campaign with the same message, or one like it, as JSON shows it.
type repeat struct {
	Campaign string   `json:"campaign"`
	Name     string   `json:"name"`
	People   int64    `json:"people"`
	Lists    []string `json:"lists"`
	Text     string   `json:"text"`
	Added    []string `json:"added"`
	LeftOut  []string `json:"left_out"`
}

// repeats gives the campaigns from which people got the message already, and how its text differs.
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
