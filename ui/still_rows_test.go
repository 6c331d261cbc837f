package ui

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
)

// flicker is a program that draws random screens: rows with and without wide characters that stay,
// change, move and go.
type flicker struct {
	random        *rand.Rand
	width, height int
	rows          []string
}

func (f *flicker) Init() tea.Cmd { return nil }

func (f *flicker) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		f.width, f.height = size.Width, size.Height
	}
	for len(f.rows) < 40 {
		f.rows = append(f.rows, f.line())
	}
	from := f.random.IntN(20)
	switch f.random.IntN(6) {
	case 0, 1:
		f.rows[from] = f.line()
	case 2: // a part scrolls up
		for range 1 + f.random.IntN(3) {
			f.rows = append(append(f.rows[:from:from], f.rows[from+1:]...), f.line())
		}
	case 3: // a part scrolls down
		for range 1 + f.random.IntN(3) {
			f.rows = append(append(f.rows[:from:from], f.line()), f.rows[from:39]...)
		}
	case 4:
		for range 5 {
			f.rows[f.random.IntN(20)] = f.line()
		}
	case 5:
		f.rows[from] = ""
	}
	return f, nil
}

func (f *flicker) line() string {
	words := []string{"да 👍", "цена", "🎉", "hello", "20 %", "字", "❤", "👩🤝👨", "\x1b[1mжирно\x1b[m",
		"\x1b[38;5;103mтускло",
		"\x1b[7m▸", "é", "🇧🇾", "        ", "слово"}
	var b strings.Builder
	for range f.random.IntN(9) {
		b.WriteString(words[f.random.IntN(len(words))] + " ")
	}
	return b.String() + "\x1b[m"
}

func (f *flicker) View() tea.View {
	v := tea.NewView(strings.Join(f.rows[:min(len(f.rows), f.height)], "\n"))
	v.AltScreen = true
	return v
}

// emulated is a terminal that can be looked at.
type emulated struct {
	mu    sync.Mutex
	term  *vt.Emulator
	bytes int
}

func (e *emulated) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.bytes += len(p)
	// What is not a terminal device is taken for one that returns to the first column at a new
	// line.
	if _, err := e.term.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (e *emulated) resize(w, h int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.term.Resize(w, h)
}

func (e *emulated) shown() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := e.term.CursorPosition()
	return fmt.Sprintf("%s\n%d,%d", e.term.Render(), at.X, at.Y)
}

// Whatever is drawn, a terminal that is not sent rows again shows the same as one that is.
func TestRowsThatAreNotSentAgainStandThereAlready(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		synctest.Test(t, func(t *testing.T) {
			whole := &emulated{term: vt.NewEmulator(80, 24)}
			saved := &emulated{term: vt.NewEmulator(80, 24)}
			go func() { _, _ = io.Copy(io.Discard, whole.term) }()
			go func() { _, _ = io.Copy(io.Discard, saved.term) }()
			still, resized := newStillRows(saved)
			f := &flicker{random: rand.New(rand.NewPCG(seed, 1)), width: 80, height: 24}
			program := tea.NewProgram(f, tea.WithInput(nil), tea.WithOutput(io.MultiWriter(whole, still)),
				tea.WithFilter(resized), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24),
				tea.WithContext(context.WithoutCancel(t.Context())), tea.WithColorProfile(colorprofile.ANSI256),
				tea.WithEnvironment([]string{"TERM=xterm-256color"}))
			ended := make(chan error, 1)
			go func() {
				_, err := program.Run()
				ended <- err
			}()
			for step := range 400 {
				switch {
				case step%70 == 69: // something else writes on both, and the person asks for all to be drawn
					for _, e := range []*emulated{whole, saved} {
						if _, err := e.Write([]byte("\x1b[3;1H\x1b[J\x1b[7;7Hgarbage")); err != nil {
							t.Fatal(err)
						}
					}
					program.Send(tea.ClearScreen())
				case step%50 == 49:
					w, h := 40+f.random.IntN(60), 6+f.random.IntN(30)
					whole.resize(w, h)
					saved.resize(w, h)
					program.Send(tea.WindowSizeMsg{Width: w, Height: h})
				default:
					program.Send(step)
				}
				time.Sleep(50 * time.Millisecond)
				synctest.Wait()
				if want, got := whole.shown(), saved.shown(); got != want {
					t.Errorf("seed %d, step %d: the screen is\n%s\nand not\n%s", seed, step, got, want)
					break
				}
			}
			program.Quit()
			if err := <-ended; err != nil {
				t.Error(err)
			}
			if saved.bytes >= whole.bytes*9/10 {
				t.Errorf("%d bytes of %d were sent", saved.bytes, whole.bytes)
			}
			_ = whole.term.Close()
			_ = saved.term.Close()
			time.Sleep(time.Hour) // timers that are no longer awaited run out
		})
	}
}

// Rows that scroll are known where they are then, and nowhere else.
func TestARepaintIsKnownWhereItsRowHasScrolledTo(t *testing.T) {
	t.Parallel()
	repaint := func(row int) string {
		return fmt.Sprintf("\x1b[?7l\x1b[%d;1H\x1b[K👍\x1b[?7h\x1b[%d;3H", row, row)
	}
	for scroll, to := range map[string]int{
		"\x1b[15;20r\x1b[15;1H\x1b[3T\x1b[1;24r": 19,
		"\x1b[15;20r\x1b[20;1H\x1b[S\x1b[1;24r":  15,
		"\x1b[15;20r\x1b[20;1H\n\x1b[1;24r":      15,
		"\x1b[15;20r\x1b[15;1H\x1bM\x1b[1;24r":   17,
		"\x1b[17;20r\x1b[20;1H\n\x1b[1;24r":      16,
		"\x1b[24;1H\n":                           15,
		"\x1b[23;1H\n":                           16,
		"\x1b[5;1H\x1b[J":                        0,
		"\x1b[5;1H\x1b[2M":                       0,
	} {
		var out bytes.Buffer
		still, resized := newStillRows(&out)
		resized(nil, tea.WindowSizeMsg{Width: 80, Height: 24})
		for _, s := range []string{repaint(16), scroll} {
			if _, err := still.Write([]byte(s)); err != nil {
				t.Fatal(err)
			}
		}
		for row := 1; row <= 24; row++ {
			out.Reset()
			if _, err := still.Write([]byte(repaint(row))); err != nil {
				t.Fatal(err)
			}
			if dropped := !strings.Contains(out.String(), "👍"); dropped != (row == to) {
				t.Errorf("%q: the repaint of row %d is dropped: %t", scroll, row, dropped)
			}
		}
	}
}
