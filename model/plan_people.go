package model

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// people leaves out those who must not be written to and checks what each of the others will
// receive.
func (p Planner) people(ctx context.Context, plan *Plan, a Audience, caps Capabilities) error {
	blocked, err := p.Reader.Blocked(ctx, plan.Campaign.Account, a.People.Phones())
	if err != nil {
		return Errorf("blacklist: %w", err)
	}
	others, err := p.blockedContacts(ctx, plan.Campaign.Account, a.People)
	if err != nil {
		return err
	}
	check, err := personalCheck(plan.Campaign, caps, a.People)
	if err != nil {
		return err
	}
	lacking := missingValues{people: map[string]int64{}, empty: map[string]int64{}}
	countries, where := newCountryReader(), newPlaces(p.zone())
	plan.People, err = a.People.Only(func(i int) (bool, error) {
		r := a.People.At(i)
		if _, no := blocked[r.Phone]; no && r.Phone != 0 {
			plan.Suppressed++
			if len(plan.LeftOut) < 20 {
				plan.LeftOut = append(plan.LeftOut, r.Phone)
			}
			return false, nil
		}
		if _, no := others[FoldContact(r.Contact)]; no && r.Phone == 0 {
			plan.Suppressed++
			return false, nil
		}
		if err := check(r, &lacking); err != nil {
			return false, err
		}
		country := countries.of(r.Phone)
		if plan.Countries[cmp.Or(country, "?")]++; p.Send.QuietHours != "" {
			where.add(r.Phone, country)
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	p.quietHours(plan, where)
	plan.Fallbacks = lacking.fallbacks(plan.Campaign.Message.Text)
	if plan.SMSParts = lacking.smsParts; plan.SMSParts == 0 && plan.Campaign.Fallback.Enabled() {
		plan.SMSParts = SMSParts(plan.Campaign.SMSText())
	}
	if n := plan.People.contactsOnly(); caps.PersonalLists && n > 0 {
		plan.Warnings = append(plan.Warnings,
			Say("%s only by the id of a contact: it is unknown whether they are on the blacklist here, and their "+
				"outcome will be unknown; give phone and %s",
				Counted(n, "person is named", "people are named"), ContactColumn))
	}
	if dropped := dropped(plan.People, caps.Limits.VariableName); len(dropped) > 0 {
		plan.unsent = dropped
		plan.Warnings = append(plan.Warnings, Say("columns whose names cannot be variables are not sent: %s",
			Listed(dropped)))
	}
	plan.flags(caps.Limits.VariableName)
	return lacking.err()
}

// lookedAt is how many rows are searched for the names of their columns, which all rows share.
const lookedAt = 100

// dropped returns the people's columns that are not sent to the vendor because of their names.
func dropped(people People, name Matcher) []string {
	found := map[string]bool{}
	for i := 0; name != nil && i < min(people.Len(), lookedAt); i++ {
		for column, value := range people.At(i).Vars {
			if trimmed := strings.TrimSpace(column); value != "" && !name.MatchString(trimmed) {
				found[trimmed] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// flags marks the columns as boolean that hold only true, false or nothing, unless the campaign
// defines them: as a text, false would be true in a template. Only a vendor with variables,
// whose names have a pattern, distinguishes kinds.
func (p *Plan) flags(name Matcher) {
	if name == nil {
		return
	}
	o := &p.Campaign.Options
	isFlag := func(column string, upto int) bool {
		_, known := o.Variables[strings.TrimSpace(column)]
		some := false
		for i := 0; i < min(p.People.Len(), upto) && !known && name.MatchString(strings.TrimSpace(column)); i++ {
			switch p.People.At(i).Vars[column] {
			case "":
			case "true", "false", "True", "False", "TRUE", "FALSE":
				some = true
			default:
				return false
			}
		}
		return some
	}
	var columns []string
	kinds := maps.Clone(o.Kinds)
	for _, column := range p.People.columns() {
		if !isFlag(column, lookedAt) || !isFlag(column, p.People.Len()) {
			continue
		}
		if kinds == nil {
			kinds = map[string]ValueKind{}
		}
		columns, kinds[strings.TrimSpace(column)] = append(columns, strings.TrimSpace(column)), ValueBoolean
	}
	if o.Kinds = kinds; len(columns) > 0 {
		p.Warnings = append(p.Warnings, Say("columns with nothing but true and false are sent as such, not as "+
			"texts: %s", Listed(columns)))
	}
}

// columns returns the names of the columns of the first people.
func (p People) columns() []string {
	found := map[string]bool{}
	for i := range min(p.Len(), lookedAt) {
		for column := range p.At(i).Vars {
			found[column] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// blockedContacts returns the people's contacts that must not be written to.
func (p Planner) blockedContacts(ctx context.Context, account string, people People) (map[string]string, error) {
	contacts := people.Contacts()
	if len(contacts) == 0 {
		return nil, nil
	}
	blocked, err := p.Reader.BlockedContacts(ctx, account, contacts)
	if err != nil {
		return nil, fmt.Errorf("blacklist: %w", err)
	}
	return blocked, nil
}
