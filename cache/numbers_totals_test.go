package cache

import (
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

func TestFiguresOfOursAreThoseOfTheirPeople(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	seed(t, db, func(exec func(string, ...any)) {
		exec(addCampaign, 1, 1, "", "ours", "sent", at(0), at(0), true, nil, nil, nil)
		for i, s := range append(model.Statuses(), model.StatusRead, model.StatusRead) {
			exec(addRecipient, 1, 375291111111+i, s, 0)
		}
	})
	c := must(db.Campaign(ctx, 1))(t)
	want := model.Totals{Recipients: model.Known(17), Sent: model.Known(10), Delivered: model.Known(5),
		Read: model.Known(4), Clicked: model.Known(1),
		Undelivered: model.Known(2), Failed: model.Known(3), Expired: model.Known(1), Unknown: model.Known(1),
		OptOuts: model.Known(1)}
	if c.Totals != want {
		t.Errorf("totals %+v\nwant %+v", c.Totals, want)
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE recipient SET status = ? WHERE status = ?`, model.StatusClicked, model.StatusRead)
		exec(`DELETE FROM recipient WHERE status = ?`, model.StatusSuppressed)
	})
	if got := must(db.Campaign(ctx, 1))(t).Totals; got.Clicked != model.Known(4) || got.Read != model.Known(4) ||
		got.Recipients != model.Known(16) {
		t.Errorf("after changes %+v", got)
	}
}

func TestWhatAVendorDoesNotReportIsUnknownAndNotNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	seed(t, db, func(exec func(string, ...any)) {
		exec(addCampaign, 1, 2, "v1", "found", "sent", at(0), at(0), false, 5, nil, nil)
		exec(addCampaign, 2, 2, "", "ours", "sent", at(1), at(1), true, nil, nil, nil)
		exec(addRecipient, 2, 375291111111, model.StatusAccepted, 0)
	})
	found, ours := must(db.Campaign(ctx, 1))(t).Totals, must(db.Campaign(ctx, 2))(t).Totals
	if found.Sent != model.Known(5) || found.Recipients.Known || found.Delivered.Known || found.Unknown.Known ||
		found.Replies.Known || found.OptOuts.Known {
		t.Errorf("found: %+v", found)
	}
	seed(t, db, func(exec func(string, ...any)) {
		for id, n := range map[int]any{3: 4, 4: nil} {
			exec(addCampaign, id, 2, "", "list", "sent", at(2), at(2), true, nil, nil, nil)
			exec(`UPDATE campaign SET list = '77', list_people = ? WHERE id = ?`, n, id)
		}
		exec(addRecipient, 3, 375291111112, model.StatusAccepted, 0) // named in addition to the list
	})
	if list := must(db.Campaign(ctx, 3))(t).Totals; list.Recipients != model.Known(5) || list.Sent.Known {
		t.Errorf("to a list whose size was confirmed: %+v", list)
	}
	if list := must(db.Campaign(ctx, 4))(t).Totals; list.Recipients.Known {
		t.Errorf("to a list of unknown size: %+v", list)
	}
	if ours.Sent != model.Known(1) || ours.Recipients != model.Known(1) || ours.Delivered.Known || ours.Read.Known ||
		ours.Unknown != model.Known(0) {
		t.Errorf("ours, of which the vendor told nothing yet: %+v", ours)
	}
	for sort, want := range map[string]model.CampaignID{"sent": 1, "recipients": 3} {
		if page := must(db.Campaigns(ctx, model.PageRequest{Sort: sort, Desc: true}))(t); page.Rows[0].ID != want {
			t.Errorf("by %s first is %s", sort, page.Rows[0].ID)
		}
	}
}

func TestRepliesAndOptOutsCountForTheirCampaign(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	seedCampaign(t, db, 2, "Зима")
	for i := range 3 {
		seedReply(t, db, i+1, model.Phone(375291111111+i), "стоп", i)
	}
	seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE reply SET campaign = 1`) })
	if err := db.OptOut(t.Context(), "anna", replyIDs(2)); err != nil {
		t.Fatal(err)
	}
	page := must(db.Campaigns(t.Context(), model.PageRequest{}))(t)
	winter, autumn := page.Rows[0].Totals, page.Rows[1].Totals
	if autumn.Replies != model.Known(3) || autumn.OptOuts != model.Known(1) || winter.Replies != model.Known(0) ||
		winter.OptOuts != model.Known(0) {
		t.Errorf("autumn %+v, winter %+v", autumn, winter)
	}
	if log := must(db.Activities(t.Context(), 1, 5))(t); len(log) != 1 || log[0].Action != "opt-out" {
		t.Errorf("log %+v", log)
	}
}

