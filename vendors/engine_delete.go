package vendors

import (
	"context"
	"time"

	"viberdeck/model"
)

// pushDeletions deletes campaigns at the vendor that were handed over to it and must not leave. A
// deletion may be repeated without harm, so one whose answer was lost is repeated until the
// campaign's time.
func (a *account) pushDeletions(ctx context.Context) error {
	asked, err := a.e.o.Store.Deletions(ctx, a.name)
	if err != nil {
		return model.Errorf("look for what is to be deleted: %w", err)
	}
	for _, d := range asked {
		err := a.deleteScheduled(ctx, &d)
		if d.State != model.DeletionAsked {
			if err := a.e.o.Store.DeletionEnds(ctx, d, time.Now()); err != nil {
				return model.Errorf("keep the result of a deletion: %w", err)
			}
		}
		if err != nil {
			return model.Errorf("delete %q: %w", d.Campaign.Title(), err)
		}
	}
	return nil
}

// deleteScheduled makes one deletion and stores the result in d. After an error the deletion is
// tried again.
func (a *account) deleteScheduled(ctx context.Context, d *model.Deletion) error {
	deleter, ok := a.adapter.(ScheduledDeleter)
	late := !d.Campaign.SendAt.After(time.Now())
	switch {
	case !ok:
		d.State, d.Detail = model.DeletionRefused, a.caps.Why(model.ActCancelScheduled)
		return nil
	case late && d.Tries == 0:
		d.State, d.Detail = model.DeletionRefused, model.Say("its time came before the vendor could be asked")
		return nil
	case late:
		d.State, d.Detail = model.DeletionUnknown, model.Say("its time has come and no answer says that it was deleted")
		return nil
	}
	if err := a.e.o.Store.DeletionBegins(ctx, d.Batch); err != nil {
		return err
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	err := deleter.DeleteScheduled(call, d.VendorRef)
	switch {
	case err == nil:
		d.State = model.DeletionDone
	case model.FateOf(err) != model.FateRefused:
		return err
	case d.Tries > 0 && model.KindOf(err) == model.KindNotFound: // an earlier call may have done it
		d.State, d.Detail = model.DeletionUnknown, model.TextOf(err)
	default:
		d.State, d.Detail = model.DeletionRefused, model.TextOf(err)
	}
	return nil
}
