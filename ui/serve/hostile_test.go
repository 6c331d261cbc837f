package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"viberdeck/ui"
	"viberdeck/ui/board"
)

// ptyRequest requests a terminal of any size, which no client library does.
type ptyRequest struct {
	Term                      string
	Columns, Rows, Wide, High uint32
	Modes                     string
}

func TestATerminalThatNobodyHasIsDrawnAsFarAsARealOne(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	sizes := make(chan ui.Size, 2)
	s := serveBoard(t, func(_ context.Context, _ board.Options, terminal <-chan ui.Size) error {
		for range 2 {
			sizes <- <-terminal
		}
		return nil
	}, 0, person("anna", anna))
	_, session := s.session(t, anna)
	const huge = 1<<32 - 1
	if ok, err := session.SendRequest("pty-req", true,
		gossh.Marshal(ptyRequest{"xterm", huge, huge, 0, 0, "\x00"})); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	want := ui.Size{Width: mostColumns, Height: mostRows}
	if got := <-sizes; got != want {
		t.Errorf("at first %v is drawn", got)
	}
	if err := session.WindowChange(huge, huge); err != nil {
		t.Fatal(err)
	}
	if got := <-sizes; got != want {
		t.Errorf("later %v is drawn", got)
	}
}

func TestMoreVariablesThanAreTakenKeepNobodyOut(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna))
	_, session := s.session(t, anna)
	taken := 0
	for i := range 2 * mostVariables {
		_ = session.Setenv(fmt.Sprint("SECRET_", i), "x")
		if session.Setenv(fmt.Sprint("LC_", i), "x") == nil {
			taken++
		}
	}
	if out, err := session.Output("version"); err != nil || len(out) == 0 || taken != mostVariables {
		t.Errorf("%d were taken, then %q, %v", taken, out, err)
	}
}

func TestACommandOfBlanksIsNotThatOfTheServer(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna))
	_, session := s.session(t, anna)
	out, err := session.CombinedOutput("  ")
	if err == nil || !strings.Contains(string(out), "wants one of: ") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestASessionThatIsClosedEndsAndThoseBesideItOnItsConnectionGoOn(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	ended := make(chan struct{}, 2)
	s := serveBoard(t, func(ctx context.Context, b board.Options, sizes <-chan ui.Size) error {
		err := idleBoard(ctx, b, sizes)
		ended <- struct{}{}
		return err
	}, 0, person("anna", anna))
	client, one := s.session(t, anna)
	other, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, session := range []*gossh.Session{one, other} {
		out, err := session.StdoutPipe()
		if err := errors.Join(err, session.RequestPty("xterm", 24, 80, nil), session.Shell()); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, len("here is "))); err != nil {
			t.Fatal(err)
		}
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	<-ended
	if n := len(ended); n != 0 {
		t.Errorf("%d sessions more have ended", n)
	}
	third, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := third.Output("version"); err != nil || len(out) == 0 {
		t.Errorf("the next session: %q, %v", out, err)
	}
}

// keyboard returns typed input piece by piece.
type keyboard chan string

// Read waits for a piece.
func (k keyboard) Read(b []byte) (int, error) {
	piece, more := <-k
	if !more {
		return 0, io.EOF
	}
	return copy(b, piece), nil
}

func TestKeysOfATerminalElsewhereInterruptACommandOrEndWhatItReads(t *testing.T) {
	t.Parallel()
	keys, interrupted := make(keyboard), make(chan struct{})
	in := typed(t.Context(), keys, func() { close(interrupted) })
	for _, piece := range []string{"yes\r", "no\x04never"} {
		keys <- piece
	}
	if read, err := io.ReadAll(in); string(read) != "yes\nno" || err != nil {
		t.Errorf("the command read %q, %v", read, err)
	}
	keys <- "\x03" // no one reads any more
	<-interrupted

	keys, interrupted = make(keyboard), make(chan struct{})
	typed(t.Context(), keys, func() { close(interrupted) })
	keys <- "typed ahead, which nobody reads"
	keys <- "\x03"
	select {
	case <-interrupted:
	case <-time.After(time.Minute):
		t.Error("Ctrl-C does nothing while the command does not read")
	}
}

func TestAConnectionMayOfferSixKeys(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna))
	for wrong, in := range map[int]bool{5: true, 6: false, 8: false} {
		var keys []gossh.Signer
		for range wrong {
			keys = append(keys, newKey(t))
		}
		_, err := gossh.Dial("tcp", s.addr, &gossh.ClientConfig{User: "anna",
			Auth:            []gossh.AuthMethod{gossh.PublicKeys(append(keys, anna)...)},
			HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if (err == nil) != in {
			t.Errorf("after %d keys of nobody: %v", wrong, err)
		}
	}
}
