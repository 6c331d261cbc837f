package cli

import (
	"context"

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

// drillStep is one thing that has gone wrong: what it is, and whether it was dealt with.
type drillStep struct {
	story string
	done  func(context.Context, *session) (bool, error)
}

// drillSteps are the things that need a person, in the order of the guide.
func drillSteps() []drillStep {
	return []drillStep{
		{"Loyalty bonus: an answer was lost, nobody knows whether people got it. 7 Outbox, Enter on it, read the " +
			"evidence, decide",
			func(ctx context.Context, d *session) (bool, error) { return d.acted(ctx, "resolved") }},
		{"Напоминание о записи is paused: find out why in its activity, then let it go on (P) or take it back (X)",
			func(ctx context.Context, d *session) (bool, error) {
				on, err := d.acted(ctx, "resumed")
				if err != nil || on {
					return on, err
				}
				return d.acted(ctx, "recalled")
			}},
		{"one account refuses its credentials and one does not answer: what was to leave through them must not " +
			"leave twice. " +
			"Pull the brake (B) or pause it until they are right",
			func(ctx context.Context, d *session) (bool, error) {
				on, err := d.acted(ctx, "pulled the brake")
				if err != nil || on {
					return on, err
				}
				return d.acted(ctx, "paused")
			}},
	}
}

// acted reports whether the operator did something since the drill began.
func (d *session) acted(ctx context.Context, action string) (bool, error) {
	found := false
	err := each(ctx, d.cache.Activity, model.PageRequest{}, func(a model.Activity) (bool, error) {
		found = found || a.Action == action && a.Operator == d.operator
		return !found, nil
	})
	return found, err
}

// review tells the story once more when the drill ends: what was done well, and what was left.
func (p *program) review(ctx context.Context, d *session) error {
	steps, well := drillSteps(), 0
	for i, step := range steps {
		done, err := step.done(ctx, d)
		if err != nil {
			return err
		}
		verdict := "left"
		if done {
			verdict = "done well"
			well++
		}
		p.note("%d. %s: %s", i+1, verdict, step.story)
	}
	p.note("The drill is over; done well: %d, left: %d. docs/fire-drill.md walks through it.", well, len(steps)-well)
	return nil
}
