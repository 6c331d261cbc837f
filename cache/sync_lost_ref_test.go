package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

// twoParts submits a campaign to four people in two batches of 10 EUR: the vendor's id of the
// second one was lost with its answer.
func twoParts(t *testing.T, db *DB) (model.CampaignID, []model.Batch) {
	t.Helper()
	id := submit(t, db, "k1", plan(4), 0)
	batches := claim(t, db, id, 2, 2)
	cost := must(model.ParseMoney("10 EUR"))(t)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, VendorRef: "part-1",
		VendorIDs: []string{"part-1"}, Cost: cost, At: start()})
	record1(t, db, model.Outcome{Batch: batches[1].ID, State: model.BatchAccepted,
		Evidence: model.Data("its name is taken"),
		At:       start()})
	reportTotals(t, db, "part-1", cost, 2)
	return id, batches
}

func reportTotals(t *testing.T, db *DB, part string, cost model.Money, delivered int64) {
	t.Helper()
	err := db.SaveStatistics(t.Context(), "minsk", part,
		model.Statistics{Cost: cost, Totals: model.Totals{Delivered: model.Known(delivered)},
			AsOf: start().Add(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheCostIsUnknownWhileTheVendorsIDOfAPartIsLost(t *testing.T) {
	t.Parallel()
	db := open(t)
	id, _ := twoParts(t, db)
	s := must(db.Statistics(t.Context(), id))(t)
	if s.Cost.Known || s.Quoted.Known || s.Reported.Known || s.Totals.Delivered.Known {
		t.Errorf("cost %s, quoted %s, reported %s, delivered %s: of one part of two", s.Cost, s.Quoted, s.Reported,
			s.Totals.Delivered)
	}
	if p := progress(t, db, id); p.Cost.Known {
		t.Errorf("the send cost %s", p.Cost)
	}
}

func TestACallbackFindsTheVendorsIDThatWasLostWithTheAnswer(t *testing.T) {
	t.Parallel()
	db := open(t)
	id, batches := twoParts(t, db)
	e := reportedOne(firstPhone+2, "m3", model.StatusDelivered)
	e.CampaignRef = "part-2"
	if res := apply(t, db, "first", 1, e); res.Changed != 1 || res.Homeless != 0 {
		t.Fatalf("%+v", res)
	}
	if got := one[string](t, db, `SELECT vendor_ref FROM batch WHERE id = 2`); got != "part-2" || batches[1].ID != 2 {
		t.Errorf("the second batch has the id %q", got)
	}
	polls := must(db.Polls(t.Context(), "minsk", time.Time{}))(t)
	if len(polls) != 2 {
		t.Errorf("asked about: %+v", polls)
	}
	if s := must(db.Statistics(t.Context(), id))(t); s.Cost.Known || s.Reported.Known {
		t.Errorf("cost %s, reported %s: of one part of two", s.Cost, s.Reported)
	}
	reportTotals(t, db, "part-2", must(model.ParseMoney("3 EUR"))(t), 1)
	if s := must(db.Statistics(t.Context(), id))(t); s.Cost.String() != "13 EUR" || s.Reported.String() != "13 EUR" {
		t.Errorf("cost %s, reported %s", s.Cost, s.Reported)
	}
	foreign := reportedOne(firstPhone+3, "m4", model.StatusDelivered)
	foreign.CampaignRef = "elsewhere"
	if res := apply(t, db, "foreign", 2, foreign); res.Changed != 0 || res.Homeless != 1 {
		t.Errorf("a campaign that is not ours: %+v", res)
	}
}

func TestALostCallThatACallbackNamesIsFollowedUpButNotAskedAboutAsACampaign(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := accepted(t, db, "k1", 2, "")
	c := posted(t, db, "x", 1)
	e := reportedOne(firstPhone, "m1", model.StatusDelivered)
	e.CampaignRef, e.OfCall = "uuid-1", true
	if res := must(db.ApplyCallback(t.Context(), c, e, start().Add(time.Minute)))(t); res.Changed != 1 {
		t.Fatalf("%+v", res)
	}
	if polls := must(db.Polls(t.Context(), "minsk", time.Time{}))(t); len(polls) != 0 {
		t.Errorf("asked about: %+v", polls)
	}
	refs := must(db.TrackedRefs(t.Context(), "minsk", start().Add(time.Hour)))(t)
	if len(refs) != 1 || refs[0].VendorRef != "uuid-1" || refs[0].Campaign.ID != id {
		t.Errorf("followed up: %+v", refs)
	}
}

func TestTheCostOfThePartsSoFarIsNotThatOfTheWhole(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	ten, three := must(model.ParseMoney("10 EUR"))(t), must(model.ParseMoney("3 EUR"))(t)
	for i, part := range []string{"part-1", "part-2"} {
		b := claim(t, db, id, 2, 1)[0]
		record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: part,
			VendorIDs: []string{part}, At: start()})
		if s := must(db.Statistics(t.Context(), id))(t); s.Cost.Known {
			t.Errorf("part %d has left, and the cost is %s", i+1, s.Cost)
		}
		if i == 0 {
			reportTotals(t, db, part, ten, 2)
		}
	}
	reportTotals(t, db, "part-2", three, 1)
	if s := must(db.Statistics(t.Context(), id))(t); s.Cost.String() != "13 EUR" {
		t.Errorf("the whole cost %s", s.Cost)
	}
}
