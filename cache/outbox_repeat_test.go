package cache

import (
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

// unknownBatch submits and claims a campaign of n people in one call whose outcome is unknown.
func unknownBatch(t *testing.T, db *DB, key string, n int) model.Batch {
	t.Helper()
	b := claim(t, db, submit(t, db, key, plan(n), 0), n, 1)[0]
	record1(t, db, outcome([]model.Batch{b}, model.BatchUnknown, "no answer")...)
	return b
}

func TestACallIsRepeatedOnlyWhereItMightBeMadeNow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*DB, model.Batch) error
		want   string
	}{
		"nothing in the way": {func(*DB, model.Batch) error { return nil }, ""},
		"the brake": {func(db *DB, _ model.Batch) error {
			return db.SetBrake(t.Context(), "anna", model.On, "a fire")
		}, "brake"},
		"a block": {func(db *DB, b model.Batch) error {
			_, err := db.Block(t.Context(), "anna", []model.Phone{b.People[1].Phone}, "asked", nil,
				model.SourceOperator)
			return err
		}, "1 of its people"},
		"a decision": {func(db *DB, b model.Batch) error {
			return db.Resolve(t.Context(), "anna", b.ID, model.ResolveDropped)
		}, "dropped"},
		"a namesake": {func(db *DB, b model.Batch) error {
			other := claim(t, db, submit(t, db, "k2", plan(2), 0), 2, 1)
			return db.RecordOutcomes(t.Context(), outcome(other, model.BatchAccepted, ""))
		}, ""},
		"no name of its own": {func(db *DB, _ model.Batch) error {
			_, err := db.writer.ExecContext(t.Context(), `UPDATE batch SET tag = ''`)
			return err
		}, "another campaign"},
	} {
		db := open(t)
		how := model.Claim{PerCall: 3, AskAgain: time.Hour}
		b := storetest.Claim(t, db, submit(t, db, "k1", plan(3), 0), how, 1, start())[0]
		record1(t, db, outcome([]model.Batch{b}, model.BatchUnknown, "no answer")...)
		if err := c.change(db, b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		done, why, err := db.Begin(t.Context(), b.ID, start())
		if done != nil {
			done()
		}
		if err != nil || (why.String() == "") != (c.want == "") || !strings.Contains(why.String(), c.want) {
			t.Errorf("%s: %q, %v; want %q", name, why, err, c.want)
		}
	}
}

func TestABatchSentAgainAloneKeepsItsNumber(t *testing.T) {
	t.Parallel()
	db := open(t)
	b := unknownBatch(t, db, "k1", 3)
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	later := start().Add(time.Second)
	again := claimAt(t, db, b.Campaign.ID, 3, 9, later)
	if len(again) != 1 || again[0].Number != 1 || !again[0].Repeat || len(again[0].People) != 3 {
		t.Fatalf("%+v", again)
	}
	record1(t, db, outcome(again, model.BatchAccepted, "")...)
	wantState(t, db, b.Campaign.ID, model.CampaignSent)
}

func TestABatchSentAgainGoesToExactlyItsPeopleWhoeverElseWaits(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(9), 0)
	lost := claim(t, db, id, 3, 2)
	record1(t, db, outcome(lost, model.BatchUnknown, "no answer")...)
	for _, b := range lost {
		if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Block(t.Context(), "anna", []model.Phone{lost[1].People[0].Phone}, "asked", nil,
		model.SourceOperator); err != nil {
		t.Fatal(err)
	}
	later := start().Add(time.Second)
	first := claimAt(t, db, id, 3, 1, later)[0]
	// It certainly did not leave: the same people wait again.
	record1(t, db, model.Outcome{Batch: first.ID, State: model.BatchQueued, At: later})
	again := claimAt(t, db, id, 3, 9, later)
	if len(again) != 3 {
		t.Fatalf("%d batches", len(again))
	}
	for i, want := range lost {
		got := again[i]
		if got.Number != want.Number || got.Tag != want.Tag || !got.Repeat || len(got.People) != 3-i {
			t.Errorf("%d: number %d, tag %s, repeat %v, %d people", i, got.Number, got.Tag, got.Repeat, len(got.People))
		}
		for _, p := range got.People {
			if !slices.ContainsFunc(want.People, func(was model.Recipient) bool { return was.Phone == p.Phone }) {
				t.Errorf("%s was not in the batch", p.Phone)
			}
		}
	}
	if rest := again[2]; rest.Number != 3 || rest.Repeat || len(rest.People) != 3 || rest.Tag == "" {
		t.Errorf("the others: %+v", rest)
	}
}

