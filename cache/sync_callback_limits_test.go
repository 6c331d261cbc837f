package cache

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestACallbackOptsOutOnlyPeopleItsAccountHasWrittenTo(t *testing.T) {
	t.Parallel()
	db := open(t)
	accepted(t, db, "k1", 1, "ref-1")
	other := plan(2)
	other.Campaign.Account = "shop"
	submit(t, db, "k2", other, 0)
	for i, e := range []model.CallbackEvent{
		reportedOne(firstPhone+9, "", model.StatusOptedOut),
		reportedOne(firstPhone+1, "", model.StatusOptedOut), // of another account
		{CampaignRef: "ref-1", People: []model.Recipient{{Phone: firstPhone + 8, Status: model.StatusOptedOut}}},
	} {
		apply(t, db, fmt.Sprint(i), i, e)
	}
	if n := one[int](t, db, `SELECT count(*) FROM blacklist`); n != 0 {
		t.Errorf("%d strangers were blocked", n)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient WHERE who = ?`, firstPhone+8); n != 0 {
		t.Error("a stranger was put into a campaign")
	}
	states := callbackStates(t, db)
	if strings.Count(states, "kept:1 person opted out who got nothing from this account") != 3 {
		t.Errorf("what waits for a person: %s", states)
	}
}

func TestAPersonWhoGotAMessageOptsOutWhateverMessageIsNamed(t *testing.T) {
	t.Parallel()
	db := open(t)
	b := claim(t, db, submit(t, db, "k1", plan(1), 0), 1, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, At: db.now(), People: []model.Recipient{
		{Phone: firstPhone, Status: model.StatusAccepted, VendorID: "m1"}}})
	submit(t, db, "k2", plan(2), 0)
	for i, phone := range []model.Phone{firstPhone, firstPhone + 1} { // the second only waits
		apply(t, db, fmt.Sprint(i), i, reportedOne(phone, "no-message-of-ours", model.StatusOptedOut))
	}
	if got := one[string](t, db, `SELECT group_concat(who) FROM blacklist`); got != fmt.Sprint(int64(firstPhone)) {
		t.Errorf("blocked are %s", got)
	}
	if got := callbackStates(t, db); strings.Count(got, "kept:") != 1 {
		t.Errorf("what waits for a person: %s", got)
	}
}

func TestAFloodOfCallbacksThatDoNotFitRaisesAnAlarmUntilTheAddressIsChanged(t *testing.T) {
	t.Parallel()
	db := open(t)
	alarm := func() string {
		o := must(db.Overview(t.Context(), "anna"))(t)
		if len(o.Alarms) == 0 {
			return ""
		}
		return o.Alarms[0].Text.String()
	}
	for i := range floodOver + 1 {
		if i == floodOver && alarm() != "" {
			t.Errorf("after %d: %s", i, alarm())
		}
		e := reportedOne(model.Phone(firstPhone+i), "", model.StatusOptedOut)
		must(db.ApplyCallback(t.Context(), posted(t, db, fmt.Sprint(i), 0), e, start()))(t)
	}
	if got := alarm(); !strings.Contains(got, "config callbacks --renew minsk") {
		t.Errorf("the alarm says %q", got)
	}
	if err := db.RenewCallback(t.Context(), "anna", "minsk"); err != nil {
		t.Fatal(err)
	}
	if got := alarm(); got != "" {
		t.Errorf("after the address was changed: %s", got)
	}
	for want := range 2 {
		if n := must(db.CallbackRenewals(t.Context(), "minsk"))(t); n != want+1 {
			t.Errorf("changed %d times, want %d", n, want+1)
		}
		if err := db.RenewCallback(t.Context(), "anna", "minsk"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingThatACallbackReportsLiesInTheFuture(t *testing.T) {
	t.Parallel()
	db := open(t)
	accepted(t, db, "k1", 1, "ref-1")
	e := reportedOne(firstPhone, "m1", model.StatusDelivered)
	e.People[0].UpdatedAt = start().Add(1000 * time.Hour)
	e.Replies = []model.Reply{{Phone: firstPhone, Text: "hi", ReceivedAt: start().Add(1000 * time.Hour)}}
	apply(t, db, "future", 1, e)
	latest := millis(start().Add(time.Minute))
	if at := one[int64](t, db, `SELECT updated_at FROM recipient`); at > latest {
		t.Errorf("a status is %d ms ahead", at-latest)
	}
	if at := one[int64](t, db, `SELECT received_at FROM reply`); at > latest {
		t.Errorf("a reply is %d ms ahead", at-latest)
	}
}
