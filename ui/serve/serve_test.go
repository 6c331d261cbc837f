package serve

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/board"
	"viberdeck/ui/cli"
	"viberdeck/ui/cli/settings"
)

// closed is a store of which only the closing is called.
type closed struct{ Store }

func (closed) Close() error { return nil }

func (closed) AddActivity(context.Context, model.Activity) error { return nil }

func newKey(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func person(name string, key gossh.Signer) model.Operator {
	return model.Operator{Name: name, Role: model.RoleTriage,
		Keys: []string{strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey())))}}
}

// served is a server on loopback that runs.
type served struct {
	addr  string
	saves chan model.Config
	stop  func() error

	open atomic.Int64

	mu   sync.Mutex
	more chan struct{} // closed and replaced at each line of the log
	log  bytes.Buffer
}

// Write takes a line of the server's log.
func (s *served) Write(line []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.more)
	s.more = make(chan struct{})
	return s.log.Write(line)
}

// waitFor waits until the server has logged it.
func (s *served) waitFor(t *testing.T, words string) {
	t.Helper()
	for {
		s.mu.Lock()
		text, more := s.log.String(), s.more
		s.mu.Unlock()
		if strings.Contains(text, words) {
			return
		}
		select {
		case <-more:
		case <-time.After(time.Minute):
			t.Fatalf("nothing was said of %q:\n%s", words, text)
		}
	}
}

// serveBoard serves a board to people until the test ends.
func serveBoard(t *testing.T, board func(context.Context, board.Options, <-chan ui.Size) error, sessions int,
	people ...model.Operator) *served {
	t.Helper()
	return serveWith(t, board, model.ServeConfig{Sessions: sessions}, people...)
}

// serveWith is serveBoard with more of the configuration.
func serveWith(t *testing.T, board func(context.Context, board.Options, <-chan ui.Size) error, serve model.ServeConfig,
	people ...model.Operator) *served {
	t.Helper()
	serve.Listen = "127.0.0.1:0"
	s := &served{saves: make(chan model.Config), more: make(chan struct{})}
	config := model.Config{Operators: people, Serve: serve}
	server, err := New(Options{Board: board,
		Service: cli.Service{Config: config, HostKey: filepath.Join(t.TempDir(), "host_key"),
			Log: slog.New(slog.NewTextHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug})), Sessions: &s.open,
			Reload: func(ctx context.Context) (settings.Saved, error) {
				select {
				case <-ctx.Done():
					return settings.Saved{}, ctx.Err()
				case c := <-s.saves:
					return settings.Saved{Config: c}, nil
				}
			}},
		As: func(context.Context, model.Operator, model.Origin) (Store, error) { return closed{}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	s.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { _ = s.stop() })
	s.waitFor(t, "serving SSH on ")
	if serve.Socket != "" {
		s.waitFor(t, "serving viberdeck attach at ")
	}
	s.mu.Lock()
	_, rest, _ := strings.Cut(s.log.String(), "serving SSH on ")
	s.mu.Unlock()
	s.addr, _, _ = strings.Cut(rest, ";")
	return s
}

func (s *served) dial(key gossh.Signer) (*gossh.Client, error) {
	return gossh.Dial("tcp", s.addr, &gossh.ClientConfig{User: "boris", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth: []gossh.AuthMethod{gossh.PublicKeys(key)}})
}

