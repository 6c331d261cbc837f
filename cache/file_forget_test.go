package cache

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

const year = 365 * 24 * time.Hour

// forget removes what is older than a year, by the test's clock.
func forget(t testing.TB, db *DB) model.Forgotten {
	t.Helper()
	return must(db.Forget(t.Context(), db.now().Add(-year), func() error { return nil }))(t)
}

// figures holds all counters of campaigns.
func figures(t testing.TB, db *DB) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, by := range []model.CutBy{model.CutVendor, model.CutSender, model.CutCountry} {
		all["cut by "+string(by)] = must(db.Cuts(t.Context(), by, model.PageRequest{}))(t)
	}
	all["senders"] = must(db.SenderHealth(t.Context(), start().Add(-year)))(t)
	page := must(db.Campaigns(t.Context(), model.PageRequest{Sort: "delivered", Desc: true}))(t)
	for i, c := range page.Rows {
		c.PeopleRemoved = false
		s := must(db.Statistics(t.Context(), c.ID))(t)
		s.NextPoll = time.Time{}
		all[fmt.Sprint(i, c.ID, "campaign")], all[c.ID.String()+" statistics"] = c, s
		all[c.ID.String()+" progress"] = must(db.Progress(t.Context(), c.ID))(t)
	}
	return all
}

func compareFigures(t testing.TB, when string, got, want map[string]any) {
	t.Helper()
	for name := range want {
		if !reflect.DeepEqual(got[name], want[name]) {
			t.Errorf("%s: %s\nwas %+v\nis  %+v", when, name, want[name], got[name])
		}
	}
}

// traces finds personal data anywhere in the file except on the blacklist.
func traces(t testing.TB, db *DB, texts ...string) []string {
	t.Helper()
	var found []string
	for _, table := range strings.Fields(one[string](t, db,
		`SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'table'
		AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\_text\_%' ESCAPE '\' AND name NOT IN ('reply_text',
			'campaign_text', 'blacklist', 'block_push')`)) {
		for _, column := range strings.Fields(one[string](t, db,
			`SELECT group_concat('"' || name || '"', ' ') FROM pragma_table_info('`+table+`')`)) {
			for _, text := range texts {
				if n := one[int](t, db, `SELECT count(*) FROM "`+table+`" WHERE instr(CAST(`+column+` AS TEXT), ?) > 0`,
					text); n > 0 {
					found = append(found, fmt.Sprintf("%s %d times in %s.%s", text, n, table, column))
				}
			}
		}
	}
	return found
}

