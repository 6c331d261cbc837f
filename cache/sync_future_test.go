package cache

import (
	"errors"
	"testing"
	"time"

	"viberdeck/model"
)

func TestNoTimeOfAnythingThatAVendorReportsLiesInTheFuture(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	tomorrow := start().Add(24 * time.Hour)
	b := claim(t, db, submit(t, db, "k1", plan(2), 0), 2, 1)[0]
	who := audience(9)
	report := func(r model.Recipient) []model.Recipient {
		r.Status, r.UpdatedAt = model.StatusDelivered, tomorrow
		return []model.Recipient{r}
	}
	_, err1 := db.SaveReplies(t.Context(), "minsk", []model.Reply{{VendorID: "1", Phone: who[0].Phone, Text: "Yes",
		ReceivedAt: tomorrow}}, start())
	err := errors.Join(err1,
		db.RecordOutcomes(t.Context(), []model.Outcome{{Batch: b.ID, State: model.BatchAccepted, VendorRef: "r1",
			People: report(b.People[0]), At: start()}}),
		db.SaveTracked(t.Context(), b.ID, model.Tracked{People: report(b.People[1])}, start()),
		db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{{VendorID: "v1", Name: "Found", CreatedAt: tomorrow,
			SendAt: tomorrow, State: model.CampaignScheduled}}, start()),
		db.SaveBlacklist(t.Context(), "minsk", []model.BlacklistEntry{{Phone: who[5].Phone, AddedAt: tomorrow}},
			start()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1", report(who[7]), start()); err != nil {
		t.Fatal(err)
	}
	for _, latest := range []string{`max(updated_at) FROM recipient`, `min(updated_at) FROM recipient`,
		`max(received_at) FROM reply`, `max(created_at) FROM campaign`, `max(added_at) FROM vendor_block`} {
		if at := one[int64](t, db, `SELECT `+latest); at != millis(start()) {
			t.Errorf("%s is %s", latest, timeOf(at))
		}
	}
	if at := one[int64](t, db, `SELECT max(send_at) FROM campaign`); at != millis(tomorrow) {
		t.Errorf("the plan is for %s", timeOf(at))
	}
}
