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

// seedQueue stores five open replies of five people and says that anna (s1) and boris (s2) are
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

// vendorRead is what the vendor is to be told of a reply.
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

func TestDoneAsksForTheVendorToBeToldAndOpenTakesThatBack(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	ctx := t.Context()
	if _, err := db.SetReplyState(ctx, "anna", replyIDs(1), model.ReplyDone, time.Time{}); err != nil {
		t.Fatal(err)
	}
	r := must(db.Thread(ctx, 1))(t).Reply
	if r.State != model.ReplyDone || r.DoneBy != "anna" || !r.DoneAt.Equal(start()) || r.Unread ||
		vendorRead(t, db, 1) != readToTell {
		t.Errorf("after done: %+v, vendor %d", r, vendorRead(t, db, 1))
	}
	if _, err := db.SetReplyState(ctx, "boris", replyIDs(1), model.ReplyOpen, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if r := must(db.Thread(ctx, 1))(t).Reply; r.State != model.ReplyOpen || r.DoneBy != "" ||
		vendorRead(t, db, 1) != readUntold {
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

func TestASnoozedReplyComesBackAtItsTime(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	if _, err := db.SetReplyState(ctx, "anna", replyIDs(2), model.ReplySnoozed,
		clock.Now()); model.KindOf(err) != model.KindInvalid {
		t.Errorf("snoozing until now: %v", err)
	}
	if _, err := db.SetReplyState(ctx, "anna", replyIDs(2), model.ReplySnoozed,
		clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	clock.Advance(59 * time.Minute)
	if got := repliesFor(t, db, "is:open", "anna"); got != "1 3 4 5" {
		t.Errorf("before its time open are %s", got)
	}
	clock.Advance(time.Minute)
	if got := repliesFor(t, db, "is:open", "anna"); got != "1 2 3 4 5" {
		t.Errorf("at its time open are %s", got)
	}
}

func TestAClaimHoldsAgainstColleaguesUntilItsSessionIsGone(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	claim := func(operator, session string, take bool, ids ...model.ReplyID) int {
		t.Helper()
		return must(db.Claim(ctx, operator, session, ids, take))(t)
	}
	holder := func(id model.ReplyID) string { return must(db.Thread(ctx, id))(t).Reply.ClaimedBy }
	if n := claim("anna", "s1", true, 1, 2); n != 0 {
		t.Errorf("%d are others'", n)
	}
	if n := claim("boris", "s2", true, 1, 3); n != 1 || holder(1) != "anna" || holder(3) != "boris" {
		t.Errorf("%d are others', 1 is %s's, 3 is %s's", n, holder(1), holder(3))
	}
	if n := claim("boris", "s2", false, 1); n != 1 || holder(1) != "anna" {
		t.Errorf("boris gave back what anna has")
	}
	clock.Advance(20 * time.Second)
	if err := db.Present(ctx, "s2", "boris", 0); err != nil {
		t.Fatal(err)
	}
	clock.Advance(11 * time.Second)
	if holder(1) != "" || holder(3) != "boris" {
		t.Errorf("after anna has gone, 1 is %q's and 3 %q's", holder(1), holder(3))
	}
	if n := claim("boris", "s2", true, 1); n != 0 || holder(1) != "boris" {
		t.Errorf("boris could not take what fell free")
	}
	if n := claim("boris", "", true, 1); n != 0 || holder(1) != "" {
		t.Errorf("an empty session does not give back")
	}
}

func TestWhatAColleagueDidAlreadyIsNoStepOfOnesOwn(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	ctx := t.Context()
	do := func(operator string, state model.ReplyState, ids ...model.ReplyID) int {
		return must(db.SetReplyState(ctx, operator, replyIDs(ids...), state, time.Time{}))(t)
	}
	if n := do("anna", model.ReplyDone, 1); n != 1 {
		t.Errorf("anna changed %d", n)
	}
	if n := do("boris", model.ReplyDone, 2, 3); n != 2 {
		t.Errorf("boris changed %d", n)
	}
	if n := do("anna", model.ReplyDone, 2, 3); n != 0 {
		t.Errorf("anna changed %d that boris had done", n)
	}
	if n := do("anna", model.ReplyDone, 3, 4); n != 1 {
		t.Errorf("anna changed %d of one that boris had done and an open one", n)
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
		"claim":   func() error { _, err := db.Claim(ctx, "anna", "s1", replyIDs(4, 5), true); return err },
		"label":   func() error { return db.Label(ctx, "anna", replyIDs(1, 2), "vip", true) },
		"unlabel": func() error { return db.Label(ctx, "anna", replyIDs(2), "vip", false) },
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
		said, err := db.Undo(ctx, "anna")
		if err != nil || said.String() == "" {
			t.Fatalf("undo of %s: %q, %v", order[i], said, err)
		}
		if after := everything(t, db); !reflect.DeepEqual(before[i], after) {
			t.Errorf("undo of %s (%s):\n%v\nwant\n%v", order[i], said, after, before[i])
		}
	}
	if _, err := db.Undo(ctx, "anna"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("undo of nothing: %v", err)
	}
	if _, err := db.Undo(ctx, "boris"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("boris has something to undo: %v", err)
	}
}

func TestUndoLeavesAloneWhatAColleagueChangedSince(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	ctx := t.Context()
	for _, err := range []error{
		failed(db.SetReplyState(ctx, "anna", replyIDs(1, 2), model.ReplyDone, time.Time{})),
		failed(db.SetReplyState(ctx, "boris", replyIDs(1), model.ReplySnoozed, start().Add(time.Hour))),
		db.Label(ctx, "boris", replyIDs(2), "vip", true),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	said, err := db.Undo(ctx, "anna")
	if err != nil || !strings.Contains(said.String(), "colleague") || !strings.Contains(said.String(), "1 reply") {
		t.Errorf("%q, %v", said, err)
	}
	if a, b := must(db.Thread(ctx, 1))(t).Reply, must(db.Thread(ctx, 2))(t).Reply; a.State != model.ReplySnoozed ||
		b.State != model.ReplyOpen || len(b.Labels) != 1 {
		t.Errorf("1 is %s, 2 is %s with %v", a.State, b.State, b.Labels)
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
	said, err := db.Undo(ctx, "anna")
	if err != nil || !strings.Contains(said.String(), "the vendor keeps the reply as read") {
		t.Errorf("%q, %v", said, err)
	}
	if r := must(db.Thread(ctx, 1))(t).Reply; r.State != model.ReplyOpen || !r.Unread ||
		vendorRead(t, db, 1) != readTold {
		t.Errorf("%+v", r)
	}
}

func TestAnOptOutBlocksEverywhereAndIsUndoneOnlyBeforeAVendorKnows(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	if err := db.SaveBlacklist(ctx, "shop", nil, start()); err != nil { // shop's vendor keeps a list
		t.Fatal(err)
	}
	if err := db.OptOut(ctx, "anna", replyIDs(1, 2)); err != nil {
		t.Fatal(err)
	}
	entries := must(db.Blacklist(ctx, model.PageRequest{}))(t).Rows
	if len(entries) != 2 || entries[0].Source != model.SourceReply || entries[0].Reply == 0 ||
		len(entries[0].Pending) != 2 || len(entries[0].Only) != 0 {
		t.Fatalf("entries: %+v", entries)
	}
	if r := must(db.Thread(ctx, 1))(t).Reply; r.State != model.ReplyDone || !r.Blocked {
		t.Errorf("the reply: %+v", r)
	}
	tell := func(account string) {
		t.Helper()
		clock.Advance(model.OptOutDelay)
		blocks := must(db.Blocks(ctx, account, 1))(t)
		if err := db.BlocksDone(ctx, account, blocks, account == "shop", start()); err != nil {
			t.Fatal(err)
		}
	}
	tell("minsk") // keeps no list, so nothing reached it
	tell("shop")
	said, err := db.Undo(ctx, "anna")
	if err != nil || !strings.Contains(said.String(), "1 reply, 1 phone") || !strings.Contains(said.String(), "stays") {
		t.Errorf("%q, %v", said, err)
	}
	if a, b := must(db.Thread(ctx, 1))(t).Reply, must(db.Thread(ctx, 2))(t).Reply; a.State != model.ReplyDone ||
		!a.Blocked || b.State != model.ReplyOpen || b.Blocked {
		t.Errorf("1: %s %v, 2: %s %v", a.State, a.Blocked, b.State, b.Blocked)
	}
	if err := db.SetUnread(ctx, "anna", replyIDs(3), false); err != nil {
		t.Fatal(err)
	}
	if err := db.OptOut(ctx, "anna", replyIDs(4)); err != nil {
		t.Fatal(err)
	}
	tell("shop")
	if _, err := db.Undo(ctx, "anna"); model.KindOf(err) != model.KindConflict ||
		!strings.Contains(err.Error(), "stays") {
		t.Errorf("undo of what a vendor knows: %v", err)
	}
	if said, err := db.Undo(ctx, "anna"); err != nil || !strings.Contains(said.String(), `"read"`) {
		t.Errorf("the next undo: %q, %v", said, err)
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
		if err := db.Label(t.Context(), "anna", []model.ReplyID{1}, " перезвонить послезавтра ", on); err != nil {
			t.Fatal(err)
		}
		labels := must(db.Thread(t.Context(), 1))(t).Reply.Labels
		if got := strings.Join(labels, ","); got != map[bool]string{true: "перезвонить послезавтра"}[on] {
			t.Errorf("on is %v, labels %q", on, got)
		}
	}
}
