package cache

import (
	"maps"
	"slices"
	"testing"
	"time"

	"viberdeck/model"
)

func TestWhatWasKnownBeforeACallIsNoEvidenceOfIt(t *testing.T) {
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
	if at := k.Taken["9001"]; len(k.Taken) != 1 || !at.Equal(start()) {
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
