package smsby

import (
	"context"
	"time"

	"viberdeck/model"
)

// settleRef looks up the outcome of a request for which the vendor returned an id without
// confirming.
func (a *Adapter) settleRef(ctx context.Context, b model.Batch) (model.Outcome, error) {
	o := model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: time.Now().UTC()}
	t, err := a.Track(ctx, b.VendorRef)
	switch {
	case err != nil:
		return model.Outcome{}, err
	case len(t.VendorIDs) > 0 || len(t.People) > 0:
		o.State, o.VendorRef, o.VendorIDs = model.BatchAccepted, b.VendorRef, t.VendorIDs
		o.Evidence = model.Say("sms.by shows a mailing of the request %s with %s", b.VendorRef,
			model.Persons(len(t.People)))
	case !t.Refused.IsZero():
		o.State, o.Err, o.RefusedAs = model.BatchRefused, t.Refused, t.RefusedAs
		o.Evidence = model.Say("sms.by shows only errors of the request %s", b.VendorRef)
	default:
		o.Evidence = model.Say("sms.by knows the request %s and shows no mailing of it", b.VendorRef)
	}
	return o, nil
}
