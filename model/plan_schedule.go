package model

import "time"

// schedule keeps a campaign with a scheduled time here until shortly before it, unless immediate
// hand-over was chosen: this way late opt-outs are honoured, and it can be recalled.
func (p Planner) schedule(plan *Plan, caps Capabilities) error {
	c := &plan.Campaign
	switch {
	case c.SendAt.IsZero() && c.HandOver:
		return Invalid("hand_over", "it has no effect without a time to send at; give one, or remove this")
	case c.SendAt.IsZero():
		return nil
	case c.HandOver && caps.Can(ActCancelScheduled):
		plan.Warnings = append(plan.Warnings,
			Say("it is handed to the vendor at once: people who opt out before its time still get it"))
		return nil
	case c.HandOver:
		plan.Warnings = append(plan.Warnings,
			Say("it is handed to the vendor at once: people who opt out before its time still get it, and it can be "+
				"cancelled only at the vendor's site"))
		return nil
	}
	lead := p.Send.Lead()
	if !caps.Can(ActSchedule) {
		lead = 0 // the vendor sends at once
		plan.Warnings = append(plan.Warnings, Say("%s sends at once, so its time is kept here", caps.Name))
	}
	if c.LeaveAt = c.SendAt.Add(-lead); !c.LeaveAt.After(p.Now) {
		c.LeaveAt = time.Time{}
		return nil
	}
	if lead == 0 && !caps.Can(ActSchedule) {
		plan.Warnings = append(plan.Warnings,
			Say("it stays here until %s: keep a dashboard or viberdeck work running then",
				c.LeaveAt.In(p.zone()).Format("2006-01-02 15:04")))
		return nil
	}
	plan.Warnings = append(plan.Warnings,
		Say("it stays here until %s: keep a dashboard or viberdeck work running then, or let it wait at the vendor "+
			"(hand_over)", c.LeaveAt.In(p.zone()).Format("2006-01-02 15:04")))
	return nil
}

// canary sets who goes first.
func (p Planner) canary(plan *Plan, people int64) {
	first := p.Send.First()
	if first.People == 0 || first.People >= people {
		return
	}
	plan.Campaign.Canary = first
	plan.Warnings = append(plan.Warnings,
		Say("the first %d go first; the other %d follow after %s, unless more than %d %% of the "+
			"first are refused or not reached", first.People, people-first.People, first.Wait,
			int(100*first.Limit+0.5)))
}

func (p Planner) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
}
