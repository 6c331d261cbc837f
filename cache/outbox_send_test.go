package cache

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// firstPhone is the first of the tests' phones; the others follow it.
const firstPhone = 375290000001

// audience gives n people.
func audience(n int) []model.Recipient {
	people := make([]model.Recipient, n)
	for i := range people {
		people[i].Phone = model.Phone(firstPhone + i)
	}
	return people
}

// plan is a campaign at minsk to n people.
func plan(n int) model.Plan {
	return model.Plan{People: model.PeopleOf(audience(n)...), Campaign: model.Campaign{
		Account: "minsk", Vendor: model.SMSBy, Name: "Autumn sale",
		Sender: "444", Class: model.ClassPromotional, Message: model.Message{Text: "Скидка 20 %"}}}
}

func submit(t testing.TB, db *DB, key string, p model.Plan, hold time.Duration) model.CampaignID {
	t.Helper()
	id, err := db.Submit(t.Context(), "anna", key, p, hold, 0)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func claim(t testing.TB, db *DB, id model.CampaignID, perCall, most int) []model.Batch {
	t.Helper()
	return claimAt(t, db, id, perCall, most, db.now())
}

// claimAt claims at most so many batches, one after the other.
func claimAt(t testing.TB, db *DB, id model.CampaignID, perCall, most int, now time.Time) []model.Batch {
	t.Helper()
	return claimAll(t, db, id, model.Claim{PerCall: perCall}, most, now)
}

func claimAll(t testing.TB, db *DB, id model.CampaignID, c model.Claim, most int, now time.Time) []model.Batch {
	t.Helper()
	var batches []model.Batch
	for len(batches) < most {
		b, ok, err := db.ClaimBatch(t.Context(), id, c, now)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		batches = append(batches, b)
	}
	return batches
}

// outcome gives all batches one outcome.
func outcome(batches []model.Batch, state model.BatchState, why string) []model.Outcome {
	var all []model.Outcome
	for _, b := range batches {
		all = append(all, model.Outcome{Batch: b.ID, State: state, Err: model.Data(why), At: start()})
	}
	return all
}

func record1(t testing.TB, db *DB, outcomes ...model.Outcome) {
	t.Helper()
	if err := db.RecordOutcomes(t.Context(), outcomes); err != nil {
		t.Fatal(err)
	}
}

func progress(t testing.TB, db *DB, id model.CampaignID) model.Progress {
	t.Helper()
	p, err := db.Progress(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantState(t testing.TB, db *DB, id model.CampaignID, want model.CampaignState) {
	t.Helper()
	if p := progress(t, db, id); p.State != want {
		t.Fatalf("the campaign is %s, want %s: %+v", p.State, want, p)
	}
}

// people gives the phones of batches, in their order.
func phonesOf(batches []model.Batch) []model.Phone {
	var all []model.Phone
	for _, b := range batches {
		for _, r := range b.People {
			all = append(all, r.Phone)
		}
	}
	return all
}

func statusOf(t testing.TB, db *DB, id model.CampaignID, phone int) (status model.DeliveryStatus, reason string) {
	t.Helper()
	err := db.reader.QueryRowContext(t.Context(),
		`SELECT r.status, coalesce(w.text, '') FROM recipient r LEFT JOIN word w ON w.id = r.reason
		WHERE r.campaign = ? AND r.who = ?`, id, phone).Scan(&status, &reason)
	if err != nil {
		t.Fatal(err)
	}
	return status, reason
}

func wantConflict(t testing.TB, err error) {
	t.Helper()
	if model.KindOf(err) != model.KindConflict {
		t.Fatalf("got %v, want a conflict", err)
	}
}

func TestASubmittedCampaignLeavesOnceInBatches(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(5)
	all := audience(5)
	slices.Reverse(all)
	all[0].Vars = map[string]string{"name": "Anna"}
	p.People = model.PeopleOf(all...)
	id := submit(t, db, "k1", p, 0)
	due, err := db.DueCampaigns(t.Context(), "minsk", start())
	if err != nil || len(due) != 1 || due[0].ID != id || due[0].Message.Text != "Скидка 20 %" ||
		due[0].Vendor != model.SMSBy {
		t.Fatalf("due: %+v, %v", due, err)
	}
	batches := claim(t, db, id, 2, 2)
	if len(batches) != 2 || batches[0].Number != 1 || batches[1].Number != 2 ||
		batches[0].Attempt == batches[1].Attempt {
		t.Fatalf("batches: %+v", batches)
	}
	if got := batches[0]; got.Campaign.Name != "Autumn sale" || got.State != model.BatchClaimed ||
		!got.ClaimedAt.Equal(start()) || got.Size != 2 {
		t.Errorf("batch: %+v", got)
	}
	rest := claim(t, db, id, 2, 2)
	left := phonesOf(append(batches, rest...))
	if slices.Reverse(left); len(left) != 5 || !slices.IsSorted(left) {
		t.Fatalf("claimed %v, want the order in which they were given", left)
	}
	if vars := batches[0].People[0].Vars; vars["name"] != "Anna" {
		t.Errorf("columns of the first person: %v", vars)
	}
	if again := claim(t, db, id, 2, 2); again != nil {
		t.Fatalf("claimed twice: %v", again)
	}
	wantState(t, db, id, model.CampaignSending)
	record1(t, db, outcome(append(batches, rest...), model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignSent)
	if p := progress(t, db, id); p.Total != 5 || p.Accepted != 5 || !p.Done() {
		t.Errorf("progress: %+v", p)
	}
	columns := func() (n int) {
		t.Helper()
		if err := db.reader.QueryRowContext(t.Context(), `SELECT count(*) FROM recipient_vars`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := columns(); n != 1 {
		t.Errorf("%d columns are kept for a new try, want 1", n)
	}
	if _, err := db.writer.ExecContext(t.Context(), `UPDATE recipient SET status = 6`); err != nil {
		t.Fatal(err)
	}
	if n := columns(); n != 0 {
		t.Errorf("%d columns of people who were reached are kept", n)
	}
}

func TestASubmitRepeatedWithItsKeyStoresNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	if first, second := submit(t, db, "k1", plan(3), 0), submit(t, db, "k1", plan(3), 0); first != second {
		t.Errorf("two campaigns: %s and %s", first, second)
	}
	if first, other := submit(t, db, "k1", plan(3), 0), submit(t, db, "k2", plan(3), 0); first == other {
		t.Error("another key gave the same campaign")
	}
	if _, err := db.Submit(t.Context(), "anna", "", plan(1), 0, 0); model.KindOf(err) != model.KindInvalid {
		t.Errorf("without a key: %v", err)
	}
}

func TestAHeldCampaignWaitsForItsRecallWindow(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), 10*time.Second)
	wantState(t, db, id, model.CampaignHeld)
	if at, ok, err := db.NextDue(t.Context(), start()); err != nil || !ok || !at.Equal(start().Add(10*time.Second)) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if got := claim(t, db, id, 10, 1); got != nil {
		t.Fatalf("claimed from a held campaign: %v", got)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", start().Add(9*time.Second)); err != nil || len(due) != 0 {
		t.Fatalf("due too early: %v %v", due, err)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", start().Add(10*time.Second)); err != nil || len(due) != 1 {
		t.Fatalf("not due: %v %v", due, err)
	}
	if got := phonesOf(claimAt(t, db, id, 10, 1, start().Add(10*time.Second))); len(got) != 3 {
		t.Fatalf("claimed %v", got)
	}
}

func TestTheEndOfTheProgramBetweenClaimAndOutcomeLeavesUnknown(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	first := openAt(t, path)
	id := submit(t, first, "k1", plan(5), 0)
	batch := claim(t, first, id, 2, 1)[0]
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	db := openAt(t, path)
	if n, err := db.RecoverClaims(t.Context(), start()); err != nil || n != 1 {
		t.Fatalf("recovered %d, %v", n, err)
	}
	if n, err := db.RecoverClaims(t.Context(), start()); err != nil || n != 0 {
		t.Fatalf("recovered %d again, %v", n, err)
	}
	unknown, err := db.UnknownBatches(t.Context(), "minsk")
	if err != nil || len(unknown) != 1 || unknown[0].ID != batch.ID || unknown[0].Attempt != batch.Attempt ||
		len(unknown[0].People) != 2 {
		t.Fatalf("unknown: %+v, %v", unknown, err)
	}
	if unknown[0].Err.String() != "the program ended before the answer came" {
		t.Errorf("the reason is %q", unknown[0].Err)
	}
	rest := claim(t, db, id, 2, 9)
	if got := phonesOf(rest); len(got) != 3 || slices.Contains(got, batch.People[0].Phone) {
		t.Fatalf("claimed %v after the crash", got)
	}
	record1(t, db, outcome(rest, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignUnknown)
	if p := progress(t, db, id); p.Unknown != 2 || p.Accepted != 3 || p.Total != 5 {
		t.Errorf("progress: %+v", p)
	}
}

func TestAnUnknownBatchIsResolvedByAPerson(t *testing.T) {
	t.Parallel()
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
		db := open(t)
		id := submit(t, db, "k1", plan(3), 0)
		batches := claim(t, db, id, 10, 1)
		wantConflict(t, db.Resolve(t.Context(), "boris", batches[0].ID, c.as))
		record1(t, db, outcome(batches, model.BatchUnknown, "the connection was lost")...)
		if err := db.Resolve(t.Context(), "boris", batches[0].ID, c.as); err != nil {
			t.Fatal(err)
		}
		wantState(t, db, id, c.state)
		if got, _ := statusOf(t, db, id, firstPhone); got != c.status {
			t.Errorf("%s: status %s, want %s", c.as, got, c.status)
		}
		if got := phonesOf(claim(t, db, id, 10, 1)); len(got) != c.again {
			t.Errorf("%s: claimed %v", c.as, got)
		}
		if p := progress(t, db, id); p.Total != 3 {
			t.Errorf("%s: %+v", c.as, p)
		}
		wantConflict(t, db.Resolve(t.Context(), "boris", batches[0].ID, c.as))
	}
}

func TestResendLeavesThoseWhoWereSeenToHaveGotIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), 0)
	batches := claim(t, db, id, 10, 1)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchUnknown, VendorRef: "v1", At: start()})
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1",
		[]model.Recipient{{Phone: firstPhone, Status: model.StatusDelivered}}, start()); err != nil {
		t.Fatal(err)
	}
	if err := db.Resolve(t.Context(), "boris", batches[0].ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if got := phonesOf(claim(t, db, id, 10, 1)); len(got) != 2 || slices.Contains(got, firstPhone) {
		t.Errorf("sent again to %v", got)
	}
	if p := progress(t, db, id); p.Total != 3 || p.Accepted != 1 || p.InFlight != 2 {
		t.Errorf("progress: %+v", p)
	}
}

