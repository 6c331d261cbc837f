package cache

import (
	"maps"
	"slices"
	"testing"
	"time"

	"viberdeck/model"
)

func TestWhatWasKnownBeforeACallIsNotEvidenceOfIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	found := func(id string) {
		t.Helper()
		if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{{Account: "minsk", Vendor: model.SMSBy,
			VendorID: id, Name: "Autumn sale", State: model.CampaignSent, CreatedAt: start().Add(-time.Hour)}},
			start()); err != nil {
			t.Fatal(err)
		}
	}
	first := claim(t, db, submit(t, db, "k1", plan(2), 0), 2, 1)
	record1(t, db, model.Outcome{Batch: first[0].ID, State: model.BatchAccepted, VendorRef: "9001",
		VendorIDs: []string{"9001"}, At: start()})
	found("7001")
	b := unknownBatch(t, db, "k2", 2)
	found("7002")
	k, err := db.KnownBefore(t.Context(), b.ID)
	if ids := slices.Sorted(maps.Keys(k.IDs)); err != nil || !slices.Equal(ids, []string{"7001", "9001"}) {
		t.Errorf("%q, %v", ids, err)
	}
	if call := k.Taken["9001"]; len(k.Taken) != 1 || !call.From.Equal(start()) || !call.Until.Equal(start()) {
		t.Errorf("taken: %v", k.Taken)
	}
	for _, c := range []struct {
		id      string
		unknown int64
	}{{"7001", 2}, {"7002", 0}} {
		record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: c.id,
			VendorIDs: []string{c.id}, At: start()})
		if p := progress(t, db, b.Campaign.ID); p.Unknown != c.unknown {
			t.Errorf("%s: %+v", c.id, p)
		}
	}
}

func TestCallsToTheSamePeopleWithoutAnIdOfTheirOwnAreRivals(t *testing.T) {
	t.Parallel()
	db := open(t)
	taken := claim(t, db, submit(t, db, "k1", plan(2), 0), 2, 1)
	record1(t, db, model.Outcome{Batch: taken[0].ID, State: model.BatchAccepted, VendorRef: "uuid-1", At: start()})
	resolved := claim(t, db, submit(t, db, "k2", plan(2), 0), 2, 1)
	record1(t, db, model.Outcome{Batch: resolved[0].ID, State: model.BatchAccepted, VendorRef: "uuid-2",
		VendorIDs: []string{"9002"}, At: start()})
	lost, others := unknownBatch(t, db, "k3", 2), unknownBatch(t, db, "k4", 3)
	b := unknownBatch(t, db, "k5", 2)
	k, err := db.KnownBefore(t.Context(), b.ID)
	if err != nil || len(k.Rivals) != 2 || k.Rivals[0].ID != taken[0].ID || k.Rivals[1].ID != lost.ID {
		t.Errorf("%d rivals, %v", len(k.Rivals), err)
	}
	if k, err := db.KnownBefore(t.Context(), others.ID); err != nil || len(k.Rivals) != 0 {
		t.Errorf("rivals of a call to others: %d, %v", len(k.Rivals), err)
	}
	if err := db.SaveTracked(t.Context(), taken[0].ID, model.Tracked{VendorIDs: []string{"9001"}},
		start()); err != nil {
		t.Fatal(err)
	}
	if k, err := db.KnownBefore(t.Context(), b.ID); err != nil || len(k.Rivals) != 1 || !k.IDs["9001"] {
		t.Errorf("once its id is known: %d rivals, %v", len(k.Rivals), err)
	}
}
