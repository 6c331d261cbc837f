package programtest_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"viberdeck/vendors/sim"
)

// BenchmarkServeSessions opens 200 dashboards over SSH, presses keys in them, one after the other,
// 50 a second for 20 seconds, and says how long each took to be drawn and what the server has
// resident: go test -run NONE -bench ServeSessions -benchtime 1x ./ui/cli/programtest.
func BenchmarkServeSessions(b *testing.B) {
	const sessions, pause, keys = 200, 20 * time.Millisecond, 1000
	bench := synced(b, sim.Options{Scenario: sim.Busy, Seed: 3})
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		b.Fatal(err)
	}
	bench.addConfig(fmt.Sprintf("[serve]\nlisten = \"127.0.0.1:0\"\nsessions = %d\n[[operator]]\nname = \"olga\"\n"+
		"role = \"triage\"\nkeys = [%q]\n", sessions,
		strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer.PublicKey())))))
	for b.Loop() {
		cmd := bench.command("serve")
		stderr := &heard{}
		cmd.Stderr = stderr
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		address := served(b, stderr)
		all := make([]*remote, sessions)
		for i := range all {
			all[i] = dashboard(b, address, signer)
		}
		took, turn := make([]time.Duration, 0, keys), time.Tick(pause)
		for i := range keys {
			<-turn
			took = append(took, all[i%sessions].press("jk"[i/sessions%2:][:1]))
		}
		slices.Sort(took)
		for _, part := range []int{50, 95, 99} {
			b.ReportMetric(float64(took[len(took)*part/100].Milliseconds()), fmt.Sprintf("ms/p%d", part))
		}
		b.ReportMetric(peakOf(b, cmd.Process.Pid)/(1<<20), "MiB")
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

// served waits until the server reports its address.
func served(b testing.TB, stderr *heard) string {
	listens := regexp.MustCompile(`serving SSH on ([0-9.:]+);`)
	deadline := time.After(time.Minute)
	for look := time.Tick(100 * time.Millisecond); ; {
		if found := listens.FindStringSubmatch(stderr.String()); found != nil {
			return found[1]
		}
		select {
		case <-look:
		case <-deadline:
			b.Fatalf("the server does not listen: %s", stderr.String())
		}
	}
}

// remote is one session of a server.
type remote struct {
	b      *testing.B
	keys   io.Writer
	news   chan int // bytes that came
	before string   // the last keys
}

// dashboard opens a session and waits for its first screen.
func dashboard(b *testing.B, address string, key gossh.Signer) *remote {
	client, err := gossh.Dial("tcp", address, &gossh.ClientConfig{User: "olga", Timeout: time.Minute,
		Auth: []gossh.AuthMethod{gossh.PublicKeys(key)}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = client.Close() })
	session, err := client.NewSession()
	if err != nil {
		b.Fatal(err)
	}
	out, err := session.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	keys, err := session.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", 24, 80, nil); err != nil {
		b.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		b.Fatal(err)
	}
	r := &remote{b: b, keys: keys, news: make(chan int, 1024)}
	go func() {
		buffer := make([]byte, 1<<16)
		for {
			n, err := out.Read(buffer)
			if err != nil {
				return
			}
			select {
			case r.news <- n:
			default:
			}
		}
	}()
	for seen := 0; seen < 1000; { // a first screen has two thousand bytes
		seen += r.next()
	}
	return r
}

func (r *remote) next() int {
	select {
	case n := <-r.news:
		return n
	case <-time.After(time.Minute):
		r.b.Fatal("a session stands still")
		return 0
	}
}

// press presses a key and returns the time until something is drawn.
func (r *remote) press(key string) time.Duration {
	took, drew := r.pressWithin(key, time.Minute)
	if !drew {
		r.b.Fatal("a session stands still")
	}
	return took
}

// pressWithin is press for a key that may draw nothing.
func (r *remote) pressWithin(key string, patience time.Duration) (took time.Duration, drew bool) {
	for len(r.news) > 0 {
		<-r.news
	}
	began := time.Now()
	_, _ = io.WriteString(r.keys, key)
	select {
	case <-r.news:
		r.before = (r.before + key)[max(0, len(r.before+key)-12):]
		return time.Since(began), true
	case <-time.After(patience):
		return patience, false
	}
}
