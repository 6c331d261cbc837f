package programtest_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"viberdeck/vendors/sim"
)

// screen is the program in a pseudo terminal, seen through a terminal emulator.
type screen struct {
	t    testing.TB
	cmd  *exec.Cmd
	tty  *os.File
	mu   sync.Mutex
	term *vt.Emulator
	raw  strings.Builder
	news chan struct{} // rings when something was drawn
	done chan error    // the process has ended
}

// open starts the program in a terminal of that size.
func (b *bench) open(cols, rows uint16, args ...string) *screen {
	b.t.Helper()
	return b.start(b.command(args...), cols, rows)
}

// start starts a process in a terminal of that size.
func (b *bench) start(cmd *exec.Cmd, cols, rows uint16) *screen {
	b.t.Helper()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: cols, Rows: rows})
	if err != nil {
		b.t.Fatal(err)
	}
	s := &screen{t: b.t, cmd: cmd, tty: tty, term: vt.NewEmulator(int(cols), int(rows)),
		news: make(chan struct{}, 1), done: make(chan error, 1)}
	// A program that does not know yet that the terminal has become smaller sets a scroll region of
	// the former size. The emulator would take it and lose what is drawn in it.
	s.term.RegisterCsiHandler('r', func(margins ansi.Params) bool {
		bottom, _, _ := margins.Param(1, 0)
		return bottom > s.term.Height()
	})
	go s.read()
	// The answers to the program's questions are dropped: a terminal that answers nothing is the
	// harder one.
	go func() { _, _ = io.Copy(io.Discard, s.term) }()
	go func() { s.done <- cmd.Wait() }()
	b.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
		if answers, ok := s.term.InputPipe().(io.Closer); ok {
			_ = answers.Close()
		}
	})
	return s
}