func TestAPersonSeenToHaveGotItIsNotClaimedAgain(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchUnknown, VendorRef: "v1", At: start()})
	if err := db.Resolve(t.Context(), "boris", batches[0].ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SaveRecipients(t.Context(), "minsk", "v1",
		[]model.Recipient{{Phone: firstPhone, Status: model.StatusDelivered}}, start()); err != nil {
		t.Fatal(err)
	}
	if got := phonesOf(claim(t, db, id, 10, 1)); len(got) != 1 || got[0] != firstPhone+1 {
		t.Errorf("claimed %v", got)
	}
}

func TestOutcomesNameSinglePeople(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	batches := claim(t, db, id, 10, 1)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, VendorRef: "v1", At: start(),
		People: []model.Recipient{
			{Phone: firstPhone, Status: model.StatusRejected, Reason: model.Data("no such number")},
			{Phone: firstPhone + 1, Status: model.StatusNoMoney},
			{Phone: firstPhone + 2, Status: model.StatusUnknown}, {Phone: 375299999999, Status: model.StatusRejected}}})
	for phone, want := range map[int]model.DeliveryStatus{
		firstPhone: model.StatusRejected, firstPhone + 1: model.StatusNoMoney,
		firstPhone + 2: model.StatusUnknown, firstPhone + 3: model.StatusAccepted} {
		if got, reason := statusOf(t, db, id, phone); got != want || phone == firstPhone && reason != "no such number" {
			t.Errorf("%d is %s (%s), want %s", phone, got, reason, want)
		}
	}
	wantState(t, db, id, model.CampaignPartlySent)
	if p := progress(t, db, id); p.Accepted != 2 || p.Refused != 2 || p.Total != 4 {
		t.Errorf("progress: %+v", p)
	}
}