func TestNobodyDecidesAboutABatchThatALivingEngineAsksAbout(t *testing.T) {
	t.Parallel()
	db := open(t)
	term, led, err := db.TryTake(t.Context())
	if err != nil || !led {
		t.Fatal(err)
	}
	id := submit(t, db, "k1", plan(2), 0)
	b, _, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 2, AskAgain: time.Hour}, start())
	if err != nil {
		t.Fatal(err)
	}
	record1(t, db, outcome([]model.Batch{b}, model.BatchUnknown, "no answer")...)
	for _, as := range []model.Resolution{model.ResolveAccepted, model.ResolveResend, model.ResolveDropped} {
		err := db.Resolve(t.Context(), "anna", b.ID, as)
		if model.KindOf(err) != model.KindConflict || !strings.Contains(err.Error(), "10:00 UTC") {
			t.Errorf("%s: %v", as, err)
		}
	}
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); err != nil {
		t.Errorf("once no engine lives: %v", err)
	}
}

func TestWhatBelongsToAnotherCampaignProvesNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	first := claim(t, db, submit(t, db, "k1", plan(2), 0), 2, 1)
	record1(t, db, model.Outcome{Batch: first[0].ID, State: model.BatchAccepted, VendorRef: "9001",
		VendorIDs: []string{"9001"}, At: start()})
	b := unknownBatch(t, db, "k2", 2) // the same message a day later, and its answer is lost
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: "9001",
		VendorIDs: []string{"9001"},
		At:        start()})
	if p := progress(t, db, b.Campaign.ID); p.Unknown != 2 || p.Accepted != 0 || p.State != model.CampaignUnknown {
		t.Fatalf("yesterday's campaign settled it: %+v", p)
	}
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: "9002",
		VendorIDs: []string{"9002"},
		At:        start()})
	if p := progress(t, db, b.Campaign.ID); p.Accepted != 2 {
		t.Errorf("what is new settles it: %+v", p)
	}
}

func TestWhoWouldGetAnUnknownBatchAgainIsCountedWithoutTheBlocked(t *testing.T) {
	t.Parallel()
	db := open(t)
	b := unknownBatch(t, db, "k1", 4)
	if _, err := db.Block(t.Context(), "anna", []model.Phone{b.People[1].Phone}, "asked", nil,
		model.SourceOperator); err != nil {
		t.Fatal(err)
	}
	r, err := db.Resending(t.Context(), b.ID)
	if err != nil || r.People != 3 || r.Blocked != 1 || r.Seen != 0 || r.Campaign.ID != b.Campaign.ID {
		t.Fatalf("%+v, %v", r, err)
	}
	var priced int64
	for _, n := range r.Countries {
		priced += n
	}
	if text := model.Listed(r.LeftOut()).String(); priced != 3 ||
		!strings.Contains(text, "1 person is on the blacklist") {
		t.Errorf("%d are priced; said: %s", priced, text)
	}
	if err := db.Resolve(t.Context(), "anna", b.ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if again := claim(t, db, b.Campaign.ID, 10, 1); len(again) != 1 || int64(len(again[0].People)) != r.People {
		t.Errorf("%d people were counted, and %+v leave", r.People, again)
	}
	_, err = db.Resending(t.Context(), b.ID)
	wantConflict(t, err)
}
