package vendors

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

func marksOf(account string, n int) []model.Reply {
	all := make([]model.Reply, n)
	for i := range all {
		all[i] = model.Reply{ID: model.ReplyID(i + 1), Account: account, VendorID: fmt.Sprint(i + 1)}
	}
	return all
}

func TestReadMarksAreSentInGroupsAndOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.marks = append(marksOf("shop", 250), model.Reply{ID: 900, Account: "plain", VendorID: "x"})
		f := &readerFake{plainFake: plainFake{name: "shop"}}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f, &plainFake{name: "plain"}}})
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(f.marked) != 3 || len(slices.Concat(f.marked...)) != 250 || store.left() != 0 {
			t.Errorf("%d calls, %d left", len(f.marked), store.left())
		}
	})
}

func TestAReadMarkIsDoneOnlyAfterTheVendorSaidSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.marks = marksOf("shop", 3)
		f := &readerFake{plainFake: plainFake{name: "shop"}, err: down("shop")}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Hour)
		synctest.Wait()
		if store.left() != 3 || f.times("mark") > 30 || f.times("mark") < 10 {
			t.Errorf("%d left after %d calls", store.left(), f.times("mark"))
		}
	})
}

func TestAReplyTheVendorNoLongerKnowsDoesNotKeepOthersBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.marks = marksOf("shop", 5)
		f := &readerFake{plainFake: plainFake{name: "shop"}}
		f.readErr = func(ids []string) error {
			if slices.Contains(ids, "3") {
				return model.NotFound("no such reply")
			}
			return nil
		}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Once(t.Context())
		if err != nil || report.Marks != 5 || store.left() != 0 || slices.Contains(slices.Concat(f.marked...), "3") {
			t.Errorf("%v, %d told, %d left", err, report.Marks, store.left())
		}
	})
}

func TestARemovalThatTheVendorCannotDoStaysOwedAndIsNoFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.blocks = []model.Block{{Phone: 3, Remove: true}, {Phone: 4, Reason: "a"}}
		f := &readerFake{plainFake: plainFake{name: "shop", lacks: model.ActBlacklistRemove}}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Once(t.Context())
		if err != nil || report.Blocks != 1 || f.times("unblock") != 0 ||
			!slices.Equal(store.blocks, []model.Block{{Phone: 3, Remove: true}}) {
			t.Errorf("%v, %d told, left %v after %d removals", err, report.Blocks, store.blocks, f.times("unblock"))
		}
	})
}

func TestBlocksAreSentToTheVendor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.blocks = []model.Block{{Phone: 1, Reason: "a"}, {Phone: 2, Reason: "b"}, {Phone: 3, Remove: true},
			{Phone: 4, Reason: "a"}}
		f := &readerFake{plainFake: plainFake{name: "shop"}}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Once(t.Context())
		if err != nil || report.Blocks != 4 || !slices.Equal(f.blocked, []model.Phone{1, 4, 2}) ||
			!slices.Equal(f.unlocked, []model.Phone{3}) || len(store.blocks) > 0 {
			t.Errorf("%v %v %v", err, f.blocked, f.unlocked)
		}
		store.blocks = []model.Block{{Phone: 1, Reason: "a"}, {Phone: 3, Remove: true}}
		f.failing = func(op string) error {
			if op == "unblock" {
				return errors.New("not now")
			}
			return nil
		}
		if _, err = NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Once(t.Context()); err == nil ||
			!slices.Equal(store.blocks, []model.Block{{Phone: 3, Remove: true}}) {
			t.Errorf("%v, left %v", err, store.blocks)
		}
	})
}

// settlerFake sends into the void and finds out later.
type settlerFake struct {
	*senderFake
	settle func(model.Batch) (model.Outcome, error)
	asked  []time.Time
	refs   []string
}

func (f *settlerFake) Settle(_ context.Context, b model.Batch) (model.Outcome, error) {
	f.asked = append(f.asked, time.Now())
	return f.settle(b)
}

func (f *settlerFake) Track(_ context.Context, ref string) (model.Tracked, error) {
	f.refs = append(f.refs, ref)
	return model.Tracked{VendorIDs: []string{"v" + ref}}, nil
}

func TestAnUnknownBatchIsSettledByEvidence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 10)
		started := time.Now()
		f := &settlerFake{senderFake: newSender("minsk", 1, 10, fails(errors.New("lost")))}
		f.settle = func(model.Batch) (model.Outcome, error) {
			if time.Since(started) < time.Minute {
				// an invalid verdict
				return model.Outcome{State: model.BatchQueued, Evidence: model.Data("not in the list yet")}, nil
			}
			return model.Outcome{State: model.BatchAccepted, VendorRef: "found",
					Evidence: model.Data("same name, text and count")},
				nil
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(50 * time.Second)
		synctest.Wait()
		if f.asked[0].Sub(started) < settleAge {
			t.Errorf("asked after %s", f.asked[0].Sub(started))
		}
		b := store.batchesOf("minsk", model.BatchUnknown)
		if len(b) != 1 || b[0].Evidence.String() != "not in the list yet" {
			t.Errorf("%+v", b)
		}
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		b = store.batchesOf("minsk", model.BatchAccepted)
		if len(b) != 1 || b[0].VendorRef != "found" || f.people() != 10 {
			t.Errorf("%+v", b)
		}
		assertEachOnce(t, f.senderFake, 10)
		if len(f.refs) == 0 || f.refs[0] != "found" || len(store.tracked) == 0 {
			t.Errorf("%v %v", f.refs, store.tracked)
		}
	})
}

