package cache

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"viberdeck/model"
)

// found is a campaign as a vendor lists it.
func found(id string) model.Campaign {
	return model.Campaign{VendorID: id, Account: "shop-ua", Vendor: model.SendPulse, Name: "Осенняя распродажа " + id,
		State:       model.CampaignSent,
		VendorState: "SENT", CreatedAt: start().Add(-time.Hour), SendAt: start().Add(-time.Hour),
		Totals: model.Totals{Sent: model.Known(7)}}
}

func saveCampaigns(t testing.TB, db *DB, account string, page ...model.Campaign) {
	t.Helper()
	if err := db.SaveCampaigns(t.Context(), account, page, start()); err != nil {
		t.Fatal(err)
	}
}

// changes returns how often each topic has changed so far.
func changes(t testing.TB, db *DB) map[model.Topic]int64 {
	t.Helper()
	v, err := db.versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// ref finds the campaign that the vendor knows by the id.
func ref(t testing.TB, db *DB, account, vendorID string) model.Campaign {
	t.Helper()
	id, err := campaignOfRef(t.Context(), db.reader, account, vendorID)
	if err != nil {
		t.Fatal(err)
	}
	c, err := campaignByID(t.Context(), db.reader, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func one[T any](t testing.TB, db *DB, query string, args ...any) T {
	t.Helper()
	var v T
	if err := db.reader.QueryRowContext(t.Context(), query, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

func TestSavingTheSameTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	money, err := model.ParseMoney("3.10 UAH")
	if err != nil {
		t.Fatal(err)
	}
	c := found("v1")
	c.Cost, c.Message.Text, c.Totals.Read = money, "Скидка", model.Known(0)
	save := func() {
		saveCampaigns(t, db, "shop-ua", c, found("v2"))
		for _, err := range []error{
			db.SaveStatistics(t.Context(), "shop-ua", "v1",
				model.Statistics{Totals: model.Totals{Delivered: model.Known(5)}, State: model.CampaignSent,
					VendorState: "SENT", AsOf: start()}),
			db.SaveSenders(t.Context(), "shop-ua",
				[]model.Sender{{ID: "s1", Name: "Brand", State: model.SenderApproved}, {ID: "s2", Name: "Shop"}},
				start()),
			db.SaveLists(t.Context(), "shop-ua",
				[]model.List{{ID: "l1", Name: "Clients", People: model.Known(10)}, {ID: "l2"}}, start()),
			db.SaveBalance(t.Context(), "shop-ua", []model.Balance{{Amount: money}, {Name: "viber"}}, start()),
			db.SaveBlacklist(t.Context(), "shop-ua",
				[]model.BlacklistEntry{{Phone: firstPhone, Reason: model.Data("asked")}},
				start()),
			db.SetHealth(t.Context(), model.Health{Account: "shop-ua", Online: true}, start()),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.SaveRecipients(t.Context(), "shop-ua", "v1",
			[]model.Recipient{{Phone: firstPhone, Status: model.StatusRead, VendorStatus: "read",
				Price: money, VendorID: "m1", UpdatedAt: start()},
				{Contact: "anna@example.com", Status: model.StatusUndelivered, Reason: model.Data("not on Viber")}},
			start()); err != nil {
			t.Fatal(err)
		}
		if _, err := db.SaveReplies(t.Context(), "shop-ua",
			[]model.Reply{{VendorID: "r1", CampaignRef: "v1", Phone: firstPhone, Text: "СТОП", ReceivedAt: start()}},
			start()); err != nil {
			t.Fatal(err)
		}
	}
	save()
	before := changes(t, db)
	save()
	if after := changes(t, db); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("topics before %v, after %v", before, after)
	}
	if n := one[int](t, db, `SELECT count(*) FROM sample`); n != 1 {
		t.Errorf("%d samples of figures that did not change", n)
	}
}

func TestWhatAVendorLeavesOutStaysKnownAndIsNeverZero(t *testing.T) {
	t.Parallel()
	db := open(t)
	c := found("v1")
	c.Message.Text = "Скидка"
	saveCampaigns(t, db, "shop-ua", c)
	saveCampaigns(t, db, "shop-ua", model.Campaign{VendorID: "v1", State: "moderation", VendorState: "ON_REVIEW"})
	got := ref(t, db, "shop-ua", "v1")
	if got.Message.Text != "Скидка" || got.Name != c.Name || got.Totals.Sent != model.Known(7) ||
		got.Totals.Read.Known {
		t.Errorf("campaign: %+v", got)
	}
	if got.State != model.CampaignModeration || got.VendorState != "ON_REVIEW" {
		t.Errorf("state %s, vendor's %s", got.State, got.VendorState)
	}
}

func TestACampaignFoundAtTheVendorBecomesOneWithOurs(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	record1(t, db, outcome(batches, model.BatchUnknown, "no answer")...)
	// Synchronisation finds it before its owner is known.
	saveCampaigns(t, db, "minsk", found("v1"))
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1",
		[]model.Recipient{{Phone: firstPhone, Status: model.StatusRead}}, start()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SaveReplies(t.Context(), "minsk",
		[]model.Reply{{VendorID: "r1", CampaignRef: "v1", Phone: firstPhone, Text: "Да", ReceivedAt: start()}},
		start()); err != nil {
		t.Fatal(err)
	}
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, VendorRef: "v1",
		VendorIDs: []string{"v1"}, At: start()})
	got := ref(t, db, "minsk", "v1")
	if got.ID != id || got.Name != "Autumn sale" || got.VendorID != "v1" || !got.Ours {
		t.Errorf("campaign: %+v", got)
	}
	if n := one[int](t, db, `SELECT count(*) FROM campaign`); n != 1 {
		t.Errorf("%d campaigns", n)
	}
	if c := one[model.CampaignID](t, db, `SELECT campaign FROM reply`); c != id {
		t.Errorf("the reply belongs to %s", c)
	}
	if n := one[int](t, db, `SELECT count(*) FROM recipient`); n != 2 {
		t.Errorf("%d people", n)
	}
	// Later pages of the vendor change its figures, not the values set here.
	saveCampaigns(t, db, "minsk", found("v1"))
	if got := ref(t, db, "minsk", "v1"); got.Name != "Autumn sale" || got.Totals.Sent != model.Known(7) ||
		got.State != model.CampaignSent || got.VendorState != "SENT" {
		t.Errorf("campaign: %+v", got)
	}
}

func TestACampaignThatLeftAsSeveralHasTheSumOfTheirFigures(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	for i, b := range claim(t, db, id, 2, 2) {
		v := fmt.Sprintf("v%d", i)
		record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: v, VendorIDs: []string{v},
			At: start()})
	}
	states := []model.CampaignState{model.CampaignSending, model.CampaignSent}
	for i, v := range []string{"v0", "v1"} {
		if err := db.SaveStatistics(t.Context(), "minsk", v,
			model.Statistics{State: states[i], VendorState: string(states[i]),
				Totals: model.Totals{Sent: model.Known(2), Delivered: model.Known(int64(i))},
				AsOf:   start()}); err != nil {
			t.Fatal(err)
		}
	}
	got := ref(t, db, "minsk", "v1")
	if got.Totals.Sent != model.Known(4) || got.Totals.Delivered != model.Known(1) || got.Totals.Read.Known ||
		got.State != model.CampaignSending {
		t.Errorf("campaign: %+v", got)
	}
	if polls, err := db.Polls(t.Context(), "minsk", time.Time{}); err != nil || len(polls) != 2 ||
		polls[0].OpenRows != 4 {
		t.Errorf("polls %+v, %v", polls, err)
	}
}

