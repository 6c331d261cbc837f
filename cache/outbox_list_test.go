package cache

import (
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// listPlan is a campaign of shop-ua to a list that is kept at its vendor.
func listPlan(vendorBlocks bool) model.Plan {
	p := plan(0)
	p.Campaign.Account, p.Campaign.Vendor, p.Campaign.List = "shop-ua", model.SendPulse, "7"
	p.Recipients, p.VendorBlocks = model.Known(6), vendorBlocks
	return p
}

func block(t *testing.T, db *DB, only []string, phones ...model.Phone) {
	t.Helper()
	if _, err := db.Block(t.Context(), "anna", phones, "asked", only, ""); err != nil {
		t.Fatal(err)
	}
}

func owes(t *testing.T, db *DB, id model.CampaignID, want int64) {
	t.Helper()
	if owed, err := db.QueueMissingBlocks(t.Context(), id); err != nil || owed != want {
		t.Errorf("%d blocks are owed, %v; want %d", owed, err, want)
	}
}

func TestAListLeavesOnlyAfterTheVendorsOwnBlacklistHasAllOfOurs(t *testing.T) {
	t.Parallel()
	db := open(t)
	block(t, db, nil, firstPhone, firstPhone+1) // before the account was known
	block(t, db, []string{"minsk"}, firstPhone+2)
	id := submit(t, db, "k1", listPlan(true), 0)
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("%+v left before the blacklists were compared", got)
	}
	owes(t, db, id, 2)
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("%+v left before the vendor was told", got)
	}
	blocks, err := db.Blocks(t.Context(), "shop-ua", 100)
	if err != nil || len(blocks) != 2 {
		t.Fatalf("%+v, %v", blocks, err)
	}
	if err := db.BlocksDone(t.Context(), "shop-ua", blocks, db.now()); err != nil {
		t.Fatal(err)
	}
	owes(t, db, id, 0)
	got := claim(t, db, id, 1, 1)
	if len(got) != 1 {
		t.Fatal("the list does not leave")
	}
	block(t, db, nil, firstPhone+3)
	if _, why, err := db.Begin(t.Context(), got[0].ID, db.now()); err != nil ||
		!strings.Contains(why.String(), "1 person") {
		t.Errorf("the request begins although a block is owed: %q, %v", why, err)
	}
	if err := db.SaveBlacklist(t.Context(), "shop-ua", nil, db.now()); err != nil && !model.IsNotWhole(err) {
		t.Fatal(err)
	}
	record1(t, db, model.Outcome{Batch: got[0].ID, State: model.BatchQueued, At: db.now()})
	owes(t, db, id, 3)
}