func (s *served) session(t *testing.T, key gossh.Signer) (*gossh.Client, *gossh.Session) {
	t.Helper()
	client, err := s.dial(key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	return client, session
}

func idleBoard(ctx context.Context, b board.Options, _ <-chan ui.Size) error {
	_, _ = fmt.Fprintf(b.Out, "here is %s\n", b.Who.Name)
	<-ctx.Done()
	return context.Cause(ctx)
}

func TestOnlyAKnownKeyComesInAndItSaysWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, func(_ context.Context, b board.Options, _ <-chan ui.Size) error {
		_, err := fmt.Fprintf(b.Out, "%s %v", b.Who.Name, b.Env)
		return err
	}, 0, person("anna", anna))
	if _, err := s.dial(newKey(t)); err == nil {
		t.Error("a stranger came in")
	}
	s.waitFor(t, "failed login from 127.0.0.1:")
	for _, auth := range []gossh.AuthMethod{gossh.Password("secret"), gossh.KeyboardInteractive(
		func(string, string, []string, []bool) ([]string, error) { return nil, nil })} {
		if _, err := gossh.Dial("tcp", s.addr, &gossh.ClientConfig{User: "anna", Auth: []gossh.AuthMethod{auth},
			HostKeyCallback: gossh.InsecureIgnoreHostKey()}); err == nil {
			t.Error("somebody came in without a key")
		}
	}
	_, session := s.session(t, anna) // as the user boris
	for name, want := range map[string]bool{"LANG": true, "COLORTERM": true, "NO_COLOR": true, "LC_ALL": true,
		"VIBERDECK_OPERATOR": false, "HOME": false, "LD_PRELOAD": false, "PATH": false} {
		if err := session.Setenv(name, "x"); (err == nil) != want {
			t.Errorf("%s: %v, taken %v", name, err, want)
		}
	}
	if err := session.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	out, err := session.Output("")
	if err != nil {
		t.Logf("the session: %v", err)
	}
	if !bytes.HasPrefix(out, []byte("anna ")) || bytes.Contains(out, []byte("VIBERDECK")) {
		t.Errorf("the board was told %q", out)
	}
}

func TestWhoLeavesWithoutOfferingAKeyHasNotFailedToLogIn(t *testing.T) {
	t.Parallel()
	s := serveBoard(t, idleBoard, 0, person("anna", newKey(t)))
	for _, sent := range []string{"", "SSH-2.0-monitor\r\n"} {
		conn, err := net.Dial("tcp", s.addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, sent); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil { // the server's version
			t.Fatal(err)
		}
		_ = conn.Close()
		s.waitFor(t, "a connection ended before a login\" address="+conn.LocalAddr().String())
	}
	if _, err := s.dial(newKey(t)); err == nil {
		t.Error("a stranger came in")
	}
	s.waitFor(t, "failed login from 127.0.0.1:")
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := strings.Count(s.log.String(), "failed login"); n != 1 {
		t.Errorf("%d failed logins of one stranger and two who left:\n%s", n, s.log.String())
	}
}

func TestWhateverIsNotASessionIsRefused(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna))
	client, session := s.session(t, anna)
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "x11", "auth-agent@openssh.com",
		"direct-streamlocal@openssh.com", "tun@openssh.com"} {
		if _, _, err := client.OpenChannel(kind, nil); err == nil {
			t.Errorf("a channel %s was opened", kind)
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "cancel-tcpip-forward"} {
		if ok, _, err := client.SendRequest(kind, true, nil); ok || err != nil {
			t.Errorf("the request %s was granted (%v)", kind, err)
		}
	}
	for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req", "subsystem", "break", "eow@openssh.com"} {
		payload := gossh.Marshal(struct{ Name string }{"sftp"})
		if ok, err := session.SendRequest(kind, true, payload); ok || err != nil {
			t.Errorf("the request %s was granted (%v)", kind, err)
		}
	}
}

