package vendors

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

func TestACampaignCarriesTheAddressOfThisHostWhereItNamesNone(t *testing.T) {
	t.Parallel()
	const here = "https://deck.example.com/callbacks/promo/secret"
	for _, c := range []struct {
		name  string
		lacks model.Action
		want  model.Options
	}{
		{"both", "", model.Options{CallbackURL: here, InboundURL: here}},
		{"a vendor that is asked for replies", model.ActInboundURL, model.Options{CallbackURL: here}},
	} {
		synctest.Test(t, func(t *testing.T) {
			store := newFakeStore()
			store.queue("promo", 2)
			var mu sync.Mutex
			var left []model.Options
			f := newSender("promo", 1, 1000, func(_ context.Context, b model.Batch) (model.Outcome, error) {
				mu.Lock()
				defer mu.Unlock()
				left = append(left, b.Campaign.Options)
				return model.Outcome{Batch: b.ID, State: model.BatchAccepted}, nil
			})
			f.lacks = c.lacks
			running(t, EngineOptions{Store: store, Adapters: []Adapter{f},
				Callback: func(context.Context, string) (string, error) { return here, nil }})
			time.Sleep(time.Minute)
			synctest.Wait()
			if len(left) != 1 || left[0].CallbackURL != c.want.CallbackURL || left[0].InboundURL != c.want.InboundURL {
				t.Errorf("%s: left with %+v", c.name, left)
			}
		})
	}
	own := model.Batch{Campaign: model.Campaign{Options: model.Options{CallbackURL: "https://example.com/own"}}}
	a := &account{name: "promo", e: &Engine{o: EngineOptions{
		Callback: func(context.Context, string) (string, error) { return here, nil }}}}
	if o := a.addressed(t.Context(), own).Campaign.Options; o.CallbackURL != "https://example.com/own" ||
		o.InboundURL != here {
		t.Errorf("its own address was replaced: %+v", o)
	}
}
