package host_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/host"
)

// store is a cache without anything in it. What a test does not expect to be asked panics.
type store struct {
	host.Store
	mu      sync.Mutex
	running []string // what was asked of it
}

func (s *store) note(what string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = append(s.running, what)
	return nil
}

// leader is the leadership of a process that is alone, or never is.
type leader struct {
	busy  bool
	ended *bool
}

func (l leader) Take(ctx context.Context) (model.LeadTerm, error) {
	if l.busy {
		<-ctx.Done()
		return model.LeadTerm{}, ctx.Err()
	}
	return model.LeadTerm{End: func() error {
		if l.ended != nil {
			*l.ended = true
		}
		return nil
	}}, nil
}

func (l leader) TryTake(context.Context) (model.LeadTerm, bool, error) {
	return model.LeadTerm{End: func() error { return nil }}, !l.busy, nil
}

// broken is a store that prevents the engine from starting.
type broken struct{ *store }

var errBroken = errors.New("the file is gone")

func (b broken) RecoverClaims(context.Context, time.Time) (int, error) { return 0, errBroken }

func TestTheTermEndsWithTheEngine(t *testing.T) {
	t.Parallel()
	ended := false
	err := host.New(host.Options{Store: broken{&store{}}, Leadership: leader{ended: &ended}}).Work(t.Context())
	if !errors.Is(err, errBroken) {
		t.Errorf("work ended with %v", err)
	}
	if !ended {
		t.Error("nobody else may lead")
	}
}

func TestOnePassBesideAnEngineIsAConflictAndDoesNothing(t *testing.T) {
	t.Parallel()
	s := &store{}
	err := host.New(host.Options{Store: s, Leadership: leader{busy: true}}).WorkOnce(t.Context())
	if model.KindOf(err) != model.KindConflict || len(s.running) != 0 {
		t.Errorf("%v, %v", err, s.running)
	}
}

func TestAnAccountOfAnUnknownVendorIsReportedAndKeepsNoOtherBack(t *testing.T) {
	t.Parallel()
	h := host.New(host.Options{Store: &store{}, Leadership: leader{},
		Config: model.Config{Accounts: []model.Account{{Name: "later", Vendor: "acme"}}}})
	read, err := h.Sync(t.Context(), []string{"later"}, false, nil)
	if err != nil || len(read) != 1 || read[0].Account != "later" || model.KindOf(read[0].Err) != model.KindInvalid {
		t.Errorf("%+v, %v", read, err)
	}
	if err := h.Check(model.Campaign{Account: "later"}); !errors.Is(err, read[0].Err) {
		t.Errorf("check: %v", err)
	}
	if _, err := h.Probe(t.Context(), model.Account{
		Name: "later", Vendor: "acme"}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("probe: %v", err)
	}
}

// quiet is a store in which nothing waits, keeps its log, and cannot remove what is old.
type quiet struct{ *store }

func (q quiet) RecoverClaims(context.Context, time.Time) (int, error) { return 0, nil }
func (q quiet) LogRequests(_ context.Context, entries []model.LogEntry) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, e := range entries {
		q.running = append(q.running, e.Method+" "+e.Result.String())
	}
	return nil
}

func (q quiet) DueCampaigns(context.Context, string, time.Time) ([]model.Campaign, error) {
	return nil, q.note("due")
}

func (q quiet) NextDue(context.Context, time.Time) (time.Time, bool, error) {
	return time.Time{}, false, nil
}
func (q quiet) Overdue(context.Context, time.Time) (bool, error) { return false, nil }
func (q quiet) NextBlock(context.Context, string, time.Time) (time.Time, error) {
	return time.Time{}, nil
}
func (q quiet) UnknownBatches(context.Context, string) ([]model.Batch, error) { return nil, nil }
func (q quiet) TrackedRefs(context.Context, string, time.Time) ([]model.Batch, error) {
	return nil, nil
}
func (q quiet) ReadMarks(context.Context, string, int) ([]model.Reply, error) { return nil, nil }
func (q quiet) Blocks(context.Context, string, int) ([]model.Block, error)    { return nil, nil }
func (q quiet) Deletions(context.Context, string) ([]model.Deletion, error)   { return nil, nil }

func (q quiet) Forget(context.Context, time.Time, func() error) (model.Forgotten, error) {
	return model.Forgotten{}, errors.New("the disk is \x1b[31mfull")
}

func TestWhatTheEngineWarnsOfReachesTheLogAndWhoWantsToHearIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := quiet{&store{}}
		var words []string
		h := host.New(host.Options{Store: q, Leadership: leader{}, Say: func(line string) {
			q.mu.Lock()
			defer q.mu.Unlock()
			words = append(words, line)
		}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := h.Work(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		logged := strings.Join(q.running, "\n")
		const want = "housekeeping: remove what is too old: the disk is full"
		if !strings.Contains(logged, "engine "+want) || strings.Contains(logged, "\x1b") {
			t.Errorf("logged: %q", logged)
		}
		if len(words) == 0 || words[0] != want {
			t.Errorf("said: %q", words)
		}
	})
}

// plain is an adapter that can do nothing.
type plain struct{ account model.Account }

func (p plain) Account() model.Account           { return p.account }
func (p plain) Capabilities() model.Capabilities { return model.Capabilities{Vendor: "acme"} }

// changes reports of the topics that are put into it.
type changes chan []model.Topic

func (c changes) Changed(ctx context.Context) ([]model.Topic, error) {
	select {
	case t := <-c:
		return t, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func TestTheEngineIsWokenWhenTheOutboxChanges(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, c := quiet{&store{}}, make(changes)
		registry := vendors.Registry{{VendorFacts: model.VendorFacts{Vendor: "acme"},
			New: func(a model.Account, _ *vendors.Client) (vendors.Adapter, error) { return plain{a}, nil }}}
		h := host.New(host.Options{Store: q, Leadership: leader{}, Vendors: registry,
			Config: model.Config{Accounts: []model.Account{{Name: "a", Vendor: "acme"}}},
			Watch:  func(context.Context) (model.ChangeWatcher, error) { return c, nil }})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.Dispatch(ctx) }()
		looks := func() int {
			synctest.Wait()
			q.mu.Lock()
			defer q.mu.Unlock()
			return strings.Count(strings.Join(q.running, " "), "due")
		}
		before := looks()
		c <- []model.Topic{model.TopicReplies}
		if n := looks(); n != before {
			t.Errorf("a reply woke the dispatch: %d looks, %d before", n, before)
		}
		c <- []model.Topic{model.TopicCampaigns, model.TopicOutbox}
		if n := looks(); n != before+1 {
			t.Errorf("%d looks, %d before the outbox changed", n, before)
		}
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func TestWhatIsShownEndsWithTheEngineAndTheEngineWithIt(t *testing.T) {
	t.Parallel()
	ended := false
	h := host.New(host.Options{Store: broken{&store{}}, Leadership: leader{ended: &ended}})
	err := h.Beside(t.Context(), func(ctx context.Context) error {
		<-ctx.Done()
		return context.Cause(ctx)
	})
	if !errors.Is(err, errBroken) || !ended {
		t.Errorf("the engine failed and the dashboard ended with %v", err)
	}
	h = host.New(host.Options{Store: &store{}, Leadership: leader{busy: true}})
	if err := h.Beside(t.Context(), func(context.Context) error { return errBroken }); !errors.Is(err, errBroken) {
		t.Errorf("the dashboard failed beside another process's engine: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := h.Beside(ctx, func(ctx context.Context) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	}); err != nil {
		t.Errorf("an end from outside is %v", err)
	}
}
