package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// How the dashboard behaves on a slow line.
const (
	slowFrom      = 150 * time.Millisecond // round trip from which a line is slow
	quickBelow    = 100 * time.Millisecond // and below which it no longer is
	slowFrame     = 200 * time.Millisecond // minimum time between two frames
	slowAges      = presencePause          // how often ages are redrawn
	slowCountdown = 3 * time.Second        // the same while something counts down
	slowChanges   = 3 * time.Second        // changes within this time are read and drawn at once
)

// latency is what is known about the connection to the person's terminal, and the frame that waits
// for it. The round trip is measured by asking the terminal for its cursor position, at most once
// per heartbeat; a terminal that does not answer is not asked again.
type latency struct {
	remote bool          // the program runs on the remote side of SSH
	asked  time.Time     // when the pending question was sent; zero: none
	took   time.Duration // the last round trip; 0: unknown
	late   bool          // the last round trip was slow
	frame  kit.Slot
	held   bool // a frame is waiting, and the previous one is shown until then
	at     time.Time
	drawn  string // the last frame
}

// probe measures the round trip, unless an answer is still pending: then the round trip has already
// taken that long.
func (w *latency) probe(now time.Time) tea.Cmd {
	switch {
	case !w.remote:
		return nil
	case w.asked.IsZero():
		w.asked = now
		return tea.RequestCursorPosition
	case w.took > 0:
		w.learn(now.Sub(w.asked))
	}
	return nil
}

// answered handles the terminal's answer.
func (w *latency) answered(now time.Time) {
	if !w.asked.IsZero() {
		w.learn(now.Sub(w.asked))
		w.asked = time.Time{}
	}
}

// learn stores a round trip. A line between slow and quick keeps its state, so that the screen does
// not keep changing its pace.
func (w *latency) learn(took time.Duration) {
	w.took = max(took, 1)
	w.late = took >= slowFrom || w.late && took >= quickBelow
}

// echoes reports whether a key is half of the terminal's answer: with the cursor in the first line
// the answer also looks like F3.
func (w *latency) echoes(key tea.KeyPressMsg) bool { return !w.asked.IsZero() && key.Code == tea.KeyF3 }

// slow reports whether the dashboard saves traffic on the line, as configured or as measured.
func (r *Root) slow() bool {
	switch r.d.SlowLine {
	case model.SlowLineOn:
		return true
	case model.SlowLineOff:
		return false
	}
	return r.latency.late
}

// pace draws the first frame after a pause at once and delays those that follow soon after, so that
// a held key draws a few screens instead of every one it passes.
func (r *Root) pace(msg tea.Msg) tea.Cmd {
	w := &r.latency
	_, resized := msg.(tea.WindowSizeMsg)
	since := r.d.Now.Sub(w.at)
	switch {
	case !r.slow() || resized || since >= slowFrame:
		w.held, w.at = false, r.d.Now
		w.frame.Forget()
	case !w.held:
		w.held = true
		return kit.Later(&w.frame, slowFrame-since, func() tea.Cmd { return nil })
	}
	return nil
}

// shown returns the frame: a new one, or the previous one while the line is being spared.
func (r *Root) shown() string {
	if r.latency.held {
		return r.latency.drawn
	}
	content := r.draw()
	if r.ascii != nil {
		content = r.ascii.Replace(content)
	}
	r.latency.drawn = content
	return content
}

// slowSegment says in the status line that frames are less frequent, and why.
func (r *Root) slowSegment() (segment, bool) {
	if !r.slow() {
		return segment{}, false
	}
	text := r.d.Tr("slow line")
	if r.latency.took > 0 {
		text = r.d.Tr("slow line %d ms", r.latency.took.Milliseconds())
	}
	return segment{text: text, short: r.d.Tr("slow line"), tone: term.Warn, importance: 61}, true
}
