package programtest_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"viberdeck/vendors/sim"
)

// house is a server of the built program with a person of each role, whose name is the role.
type house struct {
	*bench
	keys    map[string]gossh.Signer
	socket  string // of attach, where the user of the tests is the sender
	process *exec.Cmd
	stderr  *heard
	address string
}

// newHouse starts the server of a team.
func newHouse(b *bench) *house {
	b.t.Helper()
	me, err := user.Current()
	if err != nil {
		b.t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "deck") // a socket's path is short
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	h := &house{bench: b, keys: map[string]gossh.Signer{}, socket: filepath.Join(dir, "s")}
	table := fmt.Sprintf("[serve]\nlisten = \"127.0.0.1:0\"\nsocket = %q\n", h.socket)
	for _, role := range []string{"viewer", "triage", "sender", "approver", "admin"} {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			b.t.Fatal(err)
		}
		h.keys[role], err = gossh.NewSignerFromKey(private)
		if err != nil {
			b.t.Fatal(err)
		}
		table += fmt.Sprintf("[[operator]]\nname = %q\nrole = %q\nkeys = [%q]\n", role, role,
			strings.TrimSpace(string(gossh.MarshalAuthorizedKey(h.keys[role].PublicKey()))))
		if role == "sender" {
			table += fmt.Sprintf("accounts = [\"minsk\"]\nuser = %q\n", me.Username)
		}
	}
	b.addConfig(table)
	h.begin()
	return h
}

// begin starts the server's process.
func (h *house) begin() {
	h.t.Helper()
	h.process, h.stderr = h.command("serve"), &heard{}
	h.process.Stderr = h.stderr
	if err := h.process.Start(); err != nil {
		h.t.Fatal(err)
	}
	process := h.process.Process
	h.t.Cleanup(func() { _ = process.Kill() })
	h.address = served(h.t, h.stderr)
	stderr := h.stderr
	until(h.t, "it listens at its socket",
		func() bool { return strings.Contains(stderr.String(), "serving viberdeck attach at") })
}

// end ends the server's process with a signal, and reports how it ended.
func (h *house) end(by os.Signal) error {
	h.t.Helper()
	if err := h.process.Process.Signal(by); err != nil {
		h.t.Fatal(err)
	}
	return h.process.Wait()
}

// session opens a session of a person.
func (h *house) session(person string) *gossh.Session {
	h.t.Helper()
	client, err := gossh.Dial("tcp", h.address, &gossh.ClientConfig{User: "anybody", Timeout: time.Minute,
		Auth: []gossh.AuthMethod{gossh.PublicKeys(h.keys[person])}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = client.Close() })
	session, err := client.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	return session
}

// asks runs a command of a person.
func (h *house) asks(person, input, command string) ran {
	h.t.Helper()
	session := h.session(person)
	var out, errs bytes.Buffer
	session.Stdin, session.Stdout, session.Stderr = strings.NewReader(input), &out, &errs
	err := session.Run(command)
	exit, failed := errors.AsType[*gossh.ExitError](err)
	if failed {
		return ran{out.String(), errs.String(), exit.ExitStatus()}
	}
	if err != nil {
		h.t.Fatalf("%s: %v", command, err)
	}
	return ran{out.String(), errs.String(), 0}
}

