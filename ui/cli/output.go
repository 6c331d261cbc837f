package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// column is one field of a list: its name in JSON and CSV, its value, and its width in a table.
type column[T any] struct {
	name  string
	value func(T) any // as in model.RowField
	width int         // columns on screen; 0 leaves it out of tables
}

// text returns a string value, nil if empty: what a vendor did not report is unknown.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// newSink chooses JSON Lines, CSV or a table.
func newSink[T any](p *program, columns []column[T], zone *time.Location) model.RowWriter[T] {
	fields := make([]model.RowField[T], len(columns))
	for i, c := range columns {
		fields[i] = model.RowField[T]{Name: c.name, Value: c.value}
	}
	switch {
	case p.json:
		return model.NewJSONLines(p.Out, fields)
	case p.csv:
		if p.excel {
			return model.NewSpreadsheet(p.Out, fields, p.Env.SpreadsheetSeparator())
		}
		return model.NewCSV(p.Out, fields)
	}
	return &tableSink[T]{out: bufio.NewWriter(p.Out), columns: fitted(columns, width(p.Out)), zone: zone}
}

// printRows prints rows in the format that the person asked for.
func printRows[T any](p *program, columns []column[T], zone *time.Location, rows ...T) error {
	out := newSink(p, columns, zone)
	for _, r := range rows {
		if err := out.Row(r); err != nil {
			return err
		}
	}
	return out.End()
}

// leastColumn is the width down to which table columns shrink before the last ones are left out.
const leastColumn = 16

// fitted returns the columns of a table adapted to a terminal of the given width, 0 for unlimited:
// the widest shrink first.
func fitted[T any](columns []column[T], w int) []column[T] {
	shown := slices.DeleteFunc(slices.Clone(columns), func(c column[T]) bool { return c.width == 0 })
	for over := total(shown) - w; w > 0 && over > 0; over = total(shown) - w {
		widest := 0
		for i, c := range shown {
			if c.width > shown[widest].width {
				widest = i
			}
		}
		switch {
		case shown[widest].width > leastColumn:
			shown[widest].width--
		case len(shown) > 1:
			shown = shown[:len(shown)-1]
		default:
			return shown
		}
	}
	return shown
}

// total returns the width of a table.
func total[T any](columns []column[T]) int {
	n := -2
	for _, c := range columns {
		n += c.width + 2
	}
	return n
}

type tableSink[T any] struct {
	out     *bufio.Writer
	columns []column[T]
	zone    *time.Location
	rows    int
}

func (s *tableSink[T]) line(texts func(column[T]) string) error {
	var b strings.Builder
	for _, c := range s.columns {
		b.WriteString(pad(texts(c), c.width) + "  ")
	}
	_, err := io.WriteString(s.out, strings.TrimRight(b.String(), " ")+"\n")
	return err
}

func (s *tableSink[T]) Row(r T) error {
	if s.rows == 0 {
		if err := s.line(func(c column[T]) string { return strings.ToUpper(c.name) }); err != nil {
			return err
		}
	}
	s.rows++
	return s.line(func(c column[T]) string { return c.inZone(r, s.zone, "—") })
}

// inZone returns the value as a person reads it, with times in their zone.
func (c column[T]) inZone(r T, zone *time.Location, unknown string) string {
	v := c.value(r)
	if t, ok := v.(time.Time); ok && !t.IsZero() {
		return minute(t, zone)
	}
	return model.SanitiseLine(model.PlainText(model.Plain(v), unknown))
}

func (s *tableSink[T]) End() error {
	return s.out.Flush()
}

// minute writes a time in a table.
func minute(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04") }

// moment writes a time in a sentence, with the zone.
func (d *session) moment(t time.Time) string {
	return t.In(d.config.Location()).Format("2006-01-02 15:04 MST")
}

// pad cuts or fills a text to exactly w terminal columns.
func pad(s string, w int) string {
	s = ansi.Truncate(s, w, "…")
	return s + strings.Repeat(" ", max(0, w-ansi.StringWidth(s)))
}

// bar is a progress bar on standard error: on a terminal one line that is redrawn, elsewhere an
// occasional line.
type bar struct {
	p     *program
	name  string
	live  bool
	last  time.Time
	shown string
}

// barLine is one state of a bar. A total of 0 shows no bar.
type barLine struct {
	done, total int64
	text        string
	short       string // the text for a narrow line; empty: the same
}

// quietLines is how often a bar prints a line if there is no terminal.
const quietLines = 5 * time.Second

func newBar(p *program, name string) *bar { return &bar{p: p, name: name, live: terminal(p.Err)} }

func (b *bar) show(l barLine) {
	now := b.p.now()
	columns := 0
	if b.live {
		columns = cmp.Or(width(b.p.Err), 80) - 1
	}
	line := l.in(b.name, columns)
	if line == b.shown {
		return
	}
	if b.live {
		_, _ = fmt.Fprintf(b.p.Err, "\r\x1b[K%s", line)
	} else if b.shown == "" || now.Sub(b.last) >= quietLines {
		b.last = now
		b.p.note("%s", line)
	}
	b.shown = line
}

// in returns the line within the given number of columns, 0 for unlimited: the picture shrinks
// first, then the short text replaces the text.
func (l barLine) in(name string, columns int) string {
	const most, least = 24, 6
	before, count := name+"  ", ""
	if l.total > 0 {
		count = fmt.Sprintf("%d/%d  ", l.done, l.total)
	}
	text, picture := l.text, most
	if columns > 0 {
		room := func() int { return columns - ansi.StringWidth(before+count+text) }
		if room() < 0 {
			text = cmp.Or(l.short, text)
		}
		picture = min(most, room()-len("[] "))
	}
	if l.total > 0 && picture >= least {
		full := int(l.done * int64(picture) / l.total)
		before += "[" + strings.Repeat("#", full) + strings.Repeat("·", picture-full) + "] "
	}
	if columns == 0 {
		return before + count + text
	}
	return ansi.Truncate(before+count+text, columns, "…")
}

func (b *bar) end() {
	if b.live && b.shown != "" {
		_, _ = fmt.Fprintln(b.p.Err)
	}
}

// confirmNumber requires the number of people concerned: from the flag --confirm (-1: not given),
// or typed at a terminal. The texts say who they are and that nothing has happened.
func (p *program) confirmNumber(want model.Figure, given int64, who, typed, nothing string) error {
	if given >= 0 {
		if !want.Known || given != want.N {
			return usage("--confirm %d is not the number of %s, %s; %s", given, who, want, nothing)
		}
		return nil
	}
	if !terminal(p.In) {
		return usage("%s: there is no terminal to confirm at; pass --confirm %s", nothing, want)
	}
	line, err := p.typed("Type the number of %s, anything else stops: ", typed)
	if err != nil {
		return err
	}
	if n, err := strconv.ParseInt(line, 10, 64); err != nil || !want.Known || n != want.N {
		return usage("that is not %s; %s", want, nothing)
	}
	return nil
}

// typed asks at the terminal and returns the line that the person types.
func (p *program) typed(question string, args ...any) (string, error) {
	_, _ = fmt.Fprintf(p.Err, question, args...)
	line, err := bufio.NewReader(p.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the confirmation: %w", err)
	}
	return strings.TrimSpace(line), nil
}
