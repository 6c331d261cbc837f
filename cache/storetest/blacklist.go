package storetest

import (
	"slices"
	"strings"
	"testing"

	"viberdeck/model"
)

const (
	onePhone   = model.Phone(375291111111)
	otherPhone = model.Phone(375291111112)
)

// blocking lists what holds for the blacklist.
func blocking() []sentence {
	return []sentence{
		{"BlockingTwiceCountsOnce", blockingTwiceCountsOnce},
		{"AnEntryIsWidenedButNeverNarrowedByBlocking", anEntryIsWidenedButNeverNarrowedByBlocking},
		{"UnblockingTellsTheVendorsThatList", unblockingReachesTheVendorsThatList},
		{"BlocksWithReasonsOfTheirOwnWaitAndAreOneUndoStep", blocksWithReasonsOfTheirOwnWaitAndAreOneUndoStep},
		{"APhoneHasOneEntryHoweverManyVendorsBlockIt", aPhoneHasOneEntryHoweverManyVendorsBlockIt},
	}
}

func blockingTwiceCountsOnce(t *testing.T, place *place) {
	db := place.open()
	ctx := t.Context()
	for _, want := range []int{2, 0} {
		if added := must(db.Block(ctx, "anna", []model.Phone{onePhone, otherPhone, onePhone}, "asked", nil,
			model.SourceOperator))(t); added != want {
			t.Errorf("added %d, want %d", added, want)
		}
	}
	if got := Owed(t, db); got != "minsk +111, minsk +112, shop +111, shop +112" {
		t.Errorf("to be told: %s", got)
	}
	entry := must(model.BlacklistRows().Read(ctx, db, model.PageRequest{Filter: filtered(t, "phone:+375291111111")}))(t).Rows[0]
	if entry.Reason.String() != "asked" || entry.AddedBy != "anna" || !entry.AddedAt.Equal(Start()) ||
		entry.Source != model.SourceOperator ||
		!slices.Equal(entry.Pending, []string{"minsk", "shop"}) || len(entry.Accounts) != 0 {
		t.Errorf("%+v", entry)
	}
}

func anEntryIsWidenedButNeverNarrowedByBlocking(t *testing.T, place *place) {
	db := place.open()
	ctx := t.Context()
	for _, c := range []struct {
		only  []string
		added int
		want  []string
	}{
		{[]string{"shop"}, 1, []string{"shop"}}, {[]string{"shop"}, 0, []string{"shop"}},
		{[]string{"minsk"}, 1, []string{"shop", "minsk"}},
		{nil, 1, nil}, {[]string{"minsk"}, 0, nil},
	} {
		added := must(db.Block(ctx, "anna", []model.Phone{onePhone}, "asked", c.only, ""))(t)
		entry := must(model.BlacklistRows().Read(ctx, db, model.PageRequest{}))(t).Rows[0]
		if added != c.added || !slices.Equal(entry.Only, c.want) {
			t.Errorf("blocking for %v added %d and gives %v", c.only, added, entry.Only)
		}
	}
}

func unblockingReachesTheVendorsThatList(t *testing.T, place *place) {
	db := place.open()
	ctx := t.Context()
	err := db.SaveBlacklist(ctx, "shop", []model.BlacklistEntry{{Phone: onePhone, Reason: model.Data("complained")}},
		Start())
	if err != nil {
		t.Fatal(err)
	}
	entry := must(model.BlacklistRows().Read(ctx, db, model.PageRequest{}))(t).Rows[0]
	if entry.Source != model.SourceVendor || !slices.Equal(entry.Accounts, []string{"shop"}) ||
		entry.Reason.String() != "complained" || !entry.AddedAt.IsZero() {
		t.Errorf("the vendor's entry: %+v", entry)
	}
	if removed := must(db.Unblock(ctx, "anna", []model.Phone{onePhone}, "a mistake",
		[]string{"shop"}))(t); removed != 1 ||
		Owed(t, db) != "shop -111" {
		t.Errorf("removed %d, to be told: %s", removed, Owed(t, db))
	}
	if added := must(db.Block(ctx, "anna", []model.Phone{onePhone}, "after all", nil, ""))(t); added != 1 ||
		Owed(t, db) != "minsk +111" {
		t.Errorf("added %d, to be told: %s", added, Owed(t, db))
	}
	if _, err := db.Unblock(ctx, "anna", []model.Phone{onePhone}, "a mistake",
		[]string{"shop"}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("unblocking for one account what is blocked everywhere: %v", err)
	}
}

