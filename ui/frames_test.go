package ui

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/kit"
)

// lastWrite remembers when something was drawn.
type lastWrite struct {
	mu sync.Mutex
	at time.Time
}

func (w *lastWrite) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = time.Now()
	return len(p), nil
}

func TestAnIdleDashboardLooksSeldomForSomethingToDrawAndDrawsAKeyAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out lastWrite
		f, root := &frames{}, New(options(newFakeStore(start)))
		ctx, leave := context.WithCancel(t.Context())
		root.d.Ctx = ctx
		program := tea.NewProgram(drawing{root, f}, tea.WithInput(nil), tea.WithOutput(&out),
			tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24), tea.WithEnvironment([]string{"TERM=xterm"}))
		f.program = program
		ended := make(chan error, 1)
		go func() { _, err := program.Run(); ended <- err }()
		for range 3 {
			time.Sleep(slowTick - awakeFor)
			synctest.Wait()
			f.mu.Lock()
			awake, found := f.awake, f.ticker != nil
			f.mu.Unlock()
			if awake || !found {
				t.Errorf("the ticker of the renderer runs (%v) or was not found (%v)", awake, found)
			}
			pressed := time.Now()
			program.Send(tea.KeyPressMsg{Code: '?', Text: "?"}) // opens the help, and closes it
			time.Sleep(frameEvery)
			synctest.Wait()
			out.mu.Lock()
			if out.at.Before(pressed) {
				t.Errorf("nothing was drawn within %s of a key", frameEvery)
			}
			out.mu.Unlock()
		}
		answer := func() time.Time { // what it shows is as old as it says
			program.Send(kit.Result{Apply: func() tea.Cmd { return nil }})
			time.Sleep(3 * awakeFor)
			synctest.Wait()
			f.mu.Lock()
			defer f.mu.Unlock()
			return f.last
		}
		time.Sleep(slowTick / 2)
		if drawn := answer(); answer() != drawn || f.awake {
			t.Error("the ticker runs although nothing on screen has changed")
		}
		program.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		f.stop()
		leave()
		time.Sleep(time.Hour) // what waits for its time ends
	})
}