func TestARefusedCampaignFailedAndSaysWhy(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	o := outcome(claim(t, db, id, 10, 1), model.BatchRefused, "the sender is not approved")
	o[0].People = []model.Recipient{{Phone: firstPhone, Status: model.StatusNoMoney}}
	record1(t, db, o...)
	wantState(t, db, id, model.CampaignFailed)
	if got, reason := statusOf(t, db, id, firstPhone+1); got != model.StatusRejected ||
		reason != "the sender is not approved" {
		t.Errorf("%s: %s", got, reason)
	}
	if got, _ := statusOf(t, db, id, firstPhone); got != model.StatusNoMoney {
		t.Errorf("named person is %s", got)
	}
	if p := progress(t, db, id); p.Refused != 2 {
		t.Errorf("progress: %+v", p)
	}
}

func TestAGivenBackBatchWaitsUntilItsTime(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	first := claim(t, db, id, 10, 1)
	later := start().Add(time.Minute)
	record1(t, db, model.Outcome{Batch: first[0].ID, State: model.BatchQueued, Err: model.Data("429"), NotBefore: later,
		At: start()})
	if got := claim(t, db, id, 10, 1); got != nil {
		t.Fatalf("claimed before its time: %v", got)
	}
	if at, ok, err := db.NextDue(t.Context(), start()); err != nil || !ok || !at.Equal(later) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	again := claimAt(t, db, id, 10, 1, later)
	if len(again) != 1 || len(again[0].People) != 2 || again[0].Tries != 1 ||
		again[0].ID == first[0].ID || again[0].Attempt == first[0].Attempt {
		t.Fatalf("claimed again: %+v", again)
	}
	// A late answer to the attempt that was given back meets nobody.
	record1(t, db, outcome(first, model.BatchRefused, "late")...)
	if p := progress(t, db, id); p.InFlight != 2 || p.Refused != 0 {
		t.Errorf("progress: %+v", p)
	}
}

