package model

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// RowWriter writes the rows of one list for other programs. Rows may be buffered until End.
type RowWriter[T any] interface {
	Row(T) error
	End() error
}

// NewJSONLines writes one JSON object per line; an unknown value is null.
func NewJSONLines[T any](w io.Writer, fields []RowField[T]) RowWriter[T] {
	return &jsonLines[T]{bufio.NewWriter(w), fields}
}

// NewCSV writes a header and one line per row, each cell safe for a spreadsheet (writeSafeCell); an
// unknown value is empty.
func NewCSV[T any](w io.Writer, fields []RowField[T]) RowWriter[T] {
	out := bufio.NewWriter(w)
	return &csvRows[T]{out: out, csv: csv.NewWriter(out), fields: fields}
}

// Plain converts the value of a field to one of string, int64, bool, []string, or nil if unknown.
// Times are RFC 3339 in UTC.
func Plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UTC().Format(time.RFC3339)
	case Figure:
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

// PlainText returns a plain value as text.
func PlainText(v any, unknown string) string {
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

type jsonLines[T any] struct {
	out    *bufio.Writer
	fields []RowField[T]
}

func (s *jsonLines[T]) Row(r T) error {
	_ = s.out.WriteByte('{') // a write error stays until the row's last write returns it
	for i, f := range s.fields {
		value, err := json.Marshal(Plain(f.Value(r)))
		if err != nil {
			return Errorf("write %s: %w", f.Name, err)
		}
		if i > 0 {
			_ = s.out.WriteByte(',')
		}
		_, _ = s.out.WriteString(strconv.Quote(f.Name) + ":")
		_, _ = s.out.Write(value)
	}
	_, err := s.out.WriteString("}\n")
	return err
}

func (s *jsonLines[T]) End() error { return s.out.Flush() }

type csvRows[T any] struct {
	out    *bufio.Writer
	csv    *csv.Writer
	fields []RowField[T]
	headed bool
}

func (s *csvRows[T]) head() error {
	if s.headed {
		return nil
	}
	s.headed = true
	names := make([]string, len(s.fields))
	for i, f := range s.fields {
		names[i] = f.Name
	}
	return s.csv.Write(names)
}

func (s *csvRows[T]) Row(r T) error {
	if err := s.head(); err != nil {
		return err
	}
	cells := make([]string, len(s.fields))
	for i, f := range s.fields {
		cells[i] = writeSafeCell(PlainText(Plain(f.Value(r)), ""))
	}
	return s.csv.Write(cells)
}

func (s *csvRows[T]) End() error {
	if err := s.head(); err != nil {
		return err
	}
	s.csv.Flush()
	if err := s.csv.Error(); err != nil {
		return err
	}
	return s.out.Flush()
}
