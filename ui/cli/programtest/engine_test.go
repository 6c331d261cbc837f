package programtest_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

// copyOver copies over whatever is at the target, as cp does.
func copyOver(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// queued queues a campaign to ten people.
func (b *bench) queued(name string) {
	b.t.Helper()
	file := b.campaignFile("minsk", name, 10, "")
	b.must(0, "send", file, "--confirm", "10", "--hold", "0", "--wait=false")
}

// sends returns the number of messages that have left.
func (b *bench) sends() int { return len(b.world.Ledger().Sends) }

func TestACopiedCacheSendsNothingUntilItIsAdoptedAndThenNobodyTwice(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.queued("Copied")
	other := filepath.Join(b.dir, "other.db")
	copyOver(t, b.cache, other)
	b.must(0, "work", "--once")
	if n := b.sends(); n != 10 {
		t.Fatalf("%d messages left from the original", n)
	}
	if r := b.must(1, "--cache", other, "work", "--once"); !strings.Contains(r.err, "is a copy of "+b.cache) ||
		!strings.Contains(r.err, "viberdeck cache adopt") {
		t.Errorf("it is not said why nothing left:\n%s", r.err)
	}
	b.must(0, "--cache", other, "replies")
	b.must(0, "--cache", other, "blacklist", "add", phone(3), "--reason", "asked")
	if r := b.must(2, "--cache", other, "send", b.campaignFile("minsk", "From a copy", 1, ""), "--confirm",
		"1"); !strings.Contains(r.err, "is a copy") {
		t.Errorf("a send from a copy:\n%s", r.err)
	}
	if r := b.must(2, "--cache", other, "cache", "adopt"); !strings.Contains(r.err, "10 people of 1 campaign,") ||
		!strings.Contains(r.err, "--confirm adopt") || !strings.Contains(r.err, "last written at "+b.cache) {
		t.Errorf("what is at stake:\n%s", r.err)
	}
	b.must(2, "--cache", other, "cache", "adopt", "--confirm", "yes")
	b.must(0, "--cache", other, "cache", "adopt", "--confirm", "adopt")
	b.must(4, "--cache", other, "work", "--once")
	if n := b.sends(); n != 10 {
		t.Errorf("%d messages left to 10 people", n)
	}
	b.must(2, "--cache", other, "cache", "adopt", "--confirm", "adopt")
	b.must(0, "work", "--once") // nothing waits in the original
	b.must(2, "send", b.campaignFile("minsk", "Given up", 1, ""), "--confirm", "1")
}

func TestARestoredBackupWritesToNobodyAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.queued("Restored")
	backup := filepath.Join(b.dir, "backup.db")
	copyOver(t, b.cache, backup)
	b.must(0, "work", "--once")
	copyOver(t, backup, b.cache)
	for _, left := range []string{"-wal", "-shm"} {
		_ = os.Remove(b.cache + left)
	}
	for range 3 { // what is read and decided in it makes up for the number of changes that it lacks
		if r := b.must(1, "work", "--once"); !strings.Contains(r.err, "that came last") {
			t.Errorf("it is not said why nothing left:\n%s", r.err)
		}
		b.must(0, "sync")
	}
	b.must(0, "cache", "adopt", "--confirm", "adopt")
	b.must(4, "work", "--once")
	if n := b.sends(); n != 10 {
		t.Errorf("%d messages left to 10 people", n)
	}
	outbox := b.rows("outbox", "--filter", "state:unknown")
	if len(outbox) != 1 || outbox[0]["recipients"] != 10.0 {
		t.Errorf("unknown are %v", outbox)
	}
}

func TestABackupIsMadeBesideARunningEngineAndSendsNothingUntilItIsAdopted(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.world.SetFaults(sim.Fault{Op: "sendBulkViber", Kind: sim.Delay, Delay: time.Second})
	b.queued("Backed up")
	_, signal, ended := b.working()
	until(t, "the engine sends", func() bool { return len(b.rows("outbox", "--filter", "state:claimed")) == 1 })
	backup := filepath.Join(b.dir, "backup.db")
	b.must(0, "backup", backup)
	if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if r := b.must(2, "backup", backup); !strings.Contains(r.err, "exists already") {
		t.Errorf("the second backup:\n%s", r.err)
	}
	b.must(2, "backup", b.cache)
	until(t, "the call ends", func() bool { return len(b.rows("outbox", "--filter", "state:accepted")) == 1 })
	signal(syscall.SIGTERM)
	t.Logf("the engine ended: %v", <-ended)
	b.must(0, "--cache", backup, "cache", "adopt", "--confirm", "adopt")
	b.must(0, "--cache", backup, "work", "--once") // asks the vendor for the outcome of the call under way
	if n := b.sends(); n != 10 {
		t.Errorf("%d messages left to 10 people", n)
	}
}

func TestAMovedCacheGoesOnOnceItIsAdopted(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.queued("Moved")
	moved := filepath.Join(b.dir, "moved.db")
	if err := os.Rename(b.cache, moved); err != nil {
		t.Fatal(err)
	}
	b.must(1, "--cache", moved, "work", "--once")
	if n := b.sends(); n != 0 {
		t.Fatalf("%d messages left", n)
	}
	b.must(0, "--cache", moved, "cache", "adopt", "--confirm", "adopt")
	b.must(0, "--cache", moved, "work", "--once")
	if n := b.sends(); n != 10 {
		t.Errorf("%d messages left to 10 people", n)
	}
}

// heard is the output of a process, to be read while it runs.
type heard struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// working starts `viberdeck work` as a process and waits until it leads.
func (b *bench) working(args ...string) (stderr *heard, signal func(os.Signal), ended chan error) {
	b.t.Helper()
	cmd := b.command(append(args, "work")...)
	stderr = &heard{}
	cmd.Stdout, cmd.Stderr = io.Discard, stderr
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	ended = make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	b.t.Cleanup(func() { _ = cmd.Process.Kill() })
	return stderr, func(s os.Signal) { _ = cmd.Process.Signal(s) }, ended
}

