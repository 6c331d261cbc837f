package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/replies"
)

func TestTheEndOfTheInputEndsTheProgram(t *testing.T) {
	t.Parallel()
	store := newFakeStore(start)
	if err := Run(t.Context(), New(options(store)), strings.NewReader(""), io.Discard); err != nil {
		t.Error(err)
	}
	if got := store.last(); got != "leave" {
		t.Errorf("the last thing the store was told is %q", got)
	}
}

func TestALostTerminalEndsTheProgram(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	done := make(chan error, 1)
	go func() { done <- Run(t.Context(), New(options(newFakeStore(start))), r, io.Discard) }()
	if _, err := w.WriteString("jjj"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestTheContextEndsTheProgramWithItsCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("the engine stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	r, w := io.Pipe()
	defer w.Close()
	store := newFakeStore(start)
	done := make(chan error, 1)
	go func() { done <- Run(ctx, New(options(store)), r, io.Discard) }()
	if _, err := w.Write([]byte("j")); err != nil {
		t.Fatal(err)
	}
	cancel(cause)
	if err := <-done; !errors.Is(err, cause) {
		t.Errorf("got %v", err)
	}
}

func TestQuittingEndsTheProgramInOrder(t *testing.T) {
	t.Parallel()
	store := newFakeStore(start)
	store.overview.Sending = 0
	r, w := io.Pipe()
	defer w.Close()
	done := make(chan error, 1)
	go func() { done <- Run(t.Context(), New(options(store)), r, io.Discard) }()
	if _, err := w.Write([]byte("6\x03")); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if !strings.Contains(store.kept["olga/dashboard"], `"tab":5`) {
		t.Errorf("kept: %v", store.kept)
	}
}

func TestAPanicIsAnErrorAndNotACrash(t *testing.T) {
	t.Parallel()
	root := New(options(newFakeStore(start)))
	root.screens[0].(*replies.Replies).List.Read = nil
	r, w := io.Pipe()
	defer w.Close()
	if err := Run(t.Context(), root, r, io.Discard); !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("got %v", err)
	}
}

var colour = regexp.MustCompile(`\x1b\[[0-9;]*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`)

func TestNoColorLeavesTheRowUnderTheCursorToBeSeen(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		for _, view := range []string{"1", "2", "3", "5", "6", "7", "8"} {
			d.press(view)
			var b bytes.Buffer
			w := colorprofile.Writer{Forward: &b, Profile: colorprofile.ASCII}
			if _, err := w.WriteString(d.root.View().Content); err != nil {
				t.Fatal(err)
			}
			bars := 0
			for y, text := range reversed(b.String(), 80, 24) {
				if strings.HasPrefix(text, "▸ ") &&
					strings.HasPrefix(strings.Split(ansi.Strip(b.String()), "\n")[y], text) {
					bars++
				}
			}
			if bars != 1 {
				t.Errorf("without colour %d rows of view %s look chosen:\n%s", bars, view, d.screen())
			}
		}
	})
}

func TestNoColorLeavesSignsAndWords(t *testing.T) {
	t.Parallel()
	if !(model.Environment{"A=b", "NO_COLOR=yes"}).NoColor() || (model.Environment{"NO_COLOR="}).NoColor() ||
		model.Environment(nil).NoColor() {
		t.Error("NO_COLOR counts when it is set to anything")
	}
	drive(t, 80, 24, nil, func(d *driver) {
		content := d.root.View().Content
		if !colour.MatchString(content) {
			t.Fatal("the screen has no colour to begin with")
		}
		var b bytes.Buffer
		w := colorprofile.Writer{Forward: &b, Profile: colorprofile.ASCII}
		if _, err := w.WriteString(content); err != nil {
			t.Fatal(err)
		}
		if colour.MatchString(b.String()) {
			t.Errorf("a colour is left: %q", colour.FindString(b.String()))
		}
		if ansi.Strip(b.String()) != ansi.Strip(content) {
			t.Error("words were lost with the colours")
		}
	})
}

func TestALightTerminalGetsDarkLetters(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		dark := d.root.View().Content
		d.send(tea.BackgroundColorMsg{Color: lipgloss.Color("#ffffff")})
		light := d.root.View().Content
		if dark == light {
			t.Error("the colours are the same on a light and on a dark terminal")
		}
		if ansi.Strip(dark) != ansi.Strip(light) {
			t.Error("the words differ")
		}
	})
}

func TestACursorMoveIsShortOnTheWire(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, nil, func(d *driver) {
		d.press("3")
		before := strings.Split(d.root.View().Content, "\n")
		d.press("j")
		changed := 0
		for i, line := range strings.Split(d.root.View().Content, "\n") {
			if line != before[i] {
				changed++
			}
		}
		// The two rows, the number of the row in the filter line.
		if changed > 3 {
			t.Errorf("a cursor move changes %d lines", changed)
		}
	})
}

func BenchmarkKeyAndView(b *testing.B) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"200x60", 200, 60}} {
		for _, tab := range []string{"1", "2", "3"} {
			b.Run("tab"+tab+"/"+size.name, func(b *testing.B) {
				store := newFakeStore(start)
				r := New(options(store))
				var deliver func(cmd tea.Cmd)
				deliver = func(cmd tea.Cmd) {
					if cmd == nil {
						return
					}
					msg := cmd()
					if batch, ok := msg.(tea.BatchMsg); ok {
						for _, c := range batch {
							deliver(c)
						}
						return
					}
					r.Update(msg) // what follows from it may wait for the clock and is left out
				}
				r.Update(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				r.Update(pressed(tab))
				deliver(r.screens[r.front].Show())
				keys := []tea.KeyPressMsg{pressed("j"), pressed("k")}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					r.Update(keys[i%2])
					_ = r.View()
				}
			})
		}
	}
}

func TestATerminalElsewhereBeginsInItsOwnSize(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := options(newFakeStore(start))
		o.Env = []string{"TERM=xterm"}
		root := New(o)
		sizes := make(chan Size, 1)
		sizes <- Size{Width: 40, Height: 10}
		keys, hand := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- RunSized(ctx, root, keys, io.Discard, sizes) }()
		time.Sleep(time.Second)
		synctest.Wait()
		cancel()
		_ = hand.Close()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if root.w != 40 || root.h != 10 {
			t.Errorf("it is drawn in %dx%d", root.w, root.h)
		}
		time.Sleep(time.Hour) // timers that are no longer awaited run out
	})
}
