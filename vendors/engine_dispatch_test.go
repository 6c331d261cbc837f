package vendors

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

// running runs an engine in the bubble until stop is called, which returns its error.
func running(t *testing.T, o EngineOptions) (stop func() error) {
	t.Helper()
	return beside(t.Context(), t, NewEngine(o).Run).stop
}

// background is a function that runs beside a test.
type background struct {
	cancel context.CancelFunc
	done   chan struct{} // closed when it has returned
	err    error
}

// beside runs a function until it is stopped, or the test ends.
func beside(ctx context.Context, t *testing.T, run func(context.Context) error) *background {
	t.Helper()
	ctx, cancel := context.WithCancel(ctx)
	b := &background{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(b.done)
		b.err = run(ctx)
	}()
	t.Cleanup(func() { _ = b.stop() })
	return b
}

// stop ends the function, waits for it and returns its error; the end of the context is not an
// error.
func (b *background) stop() error {
	b.cancel()
	<-b.done
	if errors.Is(b.err, context.Canceled) {
		return nil
	}
	return b.err
}

func assertEachOnce(t *testing.T, f *senderFake, people int) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.sent) != people {
		t.Errorf("%d people got it, want %d", len(f.sent), people)
	}
	for phone, n := range f.sent {
		if n != 1 {
			t.Errorf("%s got it %d times", phone.Masked(), n)
		}
	}
}

func TestEverybodyGetsItOnceWithinTheLimits(t *testing.T) {
	t.Parallel()
	for _, calls := range []int{0, 1, 4, 10} {
		t.Run(fmt.Sprint(calls), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := newFakeStore()
				store.takes = 10 * time.Millisecond
				c := store.queue("minsk", 1234)
				f := newSender("minsk", calls, 10, takes(100*time.Millisecond))
				stop := running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
				time.Sleep(time.Minute)
				synctest.Wait()
				assertEachOnce(t, f, 1234)
				want := max(1, calls)
				if f.most != want || store.most > 2*want {
					t.Errorf("%d calls at once, %d batches claimed", f.most, store.most)
				}
				if store.state(c) != model.CampaignSent || store.counts()[model.BatchAccepted] != 124 {
					t.Errorf("%s, %v", store.state(c), store.counts())
				}
				if store.claims != 124 || calls == 10 && store.records > 40 {
					t.Errorf("%d claims and %d records for 124 batches", store.claims, store.records)
				}
				if err := stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestCampaignsLeaveOldestFirstWithinTheDailyCap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 30)
		store.queue("minsk", 30)
		f := newSender("minsk", 1, 10, takes(time.Second))
		_, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}, DailyCap: 100}).Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(f.order); i++ {
			if f.order[i] < f.order[i-1] {
				t.Errorf("%d after %d", f.order[i], f.order[i-1])
			}
		}
		assertEachOnce(t, f, 60)
		if store.cap != 100 {
			t.Errorf("claimed with a daily cap of %d", store.cap)
		}
	})
}

func TestABatchThatCannotHaveLeftIsTriedAgainEverMoreSeldom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 5)
		var times []time.Time
		f := newSender("minsk", 1, 10, nil)
		f.send = func(ctx context.Context, b model.Batch) (model.Outcome, error) {
			times = append(times, time.Now())
			if len(times) <= 4 {
				return model.Outcome{}, &model.Error{
					Kind: model.KindOffline, Fate: model.FateNotSent, Text: model.Data("minsk cannot be reached")}
			}
			return takes(0)(ctx, b)
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		assertEachOnce(t, f, 5)
		if len(times) != 5 {
			t.Fatalf("%d tries", len(times))
		}
		for i, least := range []time.Duration{1800 * time.Millisecond, 3600 * time.Millisecond, 7200 * time.Millisecond,
			14400 * time.Millisecond} {
			if d := times[i+1].Sub(times[i]); d < least || d > 2*least+2*time.Second {
				t.Errorf("wait %d was %s", i, d)
			}
		}
		if store.healthOf("minsk") != "online" {
			t.Errorf("health %q", store.healthOf("minsk"))
		}
	})
}

func TestTheVendorsRetryAfterIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 50)
		started := time.Now()
		var calls atomic.Int64
		f := newSender("minsk", 2, 10, nil)
		f.send = func(ctx context.Context, b model.Batch) (model.Outcome, error) {
			calls.Add(1)
			if time.Since(started) < 90*time.Second {
				return model.Outcome{}, &model.Error{
					Kind: model.KindLimited, Fate: model.FateNotSent, RetryAfter: 90 * time.Second}
			}
			return takes(0)(ctx, b)
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(89 * time.Second)
		synctest.Wait()
		if n := calls.Load(); n > 4 {
			t.Errorf("%d calls while the vendor asked for none", n)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		assertEachOnce(t, f, 50)
	})
}