func TestCommandsOfTheHostAreNotThereOverSSH(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna))
	client, _ := s.session(t, anna)
	for _, command := range []string{"serve", "sim", "work", "doctor", "config path", "demo", "sync", "cache adopt",
		"backup /tmp/x",
		"man",
		"sh -c id", "replies --config /etc/passwd", "replies --cache /etc/passwd", "send /etc/passwd",
		"campaign evidence --read /etc/passwd",
		"completion bash", "__complete replies ''", "__completeNoDesc replies ''"} {
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		_, err = session.Output(command)
		var exit *gossh.ExitError
		if !errors.As(err, &exit) || exit.ExitStatus() != 2 {
			t.Errorf("%s: %v, want the exit code 2", command, err)
		}
	}
	for _, name := range []string{"serve", "cache adopt", "completion"} {
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if out, err := session.Output("help " + name); err != nil || !bytes.Contains(out, []byte("is not there over SSH")) {
			t.Errorf("help %s: %q, %v", name, out, err)
		}
	}
	session, _ := client.NewSession()
	if out, err := session.Output("version"); err != nil || len(out) == 0 {
		t.Errorf("version: %q, %v", out, err)
	}
}

// watch opens a dashboard and waits until it shows something.
func (s *served) watch(t *testing.T, key gossh.Signer) (*gossh.Session, io.Reader) {
	t.Helper()
	_, session := s.session(t, key)
	out, err := session.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(session.RequestPty("xterm", 24, 80, nil), session.Shell()); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("here is "))); err != nil {
		t.Fatal(err)
	}
	return session, out
}

func TestARemovedKeyEndsItsSessionsAndNoOthers(t *testing.T) {
	t.Parallel()
	anna, boris := newKey(t), newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna), person("boris", boris))
	annas, out := s.watch(t, anna)
	boriss, _ := s.watch(t, boris)
	s.saves <- model.Config{Operators: []model.Operator{person("boris", boris)}}
	output, _ := io.ReadAll(out)
	if err := annas.Wait(); err == nil || !strings.Contains(string(output), errChanged.Error()) {
		t.Errorf("%v, %q", err, output)
	}
	if _, err := s.dial(anna); err == nil {
		t.Error("the removed key came in again")
	}
	if err := s.stop(); err != nil { // ends the other, in order
		t.Error(err)
	}
	_ = boriss.Wait()
}

func TestAPanicEndsItsSessionAlone(t *testing.T) {
	t.Parallel()
	anna, boris := newKey(t), newKey(t)
	s := serveBoard(t, func(ctx context.Context, b board.Options, sizes <-chan ui.Size) error {
		if b.Who.Name == "anna" {
			panic("a fault")
		}
		return idleBoard(ctx, b, sizes)
	}, 0, person("anna", anna), person("boris", boris))
	s.watch(t, boris)
	_, session := s.session(t, anna)
	var words bytes.Buffer
	session.Stderr = &words
	if err := errors.Join(session.RequestPty("xterm", 24, 80, nil), session.Shell()); err != nil {
		t.Fatal(err)
	}
	if err := session.Wait(); err == nil || !strings.Contains(words.String(), "the others go on") {
		t.Errorf("%v, %q", err, words.String())
	}
	s.watch(t, boris)
}

func TestMoreSessionsThanThereIsRoomForAreRefusedInWords(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 1, person("anna", anna))
	s.watch(t, anna)
	_, session := s.session(t, anna)
	out, err := session.CombinedOutput("version")
	if err == nil || !strings.Contains(string(out), "all 1 sessions are taken") {
		t.Errorf("%v, %q", err, out)
	}
}

func TestTheHostKeyIsMadeOnceAndForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "host_key")
	first, err := hostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	second, err := hostKey(path)
	if err != nil || !bytes.Equal(first.PublicKey().Marshal(), second.PublicKey().Marshal()) {
		t.Errorf("another key at the second start: %v", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := hostKey(path); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a key that others can read: %v", err)
	}
}

func TestThoseWhoProveNoKeyAreBounded(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 1, person("anna", anna))
	for range 1 + strangers + 1 {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_, _ = io.ReadFull(c, make([]byte, 4))
	}
	s.waitFor(t, "too many connections that are not logged in")
	for { // a later connection replaces one that has long not authenticated
		client, err := s.dial(anna)
		if err == nil {
			_ = client.Close()
			return
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
}