func TestPeopleRefusedByNameStayBehindWhenTheRestIsGivenBack(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(3), 0)
	o := outcome(claim(t, db, id, 10, 1), model.BatchQueued, "one bad number")
	o[0].People = []model.Recipient{{Phone: firstPhone, Status: model.StatusRejected, Reason: model.Data("bad number")}}
	record1(t, db, o...)
	rest := claim(t, db, id, 10, 1)
	if got := phonesOf(rest); len(got) != 2 || slices.Contains(got, firstPhone) {
		t.Fatalf("claimed %v", got)
	}
	record1(t, db, outcome(rest, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignPartlySent)
	if p := progress(t, db, id); p.Accepted != 2 || p.Refused != 1 || p.Total != 3 {
		t.Errorf("progress: %+v", p)
	}
}

func TestASecondOutcomeChangesNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	record1(t, db, outcome(batches, model.BatchRefused, "late")...)
	wantState(t, db, id, model.CampaignSent)
}

func TestAnUnknownBatchIsSettledByEvidence(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batches := claim(t, db, id, 10, 1)
	record1(t, db, outcome(batches, model.BatchUnknown, "no answer")...)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchUnknown,
		Evidence: model.Data("3 mailings looked at, none fits"), At: start()})
	if got, err := db.UnknownBatches(t.Context(), "minsk"); err != nil || len(got) != 1 ||
		got[0].Evidence.String() == "" ||
		got[0].Err.String() != "no answer" {
		t.Fatalf("%+v, %v", got, err)
	}
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchAccepted, VendorRef: "v7",
		Evidence: model.Data("mailing v7"), At: start()})
	wantState(t, db, id, model.CampaignSent)
	if got, _ := statusOf(t, db, id, firstPhone); got != model.StatusAccepted {
		t.Errorf("status %s", got)
	}
}

func TestNobodyBlockedAfterTheSubmitIsClaimed(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(5), 0)
	for _, block := range []string{
		`INSERT INTO blacklist (who, added_at, source) VALUES (375290000001, 1, 'reply')`,
		`INSERT INTO blacklist (who, added_at, source, only) VALUES (375290000002, 1, 'operator', '["minsk"]')`,
		`INSERT INTO blacklist (who, added_at, source, only) VALUES (375290000003, 1, 'operator', '["promo-gr"]')`,
		`INSERT INTO account (name) VALUES ('shop-ua')`,
		`INSERT INTO vendor_block (account, who) SELECT id, 375290000004 FROM account WHERE name = 'shop-ua'`,
		`INSERT INTO blacklist (who, added_at, source, removed_at) VALUES (375290000005, 1, 'operator', 2)`,
	} {
		if _, err := db.writer.ExecContext(t.Context(), block); err != nil {
			t.Fatal(err)
		}
	}
	batches := claim(t, db, id, 1, 9)
	if got := phonesOf(batches); !slices.Equal(got, []model.Phone{375290000003, 375290000005}) {
		t.Fatalf("claimed %v", got)
	}
	if p := progress(t, db, id); p.Suppressed != 3 || p.InFlight != 2 || p.Total != 5 {
		t.Errorf("progress: %+v", p)
	}
	record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignSent)
}

