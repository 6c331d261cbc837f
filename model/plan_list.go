package model

import (
	"context"
)

// planList plans a send to a list at the vendor, whose people are not known here.
func (p Planner) planList(ctx context.Context, plan Plan, a Audience, caps Capabilities) (Plan, error) {
	plan.Calls, plan.Total = 1, a.Total+a.List.N
	if p.Send.Canary > 0 {
		plan.Warnings = append(plan.Warnings, Say("there is no first part: a list leaves as a whole"))
	}
	if err := p.blockedInList(ctx, &plan, caps); err != nil {
		return plan, err
	}
	if a.Total > 0 || a.People.Len() > 0 {
		if err := p.besideList(ctx, &plan, a, caps); err != nil {
			return plan, err
		}
	}
	if len(plan.Campaign.Lists()) > 1 {
		plan.Warnings = append(plan.Warnings,
			Say("people in several of the lists are counted in each and get one message"))
	}
	if a.List.Known && a.List.N == 0 {
		return plan, Invalid("list", "the list %q is empty", plan.Lists())
	}
	if !a.List.Known && p.Send.DailyCap > 0 {
		plan.Warnings = append(plan.Warnings,
			Say("the size of the list is unknown: the daily cap is not checked"))
	}
	nowhere := newPlaces(p.zone()) // only the vendor knows where the people are
	nowhere.people[nowhere.find(0, "")] = 0
	p.quietHours(&plan, nowhere)
	named := int64(plan.People.Len())
	plan.Recipients = Figure{N: a.List.N + named, Known: a.List.Known}
	switch {
	case !a.List.Known:
		plan.Countries = map[string]int64{} // nor is it known what they all cost
	case named > 0:
		plan.Countries["?"] += a.List.N
	}
	if err := p.estimate(ctx, &plan); err != nil {
		return plan, err
	}
	if err := p.dailyCap(ctx, plan.Campaign, plan.Recipients.N); err != nil {
		return plan, err
	}
	err := p.repeat(ctx, &plan)
	return plan, err
}

// besideList plans the people who are named in addition to a list. They leave in the same call, so
// they must fit into one.
func (p Planner) besideList(ctx context.Context, plan *Plan, a Audience, caps Capabilities) error {
	if !caps.PeopleBesideLists {
		return Invalid("list", "give either a list or phones, not both")
	}
	if err := p.people(ctx, plan, a, caps); err != nil {
		return err
	}
	n := plan.People.Len()
	if most := caps.Limits.PeoplePerCall; n > most {
		return Invalid("phones", "%s beside the list, and all leave in one call of at most %d; send to the "+
			"others by themselves", Persons(int64(n)), most)
	}
	plan.Warnings = append(plan.Warnings,
		Say("people named beside the list leave with it in one call; those who are in the list too are counted "+
			"twice and get one message"))
	if plan.Campaign.Personal() && n > 0 {
		plan.People = plan.People.withoutRows()
		plan.Warnings = append(plan.Warnings,
			Say("the vendor fills the {{columns}} in for its own contacts only: phones that are not among them get "+
				"the fallbacks, and columns of the list of people are not sent"))
	}
	return nil
}

// withoutRows keeps only the vendor's contact of each person's row.
func (p People) withoutRows() People {
	all := p.Slice(0, p.Len())
	for i, r := range all {
		if all[i].Vars = nil; r.Value(ContactColumn) != "" {
			all[i].Vars = map[string]string{ContactColumn: r.Value(ContactColumn)}
		}
	}
	return PeopleOf(all...)
}

// blockedInList says how people on our blacklist are kept from getting what goes to a list.
func (p Planner) blockedInList(ctx context.Context, plan *Plan, caps Capabilities) (err error) {
	blocks, err := p.Reader.OnBlacklist(ctx, plan.Campaign.Account)
	if err != nil {
		return Errorf("blacklist: %w", err)
	}
	plan.BlockedAsOf, plan.InList = blocks.AsOf, blocks.Contacts
	if plan.VendorBlocks = caps.Can(ActBlacklistAdd); plan.VendorBlocks {
		plan.Warnings = append(plan.Warnings,
			Say("only the vendor knows the people of the list: all phones that are blocked here are added to its "+
				"own blacklist before it leaves, and a repeat is noticed only of the same list"))
		return nil
	}
	plan.Warnings = append(plan.Warnings,
		Say("only the vendor knows the people of the list: those on the blacklist here are not left out, and a "+
			"repeat is noticed only of the same list"))
	plan.InList += blocks.Phones + blocks.Elsewhere
	return nil
}

// PreparedLine says what was prepared at the vendor of that name for a send that does not leave; it
// is empty if nothing was.
func (p Plan) PreparedLine(vendor string) Text {
	if p.Campaign.List == "" || p.Campaign.VendorID == "" {
		return Text{}
	}
	return Say("mailing %s was prepared at %s and stays there unconfirmed: it reaches nobody and costs nothing",
		p.Campaign.VendorID, vendor)
}

// InListLine says how many blocked people may be on the list although its vendor is sent those it
// can block; it is empty if there are none.
func (p Plan) InListLine() Text {
	if p.InList == 0 {
		return Text{}
	}
	if p.VendorBlocks {
		return Say("%s of our blacklist may be in this list: they are known by something else than a phone, and the "+
			"vendor's own blacklist has phones only", Counted(p.InList, "person", "people"))
	}
	return Say("%s of our blacklist may be in this list: the vendor has no blacklist of its own",
		Counted(p.InList, "person", "people"))
}
