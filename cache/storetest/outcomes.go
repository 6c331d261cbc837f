package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"viberdeck/model"
)

// recording lists what holds for the outcomes of batches.
func recording() []sentence {
	return []sentence{
		{"AnUnknownBatchIsResolvedByAPerson", anUnknownBatchIsResolvedByAPerson},
		{"ResendLeavesThoseWhoWereSeenToHaveGotIt", resendLeavesThoseWhoWereSeenToHaveGotIt},
		{"APersonSeenToHaveGotItIsNotClaimedAgain", aPersonSeenToHaveGotItIsNotClaimedAgain},
		{"OutcomesNameSinglePeople", outcomesNameSinglePeople},
		{"ARefusedCampaignFailedAndSaysWhy", aRefusedCampaignFailedAndSaysWhy},
		{"AGivenBackBatchWaitsUntilItsTime", aGivenBackBatchWaitsUntilItsTime},
		{"PeopleRefusedByNameStayBehindWhenTheRestIsGivenBack", peopleRefusedByNameStayBehindWhenTheRestIsGivenBack},
		{"ASecondOutcomeChangesNothing", aSecondOutcomeChangesNothing},
		{"AnUnknownBatchIsSettledByEvidence", anUnknownBatchIsSettledByEvidence},
		{"TheCostOfAllBatchesIsKnownOnlyWhenEachIs", theCostOfAllBatchesIsKnownOnlyWhenEachIs},
		{"ProgressTellsWhatTheRestWaitsFor", progressSaysWhatTheRestWaitsFor},
	}
}

func anUnknownBatchIsResolvedByAPerson(t *testing.T, place *place) {
	for _, c := range []struct {
		as     model.Resolution
		state  model.CampaignState
		status model.DeliveryStatus
		again  int // people claimed afterwards
	}{
		{model.ResolveAccepted, model.CampaignSent, model.StatusAccepted, 0},
		{model.ResolveResend, model.CampaignQueued, model.StatusQueued, 3},
		{model.ResolveDropped, model.CampaignCancelled, model.StatusHeld, 0},
	} {
		db := place.another(t).open()
		id := Submit(t, db, "k1", Plan(3), 0)
		batches := claim(t, db, id, 10, 1)
		WantConflict(t, db.Resolve(t.Context(), "boris", batches[0].ID, c.as))
		Record(t, db, Outcomes(batches, model.BatchUnknown, "the connection was lost")...)
		if err := db.Resolve(t.Context(), "boris", batches[0].ID, c.as); err != nil {
			t.Fatal(err)
		}
		WantState(t, db, id, c.state)
		if got, _ := statusOf(t, db, id, FirstPhone); got != c.status {
			t.Errorf("%s: status %s, want %s", c.as, got, c.status)
		}
		if got := Phones(claim(t, db, id, 10, 1)); len(got) != c.again {
			t.Errorf("%s: claimed %v", c.as, got)
		}
		if p := Progress(t, db, id); p.Total != 3 {
			t.Errorf("%s: %+v", c.as, p)
		}
		WantConflict(t, db.Resolve(t.Context(), "boris", batches[0].ID, c.as))
	}
}

func resendLeavesThoseWhoWereSeenToHaveGotIt(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(3), 0)
	batches := claim(t, db, id, 10, 1)
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchUnknown, VendorRef: "v1", At: Start()})
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1",
		[]model.Recipient{{Phone: FirstPhone, Status: model.StatusDelivered}}, Start()); err != nil {
		t.Fatal(err)
	}
	if err := db.Resolve(t.Context(), "boris", batches[0].ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if got := Phones(claim(t, db, id, 10, 1)); len(got) != 2 || slices.Contains(got, FirstPhone) {
		t.Errorf("sent again to %v", got)
	}
	if p := Progress(t, db, id); p.Total != 3 || p.Accepted != 1 || p.InFlight != 2 {
		t.Errorf("progress: %+v", p)
	}
}

func aPersonSeenToHaveGotItIsNotClaimedAgain(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchUnknown, VendorRef: "v1", At: Start()})
	if err := db.Resolve(t.Context(), "boris", batches[0].ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1",
		[]model.Recipient{{Phone: FirstPhone, Status: model.StatusDelivered}}, Start()); err != nil {
		t.Fatal(err)
	}
	if got := Phones(claim(t, db, id, 10, 1)); len(got) != 1 || got[0] != FirstPhone+1 {
		t.Errorf("claimed %v", got)
	}
}

func outcomesNameSinglePeople(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(4), 0)
	batches := claim(t, db, id, 10, 1)
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, VendorRef: "v1", At: Start(),
		People: []model.Recipient{
			{Phone: FirstPhone, Status: model.StatusRejected, Reason: model.Data("no such number")},
			{Phone: FirstPhone + 1, Status: model.StatusNoMoney},
			{Phone: FirstPhone + 2, Status: model.StatusUnknown}, {Phone: 375299999999, Status: model.StatusRejected}}})
	for phone, want := range map[int]model.DeliveryStatus{
		FirstPhone: model.StatusRejected, FirstPhone + 1: model.StatusNoMoney,
		FirstPhone + 2: model.StatusUnknown, FirstPhone + 3: model.StatusAccepted} {
		if got, reason := statusOf(t, db, id, phone); got != want || phone == FirstPhone && reason != "no such number" {
			t.Errorf("%d is %s (%s), want %s", phone, got, reason, want)
		}
	}
	WantState(t, db, id, model.CampaignPartlySent)
	if p := Progress(t, db, id); p.Accepted != 2 || p.Refused != 2 || p.Total != 4 {
		t.Errorf("progress: %+v", p)
	}
}

