package ui

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// stillRows is a terminal that is not sent a row again which stands there already. The terminal
// library repaints every row that holds a wide character in each frame, changed or not: it erases
// the row and writes it between switching the wrapping off and on, and then names the place of the
// cursor. Such a repaint is dropped, but for the colours it leaves, if it is the one that was last
// sent for its row. The library changes such a row by another repaint only; whatever may move or
// erase rows makes all of them forgotten.
type stillRows struct {
	io.Writer
	mu     sync.Mutex
	rows   map[int]string // the last repaint of each row: the colours before it, and what was written
	pen    string         // the colours set since they were last reset
	row    int            // of the cursor, from 1; 0: unknown
	height int            // of the terminal; 0: unknown
	top    int            // the first and the last row that scroll; 0: all
	bottom int
	place  [2]int // where the place of the cursor after a dropped repaint begins and ends in the output
}

// stillFile keeps all terminal methods that Bubble Tea uses.
type stillFile struct {
	term.File
	*stillRows
}

func (f stillFile) Write(p []byte) (int, error) { return f.stillRows.Write(p) }

// newStillRows returns the terminal to draw on, and a filter of messages that must see each change
// of its size before it is drawn.
func newStillRows(out io.Writer) (io.Writer, func(tea.Model, tea.Msg) tea.Msg) {
	s := &stillRows{Writer: out, rows: map[int]string{}}
	resized := func(_ tea.Model, msg tea.Msg) tea.Msg {
		if size, ok := msg.(tea.WindowSizeMsg); ok {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.height, s.row, s.top, s.bottom = size.Height, 0, 0, 0
			clear(s.rows)
		}
		return msg
	}
	if f, ok := out.(term.File); ok {
		return stillFile{f, s}, resized
	}
	return s, resized
}

// Write sends what is drawn without the repaints of rows that stand there already.
func (s *stillRows) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.Writer.Write(s.without(p)); err != nil {
		clear(s.rows)
		return 0, err
	}
	return len(p), nil
}

// repaint is a row being read that the library repaints.
type repaint struct {
	begin  int // where it begins in the output
	pen    string
	erased bool
	drawn  strings.Builder // what makes the row, after it was erased
	odd    bool            // holds something that no repaint does
	ended  bool            // the wrapping is on again: the place of the cursor follows
}

// without returns the output without the repaints that change nothing.
func (s *stillRows) without(p []byte) []byte {
	var out bytes.Buffer
	var at *repaint
	s.place = [2]int{-1, -1}
	state := ansi.NormalState
	for len(p) > 0 {
		seq, width, n, next := ansi.DecodeSequence(p, state, nil)
		state, p = next, p[n:]
		began := out.Len()
		out.Write(seq)
		token := string(seq)
		switch {
		case token == ansi.ResetModeAutoWrap:
			at = &repaint{begin: began, pen: s.pen}
		case at != nil && at.ended:
			s.settle(&out, at, token)
			at = nil
			s.follow(token)
		case at != nil:
			s.collect(at, token, width)
		case width == 0:
			s.follow(token)
		}
	}
	if at != nil || state != ansi.NormalState {
		clear(s.rows)
	}
	return out.Bytes()
}

// collect reads on in a repaint.
func (s *stillRows) collect(r *repaint, token string, width int) {
	switch {
	case token == ansi.SetModeAutoWrap:
		r.ended = true
	case width > 0:
		r.odd = r.odd || !r.erased
		r.drawn.WriteString(token)
	case final(token) == 'm':
		s.follow(token)
		if r.erased {
			r.drawn.WriteString(token)
		}
	case token == ansi.EraseLineRight && !r.erased:
		r.erased = true
		r.drawn.WriteString(s.pen + "\n")
	default: // a move to the row, and nothing else
		r.odd = r.odd || r.erased
		s.follow(token)
	}
}

// settle drops a repaint that was read whole if its row stands there already, and remembers it
// otherwise. The place of the cursor after it, which names the row, stays.
func (s *stillRows) settle(out *bytes.Buffer, r *repaint, place string) {
	var row, column int
	if _, err := fmt.Sscanf(place, "\x1b[%d;%dH", &row, &column); err != nil ||
		place != ansi.CursorPosition(column, row) {
		clear(s.rows)
		return
	}
	drawn := r.drawn.String()
	switch {
	case r.odd || !r.erased:
		delete(s.rows, row)
	case s.rows[row] == drawn:
		out.Truncate(r.begin)
		if s.pen != r.pen {
			out.WriteString(ansi.ResetStyle + s.pen)
		}
		if s.place[1] == out.Len() { // another place follows at once
			out.Truncate(s.place[0])
		}
		s.place[0] = out.Len()
		out.WriteString(place)
		s.place[1] = out.Len()
	default:
		s.rows[row] = drawn
	}
}

// follow keeps track of the colours, of the cursor's row and of what scrolls, and forgets all rows
// where one may have been changed otherwise.
func (s *stillRows) follow(token string) {
	switch f := final(token); f {
	case 'm':
		if s.pen += token; token == ansi.ResetStyle {
			s.pen = ""
		}
	case 'H', 'd':
		s.row = number(token)
	case 'A':
		s.moved(-number(token))
	case 'B':
		s.moved(number(token))
	case 'C', 'D', 'G', 'K', 'X', 'P', '@', 'b': // within a row
	case 'S':
		s.scrolled(number(token))
	case 'T':
		s.scrolled(-number(token))
	case 'r':
		s.top, s.bottom = 0, 0
		_, _ = fmt.Sscanf(token, "\x1b[%d;%dr", &s.top, &s.bottom)
		s.row = 1
	default:
		switch {
		case token == "\n" && s.row > 0 && s.row == cmp.Or(s.bottom, s.height):
			s.scrolled(1)
		case token == "\n" && s.row > 0 && s.row < s.height:
			s.row++
		case token == "\x1bM" && s.row > 0 && s.row == max(s.top, 1):
			s.scrolled(-1)
		case token == "\r" || token == "\b" || token == "\t" || strings.HasPrefix(token, "\x1b]"):
		case token == ansi.ShowCursor || token == ansi.HideCursor || strings.HasPrefix(token, "\x1b[?2026"):
		default:
			s.row = 0
			clear(s.rows)
		}
	}
}

// moved moves the cursor by rows.
func (s *stillRows) moved(by int) {
	if s.row > 0 {
		s.row = max(1, s.row+by)
	}
}

// scrolled moves the rows that scroll up, or down if by is negative. Those that come in are blank.
func (s *stillRows) scrolled(by int) {
	top, bottom := max(s.top, 1), cmp.Or(s.bottom, s.height)
	moved := make(map[int]string, len(s.rows))
	for row, drawn := range s.rows {
		if row < top || row > bottom {
			moved[row] = drawn
		} else if to := row - by; to >= top && to <= bottom {
			moved[to] = drawn
		}
	}
	s.rows = moved
}

// number returns the first number of a control sequence, 1 if it has none.
func number(token string) int {
	n := 1
	_, _ = fmt.Sscanf(token, "\x1b[%d", &n)
	return max(1, n)
}

// final returns the letter that ends a plain control sequence, 0 for anything else.
func final(token string) byte {
	if len(token) < 3 || token[:2] != "\x1b[" || token[2] > '9' && len(token) > 3 {
		return 0
	}
	return token[len(token)-1]
}
