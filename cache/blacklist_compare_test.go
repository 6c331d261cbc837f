package cache

import (
	"testing"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

func TestAPushSendsAVendorOnlyWhatItLacksAndWhatIsNotPendingAlready(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	must(db.Block(ctx, "anna", []model.Phone{first, second}, "asked", nil, model.SourceOperator))(t)
	lacking := func() (phones []model.Phone) {
		for _, c := range must(db.CompareBlacklist(ctx, "shop"))(t) {
			if c.ToPush() {
				phones = append(phones, c.Phone)
			}
		}
		return phones
	}
	if got := lacking(); len(got) != 0 {
		t.Errorf("%v are to be told already", got)
	}
	// Both were reported to the vendor, and its list then lost the second.
	for account, listed := range map[string]model.Phone{"minsk": first, "shop": first} {
		if err := db.BlocksKeptHere(ctx, account, must(db.Blocks(ctx, account, 10))(t)); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveBlacklist(ctx, account, []model.BlacklistEntry{{Phone: listed}}, start()); err != nil {
			t.Fatal(err)
		}
	}
	got := lacking()
	if len(got) != 1 || got[0] != second {
		t.Fatalf("the vendor lacks %v, want only %v", got, second)
	}
	for _, want := range []int{1, 0} {
		if count := must(db.PushBlocks(ctx, "anna", "shop", []model.Phone{second}))(t); count != want {
			t.Errorf("%d to be told, want %d", count, want)
		}
	}
	if got := storetest.Owed(t, db); got != "shop +112" {
		t.Errorf("to be told: %s", got)
	}
}

func TestWhatSomebodyUnblockedHereIsNotPulledBackBeforeItsVendorKnows(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	if err := db.SaveBlacklist(ctx, "shop", []model.BlacklistEntry{{Phone: first}, {Phone: second}},
		start()); err != nil {
		t.Fatal(err)
	}
	must(db.Unblock(ctx, "anna", []model.Phone{first}, "wants back in", nil))(t)
	for _, c := range must(db.CompareBlacklist(ctx, "shop"))(t) {
		if want := c.Phone == second; c.ToPull() != want || c.Here || !c.There {
			t.Errorf("%+v: to pull %v, want %v", c, c.ToPull(), want)
		}
	}
}
