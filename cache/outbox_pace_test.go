package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestACampaignIsSpreadOverItsStretchWhereTheVendorCannot(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	p := plan(6)
	p.Campaign.Stretch = time.Hour
	id := submit(t, db, "k", p, 0)
	paced := model.Claim{PerCall: 100, Paced: true}
	for i := range 6 {
		if got := claimAll(t, db, id, paced, 1, clock.Now()); len(got) != 1 || got[0].Size != 1 {
			t.Fatalf("step %d: %+v", i, got)
		}
		if i == 5 {
			break
		}
		if got := claimAll(t, db, id, paced, 1, clock.Now()); len(got) != 0 {
			t.Fatalf("step %d: more left at once: %+v", i, got)
		}
		if due := must(db.DueCampaigns(t.Context(), "minsk", clock.Now()))(t); len(due) != 0 {
			t.Fatalf("step %d: it is due: %+v", i, due)
		}
		next, ok, err := db.NextDue(t.Context(), clock.Now())
		if err != nil || !ok || !next.Equal(clock.Now().Add(10*time.Minute)) {
			t.Fatalf("step %d: next %s, %v, %v", i, next, ok, err)
		}
		clock.Advance(10 * time.Minute)
	}
	whole := submit(t, db, "other", plan(3), 0)
	if got := claimAll(t, db, whole, paced, 9, clock.Now()); len(got) != 1 || got[0].Size != 3 {
		t.Errorf("without a stretch: %+v", got)
	}
}

func TestABatchThatIsPacedMayBegin(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	p := plan(4)
	p.Campaign.Stretch = time.Hour
	id := submit(t, db, "k", p, 0)
	got := claimAll(t, db, id, model.Claim{PerCall: 100, Paced: true}, 1, clock.Now())
	done, why, err := db.Begin(t.Context(), got[0].ID, clock.Now())
	if err != nil || !why.IsZero() {
		t.Fatalf("%s, %v", why, err)
	}
	done()
}
