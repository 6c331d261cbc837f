package cache

import (
	"testing"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

// contactPlan is a plan to contacts of Wooxy.
func contactPlan(contacts ...string) model.Plan {
	p := plan(0)
	p.Recipients, p.Total = model.Known(int64(len(contacts))), int64(len(contacts))
	var people []model.Recipient
	for _, c := range contacts {
		people = append(people, model.Recipient{Contact: c})
	}
	p.People = model.PeopleOf(people...)
	return p
}

func TestAContactThatOptedOutIsNotWrittenToAgain(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	id := submit(t, db, "k1", contactPlan("ev1@b.by", "ev3@b.by"), 0)
	batch := claim(t, db, id, 10, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, At: start(), People: []model.Recipient{
		{Contact: "ev1@b.by", Status: model.StatusAccepted},
		{Contact: "EV3@B.BY", Status: model.StatusOptedOut, Reason: model.Data("Viber user blocked")},
	}})
	entries := must(db.Blacklist(ctx, model.PageRequest{}))(t).Rows
	if len(entries) != 1 || entries[0].Contact != "ev3@b.by" || entries[0].Phone != 0 || len(entries[0].Only) != 1 ||
		entries[0].Only[0] != "minsk" || entries[0].Source != model.SourceVendor {
		t.Fatalf("%+v", entries)
	}
	blocked := must(db.BlockedContacts(ctx, "minsk", []string{"ev1@b.by", "ev3@b.by"}))(t)
	if len(blocked) != 1 || blocked["ev3@b.by"] == "" {
		t.Errorf("blocked: %v", blocked)
	}
	if elsewhere := must(db.BlockedContacts(ctx, "shop", []string{"ev3@b.by"}))(t); len(elsewhere) != 0 {
		t.Errorf("a contact of one account is blocked at another: %v", elsewhere)
	}
	again := submit(t, db, "k2", contactPlan("ev1@b.by", "Ev3@b.by"), 0)
	for _, b := range claim(t, db, again, 10, 2) {
		for _, p := range b.People {
			if p.Contact != "ev1@b.by" {
				t.Errorf("%q leaves", p.Contact)
			}
		}
	}
}

func TestContactsAreBlockedInTheirAccountAndAreSentToNoVendor(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	if _, err := db.BlockContacts(ctx, "anna", []string{"a@b.by"}, "asked", nil); err == nil {
		t.Error("a contact was blocked everywhere")
	}
	for i, contact := range []string{"A@B.by", "a@b.by"} {
		if n := must(db.BlockContacts(ctx, "anna", []string{contact}, "asked", []string{"shop"}))(t); n != 1-i {
			t.Errorf("%s: %d added", contact, n)
		}
	}
	if got := storetest.Owed(t, db); got != "" {
		t.Errorf("to be told: %s", got)
	}
	if n := must(db.UnblockContacts(ctx, "anna", []string{"a@B.by"}, "came back", []string{"shop"}))(t); n != 1 {
		t.Errorf("%d removed", n)
	}
	if blocked := must(db.BlockedContacts(ctx, "shop", []string{"a@b.by"}))(t); len(blocked) != 0 {
		t.Errorf("still blocked: %v", blocked)
	}
}

func TestTheSameMessageToTheSameContactIsNoticed(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := contactPlan("a@b.by", "user-7")
	submit(t, db, "k1", p, 0)
	people := []model.Recipient{{Contact: "A@B.BY"}, {Contact: "user-7"}, {Contact: "USER-7"}, {Contact: "new@b.by"}}
	n, names, err := db.Overlap(t.Context(), p.Campaign, model.PeopleOf(people...), start())
	if err != nil || n != 2 || len(names) != 1 {
		t.Errorf("%d people of %v, %v; want 2", n, names, err)
	}
}
