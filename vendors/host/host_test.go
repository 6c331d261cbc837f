package host_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/host"
)

// store is a cache without anything in it. What a test does not expect to be asked panics.
type store struct {
	host.Store
	mu      sync.Mutex
	running []string // processes that said that they run the engine, and left
}

func (s *store) RunsEngine(_ context.Context, process string) error { return s.note("runs " + process) }
func (s *store) Leave(_ context.Context, process string) error      { return s.note("left " + process) }

func (s *store) note(what string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = append(s.running, strings.Fields(what)[0])
	return nil
}

// leader is the leadership of a process that is alone, or never is.
type leader struct{ busy bool }

func (l leader) Take(ctx context.Context) (vendors.Term, error) {
	if l.busy {
		<-ctx.Done()
		return vendors.Term{}, ctx.Err()
	}
	return vendors.Term{End: func() error { return nil }}, nil
}

func (l leader) TryTake(context.Context) (vendors.Term, bool, error) {
	return vendors.Term{End: func() error { return nil }}, !l.busy, nil
}

// broken is a store that does not let the engine begin.
type broken struct{ *store }

var errBroken = errors.New("the file is gone")

func (b broken) RecoverClaims(context.Context, time.Time) (int, error) { return 0, errBroken }

func TestTheProcessWithTheEngineSaysSoAndTakesItBackWhenTheEngineEnds(t *testing.T) {
	t.Parallel()
	s := &store{}
	err := host.New(host.Options{Store: broken{s}, Leadership: leader{}}).Work(t.Context())
	if !errors.Is(err, errBroken) {
		t.Errorf("work ended with %v", err)
	}
	if got := strings.Join(s.running, " "); got != "runs left" {
		t.Errorf("others were told: %s", got)
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

func TestAnAccountOfAnUnknownVendorIsToldOfAndKeepsNoOtherBack(t *testing.T) {
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