func TestAListToWhichAPersonSaidYesAsksAgainWhenSomebodyIsBlockedSince(t *testing.T) {
	t.Parallel()
	db := open(t)
	block(t, db, nil, firstPhone)
	p := listPlan(false)
	n := must(db.OnBlacklist(t.Context(), "shop-ua"))(t)
	if p.InList, p.BlockedAsOf = n.Phones, n.AsOf; p.InList != 1 {
		t.Fatalf("%d may be in the list", p.InList)
	}
	block(t, db, []string{"minsk"}, firstPhone+1)
	id := submit(t, db, "k1", p, 0)
	block(t, db, nil, firstPhone+2)
	if _, err := db.Submit(t.Context(), "anna", "k2", p, 0, 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("a plan that does not know of a block was taken: %v", err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("%+v left", got)
	}
	if p := progress(t, db, id); p.State != model.CampaignPaused {
		t.Fatalf("it is %s", p.State)
	}
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 1 {
		t.Errorf("it does not leave after it was resumed: %+v", progress(t, db, id))
	}
}

// blockedAt records that a vendor blocks the phones.
func blockedAt(t *testing.T, db *DB, account string, phones ...model.Phone) {
	t.Helper()
	var entries []model.BlacklistEntry
	for _, p := range phones {
		entries = append(entries, model.BlacklistEntry{Phone: p, Reason: model.Say("spam")})
	}
	if err := db.SaveBlacklist(t.Context(), account, entries, db.now()); err != nil {
		t.Fatal(err)
	}
}

func blockContact(t *testing.T, db *DB, account, contact string) {
	t.Helper()
	if _, err := db.BlockContacts(t.Context(), "anna", []string{contact}, "asked", []string{account}); err != nil {
		t.Fatal(err)
	}
}

func TestContactsAndBlocksOfVendorsAloneAreCountedForAList(t *testing.T) {
	t.Parallel()
	db := open(t)
	block(t, db, nil, firstPhone, firstPhone+1)
	blockContact(t, db, "shop-ua", "anna@example.com")
	blockContact(t, db, "loyalty", "boris@example.com")
	blockedAt(t, db, "loyalty", firstPhone, firstPhone+5)
	blockedAt(t, db, "minsk", firstPhone+5, firstPhone+6)
	n := must(db.OnBlacklist(t.Context(), "shop-ua"))(t)
	if n.Phones != 2 || n.Contacts != 1 || n.Elsewhere != 2 || n.AsOf == 0 {
		t.Errorf("%+v", n)
	}
}

func TestPeopleWhomOnlyAnotherVendorBlocksAreSentToAVendorBeforeAListLeaves(t *testing.T) {
	t.Parallel()
	db := open(t)
	block(t, db, nil, firstPhone)
	blockedAt(t, db, "loyalty", firstPhone, firstPhone+5, firstPhone+6)
	blockedAt(t, db, "shop-ua", firstPhone+6)
	id := submit(t, db, "k1", listPlan(true), 0)
	owes(t, db, id, 2)
	owes(t, db, id, 2)
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("%+v left before the vendor was told", got)
	}
	blocks := must(db.Blocks(t.Context(), "shop-ua", 100))(t)
	var phones []model.Phone
	for _, b := range blocks {
		phones = append(phones, b.Phone)
	}
	if slices.Sort(phones); !slices.Equal(phones, []model.Phone{firstPhone, firstPhone + 5}) {
		t.Fatalf("it is told of %v", phones)
	}
	if err := db.BlocksDone(t.Context(), "shop-ua", blocks, db.now()); err != nil {
		t.Fatal(err)
	}
	owes(t, db, id, 0)
	if got := claim(t, db, id, 1, 1); len(got) != 1 {
		t.Error("the list does not leave")
	}
}

func TestAListAsksAgainWhenAContactIsBlockedWhateverItsVendorBlocksItself(t *testing.T) {
	t.Parallel()
	db := open(t)
	blockContact(t, db, "shop-ua", "anna@example.com")
	p := listPlan(true)
	p.BlockedAsOf = must(db.OnBlacklist(t.Context(), "shop-ua"))(t).AsOf
	id := submit(t, db, "k1", p, 0)
	owes(t, db, id, 0)
	blockContact(t, db, "loyalty", "clara@example.com")
	blockContact(t, db, "shop-ua", "boris@example.com")
	if _, err := db.Submit(t.Context(), "anna", "k2", p, 0, 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("a plan that does not know of a block was taken: %v", err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatalf("%+v left", got)
	}
	wantState(t, db, id, model.CampaignPaused)
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 1 {
		t.Errorf("it does not leave after it was resumed: %+v", progress(t, db, id))
	}
}

// besideList is a campaign to a list of 40 and to people named in addition to it.
func besideList(people int) model.Plan {
	p := plan(people)
	p.Campaign.List, p.Recipients = "vip", model.Known(int64(40+people))
	return p
}

func TestWhoIsNamedBesideAListLeavesWithItInOneBatch(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", besideList(3), 0)
	if p := progress(t, db, id); p.Total != 43 || p.Waiting != 43 {
		t.Fatalf("before it left: %+v", p)
	}
	if n := must(db.SentSince(t.Context(), "minsk", start().Add(-time.Hour)))(t); n != 43 {
		t.Errorf("%d people count for the daily cap", n)
	}
	blockedAt(t, db, "loyalty", firstPhone+1)
	got := claim(t, db, id, 1, 1)
	if len(got) != 1 || got[0].Size != 42 || len(got[0].People) != 2 {
		t.Fatalf("claimed %+v", got)
	}
	blockedAt(t, db, "loyalty", firstPhone, firstPhone+1)
	if _, why, err := db.Begin(t.Context(), got[0].ID, db.now()); err != nil || why.IsZero() {
		t.Errorf("it begins although one of them was blocked: %v", err)
	}
	record1(t, db, model.Outcome{Batch: got[0].ID, State: model.BatchQueued, At: db.now()})
	if got = claim(t, db, id, 1, 1); len(got) != 1 || got[0].Size != 41 || len(got[0].People) != 1 {
		t.Fatalf("claimed again %+v", got)
	}
	record1(t, db, model.Outcome{Batch: got[0].ID, State: model.BatchUnknown, At: db.now()})
	if err := db.Resolve(t.Context(), "anna", got[0].ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	again := claim(t, db, id, 1, 1)
	if len(again) != 1 || !again[0].Repeat || again[0].Tag != got[0].Tag || len(again[0].People) != 1 {
		t.Fatalf("sent again: %+v", again)
	}
	record1(t, db, model.Outcome{Batch: again[0].ID, State: model.BatchAccepted, VendorRef: "v-1",
		VendorIDs: []string{"v-1"}, At: db.now()})
	if p := progress(t, db, id); p.State != model.CampaignSent || p.Total != 43 || p.Accepted != 41 ||
		p.Suppressed != 2 {
		t.Errorf("after it left: %+v", p)
	}
}

func TestACallToAListAndPeopleIsDecidedAsAWhole(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", besideList(2), 0)
	b := claim(t, db, id, 1, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: db.now()})
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveDropped); err != nil {
		t.Fatal(err)
	}
	if p := progress(t, db, id); p.Held != 42 || p.Total != 42 {
		t.Errorf("dropped: %+v", p)
	}
	id = submit(t, db, "k2", besideList(2), 0)
	b = claim(t, db, id, 1, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchUnknown, At: db.now()})
	heard := []model.Recipient{{Phone: firstPhone, Status: model.StatusDelivered, UpdatedAt: db.now()}}
	if err := db.SaveTracked(t.Context(), b.ID, model.Tracked{People: heard}, db.now()); err != nil {
		t.Fatal(err)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); model.KindOf(err) != model.KindConflict {
		t.Errorf("a call that has left is sent again: %v", err)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveAccepted); err != nil {
		t.Error(err)
	}
}

