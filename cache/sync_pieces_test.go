package cache

import (
	"strconv"
	"testing"

	"viberdeck/model"
)

// small fails the test if one of the transactions changed more rows than a piece of testPiece can,
// counting those that a trigger or an undo adds per row.
func small(t *testing.T, sizes []int64, least int) {
	t.Helper()
	if len(sizes) < least {
		t.Errorf("%d transactions, want %d at least", len(sizes), least)
	}
	for i, n := range sizes {
		if n > 8*testPiece {
			t.Errorf("transaction %d changed %d rows", i, n)
		}
	}
}

func TestALongBlacklistOfAVendorIsReplacedInSmallTransactions(t *testing.T) {
	t.Parallel()
	const people = 4 * testPiece
	db, sizes := metered(t, nil)
	seedAccounts(t, db)
	first := audience(1)[0].Phone
	phones := model.PeopleOf(audience(people)...).Phones()
	if _, err := db.Block(t.Context(), "anna", phones, "asked", []string{"minsk"}, ""); err != nil {
		t.Fatal(err)
	}
	*sizes = nil
	for _, n := range []int{people, 1} {
		if err := db.Believe(t.Context(), "anna", "minsk"); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveBlacklist(t.Context(), "minsk", blockedAtVendor(first, n), start()); err != nil {
			t.Fatal(err)
		}
		if got := one[int](t, db, `SELECT count(*) FROM vendor_block`); got != n {
			t.Errorf("%d are blocked there, want %d", got, n)
		}
	}
	small(t, *sizes, 12)
	if n := one[int](t, db, `SELECT count(*) FROM block_push`); n != 0 {
		t.Errorf("the vendor is to be told of %d whom it lists", n)
	}
}

func TestManyCampaignsArePutAwayInSmallTransactionsAndUndoneWhole(t *testing.T) {
	t.Parallel()
	const campaigns = 3*testPiece + 1
	db, sizes := metered(t, nil)
	var page []model.Campaign
	var ids []model.CampaignID
	for i := range campaigns {
		page = append(page, model.Campaign{VendorID: strconv.Itoa(i), Name: "One of many", State: model.CampaignSent})
		ids = append(ids, model.CampaignID(i+1))
	}
	if err := db.SaveCampaigns(t.Context(), "minsk", page, start()); err != nil {
		t.Fatal(err)
	}
	*sizes = nil
	if err := db.Archive(t.Context(), "anna", ids, model.On); err != nil {
		t.Fatal(err)
	}
	small(t, *sizes, 4)
	if n := one[int](t, db, `SELECT count(*) FROM archived`); n != campaigns {
		t.Errorf("%d are put away", n)
	}
	if _, err := db.Undo(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	if n := one[int](t, db, `SELECT count(*) FROM archived`); n != 0 {
		t.Errorf("%d are left of it", n)
	}
}

func TestManyBlockedPeopleAreLeftOutInSmallTransactions(t *testing.T) {
	t.Parallel()
	const people = 4*testPiece + 2
	db, sizes := metered(t, nil)
	id := submit(t, db, "k1", plan(people), 0)
	phones := model.PeopleOf(audience(people)...).Phones()
	if _, err := db.Block(t.Context(), "anna", phones[:people-1], "asked", nil, ""); err != nil {
		t.Fatal(err)
	}
	*sizes = nil
	b, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 3}, start())
	if err != nil || !ok || b.Size != 1 {
		t.Fatalf("%+v, %t, %v", b, ok, err)
	}
	small(t, *sizes, 4)
	if p := progress(t, db, id); p.Suppressed != people-1 {
		t.Errorf("%+v", p)
	}
}
