package serve

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/board"
)

func TestAClientThatTakesNothingHoldsUpNeitherOthersNorTheEnd(t *testing.T) {
	t.Parallel()
	anna, boris := newKey(t), newKey(t)
	stuck := make(chan struct{})
	s := serveBoard(t, func(ctx context.Context, b board.Options, sizes <-chan ui.Size) error {
		if b.Who.Name != "anna" {
			return idleBoard(ctx, b, sizes)
		}
		close(stuck)
		for { // more than any window holds
			if _, err := b.Out.Write(make([]byte, 1<<20)); err != nil {
				return err
			}
		}
	}, 0, person("anna", anna), person("boris", boris))
	_, session := s.session(t, anna)
	if _, err := session.StdoutPipe(); err != nil { // never read
		t.Fatal(err)
	}
	if err := errors.Join(session.RequestPty("xterm", 24, 80, nil), session.Shell()); err != nil {
		t.Fatal(err)
	}
	<-stuck
	s.watch(t, boris)
	_, command := s.session(t, boris)
	if out, err := command.Output("version"); err != nil || len(out) == 0 {
		t.Errorf("version beside a stuck client: %q, %v", out, err)
	}
	if err := s.stop(); err != nil { // returns at all
		t.Error(err)
	}
}

func TestASessionWithoutAKeyPressedEndsInWords(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveWith(t, idleBoard, model.ServeConfig{Idle: &model.Duration{Duration: 50 * time.Millisecond}},
		person("anna", anna))
	session, out := s.watch(t, anna)
	output, _ := io.ReadAll(out)
	if err := session.Wait(); err == nil || !strings.Contains(string(output), errIdle.Error()) {
		t.Errorf("%v, %q", err, output)
	}
}

func TestTheEndOfTheServerIsSaidToEachSession(t *testing.T) {
	t.Parallel()
	anna := newKey(t)
	s := serveBoard(t, idleBoard, 0, person("anna", anna))
	session, out := s.watch(t, anna)
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	output, _ := io.ReadAll(out)
	_ = session.Wait()
	if !strings.Contains(string(output), errStopping.Error()) {
		t.Errorf("the session was told %q", output)
	}
}