func TestALateDeliveredDoesNotLowerRead(t *testing.T) {
	t.Parallel()
	db := open(t)
	saveCampaigns(t, db, "shop-ua", found("v1"))
	save := func(r model.Recipient) int {
		t.Helper()
		r.Phone = firstPhone
		illegal, err := db.SaveRecipients(t.Context(), "shop-ua", "v1", []model.Recipient{r}, start())
		if err != nil {
			t.Fatal(err)
		}
		return illegal
	}
	id := ref(t, db, "shop-ua", "v1").ID
	for _, c := range []struct {
		reported model.DeliveryStatus
		illegal  int
		want     model.DeliveryStatus
	}{
		{model.StatusAccepted, 0, model.StatusAccepted},
		{model.StatusQueued, 0, model.StatusAccepted}, // a vendor's queue is not a step back
		{model.StatusExpired, 0, model.StatusExpired},
		{model.StatusRead, 0, model.StatusRead}, // evidence of arrival overrules
		{model.StatusDelivered, 1, model.StatusRead},
		{model.StatusUnknown, 0, model.StatusRead}, // the vendor reported nothing about it
		{model.StatusClicked, 0, model.StatusClicked},
	} {
		if illegal := save(model.Recipient{Status: c.reported}); illegal != c.illegal {
			t.Errorf("%s: %d steps left out, want %d", c.reported, illegal, c.illegal)
		}
		if got, _ := statusOf(t, db, id, firstPhone); got != c.want {
			t.Errorf("after %s it is %s, want %s", c.reported, got, c.want)
		}
	}
	if illegal := save(model.Recipient{Status: model.StatusUnknown, VendorStatus: "lost"}); illegal != 1 {
		t.Errorf("a word that means nothing to us: %d steps left out, want 1", illegal)
	}
	if got, _ := statusOf(t, db, id, firstPhone); got != model.StatusClicked {
		t.Errorf("after a word that means nothing to us it is %s", got)
	}
}