// seedOld stores a finished campaign of the program and one of the vendor, with people of all kinds
// and replies.
func seedOld(t testing.TB, db *DB) (ours, theirs model.CampaignID) {
	t.Helper()
	seedAccounts(t, db)
	people := append(audience(1200), model.Recipient{Phone: 306948530920},
		model.Recipient{Contact: "anna@example.com", Vars: map[string]string{"name": "Anna"}})
	p := plan(0)
	p.People = model.PeopleOf(people...)
	ours = submit(t, db, "old", p, 0)
	var batches []model.Batch
	for more := claim(t, db, ours, 1000, 10); len(more) > 0; more = claim(t, db, ours, 1000, 10) {
		batches = append(batches, more...)
	}
	outcomes := outcome(batches, model.BatchAccepted, "")
	outcomes[0].VendorIDs, outcomes[0].Evidence = []string{"77"}, model.Data("+375290000002 stands in the list")
	record1(t, db, outcomes...)
	news := []model.Recipient{}
	for i, r := range people {
		r.Status, r.Reason = model.StatusDelivered, model.Data("")
		switch i % 7 {
		case 1:
			r.Status = model.StatusRead
		case 2:
			r.Status, r.Reason = model.StatusUndelivered, model.Data("not a Viber user")
		case 3:
			r.Status, r.Reason = model.StatusFailed, model.Data("error 7")
		case 4:
			if r.Phone != 0 { // people who opted out are on the blacklist and stay known
				r.Status = model.StatusOptedOut
			}
		}
		news = append(news, r)
	}
	must(db.SaveRecipients(t.Context(), "minsk", "77", news, db.now()))(t)
	c := found("900")
	c.Account, c.Sender, c.Totals.Delivered, c.Totals.Recipients = "shop", "9", model.Known(5), model.Known(8)
	saveCampaigns(t, db, "shop", c)
	must(db.SaveRecipients(t.Context(), "shop", "900", news[:8], db.now()))(t)
	theirs = ref(t, db, "shop", "900").ID
	replies := []model.Reply{}
	for i, text := range []string{"СТОП", "Yes", "leave me", "open still", "snoozed still", "newest"} {
		r := model.Reply{VendorID: fmt.Sprint("m", i), Phone: model.Phone(firstPhone + i), Text: text,
			CampaignRef: "77", ReceivedAt: db.now().Add(time.Duration(i) * time.Second)}
		if text == "СТОП" {
			r.OptOut = text
		}
		replies = append(replies, r)
	}
	must(db.SaveReplies(t.Context(), "minsk", replies, db.now()))(t)
	for _, err := range []error{
		db.OptOut(t.Context(), "anna", []model.ReplyID{1, 3}),
		failed(db.SetReplyState(t.Context(), "anna", []model.ReplyID{2, 6}, model.ReplyDone, time.Time{})),
		failed(db.SetReplyState(t.Context(), "anna", []model.ReplyID{5}, model.ReplySnoozed, db.now().Add(3*year))),
		db.AddNote(t.Context(), "anna", 2, "call her at +375290000002"),
		db.Label(t.Context(), "anna", []model.ReplyID{2}, "price", model.On),
		db.AddActivity(t.Context(), model.Activity{
			At: db.now(), Operator: "anna", Action: "opened", Detail: model.Data("+375290000002 and mailing 1234567")}),
		db.LogRequests(t.Context(), []model.LogEntry{
			{At: db.now(), Account: "minsk", Method: "POST x", Result: model.Data("375290000002 is not a phone")}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return ours, theirs
}

func TestOldPersonalDataIsRemovedAndAllFiguresStay(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	ours, theirs := seedOld(t, db)
	// one held back, one on the list, one whose outcome is unknown
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE recipient SET status = 2, batch = 0 WHERE campaign = ? AND who = ?`, ours, firstPhone+20)
		exec(`UPDATE recipient SET status = 3, batch = 0 WHERE campaign = ? AND who = ?`, ours, firstPhone+21)
		exec(`UPDATE recipient SET status = 0 WHERE campaign = ? AND who = ?`, ours, firstPhone+22)
	})
	clock.Advance(year + 24*time.Hour)
	p := plan(0)
	p.People = model.PeopleOf(model.Recipient{Phone: 375297777771}, model.Recipient{Phone: 375297777772},
		model.Recipient{Phone: 375297777773})
	fresh := submit(t, db, "new", p, 0)
	before := figures(t, db)
	done := forget(t, db)
	if done.People != 1201+8 || done.Replies != 3 || done.Contacts != 1 || done.Lines == 0 {
		t.Errorf("removed %+v", done)
	}
	compareFigures(t, "after the removal", figures(t, db), before)
	if found := traces(t, db, "375290000002", "375290000003", "306948530920", "anna@example.com", "Yes",
		"leave me"); len(found) > 0 {
		t.Errorf("there are traces: %s", strings.Join(found, "; "))
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient WHERE campaign = ?`, fresh); n != 3 {
		t.Errorf("%d people of the new campaign", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient WHERE campaign IN (?, ?)`, ours, theirs); n != 1 {
		t.Errorf("%d people of unknown outcome", n)
	}
	if c := must(db.Campaign(t.Context(), ours))(t); !c.PeopleRemoved {
		t.Error("the campaign does not tell that its people were removed")
	}
	if got := one[string](t, db,
		`SELECT group_concat(text, ', ') FROM (SELECT text FROM reply ORDER BY id)`); got != "open still, snoozed "+
		"still, newest" {
		t.Errorf("replies: %s", got)
	}
	blocked := must(db.Blacklist(t.Context(), model.PageRequest{
		Filter: filtered(t, "phone:+375290000001,+375290000003")}))(t)
	if len(blocked.Rows) != 2 {
		t.Errorf("blocked are %+v", blocked.Rows)
	}
	if detail := one[string](t, db,
		`SELECT detail FROM activity WHERE action = 'opened'`); detail != "(a phone, removed) and mailing 1234567" {
		t.Errorf("the log says %q", detail)
	}
	if again := forget(t, db); again.Any() {
		t.Errorf("removed once more %+v", again)
	}
}

func TestWhatAVendorReportsAgainAboutRemovedPeopleIsNotStored(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedOld(t, db)
	clock.Advance(year + 24*time.Hour)
	before := figures(t, db)
	forget(t, db)
	news := audience(30)
	for i := range news {
		news[i].Status = model.StatusRead
	}
	for _, ref := range []struct{ account, id string }{{"minsk", "77"}, {"shop", "900"}} {
		must(db.SaveRecipients(t.Context(), ref.account, ref.id, news, db.now()))(t)
	}
	if n := must(db.SaveReplies(t.Context(), "minsk",
		[]model.Reply{{VendorID: "m1", Phone: firstPhone + 1, Text: "Yes", CampaignRef: "77"}}, db.now()))(t); n != 0 {
		t.Errorf("%d replies came back", n)
	}
	apply(t, db, "posted late", 0, reportedOne(77, "m9", model.StatusDelivered))
	c := found("77")
	c.Account, c.VendorState, c.Totals = "minsk", "", model.Totals{}
	saveCampaigns(t, db, "minsk", c)
	got := figures(t, db)
	compareFigures(t, "after a synchronisation", got, before)
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 0 {
		t.Errorf("%d people came back", n)
	}
}

func TestWhatIsNotOverOrNotOldEnoughStays(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]string{
		"it is sending":           `UPDATE campaign SET state = 'sending'`,
		"its outcome is unknown":  `UPDATE campaign SET state = 'unknown' WHERE ours = 1`,
		"a batch is unknown":      `UPDATE batch SET state = 'unknown' WHERE id = 1`,
		"a batch left lately":     `UPDATE batch SET settled_at = settled_at + 200000000`,
		"nobody knows its age":    `UPDATE campaign SET sort_at = 0`,
		"it is not old enough":    `UPDATE campaign SET sort_at = sort_at + 200000000`,
		"all of them still wait":  `UPDATE recipient SET batch = -1, status = 1`,
		"nobody knows the status": `UPDATE recipient SET status = 0`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, clock := openClocked(t)
			ours, _ := seedOld(t, db)
			clock.Advance(year + 24*time.Hour)
			seed(t, db, func(exec func(string, ...any)) {
				exec(`UPDATE reply SET state = 'open'`)
				exec(spoil)
			})
			people := `SELECT count(*) FROM recipient WHERE campaign = ?`
			before := one[int](t, db, people, ours)
			if done := forget(t, db); done.Replies != 0 || one[int](t, db, people, ours) != before {
				t.Errorf("removed %+v", done)
			}
		})
	}
}

func TestOnlyOldStepsOfUndoAreRemovedWithoutAnAge(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	seedReply(t, db, 1, firstPhone, "Yes", 0)
	for _, state := range []model.ReplyState{model.ReplyDone, model.ReplyOpen} {
		if _, err := db.SetReplyState(t.Context(), "anna", []model.ReplyID{1}, state, time.Time{}); err != nil {
			t.Fatal(err)
		}
		clock.Advance(undoKept - time.Hour)
	}
	if done := must(db.Forget(t.Context(), time.Time{}, func() error { return nil }))(t); done.Any() {
		t.Errorf("removed %+v", done)
	}
	if n := one[int](t, db, `SELECT count(*) FROM journal`); n != 1 {
		t.Errorf("%d steps are left", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM activity WHERE action LIKE 'removed%'`); n != 0 {
		t.Errorf("%d lines of it", n)
	}
}

func TestRemovingBreathesBetweenSmallTransactionsAndCanBeInterrupted(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedOld(t, db)
	clock.Advance(year + 24*time.Hour)
	before := figures(t, db)
	breaths, stop := 0, errors.New("enough")
	done, err := db.Forget(t.Context(), db.now().Add(-year), func() error {
		breaths++
		// A person's write between two transactions does not wait.
		if err := db.AddNote(context.WithoutCancel(t.Context()), "olga", 4, "call back"); err != nil {
			t.Error(err)
		}
		if breaths == 2 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || !done.Any() || done.People > 2*pieceRows {
		t.Errorf("removed %+v, %v", done, err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM activity WHERE action LIKE 'removed%' AND operator = ''`); n != 1 {
		t.Errorf("%d lines of it", n)
	}
	compareFigures(t, "half way", figures(t, db), before)
	forget(t, db)
	compareFigures(t, "after all of it", figures(t, db), before)
}
