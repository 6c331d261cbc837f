package cache

import (
	"testing"

	"viberdeck/model"
)

// blockedAtVendor makes entries of the vendor's own blacklist.
func blockedAtVendor(from model.Phone, n int) []model.BlacklistEntry {
	var all []model.BlacklistEntry
	for i := range n {
		all = append(all, model.BlacklistEntry{Phone: from + model.Phone(i)})
	}
	return all
}

func TestAShortBlacklistFreesNobody(t *testing.T) {
	t.Parallel()
	for name, short := range map[string][]model.BlacklistEntry{
		"two of thirty":              blockedAtVendor(first, 2),
		"nobody":                     nil,
		"others than those we know":  blockedAtVendor(first+100, 30),
		"two of thirty and one more": append(blockedAtVendor(first, 2), blockedAtVendor(first+99, 1)...),
	} {
		db := open(t)
		seedAccounts(t, db)
		ctx := t.Context()
		if err := db.SaveBlacklist(ctx, "shop", blockedAtVendor(first, 30), start()); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveBlacklist(ctx, "shop", short, start()); !model.IsNotWhole(err) {
			t.Errorf("%s: %v, want that it is not whole", name, err)
		}
		blocked := map[model.Phone]bool{}
		for _, e := range must(db.Blacklist(ctx, model.PageRequest{Limit: 100}))(t).Rows {
			blocked[e.Phone] = true
		}
		for _, e := range append(blockedAtVendor(first, 30), short...) {
			if !blocked[e.Phone] {
				t.Errorf("%s: %s is not blocked", name, e.Phone)
			}
		}
	}
}

func TestRowsOfAListThatWasNotReadInFullBlockAndForgetNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	first := model.Phone(375291110000)
	if err := db.SaveBlacklist(ctx, "shop", blockedAtVendor(first, 2), start()); err != nil {
		t.Fatal(err)
	}
	if err := db.SavePartial(ctx, "shop", model.VendorLists{
		Senders:   []model.Sender{{ID: "444", Name: "Brand"}},
		Lists:     []model.List{{ID: "7", Name: "Customers"}},
		Blacklist: blockedAtVendor(first+1, 2),
	}, start()); err != nil {
		t.Fatal(err)
	}
	if got := must(db.Blacklist(ctx, model.PageRequest{Limit: 100}))(t).Rows; len(got) != 3 {
		t.Errorf("%d people are blocked, want 3: %+v", len(got), got)
	}
	if got := must(db.Senders(ctx, model.PageRequest{Limit: 9}))(t).Rows; len(got) != 1 || got[0].Name != "Brand" {
		t.Errorf("senders %+v", got)
	}
}

func TestAFewMayLeaveTheBlacklistAndAllIfAPersonConfirmsIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	for _, c := range []struct {
		left    int
		believe bool
		want    int
	}{{30, false, 30}, {27, false, 27}, {2, false, 27}, {2, true, 2}, {0, false, 0}} {
		if c.believe {
			if err := db.Believe(ctx, "anna", "shop"); err != nil {
				t.Fatal(err)
			}
		}
		err := db.SaveBlacklist(ctx, "shop", blockedAtVendor(first, c.left), start())
		if got := len(must(db.Blacklist(ctx, model.PageRequest{Limit: 100}))(t).Rows); got != c.want ||
			(err != nil) != (c.want != c.left) {
			t.Errorf("after %d: %d blocked, want %d (%v)", c.left, got, c.want, err)
		}
	}
}

func TestSendersAndListsStayWhenAnAnswerIsShort(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	var senders, configured []model.Sender
	var lists []model.List
	for i := range 9 {
		id := string(rune('a' + i))
		senders = append(senders, model.Sender{ID: id})
		configured = append(configured, model.Sender{ID: id, FromConfig: true})
		lists = append(lists, model.List{ID: id})
	}
	for range 2 {
		if err := db.SaveSenders(ctx, "shop", senders, start()); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveLists(ctx, "shop", lists, start()); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveSenders(ctx, "minsk", configured, start()); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveSenders(ctx, "shop", senders[:1], start()); !model.IsNotWhole(err) {
			t.Errorf("senders: %v", err)
		}
		if err := db.SaveLists(ctx, "shop", nil, start()); !model.IsNotWhole(err) {
			t.Errorf("lists: %v", err)
		}
		if err := db.SaveSenders(ctx, "minsk", configured[:1], start()); err != nil {
			t.Errorf("senders of the configuration: %v", err)
		}
	}
	if n := len(must(db.Senders(ctx, model.PageRequest{Limit: 100}))(t).Rows); n != 10 {
		t.Errorf("%d senders, want 9 and 1", n)
	}
	if n := len(must(db.Lists(ctx, "shop"))(t)); n != 9 {
		t.Errorf("%d lists, want 9", n)
	}
}