func TestAReasonLearntEarlierIsNotForgotten(t *testing.T) {
	t.Parallel()
	db := open(t)
	saveCampaigns(t, db, "shop-ua", found("v1"))
	for _, reason := range []string{"not on Viber", ""} {
		if _, err := db.SaveRecipients(t.Context(), "shop-ua", "v1",
			[]model.Recipient{{Phone: firstPhone, Status: model.StatusUndelivered, Reason: model.Data(reason)}},
			start()); err != nil {
			t.Fatal(err)
		}
	}
	if _, reason := statusOf(t, db, ref(t, db, "shop-ua", "v1").ID, firstPhone); reason != "not on Viber" {
		t.Errorf("the reason is %q", reason)
	}
}

func TestARepeatedReplyKeepsItsTriage(t *testing.T) {
	t.Parallel()
	db := open(t)
	r := model.Reply{VendorID: "r1", CampaignRef: "v1", Phone: firstPhone, Text: "Сколько стоит?", ReceivedAt: start()}
	save := func(want int, r model.Reply) {
		t.Helper()
		if n, err := db.SaveReplies(t.Context(), "shop-ua", []model.Reply{r}, start()); err != nil || n != want {
			t.Fatalf("%d new replies, want %d, %v", n, want, err)
		}
	}
	save(1, r)
	if _, err := db.SetReplyState(t.Context(), "anna", []model.ReplyID{1}, model.ReplyDone, time.Time{}); err != nil {
		t.Fatal(err)
	}
	save(0, r)
	if got := one[string](t, db, `SELECT state FROM reply`); got != "done" {
		t.Errorf("state %s", got)
	}
	// The campaign that it answers is found later.
	saveCampaigns(t, db, "shop-ua", found("v1"))
	if got := one[model.CampaignID](t, db, `SELECT campaign FROM reply`); got != ref(t, db, "shop-ua", "v1").ID {
		t.Errorf("it answers campaign %d", got)
	}
	// Without an id of the vendor, the same words at the same time are the same reply.
	r.VendorID = ""
	save(1, r)
	save(0, r)
}

