package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheHealthOfSendersIsAddedUpOverTheirCampaigns(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for id := 1; id <= 6; id++ {
		seedCampaign(t, db, id, "Sale")
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO sender (account, id, name, state, as_of) VALUES (1, '444', 'Brand', 'approved', 1)`)
		exec(`UPDATE campaign SET sort_at = ?, sender = '444', sent = 100, delivered = 80, as_of = ?`, at(-60), at(-10))
		// listed by name only
		exec(`UPDATE campaign SET sender = '', sender_name = 'Brand', as_of = ? WHERE id = 2`, at(-20))
		exec(`UPDATE campaign SET sort_at = ? WHERE id = 3`, at(-40*24*60)) // too long ago
		exec(`UPDATE campaign SET delivered = NULL WHERE id = 4`)           // arrivals were not reported
		exec(`UPDATE campaign SET account = 2, sender = '9', sender_name = 'Shop' WHERE id = 5`)
		exec(`UPDATE campaign SET sort_at = ? WHERE id = 6`, at(60)) // has not left yet
		exec(`INSERT INTO archived (campaign, at, by) VALUES (1, 1, 'anna')`)
		for i, status := range []model.DeliveryStatus{
			model.StatusDelivered, model.StatusRejected, model.StatusOptedOut} {
			exec(`INSERT INTO recipient (campaign, who, status) VALUES (1, ?, ?)`, int64(firstPhone)+int64(i), status)
		}
	})
	seedReply(t, db, 1, firstPhone, "СТОП", 1)
	seedReply(t, db, 2, firstPhone+1, "stop it", 2)
	seedReply(t, db, 3, firstPhone+2, "Yes", 3)
	seedReply(t, db, 4, firstPhone+3, "never again", 4)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE reply SET campaign = 1`)
		exec(`UPDATE reply SET optout = 'stop' WHERE id IN (1, 2)`)
	})
	if err := db.OptOut(t.Context(), "anna", []model.ReplyID{1, 4}); err != nil {
		t.Fatal(err)
	}
	all := must(db.SenderHealth(t.Context(), start().Add(-30*24*time.Hour)))(t)
	if len(all) != 2 {
		t.Fatalf("%d senders: %+v", len(all), all)
	}
	want := model.SenderHealth{Account: "minsk", Vendor: model.SMSBy, Sender: "444", Name: "Brand", Campaigns: 2,
		Without: 1, Sent: model.Known(200),
		Delivered: model.Known(160), OptOuts: model.Known(3), Complaints: model.Known(4), Rejected: model.Figure{N: 1},
		AsOf:  start().Add(-20 * time.Minute),
		Since: start().Add(-30 * 24 * time.Hour)}
	if all[0] != want {
		t.Errorf("got  %+v\nwant %+v", all[0], want)
	}
	if !all[0].Of(model.Sender{Account: "minsk", ID: "444"}) || all[0].Of(model.Sender{Account: "shop", ID: "444"}) {
		t.Error("the figures are not those of the sender")
	}
	// An account that has never had a reply: people's reaction is unknown, not zero.
	if shop := all[1]; shop.Sender != "9" || shop.Sent != model.Known(100) || shop.OptOuts.Known ||
		shop.Complaints.Known || shop.Rejected.Known {
		t.Errorf("the other: %+v", shop)
	}
}

func TestTheLastSenderIsThatOfTheLastSubmittedCampaign(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	if _, _, ok, err := db.LastSender(t.Context(), "minsk", ""); ok || err != nil {
		t.Errorf("of nothing: %v, %v", ok, err)
	}
	for i, c := range []model.Campaign{{Sender: "444", List: "7"}, {Sender: "555"}, {Sender: "9", Account: "shop"}} {
		if c.Account == "" {
			c.Account = "minsk"
		}
		clock.Advance(time.Minute)
		plan := model.Plan{Campaign: c, Recipients: model.Known(1)}
		if c.List == "" {
			plan.People = model.PeopleOf(model.Recipient{Phone: firstPhone})
		}
		must(db.Submit(t.Context(), "anna", string(rune('a'+i)), plan, 0, 0))(t)
	}
	for list, want := range map[string]string{"": "555", "7": "444", "8": ""} {
		sender, at, ok, err := db.LastSender(t.Context(), "minsk", list)
		if err != nil || sender != want || ok != (want != "") || ok && at.IsZero() {
			t.Errorf("to list %q: %q at %s, %v, %v", list, sender, at, ok, err)
		}
	}
}
