package cache

import (
	"slices"
	"testing"

	"viberdeck/model"
)

func statusOf(t testing.TB, db *DB, id model.CampaignID, phone int) (status model.DeliveryStatus, reason string) {
	t.Helper()
	err := db.reader.QueryRowContext(t.Context(),
		`SELECT r.status, coalesce(w.text, '') FROM recipient r LEFT JOIN word w ON w.id = r.reason
		WHERE r.campaign = ? AND r.who = ?`, id, phone).Scan(&status, &reason)
	if err != nil {
		t.Fatal(err)
	}
	return status, reason
}

func TestNobodyBlockedAfterTheSubmitIsClaimed(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(5), 0)
	for _, block := range []string{
		`INSERT INTO blacklist (who, added_at, source) VALUES (375290000001, 1, 'reply')`,
		`INSERT INTO blacklist (who, added_at, source, only) VALUES (375290000002, 1, 'operator', '["minsk"]')`,
		`INSERT INTO blacklist (who, added_at, source, only) VALUES (375290000003, 1, 'operator', '["promo-gr"]')`,
		`INSERT INTO account (name) VALUES ('shop-ua')`,
		`INSERT INTO vendor_block (account, who) SELECT id, 375290000004 FROM account WHERE name = 'shop-ua'`,
		`INSERT INTO blacklist (who, added_at, source, removed_at) VALUES (375290000005, 1, 'operator', 2)`,
	} {
		if _, err := db.writer.ExecContext(t.Context(), block); err != nil {
			t.Fatal(err)
		}
	}
	batches := claim(t, db, id, 1, 9)
	if got := phonesOf(batches); !slices.Equal(got, []model.Phone{375290000003, 375290000005}) {
		t.Fatalf("claimed %v", got)
	}
	if p := progress(t, db, id); p.Suppressed != 3 || p.InFlight != 2 || p.Total != 5 {
		t.Errorf("progress: %+v", p)
	}
	record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignSent)
}

func TestACampaignOfBlockedPeopleOnlyIsCancelledAndSaysWhy(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(1), 0)
	if _, err := db.writer.ExecContext(t.Context(),
		`INSERT INTO blacklist (who, added_at, source) VALUES (375290000001, 1, 'reply')`); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 10, 1); got != nil {
		t.Fatalf("claimed %v", got)
	}
	if p := progress(t, db, id); p.State != model.CampaignCancelled || p.PauseCause.String() == "" {
		t.Errorf("progress: %+v", p)
	}
}

func TestALargeAudienceIsStoredAndClaimedWhole(t *testing.T) {
	t.Parallel()
	people := 100_000
	if underRace {
		people = 2_000
	}
	db := open(t)
	id := submit(t, db, "k1", plan(people), 0)
	n := 0
	for {
		batches := claim(t, db, id, 1000, 10)
		if len(batches) == 0 {
			break
		}
		n += len(phonesOf(batches))
		record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	}
	if n != people {
		t.Errorf("%d people were claimed", n)
	}
	wantState(t, db, id, model.CampaignSent)
	if again := must(db.Campaign(t.Context(), id))(t); again.Totals.Sent != model.Known(int64(people)) {
		t.Errorf("sent %v of %d", again.Totals.Sent, people)
	}
}

func TestTheColumnsOfPeopleAreKeptForANewTryUntilTheyAreReached(t *testing.T) {
	t.Parallel()
	db := open(t)
	p, people := plan(5), audience(5)
	people[0].Vars = map[string]string{"name": "Anna"}
	p.People = model.PeopleOf(people...)
	id := submit(t, db, "k1", p, 0)
	record1(t, db, outcome(claim(t, db, id, 2, 9), model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignSent)
	if n := one[int](t, db, `SELECT count(*) FROM recipient_vars`); n != 1 {
		t.Errorf("%d columns are kept for a new try, want 1", n)
	}
	if _, err := db.writer.ExecContext(t.Context(), `UPDATE recipient SET status = 6`); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient_vars`); n != 0 {
		t.Errorf("%d columns of people who were reached are kept", n)
	}
}
