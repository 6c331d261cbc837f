// Package drill is the fire drill of the demonstration: what has gone wrong in it, and what an
// operator has dealt with.
package drill

import (
	"context"
	"slices"

	"viberdeck/model"
)

// Scenario is the scenario that begins with three things gone wrong.
const Scenario = "fire-drill"

// The simulated accounts that the drill breaks.
const (
	refused = "shop-ua"
	silent  = "promo-gr"
)

// Break makes one account refuse its credentials and another one unreachable.
func Break(c *model.Config) {
	for i := range c.Accounts {
		switch a := &c.Accounts[i]; a.Name {
		case refused:
			for key := range a.Secrets {
				a.Secrets[key] = model.Secret{Value: "withdrawn"}
			}
		case silent:
			a.BaseURL = "http://127.0.0.1:9" // nothing listens there
		}
	}
}

// step is one thing that has gone wrong, and the operator's actions that deal with it.
type step struct {
	model.DrillStep
	deeds []string // any one of these, as named in the activity log
}

// steps are the things that need a person, in the order of the guide.
func steps() []step {
	return []step{
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
				refused, silent),
			Well: model.Say("nothing leaves by surprise when the accounts work again"),
		}, []string{"pulled the brake", "paused"}},
	}
}

// Steps returns the steps with those done that the operator has dealt with, as the activity log
// says.
func Steps(ctx context.Context, log model.PageReader[model.Activity], operator string) ([]model.DrillStep, error) {
	done := map[string]bool{}
	err := model.EachRow(ctx, log, model.PageRequest{}, func(a model.Activity) (bool, error) {
		done[a.Action] = done[a.Action] || a.Operator == operator
		return true, nil
	})
	var all []model.DrillStep
	for _, s := range steps() {
		s.Done = slices.ContainsFunc(s.deeds, func(deed string) bool { return done[deed] })
		all = append(all, s.DrillStep)
	}
	return all, err
}

// Review repeats the story when the drill ends: what was done well, and what was left.
func Review(steps []model.DrillStep, say func(format string, args ...any)) {
	well := 0
	for i, s := range steps {
		if !s.Done {
			say("%d. left: %s. %s", i+1, s.Name, s.Story)
			continue
		}
		say("%d. done well: %s: %s", i+1, s.Name, s.Well)
		well++
	}
	say("The drill is over; done well: %d, left: %d. docs/fire-drill.md walks through it.", well, len(steps)-well)
}
