package vendors

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

// deleterFake deletes what was handed over, with the next of its answers.
type deleterFake struct {
	*senderFake
	answers []error
	calls   int
}

func (f *deleterFake) DeleteScheduled(context.Context, string) error {
	f.calls++
	answer := f.answers[0]
	f.answers = f.answers[1:]
	return answer
}

func TestWhatBecameOfADeletionIsShownAsTheVendorReportedIt(t *testing.T) {
	t.Parallel()
	lost := &model.Error{Kind: model.KindUnknown, Text: model.Say("no answer")}
	missing := &model.Error{Kind: model.KindNotFound, Fate: model.FateRefused, Text: model.Say("it is not there")}
	begun := &model.Error{Kind: model.KindConflict, Fate: model.FateRefused, Text: model.Say("it has begun")}
	for name, c := range map[string]struct {
		answers []error
		in      time.Duration // its time
		want    model.DeletionState
		calls   int
	}{
		"deleted":                      {[]error{nil}, time.Hour, model.DeletionDone, 1},
		"too late there":               {[]error{begun}, time.Hour, model.DeletionRefused, 1},
		"not there":                    {[]error{missing}, time.Hour, model.DeletionRefused, 1},
		"lost, then done":              {[]error{lost, nil}, time.Hour, model.DeletionDone, 2},
		"lost, then not there":         {[]error{lost, missing}, time.Hour, model.DeletionUnknown, 2},
		"lost until its time has come": {[]error{lost}, time.Minute, model.DeletionUnknown, 1},
		"too late here":                {nil, -time.Minute, model.DeletionRefused, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := newFakeStore()
				store.deletions = []model.Deletion{{Batch: 7, VendorRef: "x",
					Campaign: model.Campaign{ID: 1, Name: "Sale", SendAt: time.Now().Add(c.in)}}}
				f := &deleterFake{senderFake: newSender("promo-gr", 1, 10, takes(time.Second)), answers: c.answers}
				engine := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
				for range 2 {
					_, _ = engine.Once(t.Context()) // a lost answer is an error of the pass
					time.Sleep(2 * time.Minute)
				}
				if len(store.deleted) != 1 || store.deleted[0].State != c.want || f.calls != c.calls {
					t.Errorf("%+v after %d calls", store.deleted, f.calls)
				}
			})
		})
	}
	t.Run("a vendor without", func(t *testing.T) {
		store := newFakeStore()
		store.deletions = []model.Deletion{{Batch: 7, Campaign: model.Campaign{SendAt: time.Now().Add(time.Hour)}}}
		engine := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{newSender("minsk", 1, 10, takes(0))}})
		if _, err := engine.Once(t.Context()); err != nil || len(store.deleted) != 1 ||
			store.deleted[0].State != model.DeletionRefused {
			t.Errorf("%+v, %v", store.deleted, err)
		}
	})
}
