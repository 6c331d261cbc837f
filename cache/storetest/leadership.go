package storetest

import (
	"context"
	"testing"
	"time"

	"viberdeck/model"
)

// leading lists what holds for the choice of the leading process.
func leading() []sentence {
	return []sentence{
		{"OneLeadsAndTheNextTermIsGreater", oneLeadsAndTheNextTermIsGreater},
		{"OnlyTheTermThatLastsClaims", onlyTheTermThatLastsClaims},
		{"ClaimsOfALivingEngineAreNotRecovered", claimsOfALivingEngineAreNotRecovered},
		{"WaitingToLeadEndsWithItsContext", waitingToLeadEndsWithItsContext},
		{"TheNextTakesOverAtOnce", theNextTakesOverAtOnce},
		{"TheOverviewTellsWhoLeads", theOverviewSaysWhoLeads},
	}
}

func oneLeadsAndTheNextTermIsGreater(t *testing.T, place *place) {
	a, b := place.open(), place.open()
	first := Lead(t, a)
	LeadsNot(t, b)
	if err := first.End(); err != nil {
		t.Fatal(err)
	}
	second := Lead(t, b)
	defer func() { _ = second.End() }()
	if second.Number <= first.Number {
		t.Errorf("term %d after %d", second.Number, first.Number)
	}
}

func onlyTheTermThatLastsClaims(t *testing.T, place *place) {
	a, b := place.open(), place.open()
	id := Submit(t, a, "a", Plan(3), 0)
	if err := Lead(t, a).End(); err != nil {
		t.Fatal(err)
	}
	term := Lead(t, b)
	defer func() { _ = term.End() }()
	if b := claim(t, a, id, 10, 1); len(b) != 0 {
		t.Error("a process that does not lead any more claims")
	}
	if n := Leaving(t, b); n != 3 {
		t.Errorf("%d people leave from the leader", n)
	}
}

func claimsOfALivingEngineAreNotRecovered(t *testing.T, place *place) {
	a := place.open()
	id := Submit(t, a, "a", Plan(3), 0)
	term := Lead(t, a)
	claim(t, a, id, 10, 1)
	if n, err := a.RecoverClaims(t.Context(), Start()); err != nil || n != 0 {
		t.Errorf("%d claims of the current term were given up, %v", n, err)
	}
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	b := place.open()
	leader := Lead(t, b)
	defer func() { _ = leader.End() }()
	if n, err := b.RecoverClaims(t.Context(), Start()); err != nil || n != 1 {
		t.Errorf("%d claims were recovered, %v", n, err)
	}
}

func waitingToLeadEndsWithItsContext(t *testing.T, place *place) {
	a, b := place.open(), place.open()
	leader := Lead(t, a)
	defer func() { _ = leader.End() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := b.Take(ctx); err == nil || ctx.Err() == nil {
		t.Errorf("waiting ended with %v", err)
	}
}

func theNextTakesOverAtOnce(t *testing.T, place *place) {
	a, b := place.open(), place.open()
	first := Lead(t, a)
	took := make(chan error, 1)
	go func() {
		second, err := b.Take(t.Context())
		if err == nil {
			err = second.End()
		}
		took <- err
	}()
	select {
	case err := <-took:
		t.Fatalf("two lead: %v", err)
	case <-time.After(time.Second):
	}
	if err := first.End(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-took:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("nobody took over")
	}
}

func theOverviewSaysWhoLeads(t *testing.T, place *place) {
	db := place.open()
	life := func() model.EngineLife { return must(db.Overview(t.Context(), "anna"))(t).Engine.Life }
	if got := life(); got != model.EngineEnded {
		t.Errorf("before anybody led the engine %s", got)
	}
	term := Lead(t, db)
	if got := life(); got != model.EngineWorks {
		t.Errorf("the engine %s", got)
	}
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if got := life(); got != model.EngineEnded {
		t.Errorf("afterwards the engine %s", got)
	}
}