// until waits for something that another process does.
func until(t testing.TB, what string, is func() bool) {
	t.Helper()
	deadline := time.After(2 * time.Minute)
	for tick := time.Tick(50 * time.Millisecond); !is(); {
		select {
		case <-tick:
		case <-deadline:
			t.Fatalf("%s: not within two minutes", what)
		}
	}
}

func (b *bench) engine() string { return b.words("engine") }

// words returns the doctor's finding about one thing.
func (b *bench) words(about string) string {
	r := b.run("doctor", "--json")
	for _, row := range decodeRows(b.t, strings.NewReader(r.out)) {
		if row["about"] == about {
			return row["words"].(string)
		}
	}
	return ""
}

func TestAStoppedEngineIsNamedToWhoWaitsForIt(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	_, signal, _ := b.working()
	until(t, "the engine runs", func() bool { return strings.Contains(b.engine(), "runs it; its last sign of life") })
	signal(syscall.SIGSTOP)
	until(t, "the stopped engine is found", func() bool { return strings.Contains(b.engine(), "kill -CONT") })
	send := []string{"send", b.campaignFile("minsk", "Waiting", 2, ""), "--confirm", "2", "--hold", "0"}
	r := b.run(send...)
	if r.code != 1 || !strings.Contains(r.err, "was stopped by a signal") ||
		!strings.Contains(r.err, "last sign of life") {
		t.Errorf("the waiting send: exit %d\n%s", r.code, r.err)
	}
	if n := b.sends(); n != 0 {
		t.Errorf("%d messages left beside a stopped engine", n)
	}
	signal(syscall.SIGCONT)
	if !strings.Contains(b.run("campaigns", "--json").out, `"name":"Waiting"`) {
		b.run(send...) // the engine was stopped while it wrote, so that nothing could be stored
	}
	until(t, "the engine goes on", func() bool { return b.sends() == 2 })
}

func TestAStoppedEngineIsNamedToWhoWaitsForItsCallUnderWay(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true, Vendors: sim.AllVendors()})
	b.world.SetFaults(sim.Fault{Vendor: "routee", Op: "viber/campaign", Kind: sim.Delay, Delay: 2 * time.Second})
	_, signal, _ := b.working()
	until(t, "the engine runs", func() bool { return strings.Contains(b.engine(), "runs it; its last sign of life") })
	answer := make(chan string, 1)
	file := b.routeeFile("Slow sale", 1500)
	go func() { answer <- b.run("send", file, "--confirm", "1500", "--hold", "0").err }()
	until(t, "its call is under way", func() bool { return b.calls("viber/campaign") > 0 })
	signal(syscall.SIGSTOP)
	select {
	case text := <-answer:
		if !strings.Contains(text, "was stopped by a signal") || !strings.Contains(text, ", under way 1") {
			t.Errorf("the waiting send: %s", text)
		}
	case <-time.After(patience):
		t.Error("the send waits for the stopped engine and does not say so")
	}
	batch := b.rows("outbox", "--filter", "state:claimed")
	if len(batch) == 0 {
		t.Fatalf("the call under way is %v", b.rows("outbox"))
	}
	for _, as := range [][]string{{"accepted"}, {"dropped"}, {"resend", "--confirm", "1000"}} {
		r := b.run(append([]string{"outbox", "resolve", batch[0]["batch"].(string), "--as"}, as...)...)
		if r.code == 0 || !strings.Contains(r.err, "was stopped by a signal") ||
			!strings.Contains(r.err, "last sign of life") {
			t.Errorf("resolved as %s beside a stopped engine: exit %d\n%s", as[0], r.code, r.err)
		}
	}
	signal(syscall.SIGCONT)
	until(t, "the engine goes on", func() bool { return b.sends() == 1500 })
}

func TestASecondEngineWaitsWhateverTheFileIsCalledAndWithoutItsLock(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.world.SetFaults(sim.Fault{Op: "sendBulkViber", Kind: sim.Delay, Delay: 3 * time.Second})
	b.queued("Slow")
	b.working()
	until(t, "the engine sends", func() bool { return len(b.rows("outbox", "--filter", "state:claimed")) == 1 })
	if err := os.Remove(b.cache + ".lock"); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(b.dir, "link.db")
	if err := os.Symlink(b.cache, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{b.cache, link} {
		if r := b.must(1, "--cache", path, "work", "--once"); !strings.Contains(r.err,
			"another process runs the engine") {
			t.Errorf("a second pass through %s:\n%s", path, r.err)
		}
	}
	batch := b.rows("outbox", "--filter", "state:claimed")
	if len(batch) != 1 {
		t.Fatalf("the call under way is %v", b.rows("outbox"))
	}
	b.must(2, "outbox", "resolve", batch[0]["batch"].(string), "--as", "accepted")
	until(t, "the call ends", func() bool { return len(b.rows("outbox", "--filter", "state:accepted")) == 1 })
	if n := b.sends(); n != 10 {
		t.Errorf("%d messages left to 10 people", n)
	}
}

func TestACacheThatIsRemovedUnderItsEngineEndsItWithinSeconds(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	stderr, _, ended := b.working()
	until(t, "the engine runs", func() bool { return strings.Contains(b.engine(), "runs it; its last sign of life") })
	if err := os.Remove(b.cache); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(stderr.String(), "was removed or replaced while it was open") {
			t.Errorf("it ended with %v:\n%s", err, stderr)
		}
	case <-time.After(15 * time.Second):
		t.Error("it works on for 15 s")
	}
}