func TestANewReplyOpensTheSnoozedOnesOfThatPerson(t *testing.T) {
	t.Parallel()
	db := open(t)
	for i, phone := range []model.Phone{firstPhone, firstPhone + 1, firstPhone} {
		r := model.Reply{VendorID: fmt.Sprint(i), Phone: phone, Text: "?", ReceivedAt: start()}
		if _, err := db.SaveReplies(t.Context(), "shop-ua", []model.Reply{r}, start()); err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			if _, err := db.SetReplyState(t.Context(), "anna", []model.ReplyID{1, 2}, model.ReplySnoozed,
				start().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if a, b := one[string](t, db, `SELECT state FROM reply WHERE id = 1`),
		one[string](t, db, `SELECT state FROM reply WHERE id = 2`); a != "open" || b != "snoozed" {
		t.Errorf("%s and %s", a, b)
	}
}

func TestReplacedListsForgetWhatIsGone(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := db.SaveSenders(t.Context(), "shop-ua",
		[]model.Sender{{ID: "s1", Name: "Brand", State: model.SenderApproved}}, start()); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSenders(t.Context(), "minsk",
		[]model.Sender{{ID: "s1", Name: "Other", State: model.SenderPending}}, start()); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSenders(t.Context(), "shop-ua",
		[]model.Sender{{ID: "s2", Name: "Shop", State: model.SenderRejected, Comment: "no logo"}},
		start()); err != nil {
		t.Fatal(err)
	}
	got, err := db.KnownSenders(t.Context(), "shop-ua")
	if err != nil || len(got) != 1 || got[0].Name != "Shop" || got[0].Comment != "no logo" ||
		!got[0].AsOf.Equal(start()) {
		t.Errorf("%+v, %v", got, err)
	}
	if other, err := db.KnownSenders(t.Context(), "minsk"); err != nil || len(other) != 1 {
		t.Errorf("%+v, %v", other, err)
	}
}

func TestSendersOfTheConfigurationAreKnownBeforeAnythingWasRead(t *testing.T) {
	t.Parallel()
	db := open(t)
	accounts := []model.Account{{Name: "promo", Vendor: model.Routee,
		Senders: []model.ConfigSender{{ID: "6f1", Name: "Brand"}}}}
	for range 2 {
		if err := db.Accounts(t.Context(), accounts); err != nil {
			t.Fatal(err)
		}
		got, err := db.KnownSenders(t.Context(), "promo")
		if err != nil || len(got) != 1 || got[0].ID != "6f1" || got[0].Name != "Brand" || !got[0].FromConfig {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	accounts[0].Senders[0].Name = "Shop"
	if err := db.Accounts(t.Context(), accounts); err != nil {
		t.Fatal(err)
	}
	if got, err := db.KnownSenders(t.Context(), "promo"); err != nil || len(got) != 1 || got[0].Name != "Shop" {
		t.Errorf("%+v, %v; want the new name", got, err)
	}
	listed := []model.Sender{{ID: "7", Name: "Other"}}
	if err := db.SaveSenders(t.Context(), "promo", listed, start()); err != nil {
		t.Fatal(err)
	}
	if err := db.Accounts(t.Context(), accounts); err != nil {
		t.Fatal(err)
	}
	if got, err := db.KnownSenders(t.Context(), "promo"); err != nil || len(got) != 1 || got[0].ID != "7" {
		t.Errorf("%+v, %v; want what the vendor itself lists", got, err)
	}
}

func TestABlockIsSentOnceAndStaysUntilTheVendorHasIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := db.Accounts(t.Context(), []model.Account{{Name: "shop-ua", Vendor: model.SendPulse}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Block(t.Context(), "anna", []model.Phone{firstPhone, firstPhone + 1}, "asked", nil,
		model.SourceOperator); err != nil {
		t.Fatal(err)
	}
	blocks, err := db.Blocks(t.Context(), "shop-ua", 10)
	if err != nil || len(blocks) != 2 || blocks[0].Phone != firstPhone || blocks[0].Remove {
		t.Fatalf("%+v, %v", blocks, err)
	}
	// The vendor's list already has one of them: only the other is still to be reported.
	if err := db.SaveBlacklist(t.Context(), "shop-ua", []model.BlacklistEntry{{Phone: firstPhone}},
		start()); err != nil {
		t.Fatal(err)
	}
	if blocks, err = db.Blocks(t.Context(), "shop-ua", 10); err != nil || len(blocks) != 1 ||
		blocks[0].Phone != firstPhone+1 {
		t.Fatalf("%+v, %v", blocks, err)
	}
	if err := db.BlocksDone(t.Context(), "shop-ua", blocks, start()); err != nil {
		t.Fatal(err)
	}
	if left, err := db.Blocks(t.Context(), "shop-ua", 10); err != nil || len(left) != 0 {
		t.Fatalf("%+v, %v", left, err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM vendor_block`); n != 2 {
		t.Errorf("%d phones are known to be blocked at the vendor", n)
	}
}

func TestAChangeReversedWhileItWasBeingSentRemainsToBeSent(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := db.Accounts(t.Context(), []model.Account{{Name: "shop-ua", Vendor: model.SendPulse}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.ExecContext(t.Context(),
		`INSERT INTO block_push (account, who, remove) VALUES (1, 375290000001, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := db.BlocksDone(t.Context(), "shop-ua", []model.Block{{Phone: firstPhone}}, start()); err != nil {
		t.Fatal(err)
	}
	if left, err := db.Blocks(t.Context(), "shop-ua", 10); err != nil || len(left) != 1 || !left[0].Remove {
		t.Errorf("%+v, %v", left, err)
	}
}

func TestADoneReplyIsMarkedAtTheVendorOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	r := model.Reply{VendorID: "r1", CampaignRef: "v1", Phone: firstPhone, Text: "Спасибо", ReceivedAt: start()}
	if _, err := db.SaveReplies(t.Context(), "minsk", []model.Reply{r}, start()); err != nil {
		t.Fatal(err)
	}
	if marks, err := db.ReadMarks(t.Context(), "minsk", 10); err != nil || len(marks) != 0 {
		t.Fatalf("reading alone tells the vendor: %v %v", marks, err)
	}
	if _, err := db.SetReplyState(t.Context(), "anna", []model.ReplyID{1}, model.ReplyDone, time.Time{}); err != nil {
		t.Fatal(err)
	}
	marks, err := db.ReadMarks(t.Context(), "minsk", 10)
	if err != nil || len(marks) != 1 || marks[0].VendorID != "r1" || marks[0].Phone != firstPhone {
		t.Fatalf("%+v, %v", marks, err)
	}
	if err := db.ReadMarksDone(t.Context(), []model.ReplyID{1}, start()); err != nil {
		t.Fatal(err)
	}
	if marks, err := db.ReadMarks(t.Context(), "minsk", 10); err != nil || len(marks) != 0 {
		t.Errorf("told again: %v %v", marks, err)
	}
}

func TestPollsAreKeptNewestFirstAndReferencesAreNotAskedAbout(t *testing.T) {
	t.Parallel()
	db := open(t)
	older := found("v1")
	older.SendAt = start().Add(-48 * time.Hour)
	saveCampaigns(t, db, "minsk", older, found("v2"))
	id := submit(t, db, "k1", plan(1), 0)
	batch := claim(t, db, id, 10, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, VendorRef: "uuid-1", At: start()})
	ids := func() (all []string) {
		polls, err := db.Polls(t.Context(), "minsk", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range polls {
			all = append(all, p.VendorID)
		}
		return all
	}
	if got := ids(); !slices.Equal(got, []string{"v2", "v1"}) {
		t.Errorf("polls %v", got)
	}
	tracked, err := db.TrackedRefs(t.Context(), "minsk", start())
	if err != nil || len(tracked) != 1 || tracked[0].VendorRef != "uuid-1" {
		t.Fatalf("tracked %+v, %v", tracked, err)
	}
	err = db.SaveTracked(t.Context(), batch.ID, model.Tracked{VendorIDs: []string{"v9"},
		People: []model.Recipient{{Phone: firstPhone, Status: model.StatusUndelivered}}}, start())
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(); !slices.Equal(got, []string{"v9", "v2", "v1"}) {
		t.Errorf("polls %v", got)
	}
	if c := ref(t, db, "minsk", "uuid-1"); c.ID != id || c.VendorID != "v9" {
		t.Errorf("campaign %+v", c)
	}
	if tracked, err := db.TrackedRefs(t.Context(), "minsk", start()); err != nil || len(tracked) != 0 {
		t.Errorf("still tracked: %+v, %v", tracked, err)
	}
	p := model.Poll{Account: "minsk", VendorID: "v2", LastAt: start(), NextAt: start().Add(time.Hour), Stopped: true}
	if polls, err := db.Polls(t.Context(), "minsk", time.Time{}); err != nil || polls[0].OpenRows != 0 ||
		polls[1].OpenRows != -1 {
		t.Errorf("nobody's status is open in %+v, %v", polls[0], err)
	}
	if err := db.SavePolls(t.Context(), []model.Poll{p}); err != nil {
		t.Fatal(err)
	}
	if polls, err := db.Polls(t.Context(), "minsk", time.Time{}); err != nil || !polls[1].Stopped ||
		!polls[1].NextAt.Equal(p.NextAt) || polls[1].OpenRows != -1 {
		t.Errorf("polls %+v, %v", polls, err)
	}
}

func TestAMailingRefusedAfterItWasTakenIsRefused(t *testing.T) {
	t.Parallel()
	for as, want := range map[model.DeliveryStatus]model.DeliveryStatus{
		0: model.StatusRejected, model.StatusNoMoney: model.StatusNoMoney} {
		turnedAwayLater(t, as, want)
	}
}

func turnedAwayLater(t *testing.T, as, want model.DeliveryStatus) {
	t.Helper()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batch := claim(t, db, id, 10, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, VendorRef: "uuid-1", At: start()})
	if tracked, err := db.TrackedRefs(t.Context(), "minsk", start().Add(16*24*time.Hour)); err != nil ||
		len(tracked) != 0 {
		t.Errorf("followed after the end of its life: %+v, %v", tracked, err)
	}
	for range 2 {
		if err := db.SaveTracked(t.Context(), batch.ID,
			model.Tracked{Refused: model.Data("in its words"), RefusedAs: as}, start()); err != nil {
			t.Fatal(err)
		}
	}
	wantState(t, db, id, model.CampaignFailed)
	if got, reason := statusOf(t, db, id, firstPhone); got != want || reason != "in its words" {
		t.Errorf("%s: %s", got, reason)
	}
}

func TestHealthSaysSinceWhenAnAccountIsOffline(t *testing.T) {
	t.Parallel()
	db := open(t)
	set := func(online bool, cause string, synced bool, after time.Duration) {
		t.Helper()
		h := model.Health{Account: "minsk", Online: online, Error: model.Data(cause)}
		if synced {
			h.SyncedAt = start().Add(after)
		}
		if err := db.SetHealth(t.Context(), h, start().Add(after)); err != nil {
			t.Fatal(err)
		}
	}
	set(true, "", true, 0)
	set(false, "no answer", false, time.Minute)
	set(false, "refused", false, 2*time.Minute)
	o, err := db.Overview(t.Context(), "anna")
	if err != nil || len(o.Accounts) != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	if h := o.Accounts[0]; h.Online || h.Error.String() != "refused" || !h.Since.Equal(start().Add(time.Minute)) ||
		!h.SyncedAt.Equal(start()) {
		t.Errorf("health %+v", h)
	}
}

func TestTheLogKeepsTheLastRequestsOnly(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
			INSERT INTO request_log (at, account, method, status, duration, try, result, bytes)
			SELECT ?1, 1, 'GET', 200, 0, i, 'ok', 0 FROM n`, at(0), keptRequests)
	})
	entries := make([]model.LogEntry, 10)
	for i := range entries {
		entries[i] = model.LogEntry{At: start(), Account: "minsk", Method: "GET", Try: keptRequests + i}
	}
	if err := db.LogRequests(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	if n, oldest := one[int](t, db, `SELECT count(*) FROM request_log`),
		one[int](t, db, `SELECT min(try) FROM request_log`); n != keptRequests || oldest != 10 {
		t.Errorf("%d are kept, the oldest is number %d", n, oldest)
	}
}

func TestTheLogKeepsTheBeginningOfALongResult(t *testing.T) {
	t.Parallel()
	db := open(t)
	long := strings.Repeat("ж", 5000)
	if err := db.LogRequests(t.Context(), []model.LogEntry{
		{At: start(), Account: "minsk", Method: long, Result: model.Data(long)},
		{At: start(), Account: "minsk", Method: "GET", Result: model.Data("ok")}}); err != nil {
		t.Fatal(err)
	}
	page := must(db.Log(t.Context(), model.PageRequest{}))(t)
	if len(page.Rows) != 2 || page.Rows[0].Result.String() != "ok" {
		t.Fatalf("%+v", page.Rows)
	}
	for _, got := range []string{page.Rows[1].Method, page.Rows[1].Result.String()} {
		if len(got) > loggedBytes || !utf8.ValidString(got) || !strings.HasPrefix(got, "жжж") ||
			!strings.HasSuffix(got, "ж…") {
			t.Errorf("%d bytes: %q", len(got), got)
		}
	}
}

func TestWhoOptedOutAtAVendorIsWrittenToByNobodyOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	if err := db.SaveCampaigns(ctx, "shop-ua", []model.Campaign{
		{Account: "shop-ua", Vendor: model.SendPulse, VendorID: "v1", State: model.CampaignSent}},
		start()); err != nil {
		t.Fatal(err)
	}
	save := func() {
		t.Helper()
		people := []model.Recipient{{Phone: firstPhone, Status: model.StatusOptedOut},
			{Phone: firstPhone + 1, Status: model.StatusRead}}
		if _, err := db.SaveRecipients(ctx, "shop-ua", "v1", people, start()); err != nil {
			t.Fatal(err)
		}
	}
	save()
	blocked, err := db.Blocked(ctx, "minsk", []model.Phone{firstPhone, firstPhone + 1})
	if err != nil || len(blocked) != 1 || blocked[firstPhone] == "" {
		t.Fatalf("blocked %v, %v", blocked, err)
	}
	if _, err := db.Unblock(ctx, "anna", []model.Phone{firstPhone}, "asked to come back", nil); err != nil {
		t.Fatal(err)
	}
	save() // the next poll says the same again
	if blocked, err = db.Blocked(ctx, "minsk", []model.Phone{firstPhone}); err != nil || len(blocked) != 0 {
		t.Errorf("the poll has blocked again who was taken off: %v, %v", blocked, err)
	}
}
