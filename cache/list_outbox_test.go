package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheOutboxKnowsFromWhenAScheduledCampaignMayLeave(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	p := plan(3)
	p.Campaign.SendAt = clock.Now().Add(24 * time.Hour)
	p.Campaign.LeaveAt = p.Campaign.SendAt.Add(-5 * time.Minute)
	if _, err := db.Submit(t.Context(), "anna", "a", p, time.Minute, 0); err != nil {
		t.Fatal(err)
	}
	page, err := db.Outbox(t.Context(), model.PageRequest{Limit: 10})
	if err != nil || len(page.Rows) != 1 || !page.Rows[0].DueAt.Equal(p.Campaign.LeaveAt) {
		t.Errorf("the outbox has %+v, %v", page.Rows, err)
	}
}
