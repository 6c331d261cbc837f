package cache

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func take(t *testing.T, db *DB) model.LeadTerm {
	t.Helper()
	term, led, err := db.TryTake(t.Context())
	if err != nil || !led {
		t.Fatalf("led %v, %v", led, err)
	}
	return term
}

func leadsNot(t *testing.T, db *DB) {
	t.Helper()
	if term, led, err := db.TryTake(t.Context()); err != nil || led {
		t.Fatalf("two lead: term %d, %v", term.Number, err)
	}
}

func TestOneLeadsAndTheNextTermIsGreater(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	first := take(t, a)
	leadsNot(t, b)
	if err := first.End(); err != nil {
		t.Fatal(err)
	}
	second := take(t, b)
	defer func() { _ = second.End() }()
	if second.Number <= first.Number {
		t.Errorf("term %d after %d", second.Number, first.Number)
	}
}

func TestASecondPathDoesNotLetASecondEngineIn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a := p.open(p.path)
	leader := take(t, a)
	defer func() { _ = leader.End() }()
	link := filepath.Join(p.root, "link.db")
	if err := os.Symlink(p.path, link); err != nil {
		t.Fatal(err)
	}
	leadsNot(t, p.open(link))
}

func TestARemovedLockDoesNotLetASecondEngineIn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	term := take(t, a)
	if err := os.Remove(p.path + ".lock"); err != nil {
		t.Fatal(err)
	}
	leadsNot(t, b)
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if err := take(t, b).End(); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyTheTermThatLastsClaims(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	id := submit(t, a, "a", plan(3), 0)
	if err := take(t, a).End(); err != nil {
		t.Fatal(err)
	}
	term := take(t, b)
	defer func() { _ = term.End() }()
	if b := claim(t, a, id, 10, 1); len(b) != 0 {
		t.Error("a process that does not lead any more claims")
	}
	if n := leaves(t, b); n != 3 {
		t.Errorf("%d people leave from the leader", n)
	}
}

func TestClaimsOfALivingEngineAreNotRecovered(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a := p.open(p.path)
	id := submit(t, a, "a", plan(3), 0)
	term := take(t, a)
	claim(t, a, id, 10, 1)
	if n, err := a.RecoverClaims(t.Context(), start()); err != nil || n != 0 {
		t.Errorf("%d claims of the current term were given up, %v", n, err)
	}
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	b := p.open(p.path)
	leader := take(t, b)
	defer func() { _ = leader.End() }()
	if n, err := b.RecoverClaims(t.Context(), start()); err != nil || n != 1 {
		t.Errorf("%d claims were recovered, %v", n, err)
	}
}

// A process that a signal has stopped is found by name, blocks, and is not taken for dead although
// its lock was removed.
func TestAStoppedEngineIsFoundAndNotOverrun(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("nothing tells of processes here")
	}
	p := newPlace(t)
	db := p.open(p.path)
	child := exec.CommandContext(t.Context(), "sleep", "60")
	if err := child.Start(); err != nil {
		t.Skip(err)
	}
	other := process{system: thisProcess().system, host: "there", id: child.Process.Pid}
	_, other.born, _ = other.look()
	_, err := db.writer.ExecContext(t.Context(),
		`INSERT INTO term (host, system, process, born, lock, began_at, seen_at) VALUES (?, ?, ?, ?, 'removed', 1, ?)`,
		other.host, other.system, other.id, other.born, millis(start()))
	if err != nil {
		t.Fatal(err)
	}
	life := func() model.EngineLife { return must(db.EngineRun(t.Context()))(t).Life }
	if got := life(); got != model.EngineWorks {
		t.Errorf("a living engine %s", got)
	}
	stop(t, child)
	if got := life(); got != model.EngineStopped {
		t.Errorf("a stopped engine %s", got)
	}
	leadsNot(t, db)
	_ = child.Process.Kill()
	_ = child.Wait()
	if got := life(); got != model.EngineEnded {
		t.Errorf("a dead engine %s", got)
	}
	if err := take(t, db).End(); err != nil {
		t.Fatal(err)
	}
}

func TestALeaderThatWasOverrunKnowsIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	l := &leader{db: db, lost: make(chan struct{})}
	if held, err := l.hold(); err != nil || !held {
		t.Fatal(held, err)
	}
	if led, err := l.begin(t.Context()); err != nil || !led {
		t.Fatal(led, err)
	}
	if !l.tell(t.Context()) {
		t.Error("its own term is not known to it")
	}
	_, err := db.writer.ExecContext(t.Context(),
		`INSERT INTO term (host, system, process, born, lock, began_at, seen_at) VALUES ('', '', 0, 0, '', 0, 0)`)
	if err != nil {
		t.Fatal(err)
	}
	if l.tell(t.Context()) {
		t.Error("the next term is not seen")
	}
}

func TestWaitingToLeadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	leader := take(t, a)
	defer func() { _ = leader.End() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := b.Take(ctx); err == nil || ctx.Err() == nil {
		t.Errorf("waiting ended with %v", err)
	}
}

func TestTheNextTakesOverAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	first := take(t, a)
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
	case <-time.After(2 * leadEvery):
	}
	if err := first.End(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-took:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * leadEvery):
		t.Error("nobody took over")
	}
}

func TestALockThatCannotBeMadeSaysWhy(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	if err := os.Mkdir(p.path+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := db.Take(t.Context())
	_, _, tried := db.TryTake(t.Context())
	for _, err := range []error{err, tried} {
		if err == nil || !strings.Contains(err.Error(), p.path+".lock") {
			t.Errorf("%v", err)
		}
	}
}

func TestTheOverviewTellsWhoLeads(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	db := p.open(p.path)
	life := func() model.EngineLife { return must(db.Overview(t.Context(), "anna"))(t).Engine.Life }
	if got := life(); got != model.EngineEnded {
		t.Errorf("before anybody led the engine %s", got)
	}
	term := take(t, db)
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
