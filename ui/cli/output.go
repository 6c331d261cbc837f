package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// column is one field of a list: its name in JSON and CSV, its value, and its width in a table.
type column[T any] struct {
	name  string
	value func(T) any // string, *string, int64, bool, []string, time.Time, model.Figure, or nil for what nobody knows
	width int         // columns on screen; 0 leaves it out of tables
}

// text gives a string value, nil when empty: what a vendor did not say is not known.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// plain brings a value to one of string, int64, bool, []string or nil.
func plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UTC().Format(time.RFC3339)
	case model.Figure:
		if !v.Known {
			return nil
		}
		return v.N
	case *string:
		if v == nil {
			return nil
		}
		return *v
	case []string:
		if v == nil {
			return []string{}
		}
	}
	return v
}

// sink writes the rows of one list.
type sink[T any] interface {
	row(T) error
	end() error
}

// newSink chooses JSON Lines, CSV or a table.
func newSink[T any](p *program, columns []column[T], zone *time.Location) sink[T] {
	out := bufio.NewWriter(p.Out)
	switch {
	case p.json:
		return &jsonSink[T]{out, columns}
	case p.csv:
		return &csvSink[T]{out: out, csv: csv.NewWriter(out), columns: columns}
	}
	return &tableSink[T]{out: out, columns: columns, zone: zone}
}

type jsonSink[T any] struct {
	out     *bufio.Writer
	columns []column[T]
}

func (s *jsonSink[T]) row(r T) error {
	_ = s.out.WriteByte('{')
	for i, c := range s.columns {
		value, err := json.Marshal(plain(c.value(r)))
		if err != nil {
			return fmt.Errorf("write %s: %w", c.name, err)
		}
		if i > 0 {
			_ = s.out.WriteByte(',')
		}
		_, _ = s.out.WriteString(strconv.Quote(c.name) + ":")
		_, _ = s.out.Write(value)
	}
	_, err := s.out.WriteString("}\n")
	return err
}

func (s *jsonSink[T]) end() error { return s.out.Flush() }

type csvSink[T any] struct {
	out     *bufio.Writer
	csv     *csv.Writer
	columns []column[T]
	headed  bool
}

func (s *csvSink[T]) head() error {
	if s.headed {
		return nil
	}
	s.headed = true
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.name
	}
	return s.csv.Write(names)
}

func (s *csvSink[T]) row(r T) error {
	if err := s.head(); err != nil {
		return err
	}
	cells := make([]string, len(s.columns))
	for i, c := range s.columns {
		cells[i] = model.WriteSafeCell(cell(plain(c.value(r)), ""))
	}
	return s.csv.Write(cells)
}

func (s *csvSink[T]) end() error {
	if err := s.head(); err != nil {
		return err
	}
	s.csv.Flush()
	if err := s.csv.Error(); err != nil {
		return err
	}
	return s.out.Flush()
}

// cell gives a plain value as text.
func cell(v any, unknown string) string {
	switch v := v.(type) {
	case nil:
		return unknown
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case []string:
		return strings.Join(v, " ")
	}
	return fmt.Sprint(v)
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
		if c.width == 0 {
			continue
		}
		b.WriteString(pad(texts(c), c.width) + "  ")
	}
	_, err := io.WriteString(s.out, strings.TrimRight(b.String(), " ")+"\n")
	return err
}

func (s *tableSink[T]) row(r T) error {
	if s.rows == 0 {
		if err := s.line(func(c column[T]) string { return strings.ToUpper(c.name) }); err != nil {
			return err
		}
	}
	s.rows++
	return s.line(func(c column[T]) string {
		v := c.value(r)
		if t, ok := v.(time.Time); ok && !t.IsZero() {
			return t.In(s.zone).Format("2006-01-02 15:04")
		}
		return model.SanitiseLine(cell(plain(v), "—"))
	})
}

func (s *tableSink[T]) end() error {
	if s.rows == 0 {
		_, _ = s.out.WriteString("nothing\n")
	}
	return s.out.Flush()
}

// pad cuts or fills a text to exactly w columns of a terminal.
func pad(s string, w int) string {
	s = ansi.Truncate(s, w, "…")
	return s + strings.Repeat(" ", max(0, w-ansi.StringWidth(s)))
}
