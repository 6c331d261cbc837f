package cache

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"

	"viberdeck/model"
)

// posted stores a callback of minsk, n minutes after the start, and returns it as it waits to be
// read.
func posted(t testing.TB, db *DB, body string, n int) model.Callback {
	t.Helper()
	c := model.Callback{Account: "minsk", Vendor: model.Wooxy, Body: []byte(body),
		ReceivedAt: start().Add(time.Duration(n) * time.Minute)}
	if repeated := must(db.StoreCallbacks(t.Context(), []model.Callback{c}))(t); repeated[0] {
		t.Fatalf("%s is a repetition", body)
	}
	next := must(db.NextCallbacks(t.Context(), 1000))(t)
	return next[len(next)-1]
}

// apply applies the news of a callback with the given body.
func apply(t testing.TB, db *DB, body string, n int, e model.CallbackEvent) model.CallbackResult {
	t.Helper()
	return must(db.ApplyCallback(t.Context(), posted(t, db, body, n), e, start().Add(time.Duration(n)*time.Minute)))(t)
}

func reportedOne(phone model.Phone, vendorID string, s model.DeliveryStatus) model.CallbackEvent {
	return model.CallbackEvent{People: []model.Recipient{{Phone: phone, VendorID: vendorID, Status: s}}}
}

// accepted sends a campaign of n people that the vendor takes as one call with the reference.
func accepted(t testing.TB, db *DB, key string, n int, ref string) model.CampaignID {
	t.Helper()
	id := submit(t, db, key, plan(n), 0)
	record1(t, db, model.Outcome{Batch: claim(t, db, id, n, 1)[0].ID, State: model.BatchAccepted, VendorRef: ref,
		At: db.now()})
	return id
}

func callbackStates(t testing.TB, db *DB) string {
	t.Helper()
	return one[string](t, db,
		`SELECT coalesce(group_concat(state || ':' || note, ' | '), '') FROM (SELECT * FROM callback ORDER BY id)`)
}

func TestARepeatedCallbackIsStoredOnceADay(t *testing.T) {
	t.Parallel()
	db := open(t)
	c := model.Callback{Account: "minsk", Vendor: model.Wooxy, Body: []byte(`{"id":1}`), ReceivedAt: start()}
	other := c
	other.Account = "shop"
	late := c
	late.ReceivedAt = start().Add(25 * time.Hour)
	got := must(db.StoreCallbacks(t.Context(), []model.Callback{c, c, other}))(t)
	got = append(got, must(db.StoreCallbacks(t.Context(), []model.Callback{c, late}))(t)...)
	if want := "[false true false true false]"; fmt.Sprint(got) != want {
		t.Errorf("repeated: %v, want %s", got, want)
	}
	if n := one[int](t, db, `SELECT count(*) FROM callback`); n != 3 {
		t.Errorf("%d are stored", n)
	}
}

func TestALateDeliveredDoesNotLowerReadByCallback(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := accepted(t, db, "k1", 2, "ref-1")
	e := reportedOne(firstPhone, "m1", model.StatusRead)
	e.CampaignRef = "ref-1"
	if res := apply(t, db, "read", 1, e); res.Changed != 1 {
		t.Errorf("%+v", res)
	}
	e = reportedOne(firstPhone, "m1", model.StatusDelivered)
	e.CampaignRef = "ref-1"
	if res := apply(t, db, "delivered", 2, e); res.Changed != 0 || res.Illegal != 1 {
		t.Errorf("%+v", res)
	}
	if s, _ := statusOf(t, db, id, firstPhone); s != model.StatusRead {
		t.Errorf("the message is %s", s)
	}
	if got := callbackStates(t, db); got != "done: | done:" {
		t.Errorf("callbacks: %s", got)
	}
}

func TestACallbackIsAppliedOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	accepted(t, db, "k1", 1, "ref-1")
	c := posted(t, db, "x", 1)
	e := model.CallbackEvent{Replies: []model.Reply{{Phone: firstPhone, Text: "Yes"}}}
	for i, want := range []int{1, 0} {
		if res := must(db.ApplyCallback(t.Context(), c, e, start()))(t); res.NewReplies != want {
			t.Errorf("time %d: %+v", i, res)
		}
	}
	if next := must(db.NextCallbacks(t.Context(), 10))(t); len(next) != 0 {
		t.Errorf("still to be read: %+v", next)
	}
}

