package storetest

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// triaging lists what holds for replies.
func triaging() []sentence {
	return []sentence{
		{"ASnoozedReplyComesBackAtItsTime", aSnoozedReplyComesBackAtItsTime},
		{"AClaimHoldsAgainstColleaguesUntilItsSessionIsGone", aClaimHoldsAgainstColleaguesUntilItsSessionIsGone},
		{"WhatAColleagueDidAlreadyIsNoStepOfOnesOwn", whatAColleagueDidAlreadyIsNotAnOwnStep},
		{"UndoLeavesAloneWhatAColleagueChangedSince", undoLeavesAloneWhatAColleagueChangedSince},
		{"AnOptOutBlocksEverywhereAndIsUndoneOnlyBeforeAVendorKnows",
			anOptOutBlocksEverywhereAndIsUndoneOnlyBeforeAVendorKnows},
		{"AReplyIsReadForAnOptOutAsItIsStored", aReplyIsReadForAnOptOutAsItIsStored},
	}
}

func aSnoozedReplyComesBackAtItsTime(t *testing.T, place *place) {
	db, clock := queue(t, place), place.clock
	ctx := t.Context()
	if _, err := db.SetReplyState(ctx, "anna", db.replies(2), model.ReplySnoozed,
		clock.Now()); model.KindOf(err) != model.KindInvalid {
		t.Errorf("snoozing until now: %v", err)
	}
	if _, err := db.SetReplyState(ctx, "anna", db.replies(2), model.ReplySnoozed,
		clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	clock.Advance(59 * time.Minute)
	if got := repliesFor(t, db, "is:open", "anna"); got != "1 3 4 5" {
		t.Errorf("before its time open are %s", got)
	}
	clock.Advance(time.Minute)
	q := model.PageRequest{Filter: filtered(t, "is:open"), Operator: "anna"}
	for range 100 { // a busy store may leave it to a later look
		if len(must(model.ReplyRows().Read(ctx, db, q))(t).Rows) == 5 {
			break
		}
	}
	if got := repliesFor(t, db, "is:open", "anna"); got != "1 2 3 4 5" {
		t.Errorf("at its time open are %s", got)
	}
}

func aClaimHoldsAgainstColleaguesUntilItsSessionIsGone(t *testing.T, place *place) {
	db, clock := queue(t, place), place.clock
	ctx := t.Context()
	claim := func(operator, session string, take bool, numbers ...int) int {
		t.Helper()
		if !take {
			return must(db.Release(ctx, operator, db.replies(numbers...)))(t)
		}
		return must(db.Claim(ctx, operator, session, db.replies(numbers...)))(t)
	}
	holder := func(n int) string { return replyOf(t, db, n).ClaimedBy }
	if n := claim("anna", "s1", true, 1, 2); n != 0 {
		t.Errorf("%d are others'", n)
	}
	if n := claim("boris", "s2", true, 1, 3); n != 1 || holder(1) != "anna" || holder(3) != "boris" {
		t.Errorf("%d are others', 1 is %s's, 3 is %s's", n, holder(1), holder(3))
	}
	if n := claim("boris", "s2", false, 1); n != 1 || holder(1) != "anna" {
		t.Errorf("boris gave back what anna has")
	}
	clock.Advance(20 * time.Second)
	if err := db.Present(ctx, "s2", "boris", 0); err != nil {
		t.Fatal(err)
	}
	clock.Advance(11 * time.Second)
	if holder(1) != "" || holder(3) != "boris" {
		t.Errorf("after anna has gone, 1 is %q's and 3 %q's", holder(1), holder(3))
	}
	if n := claim("boris", "s2", true, 1); n != 0 || holder(1) != "boris" {
		t.Errorf("boris could not take what fell free")
	}
	if n := claim("boris", "", true, 1); n != 0 || holder(1) != "" {
		t.Errorf("an empty session does not give back")
	}
}

func whatAColleagueDidAlreadyIsNotAnOwnStep(t *testing.T, place *place) {
	db := queue(t, place)
	ctx := t.Context()
	do := func(operator string, state model.ReplyState, numbers ...int) int {
		return must(db.SetReplyState(ctx, operator, db.replies(numbers...), state, time.Time{}))(t)
	}
	if n := do("anna", model.ReplyDone, 1); n != 1 {
		t.Errorf("anna changed %d", n)
	}
	if n := do("boris", model.ReplyDone, 2, 3); n != 2 {
		t.Errorf("boris changed %d", n)
	}
	if n := do("anna", model.ReplyDone, 2, 3); n != 0 {
		t.Errorf("anna changed %d that boris had done", n)
	}
	if n := do("anna", model.ReplyDone, 3, 4); n != 1 {
		t.Errorf("anna changed %d of one that boris had done and an open one", n)
	}
}

func undoLeavesAloneWhatAColleagueChangedSince(t *testing.T, place *place) {
	db := queue(t, place)
	ctx := t.Context()
	for _, err := range []error{
		failed(db.SetReplyState(ctx, "anna", db.replies(1, 2), model.ReplyDone, time.Time{})),
		failed(db.SetReplyState(ctx, "boris", db.replies(1), model.ReplySnoozed, Start().Add(time.Hour))),
		db.Label(ctx, "boris", db.replies(2), "vip", model.On),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := db.Undo(ctx, "anna")
	if err != nil || !strings.Contains(text.String(), "colleague") || !strings.Contains(text.String(), "1 reply") {
		t.Errorf("%q, %v", text, err)
	}
	if a, b := replyOf(t, db, 1), replyOf(t, db, 2); a.State != model.ReplySnoozed ||
		b.State != model.ReplyOpen || len(b.Labels) != 1 {
		t.Errorf("1 is %s, 2 is %s with %v", a.State, b.State, b.Labels)
	}
}

func anOptOutBlocksEverywhereAndIsUndoneOnlyBeforeAVendorKnows(t *testing.T, place *place) {
	db, clock := queue(t, place), place.clock
	ctx := t.Context()
	if err := db.SaveBlacklist(ctx, "shop", nil, Start()); err != nil { // shop's vendor keeps a list
		t.Fatal(err)
	}
	if err := db.OptOut(ctx, "anna", db.replies(1, 2)); err != nil {
		t.Fatal(err)
	}
	entries := must(model.BlacklistRows().Read(ctx, db, model.PageRequest{}))(t).Rows
	if len(entries) != 2 || entries[0].Source != model.SourceReply || entries[0].Reply == 0 ||
		len(entries[0].Pending) != 2 || len(entries[0].Only) != 0 {
		t.Fatalf("entries: %+v", entries)
	}
	if r := replyOf(t, db, 1); r.State != model.ReplyDone || !r.Blocked {
		t.Errorf("the reply: %+v", r)
	}
	report := func(account string) {
		t.Helper()
		clock.Advance(model.OptOutDelay)
		blocks := must(db.Blocks(ctx, account, 1))(t)
		var err error
		if account == "shop" {
			err = db.BlocksDone(ctx, account, blocks, Start())
		} else {
			err = db.BlocksKeptHere(ctx, account, blocks)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	report("minsk") // keeps no list, so nothing reached it
	report("shop")
	text, err := db.Undo(ctx, "anna")
	if err != nil || !strings.Contains(text.String(), "1 reply, 1 phone") || !strings.Contains(text.String(), "stays") {
		t.Errorf("%q, %v", text, err)
	}
	if a, b := replyOf(t, db, 1), replyOf(t, db, 2); a.State != model.ReplyDone ||
		!a.Blocked || b.State != model.ReplyOpen || b.Blocked {
		t.Errorf("1: %s %v, 2: %s %v", a.State, a.Blocked, b.State, b.Blocked)
	}
	if err := db.SetUnread(ctx, "anna", db.replies(3), false); err != nil {
		t.Fatal(err)
	}
	if err := db.OptOut(ctx, "anna", db.replies(4)); err != nil {
		t.Fatal(err)
	}
	report("shop")
	if _, err := db.Undo(ctx, "anna"); model.KindOf(err) != model.KindConflict ||
		!strings.Contains(err.Error(), "stays") {
		t.Errorf("undo of what a vendor knows: %v", err)
	}
	if words, err := db.Undo(ctx, "anna"); err != nil || !strings.Contains(words.String(), `"read"`) {
		t.Errorf("the next undo: %q, %v", words, err)
	}
}

func aReplyIsReadForAnOptOutAsItIsStored(t *testing.T, place *place) {
	db := place.open()
	for i, text := range []string{"СТОП", "Спасибо", "please stop"} {
		n := db.receive(t, model.Phone(375291111111+i), text, i)
		want := map[string]string{"СТОП": "СТОП", "please stop": "stop"}[text]
		if got := replyOf(t, db, n).OptOut; got != want {
			t.Errorf("%q: opt-out %q, want %q", text, got, want)
		}
	}
	if got := repliesFor(t, db, "is:optout", "anna"); got != "1 3" {
		t.Errorf("opt-outs are %s", got)
	}
}