func TestACampaignOfBlockedPeopleOnlyIsCancelledAndSaysWhy(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(1), 0)
	if _, err := db.writer.ExecContext(t.Context(),
		`INSERT INTO blacklist (who, added_at, source) VALUES (375290000001, 1, 'reply')`); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 10, 1); got != nil {
		t.Fatalf("claimed %v", got)
	}
	if p := progress(t, db, id); p.State != model.CampaignCancelled || p.PauseCause.String() == "" {
		t.Errorf("progress: %+v", p)
	}
}

func TestTheBrakeStopsClaimsInEveryProcessAndOutlivesThem(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	here, there := openAt(t, path), openAt(t, path)
	id := submit(t, here, "k1", plan(2), 0)
	if err := there.SetBrake(t.Context(), "boris", true, "wrong text"); err != nil {
		t.Fatal(err)
	}
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	for _, db := range []*DB{here, openAt(t, path)} {
		if got := claim(t, db, id, 10, 1); got != nil {
			t.Fatalf("claimed %v", got)
		}
		if due, err := db.DueCampaigns(t.Context(), "minsk", start()); err != nil || due != nil {
			t.Fatalf("due %v %v", due, err)
		}
		if _, ok, err := db.NextDue(t.Context(), start()); err != nil || ok {
			t.Fatalf("something becomes due: %v %v", ok, err)
		}
	}
	if err := here.SetBrake(t.Context(), "boris", false, ""); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, here, id, 10, 1); len(got) != 1 {
		t.Fatalf("claimed %v", got)
	}
}

