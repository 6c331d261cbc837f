package cache

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// handedOver makes a campaign of n people that its vendor has taken for tomorrow in two calls.
func handedOver(t *testing.T, db *DB, n int) []model.Batch {
	t.Helper()
	p := plan(n)
	p.Campaign.SendAt, p.Campaign.HandOver = start().Add(24*time.Hour), true
	batches := claim(t, db, submit(t, db, "k1", p, 0), (n+1)/2, 2)
	for i, b := range batches {
		ref := "t" + string(rune('1'+i))
		record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: ref, VendorIDs: []string{ref},
			At: start()})
	}
	return batches
}

func TestWhatWasHandedOverIsNotDoneBeforeItsTimeWhateverItsVendorCallsIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := handedOver(t, db, 4)[0].Campaign.ID
	var listed []model.Campaign
	for _, ref := range []string{"t1", "t2"} {
		listed = append(listed, model.Campaign{Account: "minsk", VendorID: ref, State: model.CampaignSent,
			VendorState: "SENT", CreatedAt: start(), SendAt: start().Add(24 * time.Hour)})
	}
	if err := db.SaveCampaigns(t.Context(), "minsk", listed, start()); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignScheduled)
	if err := db.Recall(t.Context(), "anna", id); err == nil || !strings.Contains(err.Error(), "delete it there") {
		t.Errorf("a recall does not say what to do: %v", err)
	}
	if _, err := db.DueCampaigns(t.Context(), "minsk", start().Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	wantState(t, db, id, model.CampaignSent)
}

func TestWhatWasHandedOverIsDeletedAtItsVendorPartByPart(t *testing.T) {
	t.Parallel()
	db := open(t)
	batches := handedOver(t, db, 4)
	id := batches[0].Campaign.ID
	wantState(t, db, id, model.CampaignScheduled)
	if err := db.Recall(t.Context(), "anna", id); model.KindOf(err) != model.KindConflict ||
		!strings.Contains(err.Error(), "Autumn sale") || !strings.Contains(err.Error(), "3 Mar 09:00") {
		t.Errorf("a recall says what to do by name and time: %v", err)
	}
	if err := db.DeleteHandedOver(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	asked := must(db.Deletions(t.Context(), "minsk"))(t)
	if len(asked) != 2 || asked[0].VendorRef != "t1" || asked[1].VendorRef != "t2" {
		t.Fatalf("%+v", asked)
	}
	if p := progress(t, db, id); !strings.Contains(p.Deletion.String(), "no answer yet") || p.Accepted != 4 {
		t.Errorf("before the answer: %+v", p)
	}
	end := func(i int, state model.DeletionState, why string) model.Progress {
		d := asked[i]
		d.State, d.Detail = state, model.Data(why)
		if err := db.DeletionEnds(t.Context(), d, start()); err != nil {
			t.Fatal(err)
		}
		return progress(t, db, id)
	}
	if p := end(0, model.DeletionRefused, "it has begun"); !strings.Contains(p.Deletion.String(), "no answer yet") {
		t.Errorf("%s", p.Deletion)
	}
	p := end(1, model.DeletionDone, "")
	if p.Accepted != 2 || p.Held != 2 || p.State != model.CampaignScheduled ||
		!strings.Contains(p.Deletion.String(), "it has begun") ||
		!strings.Contains(p.Deletion.String(), "3 Mar 09:00") {
		t.Errorf("one part leaves all the same: %+v", p)
	}
	// A failed deletion can be requested again.
	if err := db.DeleteHandedOver(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	asked = must(db.Deletions(t.Context(), "minsk"))(t)
	if len(asked) != 1 {
		t.Fatalf("%+v", asked)
	}
	if p := end(0, model.DeletionDone, ""); p.Accepted != 0 || p.Held != 4 || p.State != model.CampaignCancelled ||
		!strings.Contains(p.Deletion.String(), "nobody gets it") {
		t.Errorf("all deleted: %+v", p)
	}
}

func TestABlockNamesWhatLiesAtAVendorAndReachesThePerson(t *testing.T) {
	t.Parallel()
	db := open(t)
	batches := handedOver(t, db, 2)
	phone := batches[0].People[0].Phone
	left := must(db.StillReached(t.Context(), []model.Phone{phone, 375299999999}))(t)
	if len(left) != 1 || left[0].ID != batches[0].Campaign.ID {
		t.Fatalf("%+v", left)
	}
	if text := left[0].ReachesAllTheSame(time.UTC).String(); !strings.Contains(text, "Autumn sale") ||
		!strings.Contains(text, "3 Mar 09:00") {
		t.Errorf("said: %s", text)
	}
	if left := must(db.StillReached(t.Context(), []model.Phone{375299999999}))(t); len(left) != 0 {
		t.Errorf("somebody else: %+v", left)
	}
}
