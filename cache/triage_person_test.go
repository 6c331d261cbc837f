package cache

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestAPersonsHistoryHoldsEverythingOfAllAccountsNewestFirst(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	const anna, boris = model.Phone(375291111111), model.Phone(375291111112)
	seedCampaign(t, db, 1, "Autumn sale")
	seed(t, db, func(exec func(string, ...any)) {
		exec(addCampaign, 2, 2, "v2", "Spring sale", "sent", at(2), at(2), true, 10, nil, nil)
		exec(addRecipient, 1, int64(anna), model.StatusRead, at(30))
		exec(addRecipient, 2, int64(anna), model.StatusDelivered, at(30))
		exec(addRecipient, 2, int64(boris), model.StatusDelivered, at(30))
		exec(`INSERT INTO vendor_block (account, who, reason, added_at) VALUES (2, ?, 'at the vendor', 0)`, int64(anna))
	})
	seedReply(t, db, 1, anna, "когда привезёте?", 10)
	seedReply(t, db, 2, boris, "hello", 11)
	clock.Advance(20 * 60e9)
	if err := db.AddNote(t.Context(), "olga", 1, "called her"); err != nil {
		t.Fatal(err)
	}
	clock.Advance(60e9)
	if _, err := db.Block(t.Context(), "olga", []model.Phone{anna}, "asked by phone", nil,
		model.SourceOperator); err != nil {
		t.Fatal(err)
	}
	clock.Advance(60e9)
	if _, err := db.Unblock(t.Context(), "igor", []model.Phone{anna}, "asked again", nil); err != nil {
		t.Fatal(err)
	}
	h := must(db.PersonHistory(t.Context(), anna, 0))(t)
	var got []string
	for _, e := range h.Events {
		got = append(got, fmt.Sprintf("%s|%s|%s|%s|%s", e.Kind, e.Account, e.CampaignName, e.Text, e.By))
	}
	want := []string{"unblocked|||asked again|igor", "blocked|||asked by phone|olga", "note|||called her|olga",
		"reply|minsk||когда привезёте?|",
		"message|shop|Spring sale||", "message|minsk|Autumn sale||", "blocked at the vendor|shop||at the vendor|"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if !h.Blocked || h.More || h.Events[5].Status != model.StatusRead {
		t.Errorf("got %+v", h)
	}
	short := must(db.PersonHistory(t.Context(), anna, 2))(t)
	if !short.More || len(short.Events) != 2 || short.Events[0].Kind != model.EventUnblock {
		t.Errorf("of two events: %+v", short)
	}
}

func TestACampaignWithoutANameIsCalledByItsTextAsItsTitleIs(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Autumn sale", strings.Repeat("скидка ", 20)} {
		db := open(t)
		seedAccounts(t, db)
		found := model.Campaign{Account: "minsk", VendorID: "v1", State: model.CampaignSent, CreatedAt: start(),
			Message: model.Message{Text: text}}
		if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{found}, start()); err != nil {
			t.Fatal(err)
		}
		const anna = model.Phone(375291111111)
		seed(t, db, func(exec func(string, ...any)) { exec(addRecipient, 1, int64(anna), model.StatusRead, at(30)) })
		h := must(db.PersonHistory(t.Context(), anna, 0))(t)
		if len(h.Events) != 1 || h.Events[0].CampaignName != found.Title() {
			t.Errorf("the history has %+v, the title is %q", h.Events, found.Title())
		}
	}
}

func TestTheHistoryOfAStrangerIsEmptyAndAMissingPhoneIsRefused(t *testing.T) {
	t.Parallel()
	db := open(t)
	if h, err := db.PersonHistory(t.Context(), 375299999999, 0); err != nil || len(h.Events) != 0 || h.Blocked {
		t.Errorf("got %+v, %v", h, err)
	}
	if _, err := db.PersonHistory(t.Context(), 0, 0); model.KindOf(err) != model.KindInvalid {
		t.Errorf("got %v", err)
	}
}

func TestAHistoryShowsWhatThisPersonIsToGetAndWhatWasRecalled(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	p := plan(1)
	p.Campaign.Message.Text = "Hello {{name|friend}}"
	p.People = model.PeopleOf(model.Recipient{Phone: 375291111111, Vars: map[string]string{"name": "Anna"}})
	id, err := db.Submit(t.Context(), "anna", "a", p, time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	newest := func() model.PersonEvent {
		h, err := db.PersonHistory(t.Context(), 375291111111, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range h.Events {
			if e.Campaign == id {
				return e
			}
		}
		t.Fatal("it is not in the history")
		return model.PersonEvent{}
	}
	if e := newest(); e.Text != "Hello Anna" || !e.Waits() || e.Template {
		t.Errorf("while it waits: %+v", e)
	}
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if e := newest(); !e.Kept() || e.Waits() || !e.Template {
		t.Errorf("when it was recalled: %+v", e)
	}
}

func TestARemovedBlockAndItsUndoBothStandInTheHistory(t *testing.T) {
	t.Parallel()
	db, clock := seedQueue(t)
	ctx := t.Context()
	const anna = model.Phone(375291111111)
	must(db.Block(ctx, "olga", []model.Phone{anna}, "asked by phone", nil, model.SourceOperator))(t)
	entry := must(db.Blacklist(ctx, model.PageRequest{Limit: 10}))(t).Rows
	for range 2 {
		clock.Advance(time.Minute)
		must(db.Unblock(ctx, "igor", []model.Phone{anna}, "asked again", nil))(t)
		clock.Advance(time.Minute)
		must(db.Undo(ctx, "igor"))(t)
	}
	events := func() (got []string) {
		h := must(db.PersonHistory(ctx, anna, 0))(t)
		for _, e := range h.Events {
			if e.Kind != model.EventReply {
				got = append(got, fmt.Sprintf("%s|%s|%s|%s", e.Kind, e.Reason, e.By, e.At.Sub(start())))
			}
		}
		return append(got, fmt.Sprint(h.Blocked))
	}
	want := []string{"blocked|the removal was undone|igor|4m0s", "unblocked|asked again|igor|3m0s",
		"blocked|the removal was undone|igor|2m0s", "unblocked|asked again|igor|1m0s",
		"blocked|asked by phone|olga|0s", "true"}
	if got := events(); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	now := must(db.Blacklist(ctx, model.PageRequest{Limit: 10}))(t).Rows
	if len(entry) != 1 || len(now) != 1 || now[0].AddedBy != "olga" || !now[0].AddedAt.Equal(entry[0].AddedAt) ||
		now[0].Reason.String() != "asked by phone" {
		t.Errorf("the entry was %+v, is %+v", entry, now)
	}
	clock.Advance(time.Minute)
	must(db.Undo(ctx, "olga"))(t)
	want = append([]string{"unblocked|undone|olga|5m0s"}, append(want[:5:5], "false")...)
	if got := events(); !reflect.DeepEqual(got, want) {
		t.Errorf("after the undo of the block got\n%q\nwant\n%q", got, want)
	}
}
