package cache

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

func TestASecondPathDoesNotLetASecondEngineIn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a := p.open(p.path)
	leader := storetest.Lead(t, a)
	defer func() { _ = leader.End() }()
	link := filepath.Join(p.root, "link.db")
	if err := os.Symlink(p.path, link); err != nil {
		t.Fatal(err)
	}
	storetest.LeadsNot(t, p.open(link))
}

func TestARemovedLockDoesNotLetASecondEngineIn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.open(p.path), p.open(p.path)
	term := storetest.Lead(t, a)
	if err := os.Remove(p.path + ".lock"); err != nil {
		t.Fatal(err)
	}
	storetest.LeadsNot(t, b)
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if err := storetest.Lead(t, b).End(); err != nil {
		t.Fatal(err)
	}
}

// A process that a signal has stopped is found by name, blocks others, and is not considered dead
// although its lock was removed.
func TestAStoppedEngineIsFoundAndNotOverrun(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("the system does not list its processes in /proc")
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
	storetest.LeadsNot(t, db)
	_ = child.Process.Kill()
	_ = child.Wait()
	if got := life(); got != model.EngineEnded {
		t.Errorf("a dead engine %s", got)
	}
	if err := storetest.Lead(t, db).End(); err != nil {
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
	if !l.heartbeat(t.Context()) {
		t.Error("its own term is not known to it")
	}
	_, err := db.writer.ExecContext(t.Context(),
		`INSERT INTO term (host, system, process, born, lock, began_at, seen_at) VALUES ('', '', 0, 0, '', 0, 0)`)
	if err != nil {
		t.Fatal(err)
	}
	if l.heartbeat(t.Context()) {
		t.Error("the next term is not seen")
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
