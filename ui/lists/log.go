package lists

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Logs lists each request to a vendor. Secrets never reach it.
type Logs struct{ kit.ListScreen[model.LogEntry] }

// NewLog makes the log screen.
func NewLog(d *kit.Deck) *Logs {
	s := &Logs{}
	s.List = kit.NewList(d, model.LogRows(),
		func(v model.LogEntry) string { return strconv.FormatInt(v.ID, 10) }, logColumns())
	s.Natural, s.Orders = "newest first", logOrders()
	s.Tables = [][]kit.Binding{s.ownKeys(), s.SortKeys(), s.ListKeys()}
	s.Empty = "No vendor was asked anything yet."
	return s
}

func (s *Logs) ownKeys() []kit.Binding {
	return []kit.Binding{
		{Action: kit.ActOpen, Keys: []string{"enter"}, Short: "open", Help: "everything about this request",
			Do: s.On(func(v model.LogEntry) tea.Cmd {
				s.D.Open(&requestBox{d: s.D, of: v})
				return nil
			}), Why: s.Unless(nil)},
		{Action: kit.ActCopy, Keys: []string{"y"},
			Help: "copy the request and its result to your own computer's clipboard",
			Do: s.On(func(v model.LogEntry) tea.Cmd {
				return s.D.Copied(strings.Join(term.NonEmpty(v.At.UTC().Format(time.RFC3339), v.Account, v.Method,
					strconv.Itoa(v.Status), v.Result.String()), " "))
			}), Why: s.Unless(nil)},
	}
}

func logColumns() []kit.Column[model.LogEntry] {
	return []kit.Column[model.LogEntry]{
		{Title: "time", Width: 8, Cell: func(d *kit.Deck, v model.LogEntry) kit.Cell {
			return kit.Cell{Text: d.SecondOrDay(v.At), Tone: term.Dim}
		}},
		{Title: "account", Width: 9, Drop: 3, Cell: func(_ *kit.Deck, v model.LogEntry) kit.Cell {
			return kit.Cell{Text: v.Account, Tone: term.Dim}
		}},
		{Title: "request", Width: 16, Grow: 2, Cell: func(_ *kit.Deck, v model.LogEntry) kit.Cell {
			return kit.Cell{Text: v.Method, Tone: term.Plain}
		}},
		{Title: "http", Width: 4, Right: true, Drop: 2, Cell: func(_ *kit.Deck, v model.LogEntry) kit.Cell {
			if v.Status == 0 {
				return kit.Cell{Text: "—", Tone: term.Bad}
			}
			return kit.Cell{Text: strconv.Itoa(v.Status), Tone: term.Plain}
		}},
		{Title: "took", Width: 6, Right: true, Drop: 1,
			Cell: func(d *kit.Deck, v model.LogEntry) kit.Cell {
				return kit.Cell{Text: d.Took(v.Duration), Tone: term.Plain}
			}},
		{Title: "try", Width: 3, Right: true, Drop: 4,
			Cell: func(_ *kit.Deck, v model.LogEntry) kit.Cell {
				return kit.Cell{Text: strconv.Itoa(v.Try), Tone: term.Dim}
			}},
		{Title: "bytes", Width: 7, Right: true, Drop: 5,
			Cell: func(_ *kit.Deck, v model.LogEntry) kit.Cell {
				return kit.Cell{Text: lang.Count(v.Bytes), Tone: term.Dim}
			}},
		{Title: "result", Width: 8, Grow: 3, Cell: func(d *kit.Deck, v model.LogEntry) kit.Cell {
			if v.Result.String() == "ok" {
				return kit.Cell{Text: d.Tr("ok"), Tone: term.Good}
			}
			return kit.Cell{Text: d.Text(v.Result), Tone: term.Bad}
		}},
	}
}

func logOrders() []kit.Order {
	return []kit.Order{
		{By: "duration", Title: "took"},
		{By: "status", Ascending: true},
	}
}

// roomForAbout is the height from which the log and the blacklist show below the list what its
// columns had to cut.
const roomForAbout = 14

// View draws the screen within the given width and height.
func (s *Logs) View(w, h int) []string {
	if h < roomForAbout {
		return s.List.View(w, h)
	}
	return s.List.ViewAbout(w, h, s.about)
}

// about returns all details of one request, for columns that had to be cut or left out.
func (s *Logs) about(v model.LogEntry) []kit.Fact { return requestFacts(s.D, v)[:2] }
