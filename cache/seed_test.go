package cache

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

// clock is a time that tests move.
type clock = storetest.Clock

// openClocked opens a cache whose time the test moves; it starts at start().
func openClocked(t testing.TB) (*DB, *clock) {
	t.Helper()
	c := &clock{}
	c.Set(start())
	db, err := Open(context.Background(), emptyFile(t), Options{Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, c
}

// seed runs statements in one transaction: each is a query followed by its arguments.
func seed(t testing.TB, db *DB, fill func(exec func(query string, args ...any))) {
	t.Helper()
	err := db.write(context.Background(), func(tx *sql.Tx) error {
		var failed error
		fill(func(query string, args ...any) {
			if failed != nil {
				return
			}
			if _, err := tx.Exec(query, args...); err != nil {
				failed = fmt.Errorf("%s: %w", query, err)
			}
		})
		return failed
	})
	if err != nil {
		t.Fatal(err)
	}
}

// seedAccounts makes minsk (1, sms.by) and shop (2, SendPulse) known.
func seedAccounts(t testing.TB, db *DB) {
	t.Helper()
	if err := db.Accounts(context.Background(), []model.Account{
		{Name: "minsk", Vendor: model.SMSBy}, {Name: "shop", Vendor: model.SendPulse}}); err != nil {
		t.Fatal(err)
	}
}

// at is n minutes after the tests' clock began, as it is stored.
func at(n int) int64 { return start().Add(time.Duration(n) * time.Minute).UnixMilli() }

const (
	addCampaign = `INSERT INTO campaign (id, account, vendor_id, name, state, created_at, sort_at, ours, sent,
		recipients, delivered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	addRecipient = `INSERT INTO recipient (campaign, who, status, updated_at) VALUES (?, ?, ?, ?)`
	addReply     = `INSERT INTO reply (id, account, vendor_id, campaign, who, text, received_at, stored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
)

// seedReply stores one open reply of account minsk, received n minutes after the start.
func seedReply(t testing.TB, db *DB, id int, phone model.Phone, text string, n int) {
	t.Helper()
	seed(t, db, func(exec func(string, ...any)) {
		exec(addReply, id, 1, fmt.Sprint("v", id), 0, int64(phone), text, at(n), at(n))
		exec(`INSERT INTO reply_text (rowid, text) VALUES (?, ?)`, id, model.Fold(text))
	})
}

// seedCampaign stores a campaign found at minsk and makes it searchable.
func seedCampaign(t testing.TB, db *DB, id int, name string) {
	t.Helper()
	seed(t, db, func(exec func(string, ...any)) {
		exec(addCampaign, id, 1, fmt.Sprint("v", id), name, "sent", at(id), at(id), false, 10, nil, nil)
		exec(`INSERT INTO campaign_ref (account, vendor_id, campaign) VALUES (1, ?, ?)`, fmt.Sprint("v", id), id)
		exec(`INSERT INTO campaign_text (rowid, text) VALUES (?, ?)`, id, model.Fold(name))
	})
}

// must fails the test on an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// filtered reads the filter language as the screens do.
func filtered(t testing.TB, expression string) model.Filter {
	t.Helper()
	return must(model.ParseFilter(expression, start(), time.UTC))(t)
}

// failed returns the error of a call that also returns a value.
func failed[T any](_ T, err error) error { return err }

// Names that the tests of every store share, under the names used in these tests.

const firstPhone = storetest.FirstPhone

func audience(n int) []model.Recipient { return storetest.Audience(n) }

func plan(n int) model.Plan { return storetest.Plan(n) }

func submit(t testing.TB, db *DB, key string, p model.Plan, hold time.Duration) model.CampaignID {
	t.Helper()
	return storetest.Submit(t, db, key, p, hold)
}

func claim(t testing.TB, db *DB, id model.CampaignID, perCall, most int) []model.Batch {
	t.Helper()
	return claimAt(t, db, id, perCall, most, db.now())
}

// claimAt claims at most so many batches, one after the other.
func claimAt(t testing.TB, db *DB, id model.CampaignID, perCall, most int, now time.Time) []model.Batch {
	t.Helper()
	return storetest.Claim(t, db, id, model.Claim{PerCall: perCall}, most, now)
}

func outcome(batches []model.Batch, state model.BatchState, why string) []model.Outcome {
	return storetest.Outcomes(batches, state, why)
}

func record1(t testing.TB, db *DB, outcomes ...model.Outcome) {
	t.Helper()
	storetest.Record(t, db, outcomes...)
}

func progress(t testing.TB, db *DB, id model.CampaignID) model.Progress {
	t.Helper()
	return storetest.Progress(t, db, id)
}

func wantState(t testing.TB, db *DB, id model.CampaignID, want model.CampaignState) {
	t.Helper()
	storetest.WantState(t, db, id, want)
}

func phonesOf(batches []model.Batch) []model.Phone { return storetest.Phones(batches) }

func wantConflict(t testing.TB, err error) {
	t.Helper()
	storetest.WantConflict(t, err)
}