func TestALostAnswerIsUnknownAndNeverRepeated(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"classified":   &model.Error{Kind: model.KindUnknown, Text: model.Data("no complete answer")},
		"unclassified": errors.New("something else"),
		"no verdict":   nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := newFakeStore()
				store.queue("minsk", 20)
				f := newSender("minsk", 2, 10, fails(err))
				running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
				time.Sleep(time.Hour)
				synctest.Wait()
				assertEachOnce(t, f, 20)
				if n := store.counts(); n[model.BatchUnknown] != 2 || len(n) != 1 {
					t.Errorf("%v", n)
				}
			})
		})
	}
}

func TestRefusalsThatConcernEverythingPauseAtOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range []model.Kind{model.KindDenied, model.KindMoney} {
		synctest.Test(t, func(t *testing.T) {
			store := newFakeStore()
			c := store.queue("minsk", 1000)
			f := newSender("minsk", 2, 10, fails(&model.Error{
				Kind: kind, Fate: model.FateRefused, Text: model.Data("it does not go"), Vendor: "not enough"}))
			running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
			time.Sleep(time.Minute)
			synctest.Wait()
			if store.state(c) != model.CampaignPaused || len(store.pauses) != 1 ||
				!strings.Contains(store.pauses[0], "minsk") || !strings.Contains(store.pauses[0], "not enough") {
				t.Errorf("%s: %s %q", kind, store.state(c), store.pauses)
			}
			n := store.counts()
			if n[model.BatchRefused] > 4 || n[model.BatchClaimed] > 0 {
				t.Errorf("%v", n)
			}
			if kind == model.KindDenied && (n[model.BatchRefused] > 0 || store.waiting(c) != 1000) {
				t.Errorf("refused credentials refused people: %v, %d wait", n, store.waiting(c))
			}
		})
	}
}

func TestAnAddressWhereNoVendorIsPausesAndRefusesNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 1000)
		f := newSender("minsk", 2, 10, fails(&model.Error{Kind: model.KindInvalid, Field: "base_url",
			Fate: model.FateRefused, Text: model.Data("no such page")}))
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Minute)
		synctest.Wait()
		if store.state(c) != model.CampaignPaused || len(store.pauses) != 1 ||
			!strings.Contains(store.pauses[0], "no such page") {
			t.Errorf("%s %q", store.state(c), store.pauses)
		}
		if n := store.counts(); n[model.BatchRefused] > 0 || n[model.BatchClaimed] > 0 {
			t.Errorf("%v", n)
		}
	})
}

func TestTwelveErrorsInARowPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 1000)
		n := 0
		f := newSender("minsk", 1, 1, nil)
		f.send = func(ctx context.Context, b model.Batch) (model.Outcome, error) {
			if n++; n == 8 {
				return takes(0)(ctx, b)
			}
			return model.Outcome{}, &model.Error{
				Kind: model.KindInvalid, Fate: model.FateRefused, Text: model.Data("401")}
		}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Once(t.Context())
		if err != nil || report.Sent.Paused != 1 || report.Sent.Accepted != 1 {
			t.Errorf("%v %+v", err, report)
		}
		if store.state(c) != model.CampaignPaused || store.pauses[0] != "12 errors in a row: 401 at minsk" {
			t.Errorf("%s %q", store.state(c), store.pauses)
		}
		if n < 20 || n > 22 || store.counts()[model.BatchClaimed] != 0 {
			t.Errorf("%d calls, %v", n, store.counts())
		}
	})
}

func TestAnAccountThatCannotSendPausesWithTheReason(t *testing.T) {
	t.Parallel()
	locked := newSender("minsk", 1, 1, takes(0))
	locked.readOnly = true
	for want, adapter := range map[string]Adapter{
		"read-only": locked, "it has no method for it": &plainFake{name: "minsk"}} {
		store := newFakeStore()
		c := store.queue("minsk", 10)
		if _, err := NewEngine(EngineOptions{Store: store,
			Adapters: []Adapter{adapter}}).Once(t.Context()); err != nil {
			t.Error(err)
		}
		if store.state(c) != model.CampaignPaused || !strings.Contains(store.pauses[0], want) || len(locked.sent) > 0 {
			t.Errorf("%s: %q", store.state(c), store.pauses)
		}
	}
}

