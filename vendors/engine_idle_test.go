package vendors

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

// countingStore counts how often the engine looks for something to do.
type countingStore struct {
	*fakeStore
	looks    atomic.Int64
	overdue  atomic.Bool
	takeBack time.Time // when a block can no longer be taken back
	nextAt   atomic.Int64
}

func (s *countingStore) DueCampaigns(ctx context.Context, account string, now time.Time) ([]model.Campaign, error) {
	s.looks.Add(1)
	return s.fakeStore.DueCampaigns(ctx, account, now)
}

func (s *countingStore) Overdue(context.Context, time.Time) (bool, error) {
	return s.overdue.Load(), nil
}

func (s *countingStore) ReadMarks(ctx context.Context, account string, limit int) ([]model.Reply, error) {
	s.looks.Add(1)
	if !s.takeBack.IsZero() && !time.Now().Before(s.takeBack) {
		s.nextAt.CompareAndSwap(0, time.Now().UnixNano())
	}
	return s.fakeStore.ReadMarks(ctx, account, limit)
}

func (s *countingStore) NextBlock(_ context.Context, _ string, now time.Time) (time.Time, error) {
	if s.takeBack.After(now) {
		return s.takeBack, nil
	}
	return time.Time{}, nil
}

func (s *countingStore) Polls(ctx context.Context, account string, by time.Time) ([]model.Poll, error) {
	s.looks.Add(1)
	return s.fakeStore.Polls(ctx, account, by)
}

func TestAnEngineWithNothingToDoLooksOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &countingStore{fakeStore: newFakeStore()}
		f := newSender("minsk", 1, 10, takes(0))
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}, Wake: make(chan []model.Topic)})
		time.Sleep(time.Minute)
		synctest.Wait()
		before := store.looks.Load()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if looks := store.looks.Load() - before; looks > 3*11 {
			t.Errorf("%d looks in 10 minutes", looks)
		}
	})
}

func TestWhatIsDueAndDoesNotLeaveIsTriedAgainSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &countingStore{fakeStore: newFakeStore()}
		store.overdue.Store(true)
		f := newSender("minsk", 1, 10, takes(0))
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}, Wake: make(chan []model.Topic)})
		time.Sleep(3 * time.Second)
		store.queue("minsk", 5) // no notification of it
		time.Sleep(5 * time.Second)
		synctest.Wait()
		assertEachOnce(t, f, 5)
	})
}

func TestABlockIsSentAsSoonAsItCanNoLongerBeTakenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &countingStore{fakeStore: newFakeStore(), takeBack: time.Now().Add(17 * time.Second)}
		f := newSender("minsk", 1, 10, takes(0))
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}, Wake: make(chan []model.Topic)})
		time.Sleep(40 * time.Second)
		synctest.Wait()
		if at := time.Unix(0, store.nextAt.Load()); !at.Equal(store.takeBack) {
			t.Errorf("looked at %s for what may be told at %s", at, store.takeBack)
		}
	})
}

func TestACampaignIsAskedAboutWhenItsTimeComesAndANewOneSoonAfterItWasSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &countingStore{fakeStore: newFakeStore()}
		wake := make(chan []model.Topic)
		f := &readerFake{plainFake: plainFake{name: "minsk"}}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}, Wake: wake})
		time.Sleep(time.Minute)
		synctest.Wait()
		before := store.rows("statistics new")
		store.mu.Lock()
		store.polls = append(store.polls, model.Poll{Account: "minsk", VendorID: "new", OpenRows: -1,
			CreatedAt: time.Now(), State: model.CampaignSending})
		store.mu.Unlock()
		wake <- []model.Topic{model.TopicOutbox}
		time.Sleep(readPause)
		synctest.Wait()
		if store.rows("statistics new") != before+1 {
			t.Error("a campaign that was just sent is not asked about")
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if n := store.rows("statistics new") - before; n < 3 {
			t.Errorf("asked %d times in two minutes", n)
		}
	})
}

func TestCampaignsDueShortlyAfterEachOtherAreAskedAboutInOnePass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &countingStore{fakeStore: newFakeStore()}
		for i, id := range []string{"first", "soon", "later"} {
			store.polls = append(store.polls, model.Poll{Account: "minsk", VendorID: id, OpenRows: -1,
				CreatedAt: time.Now(), State: model.CampaignSending,
				NextAt: time.Now().Add(time.Minute + time.Duration(i)*pollEarly*3/4)})
		}
		f := &readerFake{plainFake: plainFake{name: "minsk"}}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}, Wake: make(chan []model.Topic)})
		asked := func() []int {
			synctest.Wait()
			return []int{store.rows("statistics first"), store.rows("statistics soon"), store.rows("statistics later")}
		}
		time.Sleep(time.Minute - time.Second)
		if got := asked(); !slices.Equal(got, []int{0, 0, 0}) {
			t.Errorf("asked %v times before anything is due", got)
		}
		time.Sleep(2 * time.Second)
		if got := asked(); !slices.Equal(got, []int{1, 1, 0}) {
			t.Errorf("asked %v times when the first is due", got)
		}
	})
}

func TestCampaignsOfAllAccountsAreAskedAboutAtTheSameMomentsAndNeverLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		var readers []Adapter
		at := map[string][]time.Time{} // when each was asked
		var mu sync.Mutex
		for i, name := range []string{"minsk", "gomel", "brest"} {
			f := &readerFake{plainFake: plainFake{name: name}, state: model.CampaignSent,
				people: []model.Recipient{{Phone: 375291000001, Status: model.StatusDelivered}}}
			f.failing = func(op string) error {
				mu.Lock()
				defer mu.Unlock()
				if strings.HasPrefix(op, "statistics") {
					at[op+name] = append(at[op+name], time.Now())
				}
				return nil
			}
			for _, id := range []string{"a", "b", "c"} {
				store.polls = append(store.polls, model.Poll{Account: name, VendorID: id, OpenRows: 1,
					CreatedAt: time.Now(), State: model.CampaignSent,
					NextAt: time.Now().Add(time.Duration(7*i+1) * time.Second)})
			}
			readers = append(readers, f)
		}
		running(t, EngineOptions{Store: store, Adapters: readers, Wake: make(chan []model.Topic)})
		time.Sleep(9 * time.Minute)
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		moments := map[time.Time]bool{}
		polls := 0
		for name, asked := range at {
			polls += len(asked)
			for i, a := range asked {
				if i > 0 && a.Sub(asked[i-1]) > 36*time.Second {
					t.Errorf("%s was asked after %s", name, a.Sub(asked[i-1]))
				}
				if time.Since(a) < 6*time.Minute {
					moments[a] = true
				}
			}
		}
		if len(moments) > 16 { // 12, and those when a list was just being read
			t.Errorf("the accounts were asked at %d moments in 6 minutes", len(moments))
		}
		if commits := store.rows("poll commits"); 2*commits > polls {
			t.Errorf("the next times of %d polls were stored %d times", polls, commits)
		}
	})
}