func TestACallbackUnderstoodInPartIsTakenInPartAndKept(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := accepted(t, db, "k1", 1, "ref-1")
	e := reportedOne(firstPhone, "m1", model.StatusDelivered)
	e.Unknown = "status viber-teleported"
	apply(t, db, "x", 1, e)
	if s, _ := statusOf(t, db, id, firstPhone); s != model.StatusDelivered ||
		callbackStates(t, db) != "kept:status viber-teleported" {
		t.Errorf("the message is %s, callbacks: %s", s, callbackStates(t, db))
	}
}

func TestNewsWithoutACampaignFindsItsMessage(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	older := accepted(t, db, "k1", 2, "ref-1")
	record := reportedOne(firstPhone, "m1", model.StatusDelivered)
	record.CampaignRef = "ref-1"
	apply(t, db, "first", 1, record)
	clock.Advance(time.Hour)
	newer := accepted(t, db, "k2", 2, "ref-2")
	for _, c := range []struct {
		name   string
		e      model.CallbackEvent
		id     model.CampaignID // 0: none
		phone  int
		status model.DeliveryStatus
	}{
		{"the message's id alone", reportedOne(0, "m1", model.StatusRead), older, firstPhone, model.StatusRead},
		{"a phone: the newest", reportedOne(firstPhone, "m2", model.StatusDelivered), newer, firstPhone,
			model.StatusDelivered},
		{"a phone whose newest message has another id", reportedOne(firstPhone, "m1", model.StatusClicked), older,
			firstPhone,
			model.StatusClicked},
		{"a message that nobody knows to a phone whose messages are known",
			reportedOne(firstPhone, "m9", model.StatusRead),
			0, firstPhone, 0},
		{"a phone that nobody wrote to", reportedOne(firstPhone+7, "m8", model.StatusRead), 0, 0, 0},
		{"nobody", reportedOne(0, "", model.StatusRead), 0, 0, 0},
		{"news from before the newest left", model.CallbackEvent{
			People: []model.Recipient{{Phone: firstPhone + 1, Status: model.StatusExpired,
				UpdatedAt: start().Add(10 * time.Minute)}}},
			older, firstPhone + 1, model.StatusExpired},
		{"a campaign that nobody knows", model.CallbackEvent{
			CampaignRef: "else", People: reportedOne(firstPhone+1, "", model.StatusRead).People}, 0, 0, 0},
	} {
		res := apply(t, db, c.name, 70, c.e)
		if c.id == 0 {
			if res.Homeless != 1 || res.Changed != 0 {
				t.Errorf("%s: %+v", c.name, res)
			}
			continue
		}
		if s, _ := statusOf(t, db, c.id, c.phone); s != c.status || res.Changed != 1 {
			t.Errorf("%s: %s, %+v", c.name, s, res)
		}
	}
	if s, _ := statusOf(t, db, newer, firstPhone+1); s != model.StatusAccepted {
		t.Errorf("the newer campaign's message is %s", s)
	}
	if !strings.Contains(callbackStates(t, db), "kept:1 person of no campaign known here") {
		t.Errorf("callbacks: %s", callbackStates(t, db))
	}
}

