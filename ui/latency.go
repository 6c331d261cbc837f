package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// How the dashboard behaves on a slow line.
const (
	slowFrom      = 150 * time.Millisecond // round trip from which a line is slow
	quickBelow    = 100 * time.Millisecond // and below which it is not any more
	slowFrame     = 200 * time.Millisecond // at least so much between two frames
	slowAges      = presencePause          // how often ages are drawn anew
	slowCountdown = 3 * time.Second        // the same while something counts down
	slowChanges   = 3 * time.Second        // changes within this time are read and drawn at once
)

// latency is what is known of the line to the person's terminal, and the frame that waits for it.
// The round trip is measured by asking the terminal for its cursor, at most once in a heartbeat; a
// terminal that does not answer is not asked again.
type latency struct {
	remote bool          // the program runs at the far end of SSH
	asked  time.Time     // when the question under way left; zero: there is none
	took   time.Duration // the last round trip; 0: not known
	late   bool          // the last round trip was that of a slow line
	frame  kit.Slot
	held   bool // a frame waits, and the one before stays until then
	at     time.Time
	drawn  string // the last frame
}

// overSSH reports whether an environment is that of a session over SSH.
func overSSH(env []string) bool {
	for _, e := range env {
		if name, v, _ := strings.Cut(e, "="); v != "" && (name == "SSH_TTY" || name == "SSH_CONNECTION") {
			return true
		}
	}
	return false
}

// probe measures the round trip, unless an answer is still under way: then it has taken so long
// already.
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

// answered takes the terminal's answer.
func (w *latency) answered(now time.Time) {
	if !w.asked.IsZero() {
		w.learn(now.Sub(w.asked))
		w.asked = time.Time{}
	}
}

// learn keeps a round trip. A line between slow and quick stays what it was, so that the screen
// does not change its pace all the time.
func (w *latency) learn(took time.Duration) {
	w.took = max(took, 1)
	w.late = took >= slowFrom || w.late && took >= quickBelow
}

// echoes says that a key is half of the terminal's answer: with the cursor in the first line it
// looks like F3 as well.
func (w *latency) echoes(key tea.KeyPressMsg) bool { return !w.asked.IsZero() && key.Code == tea.KeyF3 }

// slow reports whether the dashboard spares the line: as configured, or as measured.
func (r *Root) slow() bool {
	switch r.d.SlowLine {
	case model.SlowLineOn:
		return true
	case model.SlowLineOff:
		return false
	}
	return r.latency.late
}

// pace lets the first frame after a pause go at once and what follows soon after wait, so that a
// held key draws a few screens and not all it passed.
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

// shown gives the frame: a new one, or the one before while the line is spared.
func (r *Root) shown() string {
	if r.latency.held {
		return r.latency.drawn
	}
	content := r.draw()
	if r.signs != nil {
		content = r.signs.Replace(content)
	}
	r.latency.drawn = content
	return content
}

// slowSegment says on the status line that frames are fewer, and why.
func (r *Root) slowSegment() (segment, bool) {
	if !r.slow() {
		return segment{}, false
	}
	text := r.d.Tr("slow line")
	if r.latency.took > 0 {
		text = r.d.Tr("slow line %d ms", r.latency.took.Milliseconds())
	}
	return segment{text: text, short: r.d.Tr("slow line"), tone: term.Warn, keep: 61}, true
}