func aPhoneHasOneEntryHoweverManyVendorsBlockIt(t *testing.T, place *place) {
	db := place.open()
	ctx := t.Context()
	for _, account := range []string{"minsk", "shop"} {
		if err := db.SaveBlacklist(ctx, account, []model.BlacklistEntry{{Phone: onePhone}, {Phone: otherPhone}},
			Start()); err != nil {
			t.Fatal(err)
		}
	}
	must(db.Block(ctx, "anna", []model.Phone{otherPhone}, "asked", nil, ""))(t)
	for expression, want := range map[string]string{
		"": "375291111112 375291111111", "is:mine": "375291111112", "account:shop": "375291111112 375291111111",
		"vendor:sendpulse is:blocked": "375291111112 375291111111",
		"from:+37529 reason:ASK":      "375291111112", "-is:mine": "375291111111", "is:open": "",
	} {
		q := model.PageRequest{Filter: filtered(t, expression), Operator: "anna"}
		var got []string
		for _, e := range must(model.BlacklistRows().Read(ctx, db, q))(t).Rows {
			got = append(got, e.Phone.Digits())
			if len(e.Accounts) != 2 {
				t.Errorf("%s is blocked at %v", e.Phone, e.Accounts)
			}
		}
		if n := must(db.Count(ctx, model.TopicBlacklist, q))(t); strings.Join(got, " ") != want ||
			n != int64(len(got)) {
			t.Errorf("%s finds %v (counted %d), want %s", expression, got, n, want)
		}
	}
}

func blocksWithReasonsOfTheirOwnWaitAndAreOneUndoStep(t *testing.T, place *place) {
	db := place.open()
	ctx := t.Context()
	if err := db.SaveBlacklist(ctx, "shop", nil, Start()); err != nil { // shop's vendor keeps a list
		t.Fatal(err)
	}
	all := model.Blocking{Phones: []model.Phone{onePhone, otherPhone}, Reason: "from a list",
		Reasons: map[model.Phone]string{otherPhone: "complained"}, Source: model.SourceImport, Delay: model.OptOutDelay}
	block := func() {
		t.Helper()
		if added := must(db.BlockAll(ctx, "anna", all))(t); added != 2 {
			t.Errorf("added %d, want 2", added)
		}
	}
	block()
	for _, e := range must(model.BlacklistRows().Read(ctx, db, model.PageRequest{}))(t).Rows {
		want := map[model.Phone]string{onePhone: "from a list", otherPhone: "complained"}[e.Phone]
		if e.Reason.String() != want || e.Source != model.SourceImport || !e.SendAt.Equal(Start().Add(all.Delay)) {
			t.Errorf("%+v, want the reason %q", e, want)
		}
	}
	if Owed(t, db) != "" {
		t.Errorf("to be told at once: %s", Owed(t, db))
	}
	if text, err := db.Undo(ctx, "anna"); err != nil || !strings.Contains(text.String(), "2 phones") {
		t.Errorf("%q, %v", text, err)
	}
	if left := must(model.BlacklistRows().Read(ctx, db, model.PageRequest{}))(t).Rows; len(left) != 0 {
		t.Errorf("after the undo: %+v", left)
	}
	block()
	place.clock.Advance(all.Delay)
	if got := Owed(t, db); got != "minsk +111, minsk +112, shop +111, shop +112" {
		t.Errorf("to be told after the delay: %s", got)
	}
}