func TestAPersonWrittenToByAContactIsFoundByTheMessage(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(0)
	p.People = model.PeopleOf(model.Recipient{Contact: "user-17"})
	id := submit(t, db, "k1", p, 0)
	record1(t, db, model.Outcome{Batch: claim(t, db, id, 1, 1)[0].ID, State: model.BatchAccepted, At: start(),
		People: []model.Recipient{{Contact: "user-17", Status: model.StatusAccepted, VendorID: "m1"}}})
	for _, e := range []model.CallbackEvent{
		reportedOne(firstPhone, "m1", model.StatusDelivered),
		{People: []model.Recipient{{Contact: "user-17", Status: model.StatusRead}}},
		{People: []model.Recipient{{Contact: "anna@example.com", VendorID: "m1", Status: model.StatusClicked}}},
	} {
		if res := apply(t, db, fmt.Sprint(e), 1, e); res.Changed != 1 {
			t.Errorf("%+v: %+v", e, res)
		}
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 1 {
		t.Errorf("there are %d people", n)
	}
	if s := one[model.DeliveryStatus](t, db, `SELECT status FROM recipient`); s != model.StatusClicked {
		t.Errorf("the message is %s", s)
	}
}

func TestAnOptOutAtAVendorHoldsEverywhere(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := accepted(t, db, "k1", 3, "ref-1")
	apply(t, db, "read", 1, reportedOne(firstPhone, "m1", model.StatusRead))
	gone := reportedOne(0, "m1", model.StatusOptedOut)
	gone.People[0].VendorStatus = "viber-contact-channel-unsubscribed"
	second := reportedOne(firstPhone+2, "", model.StatusOptedOut)
	before := changes(t, db)[model.TopicBlacklist]
	for i, e := range []model.CallbackEvent{gone, gone, second} {
		apply(t, db, fmt.Sprint(i), i, e)
	}
	var entries []string
	for _, reason := range must(texts(t.Context(), db.reader,
		`SELECT who || ' ' || source || ' ' || only || char(9) || reason FROM blacklist ORDER BY who`))(t) {
		before, text, _ := strings.Cut(reason, "\t")
		entries = append(entries, before+model.StoredText(text).String())
	}
	got := strings.Join(entries, ", ")
	want := "375290000001 vendor opted out at the vendor: viber-contact-channel-unsubscribed, 375290000003 vendor " +
		"opted out at the vendor: "
	if got != want {
		t.Errorf("the blacklist holds %q, want %q", got, want)
	}
	if n := changes(t, db)[model.TopicBlacklist] - before; n != 2 {
		t.Errorf("the blacklist changed %d times", n)
	}
	if s, _ := statusOf(t, db, id, firstPhone); s != model.StatusRead {
		t.Errorf("the message is %s", s)
	}
	again := submit(t, db, "k2", plan(3), 0)
	if left := phonesOf(claim(t, db, again, 10, 1)); len(left) != 1 || left[0] != firstPhone+1 {
		t.Errorf("%v are written to again", left)
	}
}

func TestNewsThatComesBeforeTheAnswerToTheCallIsNotLost(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batch := claim(t, db, id, 2, 1)[0]
	e := reportedOne(firstPhone, "m1", model.StatusDelivered)
	e.CampaignRef = "ref-1" // not known yet
	if res := apply(t, db, "early", 1, e); res.Changed != 1 {
		t.Errorf("%+v", res)
	}
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, VendorRef: "ref-1", At: start()})
	for phone, want := range map[int]model.DeliveryStatus{
		firstPhone: model.StatusDelivered, firstPhone + 1: model.StatusAccepted} {
		if s, _ := statusOf(t, db, id, phone); s != want {
			t.Errorf("%d is %s, want %s", phone, s, want)
		}
	}
}

func TestNewsOfOneAccountDoesNotTouchAnother(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := accepted(t, db, "k1", 1, "ref-1")
	e := reportedOne(firstPhone, "m1", model.StatusDelivered)
	e.CampaignRef = "ref-1"
	apply(t, db, "ours", 1, e)
	foreign := model.Callback{Account: "shop", Vendor: model.Routee, Body: []byte("theirs"), ReceivedAt: start()}
	must(db.StoreCallbacks(t.Context(), []model.Callback{foreign}))(t)
	foreign = must(db.NextCallbacks(t.Context(), 1))(t)[0]
	e.People[0].Status = model.StatusRead
	if res := must(db.ApplyCallback(t.Context(), foreign, e, start()))(t); res.Changed != 0 || res.Homeless != 1 {
		t.Errorf("%+v", res)
	}
	if s, _ := statusOf(t, db, id, firstPhone); s != model.StatusDelivered {
		t.Errorf("the message is %s", s)
	}
}

