package cli

import (
	"context"
	"slices"

	"viberdeck/model"
)

// fireDrill is the scenario that begins with four things that have gone wrong.
const fireDrill = "fire-drill"

// breakAccounts makes one account refuse its credentials and another one not answer.
func breakAccounts(c *model.Config) {
	for i := range c.Accounts {
		switch a := &c.Accounts[i]; a.Vendor {
		case model.SendPulse:
			a.Secrets = model.Secrets{"client_id": {Value: "drill"}, "client_secret": {Value: "withdrawn"}}
		case model.Routee:
			a.BaseURL = "http://127.0.0.1:9" // nobody listens there
		}
	}
}

// drillStep is one thing that has gone wrong, and what an operator does who deals with it.
type drillStep struct {
	model.DrillStep
	deeds []string // one of these, as the activity log names it
}

// drillSteps are the things that need a person, in the order of the guide.
func drillSteps() []drillStep {
	return []drillStep{
		{model.DrillStep{
			Name: model.Say("what became of %s is unknown", "Loyalty bonus"),
			Story: model.Say("An answer was lost: whether its people got the message is unknown, and it is not " +
				"repeated. 7 Outbox, Enter on it, read the evidence, decide."),
			Well: model.Say("you looked at the evidence and decided; nothing was repeated by itself"),
		}, []string{"resolved"}},
		{model.DrillStep{
			Name: model.Say("%s is paused", "Напоминание о записи"),
			Story: model.Say("A colleague stopped it, and people wait. 2 Campaigns, Enter, Tab to its activity: who, " +
				"when and why. Then P resumes it, or X recalls it."),
			Well: model.Say("you found out who paused it, and it is paused no longer"),
		}, []string{"resumed", "recalled"}},
		{model.DrillStep{
			Name: model.Say("two accounts do not work"),
			Story: model.Say("%s refuses its credentials, %s does not answer: 8 Log shows the requests. What waits for "+
				"them must not leave by surprise: B pulls the brake, or P pauses it, until they are right.",
				"shop-ua", "promo-gr"),
			Well: model.Say("nothing leaves by surprise when the accounts work again"),
		}, []string{"pulled the brake", "paused"}},
	}
}

// drill gives the steps of the fire drill as they stand.
func (d *session) drill(ctx context.Context) ([]model.DrillStep, error) {
	done := map[string]bool{}
	err := model.EachRow(ctx, d.cache.Activity, model.PageRequest{}, func(a model.Activity) (bool, error) {
		done[a.Action] = done[a.Action] || a.Operator == d.operator
		return true, nil
	})
	var all []model.DrillStep
	for _, step := range drillSteps() {
		step.Done = slices.ContainsFunc(step.deeds, func(deed string) bool { return done[deed] })
		all = append(all, step.DrillStep)
	}
	return all, err
}

// review tells the story once more when the drill ends: what was done well, and what was left.
func (p *program) review(ctx context.Context, d *session) error {
	steps, err := d.drill(ctx)
	if err != nil {
		return err
	}
	well := 0
	for i, step := range steps {
		if !step.Done {
			p.note("%d. left: %s. %s", i+1, step.Name, step.Story)
			continue
		}
		p.note("%d. done well: %s: %s", i+1, step.Name, step.Well)
		well++
	}
	p.note("The drill is over; done well: %d, left: %d. docs/fire-drill.md walks through it.", well, len(steps)-well)
	return nil
}