func TestOverSSHAPersonDoesWhatTheRoleOfTheKeyAllowsAndNothingElse(t *testing.T) {
	t.Parallel()
	h := newHouse(newBench(t, sim.Options{Seed: 3, Vendors: sim.AllVendors()}))
	until(t, "replies", func() bool { return h.asks("viewer", "", "replies --limit 1 --json").out != "" })
	reply := decodeRows(t, strings.NewReader(h.asks("viewer", "", "replies --limit 1 --json").out))[0]["id"].(string)
	file := "account = %q\nname = \"A sale\"\nsender = %q\ntext = \"Hello\"\nphones = [\"+375291234567\"]\n"
	minsk, greek := fmt.Sprintf(file, "minsk", "444"), fmt.Sprintf(file, "promo-gr", "Example Shop")
	for _, c := range []struct {
		person, input, command string
		code                   int
		says                   string
	}{
		{"viewer", "", "reply done " + reply, 1, "wants the role triage or more"},
		{"viewer", "", "reply label --label vip " + reply, 1, "wants the role triage or more"},
		{"viewer", "", "brake on", 1, "wants the role triage or more"},
		{"viewer", "", "blacklist add +375291234568 --reason x", 1, "wants the role triage or more"},
		{"viewer", minsk, "send - --confirm 1 --hold 0", 1, "nothing was sent"},
		{"triage", minsk, "send - --confirm 1 --hold 0", 1, "wants the role sender or more"},
		{"triage", "", "reply done " + reply, 0, "1 changed"},
		{"triage", "", "brake on", 0, "by triage"},
		{"sender", "", "brake off", 1, "wants the role approver or more"},
		{"approver", "", "brake off", 0, "off"},
		{"sender", greek, "send - --confirm 1 --hold 0", 1, "promo-gr is not among your accounts"},
		{"sender", minsk, "send - --confirm 2 --hold 0", 2, ""},
		{"sender", minsk, "send - --confirm 1 --hold 0", 0, "accepted 1"},
		{"admin", "", "send ../../etc/passwd", 2, "files of the server cannot be read"},
		{"admin", minsk, "send - --to /etc/passwd --dry-run", 2, "files of the server cannot be read"},
		{"admin", "", "campaign evidence c1 /tmp/evidence", 2, "files of the server cannot be read"},
		{"admin", "", "replies --config /etc/passwd", 2, "unknown flag"},
		{"admin", "", "--cache /tmp/x.db replies", 2, "unknown flag"},
		{"admin", "", "sync", 2, "sync is not there over SSH"},
		{"admin", "", "cache adopt --confirm adopt", 2, "cache is not there over SSH"},
		{"admin", "", "sh -c id", 2, "unknown"},
		{"admin", "", "version; id", 2, "unknown command"},
		{"admin", "", "   ", 2, "wants one of"},
	} {
		r := h.asks(c.person, c.input, c.command)
		if r.code != c.code || !strings.Contains(r.out+r.err, c.says) {
			t.Errorf("%s: %s: exit %d, want %d and %q\n%s%s", c.person, c.command, r.code, c.code, c.says, r.out, r.err)
		}
	}
	if n := len(h.world.Ledger().Sends); n != 1 {
		t.Errorf("%d messages left", n)
	}
	attached := h.rows("attach", "--socket", h.socket, "replies", "--filter", "is:done") // --json follows
	if len(attached) != 1 || attached[0]["id"] != reply {
		t.Errorf("through the socket: %v", attached)
	}
	h.assertNoSecret("the log of the server", h.stderr.String())
}

// held starts a send of one person that waits in its recall window, in a terminal or not.
func (h *house) held(name string, terminal bool) (session *gossh.Session, keys io.Writer) {
	h.t.Helper()
	session = h.session("sender")
	keys, err := session.StdinPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if terminal {
		err = session.RequestPty("xterm", 24, 80, nil)
	}
	if err := errors.Join(err, session.Start("send - --confirm 1 --hold 10m")); err != nil {
		h.t.Fatal(err)
	}
	_, err = fmt.Fprintf(keys, "account = \"minsk\"\rname = %q\rsender = \"444\"\rtext = \"Hello\"\r"+
		"phones = [\"+375291234567\"]\r\x04", name)
	if err != nil {
		h.t.Fatal(err)
	}
	return session, keys
}

// state returns the state of a campaign by its name.
func (h *house) state(name string) any {
	rows := h.rows("campaigns", "--filter", fmt.Sprintf("campaign:%q", name))
	if len(rows) != 1 {
		return nil
	}
	return rows[0]["state"]
}

func TestCtrlCInATerminalOverSSHRecallsWhatWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(newBench(t, sim.Options{Seed: 3}))
	session, keys := h.held("By keys", true)
	until(t, "it waits", func() bool { return h.state("By keys") == "held" })
	if _, err := io.WriteString(keys, "\x03"); err != nil {
		t.Fatal(err)
	}
	_ = session.Wait()
	if got := h.state("By keys"); got != "cancelled" {
		t.Errorf("after Ctrl-C the campaign is %v", got)
	}
}