func TestARepliesCampaignIsTheNewestThatHasGoneToThePerson(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	older := accepted(t, db, "k1", 2, "ref-1")
	clock.Advance(time.Hour)
	newer := accepted(t, db, "k2", 1, "ref-2")
	waiting := submit(t, db, "k3", plan(2), time.Hour) // not sent to any person yet
	for _, c := range []struct {
		text string
		r    model.Reply
		ref  string
		want model.CampaignID
	}{
		{"newest", model.Reply{Phone: firstPhone}, "", newer},
		{"only one", model.Reply{Phone: firstPhone + 1}, "", older},
		{"named", model.Reply{Phone: firstPhone}, "ref-1", older},
		{"stranger", model.Reply{Phone: firstPhone + 9}, "", 0},
		{"named and not known", model.Reply{Phone: firstPhone}, "ref-9", 0},
	} {
		c.r.Text = c.text
		if res := apply(t, db, c.text, 61, model.CallbackEvent{
			CampaignRef: c.ref, Replies: []model.Reply{c.r}}); res.NewReplies != 1 {
			t.Errorf("%s: %+v", c.text, res)
		}
		if got := one[model.CampaignID](t, db, `SELECT campaign FROM reply WHERE text = ?`, c.text); got != c.want ||
			got == waiting {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestEqualRepliesAtDifferentTimesAreTwo(t *testing.T) {
	t.Parallel()
	db := open(t)
	e := model.CallbackEvent{Replies: []model.Reply{{Phone: firstPhone, Text: "Yes"}}}
	apply(t, db, "yes", 0, e)
	apply(t, db, "yes", 25*60, e)
	timed := model.CallbackEvent{Replies: []model.Reply{
		{Phone: firstPhone, Text: "Yes", ReceivedAt: start().Add(-time.Hour)}}}
	apply(t, db, "yes, told in one shape", 1, timed)
	if res := apply(t, db, "yes, told in another", 2, timed); res.NewReplies != 0 {
		t.Errorf("a repetition is new: %+v", res)
	}
	if n := one[int](t, db, `SELECT count(*) FROM reply`); n != 3 {
		t.Errorf("%d replies", n)
	}
}

func TestOnlyCallbacksThatHaveServedAreForgotten(t *testing.T) {
	t.Parallel()
	db := open(t)
	apply(t, db, "done", 0, model.CallbackEvent{})
	kept, fresh := posted(t, db, "kept", 0), posted(t, db, "new", 0)
	if err := db.KeepCallback(t.Context(), kept.ID, "strange"); err != nil {
		t.Fatal(err)
	}
	if err := db.ForgetCallbacks(t.Context(), start().Add(100*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := callbackStates(t, db); got != "kept:strange | new:" {
		t.Errorf("callbacks: %s", got)
	}
	if next := must(db.NextCallbacks(t.Context(), 10))(t); len(next) != 1 || next[0].ID != fresh.ID ||
		string(next[0].Body) != "new" || !next[0].ReceivedAt.Equal(start()) {
		t.Errorf("next: %+v", next)
	}
}

func TestStrangeCallbacksAreKeptWithinABoundOfBytes(t *testing.T) {
	t.Parallel()
	db := open(t)
	const size, n = 8 << 20, unreadBytes/(8<<20) + 2
	for i := range n {
		c := posted(t, db, strings.Repeat(string(rune('a'+i)), size), i)
		if err := db.KeepCallback(t.Context(), c.ID, "strange"); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.ForgetCallbacks(t.Context(), start().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	got, oldest := one[int](t, db, `SELECT count(*) FROM callback`), one[int](t, db, `SELECT min(id) FROM callback`)
	if got != n-2 || oldest != 3 {
		t.Errorf("%d of %d are kept, from number %d on", got, n, oldest)
	}
}

func TestTheKeyOfCallbacksStays(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	first := must(openAt(t, path).CallbackKey(t.Context()))(t)
	second := must(openAt(t, path).CallbackKey(t.Context()))(t)
	if len(first) != callbackKeySize || !bytes.Equal(first, second) {
		t.Errorf("%d and %d bytes, equal: %v", len(first), len(second), bytes.Equal(first, second))
	}
	if other := must(open(t).CallbackKey(t.Context()))(t); bytes.Equal(first, other) {
		t.Error("another cache has the same key")
	}
}

// firstSchema makes a file of the first released schema, by its migration alone.
func firstSchema(t testing.TB, path string) *sql.DB {
	t.Helper()
	script := must(fs.ReadFile(migrations, "migrations/0001_start.sql"))(t)
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := openWriter(writing(path, busyFor))
	p := must(goose.NewProvider(goose.DialectSQLite3, w, fstest.MapFS{"0001_start.sql": {Data: script}},
		goose.WithDisableGlobalRegistry(true)))(t)
	if _, err := p.Up(context.Background()); err != nil {
		t.Fatal(err)
	}
	return w
}

// rowsOf returns all rows of the tables as text, in the columns named for each.
func rowsOf(t testing.TB, db *sql.DB, tables map[string]string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for table, columns := range tables {
		rows, err := db.QueryContext(t.Context(), `SELECT `+columns+` FROM "`+table+`"`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns := must(rows.Columns())(t)
		var b strings.Builder
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for i, name := range columns {
				fmt.Fprintf(&b, "%s=%v ", name, *values[i].(*any))
			}
			b.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		all[table] = b.String()
	}
	return all
}

func TestAFileOfTheFirstSchemaKeepsAllItsRows(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	w := firstSchema(t, path)
	for _, s := range []step{
		{`INSERT INTO account (id, name, vendor) VALUES (1, 'minsk', 'smsby')`, nil},
		{addCampaign, []any{1, 1, "v1", "Autumn sale", "sent", at(0), at(0), true, 2, 2, 1}},
		{`INSERT INTO campaign_ref (account, vendor_id, campaign) VALUES (1, 'v1', 1)`, nil},
		{`INSERT INTO batch (id, campaign, account, number, state, attempt, size, claimed_at, vendor_ref) VALUES (1,
			1, 1, 1, 'accepted', 'a', 2, ?, 'v1')`, []any{at(0)}},
		{`INSERT INTO recipient (campaign, who, status, batch, vendor_id) VALUES (1, 375290000001, 6, 1, 'm1'), (1,
			375290000002, 4, 1, NULL)`, nil},
		{addReply, []any{1, 1, "r1", 1, firstPhone, "СТОП", at(1), at(1)}},
		{`INSERT INTO reply_text (rowid, text) VALUES (1, 'стоп')`, nil},
		{`INSERT INTO note (reply, at, by, text) VALUES (1, ?, 'anna', 'call back')`, []any{at(2)}},
		{`INSERT INTO blacklist (who, added_at, source) VALUES (375290000003, ?, 'operator')`, []any{at(3)}},
		{`INSERT INTO keep (operator, name, value, at) VALUES ('anna', 'draft', '{}', ?)`, []any{at(4)}},
		{`INSERT INTO activity (at, operator, action) VALUES (?, 'anna', 'sent')`, []any{at(4)}},
	} {
		if _, err := w.ExecContext(t.Context(), s.sql, s.args...); err != nil {
			t.Fatalf("%s: %v", s.sql, err)
		}
	}
	tables := must(texts(t.Context(), w,
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%text%'
			AND name <> 'goose_db_version'`))(t)
	columns := map[string]string{}
	for _, table := range tables {
		columns[table] = one[string](t, &DB{shared: &shared{reader: w}},
			`SELECT group_concat('"' || name || '"', ', ') FROM pragma_table_info('`+table+`')`)
	}
	before := rowsOf(t, w, columns)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	db := openAt(t, path)
	for table, rows := range rowsOf(t, db.reader, columns) {
		if rows != before[table] {
			t.Errorf("%s was\n%s\nand is\n%s", table, before[table], rows)
		}
	}
	copied, err := sql.Open("sqlite", source(path+".bak-1", "ro"))
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	for table, rows := range rowsOf(t, copied, columns) {
		if rows != before[table] {
			t.Errorf("the copy's %s was\n%s\nand is\n%s", table, before[table], rows)
		}
	}
	// Rows that existed before accept the news of callbacks.
	if res := apply(t, db, "x", 5, reportedOne(0, "m1", model.StatusRead)); res.Changed != 1 {
		t.Errorf("%+v", res)
	}
}
