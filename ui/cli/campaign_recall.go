package cli

import (
	"context"

	"viberdeck/model"
)

// recall takes back what has not left. What lies at its vendor for a later time is deleted there by
// the engine, where the vendor can; else the error says what to do, by name and time.
func (p *program) recall(ctx context.Context, d *session, c model.Campaign) error {
	if !c.HandedOver(p.now()) {
		return d.cache.Recall(ctx, d.operator, c.ID)
	}
	zone := d.config.Location()
	if caps, _ := p.capabilities(c.Vendor); !caps.Can(model.ActCancelScheduled) {
		return exitError{exitFailed, model.Errorf("%s: %s", caps.Why(model.ActCancelScheduled), c.DeleteYourself(zone))}
	}
	if err := d.cache.DeleteHandedOver(ctx, d.operator, c.ID); err != nil {
		return err
	}
	p.note("a dashboard or `viberdeck work` that runs asks %s to delete it; `viberdeck campaign show %s` says "+
		"whether it "+
		"did. Until then it leaves at its time; if it does not: %s", c.Account, c.ID, c.DeleteYourself(zone))
	return nil
}
