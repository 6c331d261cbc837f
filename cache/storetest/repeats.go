package storetest

import (
	"maps"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// repeating lists what holds for messages that were submitted before.
func repeating() []sentence {
	return []sentence{
		{"TheSameMessageSubmittedTwiceAtOnceIsTakenOnce", theSameMessageSubmittedTwiceAtOnceIsTakenOnce},
		{"ARepeatIsSeenThroughSignsAndForAListAtAVendor", aRepeatIsSeenThroughSignsAndForAListAtAVendor},
		{"ThePeopleOfASubmittedCampaignAreCountedByCountry", thePeopleOfASubmittedCampaignAreCountedByCountry},
		{"ARepeatIsSeenForEveryListOfACampaignThatGoesToSeveral",
			aRepeatIsSeenForEveryListOfACampaignThatGoesToSeveral},
	}
}

func theSameMessageSubmittedTwiceAtOnceIsTakenOnce(t *testing.T, place *place) {
	db := place.open()
	p := Plan(5)
	p.RepeatSince = Start().Add(-1)
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
	p.Overlap = 5 // a person saw that and wants it sent again
	if _, err := db.Submit(t.Context(), "anna", "again", p, 0, 0); err != nil {
		t.Errorf("on purpose: %v", err)
	}
}

func aRepeatIsSeenThroughSignsAndForAListAtAVendor(t *testing.T, place *place) {
	db := place.open()
	p := Plan(5)
	p.RepeatSince = Start().Add(-1)
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

func thePeopleOfASubmittedCampaignAreCountedByCountry(t *testing.T, place *place) {
	db := place.open()
	p := Plan(3)
	id := Submit(t, db, "k", p, time.Minute)
	p.People = model.PeopleOf(model.Recipient{Phone: 48221234567}, model.Recipient{Phone: FirstPhone})
	other := Submit(t, db, "k2", p, time.Minute)
	for campaign, want := range map[model.CampaignID]map[string]int64{id: {"BY": 3}, other: {"BY": 1, "PL": 1}} {
		if got := must(db.Countries(t.Context(), campaign))(t); !maps.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func aRepeatIsSeenForEveryListOfACampaignThatGoesToSeveral(t *testing.T, place *place) {
	db := place.open()
	lists := []model.List{{ID: "7", Name: "a", People: model.Known(300)}, {ID: "8", Name: "b", People: model.Known(20)},
		{ID: "9", Name: "c", People: model.Known(5)}}
	p := Plan(0)
	if err := db.SaveLists(t.Context(), p.Campaign.Account, lists, Start()); err != nil {
		t.Fatal(err)
	}
	p.RepeatSince = Start().Add(-1)
	p.Campaign.List, p.Campaign.Options.OtherLists, p.Recipients = "7", []string{"8"}, model.Known(320)
	p.Campaign.Message.Text = "Скидка сегодня"
	first := must(db.Submit(t.Context(), "anna", "k1", p, 0, 0))(t)
	for name, c := range map[string]struct {
		list   string
		others []string
		people int64
	}{
		"the second list alone":        {"8", nil, 20},
		"the second list among others": {"9", []string{"8"}, 20},
		"both in another order":        {"8", []string{"7"}, 320},
		"the first list last":          {"9", []string{"7"}, 300},
		"another list":                 {"9", nil, 0},
	} {
		q := p
		q.Campaign.List, q.Campaign.Options.OtherLists = c.list, c.others
		q.Campaign.Message.Text = "Скидка, сегодня!"
		n, earlier, err := db.Overlap(t.Context(), q.Campaign, q.People, p.RepeatSince)
		if err != nil || n != c.people || (n > 0) != (len(earlier) == 1) {
			t.Errorf("%s: %d people, %+v, %v", name, n, earlier, err)
		}
		if n == 0 {
			continue
		}
		if e := earlier[0]; e.ID != first || e.Text != "Скидка сегодня" || e.People != c.people {
			t.Errorf("%s: %+v", name, e)
		}
		if _, err := db.Submit(t.Context(), "anna", name, q, 0, 0); model.KindOf(err) != model.KindConflict {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}
