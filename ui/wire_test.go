package ui

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// counted is a terminal that counts the bytes it receives.
type counted struct {
	mu sync.Mutex
	bytes.Buffer
}

func (c *counted) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Buffer.Write(p)
}

func (c *counted) sent() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Len()
}

// Over SSH the line is the bottleneck, not the processor. The bounds are twice what is sent today.
// Replies have a detail that changes too.
func TestKeysAreShortOnTheWire(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, tab, key string
		most           int
	}{
		{"cursor down in recipients", "3", "j", 110},
		{"cursor down in campaigns", "2", "j", 110},
		{"cursor down in replies", "1", "j", 340},
		{"page down in recipients", "3", "pgdown", 1400},
		{"page down in campaigns", "2", "pgdown", 3000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var terminal counted
				root := New(options(newFakeStore(start)))
				ctx, cancel := context.WithCancel(t.Context())
				root.d.Ctx = ctx
				still, resized := newStillRows(&terminal)
				program := tea.NewProgram(root, tea.WithInput(nil), tea.WithOutput(still), tea.WithFilter(resized),
					tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24),
					tea.WithColorProfile(colorprofile.ANSI256), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
				ended := make(chan error, 1)
				go func() {
					_, err := program.Run()
					ended <- err
				}()
				press := func(key string) int {
					before := terminal.sent()
					program.Send(pressed(key))
					time.Sleep(200 * time.Millisecond)
					synctest.Wait()
					return terminal.sent() - before
				}
				time.Sleep(200 * time.Millisecond)
				press(tt.tab)
				press("j")
				if n := press(tt.key); n == 0 || n > tt.most {
					t.Errorf("%d bytes, at most %d", n, tt.most)
				}
				program.Quit()
				if err := <-ended; err != nil {
					t.Error(err)
				}
				cancel()
				time.Sleep(time.Hour) // timers that are no longer awaited run out
			})
		})
	}
}