func TestAServerThatIsKilledLosesNeitherADraftNorAnAnswerInItsCountdown(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	b.must(0, "sync", "--account", "minsk")
	h := newHouse(b)
	attached := func() *screen {
		cmd := h.command("attach", "--socket", h.socket)
		return h.start(cmd, 100, 30)
	}
	s := attached()
	s.until("replies", func(string) bool { return s.selected() != "" })
	open := b.rows("replies", "--filter", "is:open account:minsk")
	var names []string
	for _, r := range open {
		names = append(names, "answer "+r["id"].(string))
	}
	last := open[len(open)-1]["id"].(string)
	go func() {
		session := h.session("admin") // an answer that waits for 4 seconds
		_ = session.Run("reply answer " + last + " --text 'We call you' --confirm 1 --hold 4s")
	}()
	s.press("a")
	s.shows("Answer to")
	s.press("We call you back at noon.")
	b.keeps("sender", "We call you back at noon.", names...)
	until(t, "the answer waits", func() bool {
		return len(b.rows("campaigns", "--filter", "state:held")) == 1
	})
	if err := h.end(syscall.SIGKILL); err == nil {
		t.Error("it was not killed")
	}
	_ = s.ends()
	if n := len(h.world.Ledger().Sends); n != 0 {
		t.Errorf("%d messages left before their time", n)
	}
	h.begin()
	s = attached()
	s.shows("We call you back at noon.")
	until(t, "the answer leaves", func() bool { return len(h.world.Ledger().Sends) > 0 })
	s.press(" Olga")
	s.shows("We call you back at noon. Olga")
	if err := h.end(syscall.SIGTERM); err != nil {
		t.Errorf("stopped: %v\n%s", err, h.stderr)
	}
	_ = s.ends()
	h.begin()
	s = attached() // the last typed text was kept in the end
	s.shows("We call you back at noon. Olga")
	if n := len(h.world.Ledger().Sends); n != 1 {
		t.Errorf("%d messages left", n)
	}
}

func TestATerminalOfAnySizeAndNameEndsNoServer(t *testing.T) {
	t.Parallel()
	h := newHouse(newBench(t, sim.Options{Seed: 3}))
	const huge = 1<<32 - 1
	for _, size := range [][2]uint32{{0, 0}, {1, 1}, {huge, 1}, {1, huge}, {huge, huge}} {
		for _, name := range []string{"", "dumb", "\x1b]0;x\a"} {
			session := h.session("viewer")
			out, err := session.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			request := struct {
				Term                      string
				Columns, Rows, Wide, High uint32
				Modes                     string
			}{name, size[0], size[1], huge, huge, "\x00"}
			if ok, err := session.SendRequest("pty-req", true, gossh.Marshal(request)); err != nil || !ok {
				t.Fatal(ok, err)
			}
			if err := session.Shell(); err != nil {
				t.Fatal(err)
			}
			if _, err := out.Read(make([]byte, 1)); err != nil {
				t.Errorf("a terminal %q of %v shows nothing: %v", name, size, err)
			}
			_ = session.Close()
		}
	}
	if r := h.asks("viewer", "", "version"); r.code != 0 {
		t.Errorf("afterwards: %+v", r)
	}
}

func TestAHangUpMakesAServerReadItsConfigurationAgainAndEndsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(newBench(t, sim.Options{Seed: 3}))
	session := h.session("viewer")
	if err := session.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := session.StdinPipe(); err != nil { // without one, the dashboard's keys have ended
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	go func() { ended <- session.Wait() }()
	if err := h.process.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	until(t, "it read the configuration again",
		func() bool { return strings.Contains(h.stderr.String(), "the configuration was saved and is taken") })
	if r := h.asks("viewer", "", "version"); r.code != 0 {
		t.Errorf("afterwards: %+v", r)
	}
	select {
	case err := <-ended:
		t.Errorf("a session ended: %v", err)
	default:
	}
	if err := h.end(syscall.SIGTERM); err != nil {
		t.Errorf("SIGTERM after it: %v", err)
	}
}
