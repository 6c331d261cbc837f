package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestFiguresAreCutByCountrySenderAndVendor(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	seedCampaign(t, db, 2, "Зима")
	seedCampaign(t, db, 3, "Draft")
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE campaign SET ours = 1, list = '', sender_name = 'Brand', recipients = NULL, sent = NULL, delivered = NULL`)
		exec(`UPDATE campaign SET sender_name = '', sender = '444' WHERE id = 2`)
		exec(`INSERT INTO recipient (campaign, who, status) VALUES (3, 375291111119, ?), (1, 375291111118, ?)`,
			model.StatusAccepted, model.StatusAccepted)
		for i, who := range []int64{375291111111, 375291111112, 375331111113, 306948530920, -1} {
			exec(`INSERT INTO recipient (campaign, who, status) VALUES (1, ?, ?)`, who,
				[]model.DeliveryStatus{model.StatusRead, model.StatusDelivered, model.StatusUndelivered,
					model.StatusDelivered, model.StatusFailed}[i])
		}
		exec(`INSERT INTO recipient (campaign, who, status) VALUES (2, 306948530921, ?), (2, 306948530922, ?)`,
			model.StatusRead, model.StatusExpired)
	})
	countries := must(db.Cuts(t.Context(), model.CutCountry, model.PageRequest{}))(t)
	got := map[string]model.Totals{}
	for _, r := range countries.Rows {
		got[r.Name] = r.Totals
	}
	if n := got["BY"]; len(got) != 3 || n.Recipients.N != 4 || n.Sent.N != 4 || n.Delivered != model.Known(2) ||
		n.Read != model.Known(1) {
		t.Errorf("Belarus: %+v of %d", n, len(got))
	}
	if n := got["GR"]; n.Recipients.N != 3 || n.Delivered != model.Known(2) || n.Expired != model.Known(1) ||
		n.Replies.Known {
		t.Errorf("Greece: %+v", n)
	}
	if n := got[""]; n.Recipients.N != 1 || n.Failed.N != 1 {
		t.Errorf("no phone: %+v", n)
	}
	if countries.Campaigns != 2 || countries.Without != 1 || countries.Beyond != 0 {
		t.Errorf("counted %+v", countries)
	}
	one := must(db.Cuts(t.Context(), model.CutCountry, model.PageRequest{Campaign: 2}))(t)
	if len(one.Rows) != 1 || one.Rows[0].Name != "GR" {
		t.Errorf("of one campaign: %+v", one)
	}
	senders := must(db.Cuts(t.Context(), model.CutSender, model.PageRequest{}))(t)
	if len(senders.Rows) != 2 || senders.Rows[0].Name != "Brand" || senders.Rows[0].Totals.Sent.N != 5 ||
		senders.Rows[1].Name != "444" || senders.Without != 1 {
		t.Errorf("by sender: %+v", senders)
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO sender (account, id, name, state, as_of) VALUES (1, '444', 'Brand', 'approved', 1)`)
	})
	senders = must(db.Cuts(t.Context(), model.CutSender, model.PageRequest{}))(t)
	if len(senders.Rows) != 1 || senders.Rows[0].Name != "Brand" || senders.Rows[0].Totals.Sent.N != 7 {
		t.Errorf("one sender by its id and by its name: %+v", senders)
	}
	vendors := must(db.Cuts(t.Context(), model.CutVendor, model.PageRequest{}))(t)
	if len(vendors.Rows) != 1 || vendors.Rows[0].Campaigns != 2 || vendors.Rows[0].Totals.Delivered != model.Known(4) {
		t.Errorf("by vendor: %+v", vendors)
	}
}

func TestStatisticsShowBothCostsAndTheNextPoll(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	if s := must(db.Statistics(t.Context(), 1))(t); s.Settled || s.Reported.Known || s.Quoted.Known {
		t.Errorf("without anything of the vendor: %+v", s)
	}
	soon := clock.Now().Add(time.Minute)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`DELETE FROM campaign_ref`)
		exec(`INSERT INTO campaign_ref (account, vendor_id, campaign, cost, currency, poll_next, poll_stopped) VALUES
			(1, 'a', 1, '1.5', 'BYN', ?, 0), (1, 'b', 1, '2', 'BYN', 0, 1)`, millis(soon))
		exec(`INSERT INTO batch (campaign, account, number, state, attempt, size, claimed_at, cost, currency)
			VALUES (1, 1, 1, 'accepted', 'x', 3, 1, '3.4', 'BYN')`)
	})
	s := must(db.Statistics(t.Context(), 1))(t)
	if s.Reported.String() != "3.5 BYN" || s.Quoted.String() != "3.4 BYN" || !s.NextPoll.Equal(soon) || s.Settled {
		t.Errorf("got %s, %s, %s, %v", s.Reported, s.Quoted, s.NextPoll, s.Settled)
	}
	if p := must(db.Progress(t.Context(), 1))(t); millis(p.StartedAt) != 1 {
		t.Errorf("it began to leave at %s", p.StartedAt)
	}
	seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE campaign_ref SET poll_stopped = 1`) })
	if s := must(db.Statistics(t.Context(), 1))(t); !s.Settled || !s.NextPoll.IsZero() {
		t.Errorf("got %s, %v", s.NextPoll, s.Settled)
	}
}

func TestACostOfZeroThatAVendorReportsIsNotKnown(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	c := found("v1")
	c.Cost = must(model.ParseMoney("0 UAH"))(t)
	saveCampaigns(t, db, "shop-ua", c)
	if got := ref(t, db, "shop-ua", "v1").Cost; got.Known {
		t.Errorf("a listed cost of 0 is shown as %s", got)
	}
	if err := db.SaveStatistics(t.Context(), "shop-ua", "v1",
		model.Statistics{Cost: c.Cost, AsOf: start()}); err != nil {
		t.Fatal(err)
	}
	if got := ref(t, db, "shop-ua", "v1").Cost; got.Known {
		t.Errorf("a cost of 0 of the statistics is shown as %s", got)
	}
	for status, known := range map[model.DeliveryStatus]bool{model.StatusQueued: false, model.StatusSent: false,
		model.StatusRead: false, model.StatusUndelivered: true, model.StatusRejected: true} {
		if got := priceArg(model.Recipient{Status: status, Price: c.Cost}); got.Valid != known {
			t.Errorf("a price of 0 of a message that is %s is kept: %v", status, got.Valid)
		}
	}
}
