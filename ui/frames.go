package ui

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/kit"
)

const (
	frameEvery = time.Second / 60
	firstFrame = frameEvery / 2
	// awakeFor is how long to check for something to draw after the last view.
	awakeFor = 3 * frameEvery
	asleep   = time.Minute
)

// frames lets the renderer's ticker run only while there is something to draw. Bubble Tea checks 60
// times a second, which costs an idle dashboard more than everything else it does, and has no
// option for it: a lower rate would make keys slow.
type frames struct {
	program *tea.Program

	mu     sync.Mutex
	ticker *time.Ticker // the program's
	idle   *time.Timer
	awake  bool
	last   time.Time // when the last view that shows anything new was made

	answer bool     // the last message was an answer to a question of the dashboard's own
	drawn  tea.View // the last view
}

// drawing is the dashboard with the frames of the program that shows it.
type drawing struct {
	*Root
	frames *frames
}

// Update handles one message.
func (d drawing) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, d.frames.answer = msg.(kit.Result)
	_, cmd := d.Root.Update(msg)
	return d, cmd
}

// View returns what to draw next. Most answers of an idle dashboard change nothing on screen: the
// ticker sleeps on. Every other message may have made the program itself write something.
func (d drawing) View() tea.View {
	v := d.Root.View()
	if f := d.frames; !f.answer || !reflect.DeepEqual(v, f.drawn) {
		f.drawn = v
		f.wake()
	}
	return v
}

// wake draws the last view at once. It is called where the program calls View, because its ticker
// is running by then. A program without one draws as it likes.
func (f *frames) wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = time.Now()
	if f.awake {
		return
	}
	if f.ticker == nil {
		field := reflect.ValueOf(f.program).Elem().FieldByName("ticker")
		if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() || field.IsNil() {
			return
		}
		f.ticker = (*time.Ticker)(field.UnsafePointer())
		f.idle = time.AfterFunc(awakeFor, f.sleep)
	}
	f.awake = true
	f.ticker.Reset(firstFrame)
	f.idle.Reset(awakeFor)
}

// sleep slows the ticker down when there has been no view for a while.
func (f *frames) sleep() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.last) < awakeFor {
		f.ticker.Reset(frameEvery)
		f.idle.Reset(awakeFor)
		return
	}
	f.awake = false
	f.ticker.Reset(asleep)
}

// stop leaves the ticker to the program, which is ending.
func (f *frames) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.idle != nil {
		f.idle.Stop()
	}
}