func TestAReadOnlyEngineSendsNothingAndChangesNothingAtVendors(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 10)
		store.marks = []model.Reply{{ID: 1, Account: "shop", VendorID: "1"}}
		store.blocks = []model.Block{{Phone: 375291000001}}
		f := newSender("minsk", 1, 1, takes(0))
		reader := &readerFake{plainFake: plainFake{name: "shop"}}
		o := EngineOptions{Store: store, Adapters: []Adapter{f, reader}, ReadOnly: true}
		if _, err := NewEngine(o).Once(t.Context()); err != nil {
			t.Error(err)
		}
		running(t, o)
		time.Sleep(time.Minute)
		synctest.Wait()
		if f.people() > 0 || store.state(c) != model.CampaignQueued || store.left() != 1 || len(store.blocks) != 1 ||
			len(reader.marked)+len(reader.blocked) > 0 {
			t.Errorf("%v %s", f.sent, store.state(c))
		}
	})
}

func TestASendUnderWayIsFinishedAndRecordedAtShutdown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 1000)
		f := newSender("minsk", 3, 10, takes(30*time.Second))
		stop := running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := store.counts(); n[model.BatchAccepted] != 3 || n[model.BatchClaimed]+n[model.BatchUnknown] > 0 {
			t.Errorf("%v", n)
		}
		assertEachOnce(t, f, 30)
		if len(store.campaigns[0].waiting) != 970 {
			t.Errorf("%d wait", len(store.campaigns[0].waiting))
		}
	})
}

func TestTheBrakeStopsClaims(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 1000)
		f := newSender("minsk", 2, 10, takes(time.Second))
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(5500 * time.Millisecond)
		synctest.Wait()
		store.mu.Lock()
		store.brake = true
		store.mu.Unlock()
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := f.people(); n > 160 {
			t.Errorf("%d people got it", n)
		}
		store.mu.Lock()
		store.brake = false
		for _, c := range store.campaigns {
			c.State = model.CampaignSending
		}
		store.mu.Unlock()
		time.Sleep(time.Hour)
		synctest.Wait()
		assertEachOnce(t, f, 1000)
	})
}

func TestAPanicInAnAdapterEndsTheEngineWithAnError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 100)
		f := newSender("minsk", 2, 10, func(context.Context, model.Batch) (model.Outcome, error) { panic("oops") })
		err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "oops") || !strings.Contains(err.Error(), "minsk") {
			t.Errorf("%v", err)
		}
		if n := store.counts(); n[model.BatchUnknown] == 0 || n[model.BatchClaimed] > 0 {
			t.Errorf("%v", n)
		}
		reader := &readerFake{plainFake: plainFake{name: "shop", calls: 3},
			pages: [][]model.Campaign{{{VendorID: "7"}}}}
		reader.failing = func(op string) error {
			if op == "replies 7" {
				panic("oops")
			}
			return nil
		}
		if err := NewEngine(EngineOptions{Store: newFakeStore(),
			Adapters: []Adapter{reader}}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "oops") {
			t.Errorf("reading: %v", err)
		}
		if _, err := NewEngine(EngineOptions{Store: newFakeStore(), Adapters: []Adapter{reader}}).SyncOnce(t.Context(),
			nil, SyncOptions{}); err == nil || !strings.Contains(err.Error(), "oops") {
			t.Errorf("sync: %v", err)
		}
	})
}

func TestOutcomesThatCannotBeRecordedWaitAndNothingMoreLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 100)
		store.fails(errors.New("disk full"))
		f := newSender("minsk", 2, 10, takes(0))
		stop := running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if f.people() > 40 {
			t.Errorf("%d people got it without a record", f.people())
		}
		store.fails(nil)
		time.Sleep(time.Minute)
		synctest.Wait()
		assertEachOnce(t, f, 100)
		if err := stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
}

func TestAnEngineThatIsAskedToStopTriesForAMinuteToRecord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 100)
		store.fails(errors.New("disk full"))
		f := newSender("minsk", 2, 10, takes(0))
		stop := running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(10 * time.Minute)
		asked := time.Now()
		if err := stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		// Two rests may follow each other, each with half of its length added by chance.
		if took := time.Since(asked); took < recordFor || took > recordFor+3*longestRecordRest {
			t.Errorf("it tried for %s", took)
		}
	})
}

func TestAnEngineWhoseCacheIsGoneEndsWithItsNextTryToRecord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 100)
		store.fails(&model.Error{Kind: model.KindNotFound, Text: model.Say("the cache was removed")})
		stop := running(t, EngineOptions{Store: store, Adapters: []Adapter{newSender("minsk", 2, 10, takes(0))}})
		time.Sleep(10 * time.Minute)
		asked := time.Now()
		if err := stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		if took := time.Since(asked); took > 2*longestRecordRest {
			t.Errorf("it tried for %s", took)
		}
	})
}

