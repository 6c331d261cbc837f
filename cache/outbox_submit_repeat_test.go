package cache

import (
	"maps"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheSameMessageSubmittedTwiceAtOnceIsTakenOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(5)
	p.RepeatSince = start().Add(-1)
	var all sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		all.Go(func() { _, errs[i] = db.Submit(t.Context(), "anna", string(rune('a'+i)), p, 0, 0) })
	}
	all.Wait()
	taken := 0
	for _, err := range errs {
		if err == nil {
			taken++
		} else if model.KindOf(err) != model.KindConflict {
			t.Errorf("refused with %v", err)
		}
	}
	if taken != 1 {
		t.Errorf("taken %d times", taken)
	}
	p.Overlap = 5 // a person saw that and wants it again
	if _, err := db.Submit(t.Context(), "anna", "again", p, 0, 0); err != nil {
		t.Errorf("on purpose: %v", err)
	}
}

func TestARepeatIsSeenThroughSignsAndForAListAtAVendor(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(5)
	p.RepeatSince = start().Add(-1)
	must(db.Submit(t.Context(), "anna", "k1", p, 0, 0))(t)
	p.Campaign.Message.Text = "СКИДКА — 20%! 🎉"
	if _, err := db.Submit(t.Context(), "anna", "k2", p, 0, 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("the same with other signs: %v", err)
	}
	p.People, p.Campaign.List, p.Recipients = model.People{}, "77", model.Known(320)
	must(db.Submit(t.Context(), "anna", "k3", p, 0, 0))(t)
	if _, err := db.Submit(t.Context(), "anna", "k4", p, 0, 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("the same list: %v", err)
	}
	p.Campaign.List = "78"
	must(db.Submit(t.Context(), "anna", "k5", p, 0, 0))(t)
}

func TestThePeopleOfASubmittedCampaignAreCountedByCountry(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(3)
	id := submit(t, db, "k", p, time.Minute)
	p.People = model.PeopleOf(model.Recipient{Phone: 48221234567}, model.Recipient{Phone: firstPhone})
	other := submit(t, db, "k2", p, time.Minute)
	for campaign, want := range map[model.CampaignID]map[string]int64{id: {"BY": 3}, other: {"BY": 1, "PL": 1}} {
		if got := must(db.Countries(t.Context(), campaign))(t); !maps.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}
