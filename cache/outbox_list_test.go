package cache

import (
	"slices"
	"strings"
	"testing"

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
	if owed, err := db.OweBlocks(t.Context(), id); err != nil || owed != want {
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
	if err := db.BlocksDone(t.Context(), "shop-ua", blocks, true, db.now()); err != nil {
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

// blockedAt says that a vendor blocks the phones.
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

func TestContactsAndWhomOnlyAVendorBlocksAreCountedForAList(t *testing.T) {
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

func TestAVendorIsToldOfThoseWhomOnlyAnotherVendorBlocksBeforeAListLeaves(t *testing.T) {
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
	if err := db.BlocksDone(t.Context(), "shop-ua", blocks, true, db.now()); err != nil {
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
