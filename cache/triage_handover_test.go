package cache

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestAHandOverNamesWhatIsClaimedPutOffLateNotedAndUndecided(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	ctx := t.Context()
	for i := 1; i <= 6; i++ {
		seedReply(t, db, i, firstPhone+model.Phone(i), fmt.Sprint("message ", i), i)
	}
	clock.Advance(10 * time.Minute)
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(db.Present(ctx, "s1", "boris", 0))
	must(db.Claim(ctx, "boris", "s1", []model.ReplyID{2}))(t)
	do(db.AddNote(ctx, "boris", 2, "wants a call from +375 29 333-22-11"))
	until := clock.Now().Add(2 * time.Hour)
	do(failed(db.SetReplyState(ctx, "anna", []model.ReplyID{3}, model.ReplySnoozed, until)))
	do(db.AddNote(ctx, "anna", 5, "asked the shop"))
	do(failed(db.SetReplyState(ctx, "anna", []model.ReplyID{6}, model.ReplyDone, time.Time{})))
	do(db.AddNote(ctx, "anna", 6, "over"))
	paused := submit(t, db, "paused", plan(1), time.Hour)
	do(db.Pause(ctx, "boris", paused))

	h := must(db.Handover(ctx, model.Patience{Usual: 7 * time.Minute, Accounts: map[string]time.Duration{}}))(t)
	var got []string
	for _, r := range h.Replies {
		got = append(got, fmt.Sprint(r.Kind, " ", r.ID, " ", len(r.Notes)))
	}
	if want := []string{"claimed r2 1", "snoozed r3 0", "waiting r1 0", "noted r5 1"}; !slices.Equal(got, want) {
		t.Errorf("replies %q, want %q", got, want)
	}
	if h.Open != 4 || h.Long != 2 || len(h.Sends) != 1 {
		t.Errorf("%d open, %d of them too long, sends %v", h.Open, h.Long, h.Sends)
	}
	var text []string
	for _, l := range h.Lines("anna", time.UTC, true, "BY") {
		text = append(text, l.String())
	}
	all := strings.Join(text, "\n")
	for _, want := range []string{"Hand-over of anna, ", "4 replies wait for an answer",
		"2 of them have waited too long",
		"- boris has it: " + model.Phone(firstPhone+2).Masked(), "note of boris", "wants a call from +375 29 ***-**-11",
		"- back " + until.Format("2 Jan 15:04") + ": ", "Waiting too long:", "With notes:", "note of anna", "Paused:",
		"Autumn sale is paused"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	for i := range model.Phone(6) {
		if pretty := (firstPhone + i + 1).Pretty(); strings.Contains(all, pretty) {
			t.Errorf("%s is not masked in\n%s", pretty, all)
		}
	}
	own := model.Patience{Usual: 7 * time.Minute, Accounts: map[string]time.Duration{"minsk": 0}}
	if h := must(db.Handover(ctx, own))(t); h.Long != 0 {
		t.Errorf("%d wait too long through an account in which nobody does", h.Long)
	}
}

func TestAHandOverSaysHowManyRepliesItDoesNotName(t *testing.T) {
	t.Parallel()
	db, _ := openClocked(t)
	seedAccounts(t, db)
	seed(t, db, func(exec func(string, ...any)) {
		for i := 1; i <= model.MostHanded+7; i++ {
			exec(addReply, i, 1, fmt.Sprint("v", i), 0, int64(firstPhone)+int64(i), "x", at(-600), at(-600))
		}
	})
	h := must(db.Handover(t.Context(), patient()))(t)
	if len(h.Replies) != model.MostHanded || h.More[model.HandedLong] != 7 || h.Long != model.MostHanded+7 {
		t.Errorf("%d named, more %v, %d too long", len(h.Replies), h.More, h.Long)
	}
	lines := h.Lines("anna", time.UTC, false, "BY")
	if last := lines[len(lines)-1].String(); last != "  and 7 replies more" {
		t.Errorf("the last line is %q", last)
	}
}