func TestARepeatIsSeenOfPeopleNamedBesideAList(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := besideList(3)
	submit(t, db, "k1", p, 0)
	for name, c := range map[string]struct {
		plan model.Plan
		want int64
	}{
		"the same people without the list": {plan(2), 2},
		"the list and others":              {besideList(4), 43},
		"another list and the people": {func() model.Plan {
			q := besideList(1)
			q.Campaign.List = "club"
			return q
		}(), 1},
	} {
		n, earlier, err := db.Overlap(t.Context(), c.plan.Campaign, c.plan.People, start().Add(-time.Hour))
		if err != nil || n != c.want || len(earlier) != 1 || earlier[0].People != c.want {
			t.Errorf("%s: %d people, %+v, %v", name, n, earlier, err)
		}
	}
}

func TestAListIsNotFinalWhileMostOfItsPeopleAreNotReported(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", besideList(1), 0)
	b := claim(t, db, id, 1, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: "v-1", VendorIDs: []string{"v-1"},
		At: db.now()})
	read := func(n int) (people []model.Recipient) {
		for i := range n {
			people = append(people, model.Recipient{Phone: firstPhone + model.Phone(i), Status: model.StatusRead,
				UpdatedAt: db.now()})
		}
		return people
	}
	for _, n := range []int{2, 41} {
		if _, err := db.SaveRecipients(t.Context(), "minsk", "v-1", read(n), db.now()); err != nil {
			t.Fatal(err)
		}
		expected, open, err := db.PeopleOf(t.Context(), "minsk", "v-1", id)
		if err != nil || expected != 41 || open != int64(41-n) {
			t.Errorf("%d of 41 reported: %d expected, %d open, %v", n, expected, open, err)
		}
	}
}

func TestTheListThatHasAPersonIsKeptAndNamed(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", besideList(1), 0)
	b := claim(t, db, id, 1, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: "v-1", VendorIDs: []string{"v-1"},
		At: db.now()})
	if err := db.SaveLists(t.Context(), "minsk", []model.List{{ID: "850852", Name: "Club"}}, db.now()); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"850852", ""} { // a later report that leaves it out does not wipe it
		reported := []model.Recipient{{Phone: firstPhone, List: list, Status: model.StatusDelivered,
			UpdatedAt: db.now()},
			{Phone: firstPhone + 9, Status: model.StatusDelivered, UpdatedAt: db.now()}}
		if _, err := db.SaveRecipients(t.Context(), "minsk", "v-1", reported, db.now()); err != nil {
			t.Fatal(err)
		}
	}
	rows := must(db.Recipients(t.Context(), model.PageRequest{Campaign: id, Limit: 10}))(t).Rows
	if len(rows) != 2 || rows[0].List != "850852" || rows[0].ListName != "Club" || rows[1].List != "" {
		t.Errorf("%+v", rows)
	}
}
