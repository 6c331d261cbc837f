package kit

import (
	"math"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// farthest is beyond the end of any text.
const farthest = math.MaxInt / 2

// Pager scrolls text that is longer than its room; all dialogs and panes use it.
type Pager struct {
	Top     int  // number of the first visible line
	ByPages bool // the arrows mean something else, and the person is told the keys that scroll
	room    int  // how many lines were visible when it was last drawn
}

// page is the number of lines of a page: those that were visible, except one that stays and the one
// in whose place Visible says that there is more.
func (p *Pager) page() int { return max(1, p.room-2) }

// By scrolls by lines. Where the text ends is known only when it is drawn.
func (p *Pager) By(lines int) { p.Top = max(0, p.Top+lines) }

// Keys returns the table of the keys that scroll a pane of a screen.
func (p *Pager) Keys() []Binding {
	by := func(lines func() int) func() tea.Cmd {
		return func() tea.Cmd {
			p.By(lines())
			return nil
		}
	}
	return For(GoalMove, []Binding{
		{Action: ActUp, Keys: []string{"up", "k"}, Help: "scroll up", Do: by(func() int { return -1 })},
		{Action: ActDown, Keys: []string{"down", "j"}, Help: "scroll down", Do: by(func() int { return 1 })},
		{Action: ActHalfUp, Keys: []string{"ctrl+u"}, Help: "half a page up",
			Do: by(func() int { return -p.half() })},
		{Action: ActHalfDown, Keys: []string{"ctrl+d"}, Help: "half a page down", Do: by(p.half)},
		{Action: ActPageUp, Keys: []string{"pgup"}, Help: "a page up", Do: by(func() int { return -p.page() })},
		{Action: ActPageDown, Keys: []string{"pgdown"}, Help: "a page down", Do: by(p.page)},
		{Action: ActFirst, Keys: []string{"g", "home"}, Help: "the beginning of the text",
			Do: by(func() int { return -p.Top })},
		{Action: ActLast, Keys: []string{"G", "end"}, Help: "the end of the text",
			Do: by(func() int { return farthest - p.Top })},
	})
}

func (p *Pager) half() int { return max(1, p.page()/2) }

// Scroll carries out a key in a dialog and reports whether it is one that scrolls.
func (p *Pager) Scroll(key tea.KeyPressMsg) bool {
	b, ok := Find(Command(key), p.Keys())
	if ok {
		b.Do()
	}
	return ok
}

// ScrollBesideField is Scroll in a dialog with a text field, which receives all keys that type
// text.
func (p *Pager) ScrollBesideField(key tea.KeyPressMsg) bool { return key.Text == "" && p.Scroll(key) }

// Range returns which of n lines are visible in a room.
func (p *Pager) Range(n, room int) (from, to int) {
	p.room = max(0, room)
	p.Top = max(0, min(p.Top, n-p.room))
	return p.Top, min(n, p.Top+p.room)
}

// AtEnd reports whether the last of n lines is visible.
func (p *Pager) AtEnd(n int) bool { return p.Top+p.room >= n }

// Visible returns the lines for which there is room, and says how many more follow.
func (p *Pager) Visible(d *Deck, lines []string, room int) []string {
	from, to := p.Range(len(lines), room)
	seen := slices.Clone(lines[from:to])
	if more := len(lines) - to; len(seen) > 1 && more > 0 {
		text := "↓ " + d.Tr("%s more", d.Plural(int64(more+1), "line", "lines"))
		if p.ByPages {
			text = d.Tr("↓ %s more; PgDn", lang.Count(int64(more+1)))
		}
		seen[len(seen)-1] = d.Style.Paint(term.Warn, text)
	}
	return seen
}