func TestStatisticsGroupFailuresByReasonMostFrequentFirst(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO word (id, text) VALUES (1, 'not on Viber')`)
		for i := range 6 {
			exec(`INSERT INTO recipient (campaign, who, status, reason) VALUES (1, ?, ?, ?)`, 375291111111+i,
				[]model.DeliveryStatus{model.StatusRead, model.StatusUndelivered, model.StatusUndelivered,
					model.StatusExpired, model.StatusUndelivered, model.StatusRead}[i], i%2)
		}
		exec(`INSERT INTO sample (campaign, at, sent, delivered, "read", undelivered, replies) VALUES (1, ?, 9, 8,
			7, 1, 0), (1, ?, 5, 4, 3, 1, 0)`, at(2), at(1))
	})
	s := must(db.Statistics(t.Context(), 1))(t)
	want := []model.ReasonCount{{Status: model.StatusUndelivered, People: 2},
		{Status: model.StatusExpired, Reason: model.Data("not on Viber"), People: 1},
		{Status: model.StatusUndelivered, Reason: model.Data("not on Viber"), People: 1}}
	if len(s.Reasons) != 3 || !reflect.DeepEqual(s.Reasons[0], want[0]) || !reflect.DeepEqual(s.Reasons[1], want[1]) ||
		!reflect.DeepEqual(s.Reasons[2], want[2]) {
		t.Errorf("reasons %+v", s.Reasons)
	}
	if len(s.Samples) != 2 || s.Samples[0].Sent != 5 || s.Samples[1].Sent != 9 || s.Totals.Sent != model.Known(10) {
		t.Errorf("samples %+v, totals %+v", s.Samples, s.Totals)
	}
	if _, err := db.Statistics(t.Context(), 99); model.KindOf(err) != model.KindNotFound {
		t.Errorf("got %v", err)
	}
}

func TestTheOutboxShowsTheUnknownFirstAndTheNewestSettledBeforeOlder(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seed(t, db, func(exec func(string, ...any)) {
		exec(addCampaign, 1, 1, "", "Осень", "sending", at(0), at(0), true, nil, nil, nil)
		for i := range 7 {
			exec(`INSERT INTO recipient (campaign, who, status, batch) VALUES (1, ?, 1, -1)`, 375291111111+i)
			exec(`INSERT INTO waiting VALUES (1, 0, ?)`, 375291111111+i)
		}
		for i, state := range []string{"accepted", "claimed", "refused", "unknown", "accepted"} {
			exec(`INSERT INTO batch (id, campaign, account, number, state, attempt, size, claimed_at, error)
				VALUES (?, 1, 1, ?, ?, 'x', 3, ?, '')`, i+1, i+1, state, at(i))
		}
	})
	var got string
	for _, o := range must(db.Outbox(t.Context(), model.PageRequest{}))(t).Rows {
		got += o.Batch.String() + " " + string(o.State) + ", "
		if o.Batch == 0 && (o.Recipients != 7 || o.Account != "minsk") {
			t.Errorf("who wait: %+v", o)
		}
	}
	if want := "b4 unknown, b2 claimed,  queued, b5 accepted, b3 refused, b1 accepted, "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	o := must(db.Overview(t.Context(), "anna"))(t)
	if o.Unknown != 1 || o.Sending != 2 {
		t.Errorf("overview: %+v", o)
	}
}

func TestTheOverviewNamesWhoElseIsHereAndWhatIsOpen(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	storetest.Lead(t, db)
	for _, err := range []error{
		failed(db.SetReplyState(ctx, "anna", replyIDs(1), model.ReplyDone, time.Time{})),
		failed(db.SetReplyState(ctx, "anna", replyIDs(2), model.ReplySnoozed, clock.Now().Add(10*time.Second))),
		db.SetUnread(ctx, "anna", replyIDs(3), false),
		db.SetHealth(ctx, model.Health{Account: "shop", Error: model.Data("no answer")}, start()),
		db.SetBrake(ctx, "boris", model.On, "price"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	o := must(db.Overview(ctx, "anna"))(t)
	if len(o.Operators) != 1 || o.Operators[0] != "boris" || o.Engine.Life != model.EngineWorks ||
		o.Engine.Process != os.Getpid() || o.OpenReplies != 3 || o.UnreadReplies != 3 || !o.Brake.On ||
		o.Brake.By != "boris" {
		t.Errorf("%+v", o)
	}
	if len(o.NewestOpen) != 3 || o.LastReply < slices.Max(o.NewestOpen) {
		t.Errorf("newest %v, last %v", o.NewestOpen, o.LastReply)
	}
	if len(o.Accounts) != 2 || o.Accounts[0].Known || !o.Accounts[1].Known || o.Accounts[1].Online ||
		o.Accounts[1].Error.String() != "no answer" {
		t.Errorf("accounts: %+v", o.Accounts)
	}
	clock.Advance(31 * time.Second)
	if o := must(db.Overview(ctx, "anna"))(t); len(o.Operators) != 0 || o.Engine.Life != model.EngineSilent ||
		o.OpenReplies != 4 {
		t.Errorf("later: %+v", o)
	}
}