func (s *screen) read() {
	buffer := make([]byte, 32<<10)
	for {
		n, err := s.tty.Read(buffer)
		s.mu.Lock()
		s.raw.Write(buffer[:n])
		_, _ = s.term.Write(buffer[:n])
		s.mu.Unlock()
		select {
		case s.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// text is the content of the screen.
func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.String()
}

// history is everything that was drawn, and the output after the screen was left.
func (s *screen) history() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// patience is how long a screen may take; it is generous because the race detector and other tests
// slow the program.
const patience = 2 * time.Minute

// until waits for the screen to satisfy a condition.
func (s *screen) until(what string, ok func(screen string) bool) {
	s.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		if ok(s.text()) {
			return
		}
		select {
		case <-s.news:
		case <-deadline.C:
			s.t.Fatalf("no %s on the screen:\n%s", what, s.text())
		}
	}
}

// shows waits for a text on the screen.
func (s *screen) shows(text string) {
	s.t.Helper()
	s.until(text, func(screen string) bool { return strings.Contains(screen, text) })
}

// press sends keys as a terminal does.
func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := s.tty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// escape presses Esc alone. A terminal program distinguishes it from the beginning of another key
// by the silence that follows.
func (s *screen) escape() {
	s.t.Helper()
	s.press("\x1b")
	<-time.After(150 * time.Millisecond)
}

// ends waits for the process to end.
func (s *screen) ends() error {
	s.t.Helper()
	select {
	case err := <-s.done:
		return err
	case <-time.After(patience):
		s.t.Fatalf("the program did not end:\n%s", s.text())
		return nil
	}
}

// selected returns the line with the mark.
func (s *screen) selected() string {
	for line := range strings.Lines(s.text()) {
		if strings.HasPrefix(line, "▸") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// moves presses keys and waits for the selection to change.
func (s *screen) moves(keys string) {
	s.t.Helper()
	before := s.selected()
	s.press(keys)
	s.until("other selection", func(string) bool { now := s.selected(); return now != "" && now != before })
}

// synced is a bench whose cache is filled and whose vendors are gone, so that nothing on the screen
// moves by itself.
func synced(t testing.TB, o sim.Options) *bench {
	t.Helper()
	b := newBench(t, o)
	b.must(0, "sync")
	b.server.Close()
	return b
}

func TestTheDashboardOpensOnRepliesAndEscNeverLeavesIt(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.escape()
	s.escape()
	s.moves("j")
	s.press("2")
	s.until("campaigns", func(screen string) bool {
		return strings.Contains(screen, "newest first") && s.selected() != ""
	})
	s.press("\r")
	s.until("the campaign", func(screen string) bool { return !strings.Contains(screen, "newest first") })
	s.escape()
	s.shows("newest first")
	s.escape()
	s.shows("newest first")
	s.press("q")
	if err := s.ends(); err != nil {
		t.Errorf("q ended the program with %v", err)
	}
}

func TestLettersWorkByPositionUnderACyrillicLayout(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	first := s.selected()
	s.moves("о") // j
	s.moves("л") // k
	if s.selected() != first {
		t.Errorf("down and up end on %q, not on %q", s.selected(), first)
	}
	s.press("й") // q
	if err := s.ends(); err != nil {
		t.Error(err)
	}
}

func TestPasteOutsideAFieldDoesNothing(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	before := s.selected()
	s.press("\x1b[200~ddq\r\ndo\x1b[201~")
	s.shows("past")
	if s.selected() != before {
		t.Errorf("the paste moved the selection to %q", s.selected())
	}
	if open := b.rows("replies", "--filter", "is:done"); len(open) != 0 {
		t.Errorf("the paste has marked %d replies done", len(open))
	}
}

func TestResizingNeverBreaksTheScreen(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	for _, size := range []pty.Winsize{{Cols: 40, Rows: 10}, {Cols: 20, Rows: 5}, {Cols: 1, Rows: 1},
		{Cols: 200, Rows: 60}, {Cols: 80, Rows: 24}} {
		s.mu.Lock()
		s.term.Resize(int(size.Cols), int(size.Rows))
		s.mu.Unlock()
		if err := pty.Setsize(s.tty, &size); err != nil {
			t.Fatal(err)
		}
		for _, tab := range []string{"2", "3", "4", "5", "6", "7", "8", "1"} {
			s.press(tab)
		}
	}
	s.until("replies again", func(string) bool { return s.selected() != "" })
	s.press("q")
	if err := s.ends(); err != nil {
		t.Errorf("%v\n%s", err, s.history())
	}
}

func TestADroppedConnectionEndsTheProcessInOrder(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if err := s.ends(); err != nil {
		t.Errorf("the hang-up ended it with %v\n%s", err, s.history())
	}
	overview := b.must(0, "brake", "status") // the cache is free and whole
	if !strings.Contains(overview.out, "off") {
		t.Error(overview.out)
	}
}

func TestSIGTERMEndsTheProcessInOrder(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.ends(); err != nil {
		t.Errorf("SIGTERM ended it with %v\n%s", err, s.history())
	}
}

// hostile are the sequences that no reply may bring to the terminal.
var hostile = []string{"\x1b]52", "\x1b]0;", "\x1b]2;pwn", "\u009b", "\u202e", "\u2028"}

func TestHostileRepliesAreOnlyText(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Scenario: sim.FireDrill, Seed: 3})
	for range 5 { // the drill's own faults come and go
		if b.run("sync").code == 0 {
			break
		}
	}
	b.server.Close()
	s := b.open(80, 24)
	s.until("replies", func(string) bool { return s.selected() != "" })
	n := len(b.rows("replies", "--filter", "is:open"))
	for range n - 1 {
		s.press("j")
	}
	s.press("g")
	s.press("q")
	if err := s.ends(); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sequence := range hostile {
		if strings.Contains(s.raw.String(), sequence) {
			t.Errorf("%q reached the terminal", sequence)
		}
	}
}

func TestTheDemonstrationShowsLivingDataWithoutANetwork(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.server.Close()
	s := b.open(80, 24, "demo")
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.shows("DEMO")
	for _, tab := range []string{"2", "3", "5", "6", "7", "8"} {
		s.press(tab)
		s.until("rows in view "+tab, func(screen string) bool {
			return s.selected() != "" && strings.Contains(screen, "["+tab+" ")
		})
	}
	s.press("4")
	s.until("figures", func(screen string) bool {
		return strings.Contains(screen, "[4 ") && strings.Contains(screen, "delivered")
	})
	s.press("q")
	if err := s.ends(); err != nil {
		t.Error(err)
	}
}

func TestTheNumberIsAskedForAtATerminal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, typed string
		sent        int
	}{{"the number", "3\r", 3}, {"another number", "2\r", 0}, {"yes", "y\r", 0}, {"nothing", "\r", 0}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sim.Options{})
			s := b.open(100, 24, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--hold", "0")
			s.shows("number of people")
			s.press(tt.typed)
			err := s.ends()
			exit, failed := errors.AsType[*exec.ExitError](err)
			if tt.sent == 0 && (!failed || exit.ExitCode() != 2) || tt.sent > 0 && err != nil {
				t.Errorf("ended with %v\n%s", err, s.text())
			}
			if n := len(b.world.Ledger().Sends); n != tt.sent {
				t.Errorf("%d messages left, want %d", n, tt.sent)
			}
		})
	}
}

func TestAnInterruptedRecallWindowRecalls(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	s := b.open(100, 24, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--hold", "60s", "--confirm", "3")
	s.shows("Ctrl-C recalls")
	s.press("\x03")
	if err := s.ends(); err == nil {
		t.Error("a recalled send ended with success")
	}
	b.must(0, "work", "--once")
	if n := len(b.world.Ledger().Sends); n != 0 {
		t.Errorf("%d messages left", n)
	}
}

func TestTwoDashboardsShareOneCacheAndTheSecondTakesOver(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	first := b.open(80, 24)
	first.until("replies", func(string) bool { return first.selected() != "" })
	second := b.open(80, 24)
	second.until("replies", func(string) bool { return second.selected() != "" })
	_ = first.cmd.Process.Kill()
	_ = first.ends()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	b.must(0, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--confirm", "3", "--hold", "0")
	for len(b.world.Ledger().Sends) < 3 {
		select {
		case <-ctx.Done():
			t.Fatalf("%d messages left", len(b.world.Ledger().Sends))
		case <-time.After(20 * time.Millisecond):
		}
	}
	if n := len(b.world.Ledger().Sends); n != 3 {
		t.Errorf("%d messages left", n)
	}
}