func TestConcurrentClaimsNeverGiveOnePersonToTwoBatches(t *testing.T) {
	t.Parallel()
	people := 3000
	if underRace {
		people = 500
	}
	path := filepath.Join(t.TempDir(), "cache.db")
	handles := []*DB{openAt(t, path), openAt(t, path)}
	id := submit(t, handles[0], "k1", plan(people), 0)
	var mu sync.Mutex
	times := map[model.Phone]int{}
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for {
				batches := claimAt(t, handles[worker%2], id, 17, 3, start())
				if len(batches) == 0 {
					return
				}
				mu.Lock()
				for _, p := range phonesOf(batches) {
					times[p]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for p, n := range times {
		if n != 1 {
			t.Errorf("%v was claimed %d times", p, n)
		}
	}
	if len(times) != people {
		t.Errorf("%d people were claimed, want %d", len(times), people)
	}
}

func TestAListLeavesAsOneBatch(t *testing.T) {
	t.Parallel()
	for state, want := range map[model.BatchState]model.CampaignState{model.BatchAccepted: model.CampaignSent,
		model.BatchRefused: model.CampaignFailed, model.BatchUnknown: model.CampaignUnknown,
		model.BatchQueued: model.CampaignQueued} {
		for _, size := range []model.Figure{{}, model.Known(120)} {
			db := open(t)
			p := plan(0)
			p.Campaign.List, p.Recipients, p.Campaign.VendorID = "clients", size, "m5"
			id := submit(t, db, "k1", p, 0)
			if got := progress(t, db, id); got.Waiting != size.N || got.Total != size.N {
				t.Errorf("progress before: %+v", got)
			}
			batches := claim(t, db, id, 100, 10)
			if len(batches) != 1 || len(batches[0].People) != 0 || batches[0].Size != int(size.N) ||
				batches[0].Campaign.VendorID != "m5" {
				t.Fatalf("batches: %+v", batches)
			}
			if again := claim(t, db, id, 100, 10); again != nil {
				t.Fatalf("claimed twice: %v", again)
			}
			record1(t, db, outcome(batches, state, "")...)
			wantState(t, db, id, want)
		}
	}
}

func TestALargeAudienceIsStoredAndClaimedWhole(t *testing.T) {
	t.Parallel()
	people := 100_000
	if underRace {
		people = 2_000
	}
	db := open(t)
	id := submit(t, db, "k1", plan(people), 0)
	n := 0
	for {
		batches := claim(t, db, id, 1000, 10)
		if len(batches) == 0 {
			break
		}
		n += len(phonesOf(batches))
		record1(t, db, outcome(batches, model.BatchAccepted, "")...)
	}
	if n != people {
		t.Errorf("%d people were claimed", n)
	}
	wantState(t, db, id, model.CampaignSent)
	if again := must(db.Campaign(t.Context(), id))(t); again.Totals.Sent != model.Known(int64(people)) {
		t.Errorf("sent %v of %d", again.Totals.Sent, people)
	}
}

func TestAcceptedForLaterIsScheduledUntilItsTime(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(2)
	p.Campaign.SendAt = start().Add(time.Hour)
	id := submit(t, db, "k1", p, 0)
	record1(t, db, outcome(claim(t, db, id, 10, 1), model.BatchAccepted, "")...)
	wantState(t, db, id, model.CampaignScheduled)
	if at, ok, err := db.NextDue(t.Context(), start()); err != nil || !ok || !at.Equal(p.Campaign.SendAt) {
		t.Errorf("next due %v %v %v", at, ok, err)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", p.Campaign.SendAt); err != nil || due != nil {
		t.Errorf("due: %v %v", due, err)
	}
	wantState(t, db, id, model.CampaignSent)
}

func TestACampaignWhoseTimeHasLongPassedAsksAPerson(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(2)
	p.Campaign.SendAt = start().Add(time.Hour)
	id := submit(t, db, "k1", p, 0)
	if got := claimAt(t, db, id, 10, 1, start().Add(3*time.Hour)); len(got) != 0 {
		t.Fatalf("claimed: %v", got)
	}
	if due, err := db.DueCampaigns(t.Context(), "minsk", start().Add(3*time.Hour)); err != nil || due != nil {
		t.Fatalf("due: %v %v", due, err)
	}
	wantState(t, db, id, model.CampaignPaused)
	db.now = func() time.Time { return start().Add(3 * time.Hour) }
	if err := db.Resume(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 10, 1); len(got) != 1 || !got[0].Campaign.SendAt.IsZero() {
		t.Errorf("claimed %+v", got)
	}
}

func TestTheCostOfAllBatchesIsKnownOnlyWhenEachIs(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	batches := claim(t, db, id, 1, 2)
	price, err := model.ParseMoney("0.049 BYN")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"—", "0.098 BYN"} {
		record1(t, db, model.Outcome{Batch: batches[i].ID, State: model.BatchAccepted, Cost: price,
			VendorRef: fmt.Sprint("v", i), At: start()})
		if got := progress(t, db, id).Cost.String(); got != want {
			t.Errorf("after %d batches the cost is %s, want %s", i+1, got, want)
		}
	}
}

func TestProgressTellsWhatTheRestWaitsFor(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(4), 0)
	batches := claim(t, db, id, 2, 2)
	record1(t, db, model.Outcome{Batch: batches[0].ID, State: model.BatchQueued,
		Err:       model.Data("minsk asks for fewer requests"),
		NotBefore: start().Add(time.Minute), At: start()})
	if p := progress(t, db, id); p.Waits.String() != "minsk asks for fewer requests" ||
		!p.NextTry.Equal(start().Add(time.Minute)) {
		t.Errorf("it waits for %q until %s", p.Waits, p.NextTry)
	}
	record1(t, db, model.Outcome{Batch: batches[1].ID, State: model.BatchRefused, Err: model.Data("no"), At: start()})
	if p := progress(t, db, id); p.Waits.String() != "" || !p.NextTry.IsZero() {
		t.Errorf("the vendor answers, and it waits for %q until %s", p.Waits, p.NextTry)
	}
}

func TestTheOverviewTellsWhatIsOnlyHeldFromWhatLeaves(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	submit(t, db, "held", plan(3), time.Hour)
	if o := must(db.Overview(t.Context(), "anna"))(t); o.Sending != 1 || o.Held != 1 {
		t.Errorf("held: %d of %d", o.Held, o.Sending)
	}
	submit(t, db, "leaves", plan(2), 0)
	if o := must(db.Overview(t.Context(), "anna"))(t); o.Sending != 2 || o.Held != 1 {
		t.Errorf("held: %d of %d", o.Held, o.Sending)
	}
}
