package vendors

import (
	"context"

	"viberdeck/model"
)

// addressed adds the address at which this host receives callbacks to the campaign of a batch, if
// the campaign has none of its own and its vendor accepts one for such a campaign. It is added only
// when the call is made: the address contains a secret, which is stored nowhere.
func (a *account) addressed(ctx context.Context, b model.Batch) model.Batch {
	if a.e.o.Callback == nil {
		return b
	}
	address, err := a.e.o.Callback(ctx, a.name)
	if err != nil {
		a.warn("find the address for callbacks", err)
	}
	if err != nil || address == "" {
		return b
	}
	for _, x := range []struct {
		act model.Action
		url func(*model.Options) *string
	}{
		{model.ActCallbackURL, func(o *model.Options) *string { return &o.CallbackURL }},
		{model.ActInboundURL, func(o *model.Options) *string { return &o.InboundURL }},
	} {
		with := b.Campaign
		at := x.url(&with.Options)
		if *at != "" || !a.caps.Can(x.act) {
			continue
		}
		*at = address
		if checker, ok := a.adapter.(Checker); !ok || checker.Check(with) == nil {
			b.Campaign = with
		}
	}
	return b
}