func TestAnEngineStartsWhenTheCacheIsFree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 10)
		busy := &model.Error{Kind: model.KindConflict, Text: model.Say("another process writes"),
			RetryAfter: time.Second}
		store.recoverErr = busy
		f := newSender("minsk", 2, 10, takes(0))
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Minute)
		synctest.Wait()
		if f.people() > 0 {
			t.Error("it sends before it has looked")
		}
		store.mu.Lock()
		store.recoverErr = nil
		store.mu.Unlock()
		time.Sleep(time.Minute)
		synctest.Wait()
		assertEachOnce(t, f, 10)
	})
}

func TestAWakeUpIsFasterThanThePoll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := newSender("minsk", 1, 10, takes(0))
		wake := make(chan []model.Topic)
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}, Wake: wake, pollEvery: time.Hour})
		time.Sleep(time.Second)
		synctest.Wait()
		store.queue("minsk", 5)
		wake <- []model.Topic{model.TopicOutbox}
		synctest.Wait()
		assertEachOnce(t, f, 5)
	})
}

func TestAnEngineRunsOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := NewEngine(EngineOptions{Store: newFakeStore()})
		ctx, cancel := context.WithCancel(t.Context())
		s := beside(ctx, t, e.Run)
		synctest.Wait()
		if err := e.Run(ctx); !errors.Is(err, errRunning) {
			t.Errorf("run twice: %v", err)
		}
		if _, err := e.Once(ctx); !errors.Is(err, errRunning) {
			t.Errorf("once while running: %v", err)
		}
		cancel()
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatCouldNotLeaveIsDueAgainForAnotherProcessUnlessTheVendorNamedATime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)
	offline := &model.Error{Kind: model.KindOffline, Fate: model.FateNotSent,
		Text:       model.Data("it failed and is left alone"),
		RetryAfter: 15 * time.Second}
	limited := &model.Error{Kind: model.KindLimited, Fate: model.FateNotSent, Text: model.Data("slower"),
		RetryAfter: time.Minute}
	b := model.Batch{ID: 1, Tries: 3}
	o := outcomeOf(b, model.Outcome{}, offline, now)
	if o.State != model.BatchQueued || !o.NotBefore.IsZero() || !restAfter(b, o, offline, 0, now).After(now) {
		t.Errorf("offline: %+v", o)
	}
	o = outcomeOf(b, model.Outcome{}, limited, now)
	if o.State != model.BatchQueued || !o.NotBefore.Equal(now.Add(time.Minute)) ||
		restAfter(b, o, limited, 0, now).Before(o.NotBefore) {
		t.Errorf("limited: %+v", o)
	}
	if o := (model.Outcome{State: model.BatchUnknown}); !restAfter(b, o, offline, 5, now).IsZero() {
		t.Error("the account rests after an unknown outcome")
	}
}

func TestAVendorThatIsLimitedForEverPausesTheCampaign(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after   time.Duration // the vendor's Retry-After
		takesAt time.Duration // from when on it takes sends; 0: never
	}{
		"without a time":             {},
		"with a time":                {after: time.Minute},
		"it recovers before the end": {after: time.Minute, takesAt: 9 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := newFakeStore()
				campaign := store.queue("minsk", 5)
				begin, last := time.Now(), time.Now()
				f := newSender("minsk", 1, 10, nil)
				f.send = func(ctx context.Context, b model.Batch) (model.Outcome, error) {
					last = time.Now()
					if c.takesAt > 0 && time.Since(begin) >= c.takesAt {
						return takes(0)(ctx, b)
					}
					return model.Outcome{}, &model.Error{
						Kind: model.KindLimited, Fate: model.FateNotSent, RetryAfter: c.after,
						Text: model.Data("minsk asks for fewer requests")}
				}
				running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
				time.Sleep(time.Hour)
				synctest.Wait()
				if c.takesAt > 0 {
					assertEachOnce(t, f, 5)
					if len(store.pauses) != 0 {
						t.Errorf("paused: %q", store.pauses)
					}
					return
				}
				if store.state(campaign) != model.CampaignPaused || len(store.pauses) != 1 ||
					!strings.Contains(store.pauses[0],
						"minsk has asked for fewer requests for 10 minutes and taken none") {
					t.Fatalf("%s, %q", store.state(campaign), store.pauses)
				}
				if took := last.Sub(begin); took < limitedFor || took > limitedFor+longestRest+time.Minute {
					t.Errorf("it was given up after %s", took)
				}
			})
		})
	}
}
