package cache

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"viberdeck/model"
)

// sendTo stores a campaign to n people starting at the given phone, has all of it accepted, and
// returns it.
func sendTo(t *testing.T, db *DB, name, account string, from model.Phone, n int) model.CampaignID {
	t.Helper()
	p := plan(0)
	p.Campaign.Name, p.Campaign.Account = name, account
	if p.Campaign.Vendor = model.SMSBy; account == "shop" {
		p.Campaign.Vendor = model.SendPulse
	}
	p.Campaign.Message.Text = "text of " + name
	var all []model.Recipient
	for i := range n {
		all = append(all, model.Recipient{Phone: from + model.Phone(i)})
	}
	p.People, p.Total, p.Recipients = model.PeopleOf(all...), int64(n), model.Known(int64(n))
	id := submit(t, db, name, p, 0)
	record1(t, db, outcome(claimAt(t, db, id, 1000, 10, db.now()), model.BatchAccepted, "")...)
	return id
}

func TestWhoGotAMessageTodayIsCountedOverAllAccountsOnce(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	sendTo(t, db, "yesterday", "minsk", 375291110000, 10)
	clock.Advance(24 * time.Hour)
	midnight := clock.Now().Add(-time.Hour)
	sendTo(t, db, "morning", "minsk", 375291110000, 3) // …000 to …002
	clock.Advance(time.Minute)
	sendTo(t, db, "noon", "shop", 375291110002, 4) // …002 to …005
	ask := func(from model.Phone, n int) string {
		var all []model.Recipient
		for i := range n {
			all = append(all, model.Recipient{Phone: from + model.Phone(i)})
		}
		got, names, err := db.WrittenTo(t.Context(), model.PeopleOf(all...), midnight)
		return fmt.Sprint(got, names, err)
	}
	for _, tt := range []struct {
		from model.Phone
		n    int
		want string
	}{
		{375291110000, 10, "6 [noon morning] <nil>"},
		{375291110003, 1, "1 [noon] <nil>"}, // fewer people than the campaigns have
		{375291110002, 1, "1 [noon morning] <nil>"},
		{375291110006, 50, "0 [] <nil>"},
	} {
		if got := ask(tt.from, tt.n); got != tt.want {
			t.Errorf("%d people from %s: %s, want %s", tt.n, tt.from, got, tt.want)
		}
	}
}

func TestWhoWasRefusedOrTestedOrWaitsHasGotNothingToday(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	p := plan(3)
	submit(t, db, "waits", p, 0)
	p.Test, p.Campaign.Name = true, "a test"
	test := submit(t, db, "test", p, 0)
	record1(t, db, outcome(claim(t, db, test, 10, 1), model.BatchAccepted, "")...)
	n, names, err := db.WrittenTo(t.Context(), p.People, start().Add(-time.Hour))
	if n != 0 || len(names) != 0 || err != nil {
		t.Errorf("%d %v %v, want nobody", n, names, err)
	}
	sent := sendTo(t, db, "real", "minsk", p.People.At(0).Phone, 3)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE recipient SET status = ? WHERE campaign = ? AND who = ?`, model.StatusUndelivered, sent,
			int64(p.People.At(0).Phone))
		exec(`UPDATE recipient SET status = ? WHERE campaign = ? AND who = ?`, model.StatusUnknown, sent,
			int64(p.People.At(1).Phone))
	})
	if n, names, err = db.WrittenTo(t.Context(), p.People, start().Add(-time.Hour)); n != 2 || err != nil ||
		!slices.Equal(names, []string{"real"}) {
		t.Errorf("%d %v %v, want the unknown and the accepted one", n, names, err)
	}
}