func aRefusedCampaignFailedAndSaysWhy(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(2), 0)
	o := Outcomes(claim(t, db, id, 10, 1), model.BatchRefused, "the sender is not approved")
	o[0].People = []model.Recipient{{Phone: FirstPhone, Status: model.StatusNoMoney}}
	Record(t, db, o...)
	WantState(t, db, id, model.CampaignFailed)
	if got, reason := statusOf(t, db, id, FirstPhone+1); got != model.StatusRejected ||
		reason != "the sender is not approved" {
		t.Errorf("%s: %s", got, reason)
	}
	if got, _ := statusOf(t, db, id, FirstPhone); got != model.StatusNoMoney {
		t.Errorf("named person is %s", got)
	}
	if p := Progress(t, db, id); p.Refused != 2 {
		t.Errorf("progress: %+v", p)
	}
}

func aGivenBackBatchWaitsUntilItsTime(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(2), 0)
	first := claim(t, db, id, 10, 1)
	later := Start().Add(time.Minute)
	Record(t, db, model.Outcome{Batch: first[0].ID, State: model.BatchQueued, Err: model.Data("429"), NotBefore: later,
		At: Start()})
	if got := claim(t, db, id, 10, 1); got != nil {
		t.Fatalf("claimed before its time: %v", got)
	}
	if at, ok, err := db.NextDue(t.Context(), Start()); err != nil || !ok || !at.Equal(later) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	again := claimAt(t, db, id, 10, 1, later)
	if len(again) != 1 || len(again[0].People) != 2 || again[0].Tries != 1 ||
		again[0].ID == first[0].ID || again[0].Attempt == first[0].Attempt {
		t.Fatalf("claimed again: %+v", again)
	}
	// A late answer to the attempt that was given back concerns no one.
	Record(t, db, Outcomes(first, model.BatchRefused, "late")...)
	if p := Progress(t, db, id); p.InFlight != 2 || p.Refused != 0 {
		t.Errorf("progress: %+v", p)
	}
}

func peopleRefusedByNameStayBehindWhenTheRestIsGivenBack(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(3), 0)
	o := Outcomes(claim(t, db, id, 10, 1), model.BatchQueued, "one bad number")
	o[0].People = []model.Recipient{{Phone: FirstPhone, Status: model.StatusRejected, Reason: model.Data("bad number")}}
	Record(t, db, o...)
	rest := claim(t, db, id, 10, 1)
	if got := Phones(rest); len(got) != 2 || slices.Contains(got, FirstPhone) {
		t.Fatalf("claimed %v", got)
	}
	Record(t, db, Outcomes(rest, model.BatchAccepted, "")...)
	WantState(t, db, id, model.CampaignPartlySent)
	if p := Progress(t, db, id); p.Accepted != 2 || p.Refused != 1 || p.Total != 3 {
		t.Errorf("progress: %+v", p)
	}
}

func aSecondOutcomeChangesNothing(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	Record(t, db, Outcomes(batches, model.BatchAccepted, "")...)
	Record(t, db, Outcomes(batches, model.BatchRefused, "late")...)
	WantState(t, db, id, model.CampaignSent)
}

func anUnknownBatchIsSettledByEvidence(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	Record(t, db, Outcomes(batches, model.BatchUnknown, "no answer")...)
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchUnknown,
		Evidence: model.Data("3 mailings looked at, none fits"), At: Start()})
	if got, err := db.UnknownBatches(t.Context(), "minsk"); err != nil || len(got) != 1 ||
		got[0].Evidence.String() == "" ||
		got[0].Err.String() != "no answer" {
		t.Fatalf("%+v, %v", got, err)
	}
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, VendorRef: "v7",
		Evidence: model.Data("mailing v7"), At: Start()})
	WantState(t, db, id, model.CampaignSent)
	if got, _ := statusOf(t, db, id, FirstPhone); got != model.StatusAccepted {
		t.Errorf("status %s", got)
	}
}

func theCostOfAllBatchesIsKnownOnlyWhenEachIs(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(2), 0)
	batches := claim(t, db, id, 1, 2)
	price, err := model.ParseMoney("0.049 BYN")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"—", "0.098 BYN"} {
		Record(t, db, model.Outcome{Batch: batches[i].ID, State: model.BatchAccepted, Cost: price,
			VendorRef: fmt.Sprint("v", i), At: Start()})
		if got := Progress(t, db, id).Cost.String(); got != want {
			t.Errorf("after %d batches the cost is %s, want %s", i+1, got, want)
		}
	}
}

func progressSaysWhatTheRestWaitsFor(t *testing.T, place *place) {
	db := place.open()
	id := Submit(t, db, "k1", Plan(4), 0)
	batches := claim(t, db, id, 2, 2)
	Record(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchQueued,
		Err:       model.Data("minsk asks for fewer requests"),
		NotBefore: Start().Add(time.Minute), At: Start()})
	if p := Progress(t, db, id); p.Waits.String() != "minsk asks for fewer requests" ||
		!p.NextTry.Equal(Start().Add(time.Minute)) {
		t.Errorf("it waits for %q until %s", p.Waits, p.NextTry)
	}
	Record(t, db, model.Outcome{Batch: batches[1].ID, State: model.BatchRefused, Err: model.Data("no"), At: Start()})
	if p := Progress(t, db, id); p.Waits.String() != "" || !p.NextTry.IsZero() {
		t.Errorf("the vendor answers, and it waits for %q until %s", p.Waits, p.NextTry)
	}
}
