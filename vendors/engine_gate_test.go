package vendors

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

func TestNothingBeginsAfterTheBrakeHasReturned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("slow", 12000)
		var begun atomic.Int64
		f := newSender("slow", 4, 1000, func(ctx context.Context, b model.Batch) (model.Outcome, error) {
			begun.Add(1)
			return takes(4*time.Second)(ctx, b)
		})
		slots := make(chan struct{}, 1) // the vendor's rate lets calls begin one by one
		slots <- struct{}{}
		f.ready = func(ctx context.Context) (*Permit, error) {
			select {
			case <-slots:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			time.AfterFunc(2*time.Second, func() { slots <- struct{}{} })
			return NewPermit(nil), nil
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(3 * time.Second)
		store.setBrake(true)
		atBrake := begun.Load()
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := begun.Load(); n != atBrake || n == 0 {
			t.Errorf("%d calls had begun when the brake returned, %d in the end", atBrake, n)
		}
		if n := store.counts(); n[model.BatchClaimed] != 0 || n[model.BatchUnknown] != 0 {
			t.Errorf("%v", n)
		}
		store.setBrake(false)
		time.Sleep(time.Hour)
		synctest.Wait()
		assertEachOnce(t, f, 12000)
	})
}

func TestOneBatchIsClaimedForEachCallThatCanBegin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 1000)
		f := newSender("minsk", 10, 10, takes(time.Second))
		f.ready = func(ctx context.Context) (*Permit, error) {
			<-ctx.Done() // no slot comes free
			return nil, ctx.Err()
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Minute)
		synctest.Wait()
		if store.claims != 0 || len(c.waiting) != 1000 {
			t.Errorf("%d batches are claimed although no call can begin", store.claims)
		}
	})
}

func TestARefusedLoginPausesAndRefusesNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		c := store.queue("minsk", 10)
		f := newSender("minsk", 1, 10, takes(0))
		f.ready = func(context.Context) (*Permit, error) {
			return nil, &model.Error{Kind: model.KindDenied, Fate: model.FateRefused,
				Text: model.Data("minsk refuses the login")}
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Minute)
		synctest.Wait()
		if store.state(c) != model.CampaignPaused || len(store.pauses) != 1 || len(c.waiting) != 10 ||
			store.claims != 0 {
			t.Errorf("%s, %q, %d wait", store.state(c), store.pauses, len(c.waiting))
		}
		if cause := fmt.Sprint(store.pauses); strings.Count(cause, "minsk") != 1 {
			t.Errorf("the cause names the account again: %s", cause)
		}
	})
}

func TestAnAccountThatCannotBeReachedIsTriedAgainWithoutAClaim(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.queue("minsk", 10)
		f := newSender("minsk", 1, 10, takes(0))
		tries := 0
		f.ready = func(context.Context) (*Permit, error) {
			if tries++; tries < 4 {
				return nil, &model.Error{Kind: model.KindOffline, Fate: model.FateNotSent,
					Text: model.Data("minsk cannot be reached")}
			}
			return NewPermit(nil), nil
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		assertEachOnce(t, f, 10)
		if len(store.waits) != 3 || store.claims != 1 {
			t.Errorf("%q, %d claims", store.waits, store.claims)
		}
	})
}

func TestDispatchStaysWithinATwentiethOfTheIdeal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.takes = 5 * time.Millisecond
		store.queue("minsk", 6000)
		var mu sync.Mutex
		var ended time.Time
		f := newSender("minsk", 10, 100, func(ctx context.Context, b model.Batch) (model.Outcome, error) {
			defer func() {
				mu.Lock()
				defer mu.Unlock()
				ended = time.Now()
			}()
			return takes(200*time.Millisecond)(ctx, b)
		})
		begun := time.Now()
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Minute)
		synctest.Wait()
		assertEachOnce(t, f, 6000)
		if took, ideal := ended.Sub(begun), 6*200*time.Millisecond; took > ideal*105/100 {
			t.Errorf("%s, the ideal is %s", took, ideal)
		}
	})
}

// The vendor is a real server: its ledger says what reached it.
func TestARequestThatTheGateRefusesNeverReachesTheVendor(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(http.Handler) *httptest.Server{
		"plain": httptest.NewServer, "encrypted": httptest.NewTLSServer} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			reached := 0
			server := begin(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				reached++
			}))
			defer server.Close()
			transport, ok := server.Client().Transport.(*http.Transport)
			if !ok {
				t.Fatal("no transport")
			}
			c := NewClient(ClientOptions{Account: model.Account{Name: "minsk"}, CallsAtOnce: 1, Transport: transport})
			defer c.Close()
			send := func(gate Gate) error {
				permit, err := c.Ready(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				permit.Guard(gate)
				_, err = c.SendWith(t.Context(), permit,
					&Request{Method: http.MethodPost, URL: server.URL, Body: []byte("{}")})
				return err
			}
			held, released := 0, 0
			open := func(context.Context) (func(), error) { held++; return func() { released++ }, nil }
			shut := func(context.Context) (func(), error) {
				return nil, &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent,
					Text: model.Data("the brake is on"),
					Err:  errGateRefused}
			}
			if err := send(open); err != nil { // the next one finds a connection
				t.Fatal(err)
			}
			for range 2 * breakAfter { // nor does it open the breaker, nor keep a slot
				if err := send(shut); model.FateOf(err) != model.FateNotSent ||
					model.KindOf(err) != model.KindConflict {
					t.Fatalf("%v", err)
				}
			}
			if err := send(open); err != nil {
				t.Fatal(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if reached != 2 || held != 2 || released != 2 {
				t.Errorf("%d requests reached the vendor; the gate was held %d times and released %d times", reached,
					held, released)
			}
		})
	}
}
