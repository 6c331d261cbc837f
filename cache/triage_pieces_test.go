package cache

import (
	"testing"

	"viberdeck/model"
)

// manyReplies opens a cache with replies of as many people, and forgets how they were stored.
func manyReplies(t testing.TB, n int) (*DB, *[]int64, []model.ReplyID) {
	t.Helper()
	db, sizes := metered(t, nil)
	seedAccounts(t, db)
	ids := make([]model.ReplyID, n)
	replies := make([]model.Reply, n)
	for i, r := range audience(n) {
		ids[i] = model.ReplyID(i + 1)
		replies[i] = model.Reply{VendorID: r.Phone.String(), Phone: r.Phone, Text: "STOP", ReceivedAt: start()}
	}
	if _, err := db.SaveReplies(t.Context(), "minsk", replies, start()); err != nil {
		t.Fatal(err)
	}
	*sizes = nil
	return db, sizes, ids
}

func TestAStepOverManyRepliesIsTakenInSmallTransactionsAndUndoneWhole(t *testing.T) {
	t.Parallel()
	const people = 3*testPiece + 5
	phones := model.PeopleOf(audience(people)...).Phones()
	for name, step := range map[string]func(db *DB, ids []model.ReplyID) error{
		"done": func(db *DB, ids []model.ReplyID) error { return finishAll(t, db, ids) },
		"label": func(db *DB, ids []model.ReplyID) error {
			return db.Label(t.Context(), "anna", ids, "late", model.On)
		},
		"claim": func(db *DB, ids []model.ReplyID) error {
			_, err := db.Claim(t.Context(), "anna", "s1", ids)
			return err
		},
		"opt-out": func(db *DB, ids []model.ReplyID) error { return db.OptOut(t.Context(), "anna", ids) },
		"block": func(db *DB, _ []model.ReplyID) error {
			_, err := db.Block(t.Context(), "anna", phones, "asked", nil, "")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, sizes, ids := manyReplies(t, people)
			if err := db.SetUnread(t.Context(), "anna", ids[:1], false); err != nil { // the step before
				t.Fatal(err)
			}
			*sizes = nil
			if err := step(db, ids); err != nil {
				t.Fatal(err)
			}
			if len(*sizes) < 4 {
				t.Errorf("%d transactions", len(*sizes))
			}
			if _, err := db.Undo(t.Context(), "anna"); err != nil {
				t.Fatal(err)
			}
			if len(*sizes) < 8 {
				t.Errorf("%d transactions with those of the undo", len(*sizes))
			}
			for i, n := range *sizes { // a phone costs an entry and a notification for each of two vendors
				if n > 8*testPiece {
					t.Errorf("transaction %d changed %d rows", i, n)
				}
			}
			left := `SELECT (SELECT count(*) FROM reply WHERE state <> 'open' OR claimed_by <> '')
				+ (SELECT count(*) FROM reply_label) + (SELECT count(*) FROM blacklist WHERE removed_at = 0)
				+ (SELECT count(*) FROM block_push)`
			if n := one[int](t, db, left); n != 0 {
				t.Errorf("%d things are left of it", n)
			}
			if n := one[int](t, db, `SELECT count(*) FROM journal WHERE undone = 0`); n != 1 {
				t.Errorf("%d rows of the journal are left, want the step before", n)
			}
		})
	}
}

func finishAll(t testing.TB, db *DB, ids []model.ReplyID) error {
	t.Helper()
	return failed(db.SetReplyState(t.Context(), "anna", ids, model.ReplyDone, start()))
}

func TestWhatAVendorGivesIsStoredInSmallTransactions(t *testing.T) {
	t.Parallel()
	const rows = 3*testPiece + 5
	db, sizes := metered(t, nil)
	seedAccounts(t, db)
	saveCampaigns(t, db, "minsk", found("v1"))
	people := audience(rows)
	entries := make([]model.BlacklistEntry, rows)
	for i := range people {
		people[i].Status = model.StatusDelivered
		entries[i] = model.BlacklistEntry{Phone: people[i].Phone}
	}
	*sizes = nil
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1", people, start()); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveBlacklist(t.Context(), "minsk", entries, start()); err != nil {
		t.Fatal(err)
	}
	if len(*sizes) < 8 {
		t.Errorf("%d transactions", len(*sizes))
	}
	for i, n := range *sizes {
		if n > 4*testPiece {
			t.Errorf("transaction %d changed %d rows", i, n)
		}
	}
}

func TestOldCallbacksGoInSmallTransactions(t *testing.T) {
	t.Parallel()
	db, sizes := metered(t, nil)
	seedAccounts(t, db)
	seed(t, db, func(exec func(string, ...any)) {
		for i := range 3 * testPiece {
			exec(`INSERT INTO callback (account, vendor, hash, received_at, body, state) VALUES (1, 'smsby', ?, 1, x'', 'done')`,
				[]byte{byte(i)})
		}
	})
	*sizes = nil
	if err := db.ForgetCallbacks(t.Context(), start()); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM callback`); n != 0 {
		t.Errorf("%d are left", n)
	}
	for i, n := range *sizes {
		if n > testPiece {
			t.Errorf("transaction %d removed %d rows", i, n)
		}
	}
}
