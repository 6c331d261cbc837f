package programtest_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	mrand "math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"viberdeck/vendors/sim"
)

// BenchmarkServeSoak opens 200 dashboards over SSH and presses a random key in a random one, 20 a
// second, until the time is over. It says each ten seconds what the server has resident, how long
// keys took to be drawn, and which ones drew nothing, of which the session then has to draw its
// help: go test -run NONE -bench ServeSoak -benchtime 30m -timeout 1h ./ui/cli/programtest.
func BenchmarkServeSoak(b *testing.B) {
	const sessions, pause, sample = 200, 50 * time.Millisecond, 10 * time.Second
	bench := synced(b, sim.Options{Scenario: sim.Busy, Seed: 3})
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		b.Fatal(err)
	}
	bench.addConfig(fmt.Sprintf("[serve]\nlisten = \"127.0.0.1:0\"\nsessions = %d\nper_operator = %d\n"+
		"[[operator]]\nname = \"olga\"\nrole = \"triage\"\nkeys = [%q]\n", sessions, sessions,
		strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer.PublicKey())))))
	cmd := bench.command("serve")
	stderr := &heard{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	address := served(b, stderr)
	all := make([]*remote, sessions)
	for i := range all {
		all[i] = dashboard(b, address, signer)
	}
	s := &soak{b: b, pid: cmd.Process.Pid, mute: map[string]int{}}
	b.ResetTimer()
	next, turn := time.Now().Add(sample), time.NewTicker(pause)
	defer turn.Stop()
	for b.Loop() {
		<-turn.C
		s.press(all[mrand.IntN(sessions)])
		if time.Now().After(next) {
			s.say()
			next = time.Now().Add(sample)
		}
	}
	s.say()
	slices.Sort(s.took)
	if len(s.took) > 0 {
		b.ReportMetric(float64(s.took[len(s.took)*95/100].Milliseconds()), "ms/p95")
	}
	b.ReportMetric(peakOf(b, cmd.Process.Pid)/(1<<20), "MiB")
	b.ReportMetric(float64(s.dead), "dead")
}

// soak holds the observations about keys so far.
type soak struct {
	b            *testing.B
	pid          int
	took, lately []time.Duration
	mute         map[string]int // keys that drew nothing
	dead         int            // sessions that did not draw their help either
}

// soakTimed draws something wherever it is pressed.
const soakTimed = "?"

// soakKeys are pressed at random: lists, tabs, filters, dialogs, triage, help; none ends a session.
func soakKeys() []string {
	return append(strings.Split("jjjjjkkkkkgGcdzotnlmapuyrewsvfAR12345678?????????/: ", ""),
		"\r", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "\t", "\x1b", "\x1b", "\x1b", "\x1b")
}

func (s *soak) press(r *remote) {
	keys := soakKeys()
	key := keys[mrand.IntN(len(keys))]
	took, drew := r.pressWithin(key, 2*time.Second)
	if drew {
		if key == soakTimed { // after others it may be something else that is drawn
			s.took, s.lately = append(s.took, took), append(s.lately, took)
		}
		return
	}
	s.mute[fmt.Sprintf("%q after %q", key, r.before)]++
	for _, again := range []string{"\x1b", "?"} { // Esc is silent where there is nothing to leave
		if _, drew = r.pressWithin(again, 20*time.Second); drew {
			return
		}
	}
	s.dead++
}

func (s *soak) say() {
	slices.Sort(s.lately)
	p := func(part int) time.Duration {
		if len(s.lately) == 0 {
			return 0
		}
		return s.lately[len(s.lately)*part/100].Round(time.Millisecond)
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s resident %d MiB, threads %s, %d keys timed: p50 %s p95 %s p99 %s; mute %d, dead %d; load %s\n",
		time.Now().Format(time.TimeOnly), numberOf(s.pid, "VmRSS")>>10, strconv.Itoa(numberOf(s.pid, "Threads")),
		len(s.lately), p(50), p(95), p(99), len(s.mute), s.dead, strings.TrimSpace(string(load)))
	s.lately = s.lately[:0]
	for key, n := range s.mute {
		fmt.Println("  drew nothing:", n, key)
	}
	clear(s.mute)
}

// numberOf returns a number of a process.
func numberOf(pid int, name string) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	found := regexp.MustCompile(name + `:\s*(\d+)`).FindSubmatch(text)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(found[1]))
	return n
}
