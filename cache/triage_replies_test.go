package cache

import (
	"context"
	"database/sql"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// seedQueue stores five open replies of five people and records that anna (s1) and boris (s2) are
// here.
func seedQueue(t *testing.T) (*DB, *clock) {
	t.Helper()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	for i := range 5 {
		seedReply(t, db, i+1, model.Phone(375291111111+i), "да", i)
	}
	for session, operator := range map[string]string{"s1": "anna", "s2": "boris"} {
		if err := db.Present(t.Context(), session, operator, 0); err != nil {
			t.Fatal(err)
		}
	}
	return db, clock
}

func replyIDs(ids ...model.ReplyID) []model.ReplyID { return ids }

// vendorRead returns the stored state of a reply's read mark at the vendor.
func vendorRead(t *testing.T, db *DB, id model.ReplyID) int {
	t.Helper()
	var n int
	if err := db.reader.QueryRowContext(t.Context(), `SELECT vendor_read FROM reply WHERE id = ?`,
		id).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// everything is all that triage changes, to compare before and after.
func everything(t *testing.T, db *DB) map[string][][]any {
	t.Helper()
	all := map[string][][]any{}
	for _, query := range []string{
		`SELECT * FROM reply ORDER BY id`, `SELECT * FROM reply_label ORDER BY reply, label`,
		`SELECT reply, by, text FROM note ORDER BY id`,
		`SELECT who, only, reason, added_by, source, reply FROM blacklist WHERE removed_at = 0 ORDER BY who`,
		`SELECT * FROM block_push ORDER BY account, who`,
	} {
		rows, err := db.reader.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		all[query] = scanAll(t, rows)
	}
	return all
}

func scanAll(t *testing.T, rows *sql.Rows) [][]any {
	t.Helper()
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDoneQueuesAReadMarkForTheVendorAndOpenTakesItBack(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	ctx := t.Context()
	if _, err := db.SetReplyState(ctx, "anna", replyIDs(1), model.ReplyDone, time.Time{}); err != nil {
		t.Fatal(err)
	}
	r := must(db.Thread(ctx, 1))(t).Reply
	if r.State != model.ReplyDone || r.DoneBy != "anna" || !r.DoneAt.Equal(start()) || r.Unread ||
		vendorRead(t, db, 1) != readToReport {
		t.Errorf("after done: %+v, vendor %d", r, vendorRead(t, db, 1))
	}
	if _, err := db.SetReplyState(ctx, "boris", replyIDs(1), model.ReplyOpen, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if r := must(db.Thread(ctx, 1))(t).Reply; r.State != model.ReplyOpen || r.DoneBy != "" ||
		vendorRead(t, db, 1) != readUnreported {
		t.Errorf("after open: %+v, vendor %d", r, vendorRead(t, db, 1))
	}
}

func TestLookingAtRepliesChangesNothing(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	before := everything(t, db)
	must(db.Replies(t.Context(), model.PageRequest{}))(t)
	must(db.Thread(t.Context(), 3))(t)
	if !reflect.DeepEqual(before, everything(t, db)) {
		t.Error("reading changed something")
	}
}

func TestUndoRestoresExactlyStepByStep(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	steps := map[string]func() error{
		"done": func() error {
			return failed(db.SetReplyState(ctx, "anna", replyIDs(1, 2, 3), model.ReplyDone, time.Time{}))
		},
		"open": func() error {
			return failed(db.SetReplyState(ctx, "anna", replyIDs(1), model.ReplyOpen,
				time.Time{}))
		},
		"snooze": func() error {
			return failed(db.SetReplyState(ctx, "anna", replyIDs(4, 5), model.ReplySnoozed, clock.Now().Add(time.Hour)))
		},
		"read":    func() error { return db.SetUnread(ctx, "anna", replyIDs(4), false) },
		"claim":   func() error { _, err := db.Claim(ctx, "anna", "s1", replyIDs(4, 5)); return err },
		"label":   func() error { return db.Label(ctx, "anna", replyIDs(1, 2), "vip", model.On) },
		"unlabel": func() error { return db.Label(ctx, "anna", replyIDs(2), "vip", model.Off) },
		"note":    func() error { return db.AddNote(ctx, "anna", 1, "call back") },
		"opt-out": func() error { return db.OptOut(ctx, "anna", replyIDs(2, 5)) },
		"block": func() error {
			_, err := db.Block(ctx, "anna", []model.Phone{375290000001, 375291111112}, "spam", nil, "")
			return err
		},
		"narrow": func() error {
			_, err := db.Block(ctx, "anna", []model.Phone{375290000002}, "spam", []string{"shop"}, "")
			return err
		},
		"widen": func() error {
			_, err := db.Block(ctx, "anna", []model.Phone{375290000002}, "spam", nil, "")
			return err
		},
		"unblock": func() error {
			_, err := db.Unblock(ctx, "anna", []model.Phone{375290000002, 375291111115}, "asked for it", nil)
			return err
		},
	}
	order := strings.Fields("done open snooze read claim label unlabel note opt-out block narrow widen unblock")
	var before []map[string][][]any
	for _, name := range order {
		before = append(before, everything(t, db))
		if err := steps[name](); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if reflect.DeepEqual(before[len(before)-1], everything(t, db)) {
			t.Fatalf("%s changes nothing", name)
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		text, err := db.Undo(ctx, "anna")
		if err != nil || text.String() == "" {
			t.Fatalf("undo of %s: %q, %v", order[i], text, err)
		}
		if after := everything(t, db); !reflect.DeepEqual(before[i], after) {
			t.Errorf("undo of %s (%s):\n%v\nwant\n%v", order[i], text, after, before[i])
		}
	}
	if _, err := db.Undo(ctx, "anna"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("undo of nothing: %v", err)
	}
	if _, err := db.Undo(ctx, "boris"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("boris has something to undo: %v", err)
	}
}

func TestUndoOfDoneSaysThatTheVendorKeepsItAsRead(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	ctx := t.Context()
	if _, err := db.SetReplyState(ctx, "anna", replyIDs(1), model.ReplyDone, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := db.ReadMarksDone(ctx, replyIDs(1), start()); err != nil {
		t.Fatal(err)
	}
	text, err := db.Undo(ctx, "anna")
	if err != nil || !strings.Contains(text.String(), "the vendor keeps the reply as read") {
		t.Errorf("%q, %v", text, err)
	}
	if r := must(db.Thread(ctx, 1))(t).Reply; r.State != model.ReplyOpen || !r.Unread ||
		vendorRead(t, db, 1) != readReported {
		t.Errorf("%+v", r)
	}
}

func TestTriageOfAReplyThatDoesNotExistChangesNothing(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	before := everything(t, db)
	if _, err := db.SetReplyState(t.Context(), "anna", replyIDs(1, 99), model.ReplyDone,
		time.Time{}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("got %v", err)
	}
	if _, err := db.SetReplyState(t.Context(), "anna", replyIDs(1), "lost",
		time.Time{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("got %v", err)
	}
	if err := db.AddNote(t.Context(), "anna", 1, " \n"); model.KindOf(err) != model.KindInvalid {
		t.Errorf("got %v", err)
	}
	if err := db.Label(t.Context(), "anna", replyIDs(1), strings.Repeat("я", 41),
		true); model.KindOf(err) != model.KindInvalid {
		t.Errorf("got %v", err)
	}
	if !reflect.DeepEqual(before, everything(t, db)) {
		t.Error("something changed")
	}
}

func TestAThreadShowsWhatWasSentAndWhatSurroundsTheReply(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	ctx := context.Background()
	seedCampaign(t, db, 7, "Осень")
	for i := range 30 {
		seedReply(t, db, 100+i, 375291111111, "ещё", 60+i)
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE reply SET campaign = 7 WHERE id = 1`)
		exec(addRecipient, 7, 375291111111, model.StatusRead, at(3))
	})
	if err := db.AddNote(ctx, "anna", 1, "первое\nвторое"); err != nil {
		t.Fatal(err)
	}
	thread := must(db.Thread(ctx, 1))(t)
	if thread.Sent == nil || thread.Sent.Name != "Осень" || thread.Status != model.StatusRead ||
		millis(thread.ReadAt) != at(3) {
		t.Errorf("sent: %+v, %s at %s", thread.Sent, thread.Status, thread.ReadAt)
	}
	others := thread.Events
	if len(others) != 20 || others[19].Reply != 129 || len(thread.Notes) != 1 ||
		thread.Notes[0].By != "anna" {
		t.Errorf("%d others, notes %+v", len(others), thread.Notes)
	}
	if _, err := db.Thread(ctx, 999); model.KindOf(err) != model.KindNotFound {
		t.Errorf("got %v", err)
	}
}

func TestALabelOfTwoWordsIsPutOnAndTakenOff(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedReply(t, db, 1, audience(1)[0].Phone, "hello", 0)
	for _, on := range []bool{true, false} {
		if err := db.Label(t.Context(), "anna", []model.ReplyID{1}, " перезвонить послезавтра ",
			model.Switch(on)); err != nil {
			t.Fatal(err)
		}
		labels := must(db.Thread(t.Context(), 1))(t).Reply.Labels
		if got := strings.Join(labels, ","); got != map[bool]string{true: "перезвонить послезавтра"}[on] {
			t.Errorf("on is %v, labels %q", on, got)
		}
	}
}