// repeaterFake settles by making the call again.
type repeaterFake struct{ *settlerFake }

func (f repeaterFake) Repeat(ctx context.Context, p *Permit, b model.Batch) (model.Outcome, error) {
	done, err := p.Begin(ctx)
	if err != nil {
		return model.Outcome{}, err
	}
	done()
	return f.Settle(ctx, b)
}

func TestACallIsNotRepeatedWhileTheBrakeIsOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 10)
		// and the process was killed
		if _, _, err := store.ClaimBatch(t.Context(), c.ID, model.Claim{PerCall: 10}, time.Now()); err != nil {
			t.Fatal(err)
		}
		f := repeaterFake{&settlerFake{senderFake: newSender("minsk", 1, 10, takes(time.Second))}}
		f.settle = func(model.Batch) (model.Outcome, error) {
			return model.Outcome{State: model.BatchAccepted, VendorRef: "found"}, nil
		}
		store.brake = true
		engine := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		report, err := engine.Once(t.Context())
		b := store.batchesOf("minsk", model.BatchUnknown)
		if err != nil || report.Settled != 0 || len(f.asked) != 0 || len(b) != 1 ||
			!strings.Contains(b[0].Evidence.String(), "the brake is on") {
			t.Errorf("%v %+v after %d questions, left %+v", err, report, len(f.asked), b)
		}
		store.brake = false
		if report, err = engine.Once(t.Context()); err != nil || report.Settled != 1 || len(f.asked) != 1 {
			t.Errorf("%v %+v after %d questions", err, report, len(f.asked))
		}
	})
}

func TestOnceRecoversInterruptedClaimsAndWaitsToSettleThem(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 30)
		// and the process was killed
		if _, _, err := store.ClaimBatch(t.Context(), c.ID, model.Claim{PerCall: 10}, time.Now()); err != nil {
			t.Fatal(err)
		}
		f := &settlerFake{senderFake: newSender("minsk", 1, 10, takes(time.Second))}
		f.settle = func(model.Batch) (model.Outcome, error) {
			return model.Outcome{State: model.BatchRefused, Evidence: model.Data("the vendor has no such mailing")}, nil
		}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Once(t.Context())
		if err != nil || report.Recovered != 1 || report.Settled != 1 || report.Sent != (Tally{Accepted: 2}) {
			t.Errorf("%v %+v", err, report)
		}
		if got := fmt.Sprint(report.Attributes()...); got != fmt.Sprint("claims without an outcome", 1,
			"outcomes found",
			1, "accepted", 2) {
			t.Errorf("the log says %s", got)
		}
		assertEachOnce(t, f.senderFake, 20)
	})
}

func TestOnceDoesTheRestWhenOneAccountIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 10)
		store.marks = marksOf("shop", 1)
		f := newSender("minsk", 1, 10, fails(&model.Error{
			Kind: model.KindOffline, Fate: model.FateNotSent, Text: model.Data("cannot be reached")}))
		bad := &readerFake{plainFake: plainFake{name: "loyalty"}, err: down("loyalty"), pages: campaignPages(1, 1, 0)}
		good := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0)}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f, bad, good}}).Once(t.Context())
		if err == nil || !strings.Contains(err.Error(), "loyalty") || strings.Contains(err.Error(), "shop") {
			t.Errorf("%v", err)
		}
		if report.Sent != (Tally{NotSent: 1}) || report.Marks != 1 || report.Read[2].Campaigns != 1 ||
			len(store.campaigns[0].waiting) != 10 {
			t.Errorf("%+v", report)
		}
	})
}

func TestTheJournalStoresEntriesTogetherAndTheLastOnesToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		j := NewRequestLog(store.LogRequests)
		s := beside(t.Context(), t, j.Run)
		for range 100 {
			j.Add(model.LogEntry{})
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if store.rows("log") != 100 {
			t.Errorf("%d stored", store.rows("log"))
		}
		for range 2 * requestLogBuffer { // never blocks
			j.Add(model.LogEntry{})
		}
		if err := s.stop(); err != nil || store.rows("log") != 100+requestLogBuffer {
			t.Errorf("%v, %d stored", err, store.rows("log"))
		}
	})
}
