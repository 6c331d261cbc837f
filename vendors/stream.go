package vendors

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"time"

	"viberdeck/model"
)

const (
	// spillAt is the size in bytes from which an answer that may be large is kept in a file.
	spillAt = 4 << 20
	// maxLarge is the size in bytes above which even such an answer is refused.
	maxLarge = 256 << 20
	// largeFactor is how many times longer than usual the rest of such an answer may take.
	largeFactor = 12
	// longestRow bounds a row of a list that is read as a stream, and everything else beside the
	// list.
	longestRow = 1 << 20
	// mostRows limits the rows of such a list, because something of each row stays in memory; rows
	// about people are three times as long.
	mostRows = maxLarge / 64
	// streamed is how many rows are returned at a time.
	streamed = 1000
)

// spill stores an answer, the part already read and the rest, in a file without a name, so that
// nothing of it remains afterwards.
func spill(pieces [][]byte, rest io.Reader) (*os.File, int64, error) {
	file, err := os.CreateTemp("", "viberdeck-answer-")
	if err != nil {
		return nil, 0, err
	}
	fail := func(err error) (*os.File, int64, error) { return nil, 0, errors.Join(err, file.Close()) }
	if err := os.Remove(file.Name()); err != nil {
		return fail(err)
	}
	size := int64(0)
	for _, piece := range pieces {
		n, err := file.Write(piece)
		if size += int64(n); err != nil {
			return fail(err)
		}
	}
	n, err := io.Copy(file, io.LimitReader(rest, maxLarge-size+1))
	size += n
	switch {
	case err != nil:
		return fail(&bodyError{err})
	case size > maxLarge:
		return fail(&tooLargeError{maxLarge})
	}
	_, err = file.Seek(0, io.SeekStart)
	if err != nil {
		return fail(err)
	}
	return file, size, nil
}

// longer extends the time-out of a read once its answer has turned out to be large: only an answer
// that arrives fast enough gets that far.
func longer(whole *time.Timer, timeout time.Duration) func() {
	return func() { whole.Reset((largeFactor - 1) * timeout) }
}

// ReadStream reads a list in a field of a large answer, some rows at a time, by the rules of
// ReadPages.
func ReadStream[T, M any](account, what, field string, from io.Reader, rows Reader[T, M]) iter.Seq2[[]M, error] {
	s := newRowStream(field, from)
	return ReadPages(account, what, func(Position) (Page[T], error) {
		page := Page[T]{Last: new(Bool)}
		raw, err := s.next()
		if err == nil {
			page.Rows.Present, *page.Last = s.there, Bool(s.ended)
			page.Rows.List = make(List[T], len(raw))
			for i := 0; i < len(raw) && err == nil; i++ {
				err = json.Unmarshal(raw[i], &page.Rows.List[i])
			}
		}
		if err != nil {
			return page, &model.Error{Kind: model.KindOffline, Text: model.Say(
				"%s gave a long answer that is cut off or cannot be read; try again later", account)}
		}
		return page, nil
	}, rows)
}

// rowStream reads the elements of a list one by one.
type rowStream struct {
	field  string
	from   io.Reader
	json   *json.Decoder
	read   int64 // bytes so far
	begun  bool  // the list has been reached
	there  bool
	ended  bool
	rows   int  // so far
	object bool // the list is written as an object whose values are the rows
}

func newRowStream(field string, from io.Reader) *rowStream {
	s := &rowStream{field: field, from: from}
	s.json = json.NewDecoder(s)
	return s
}

var (
	errLongRow  = errors.New("a value is too long")
	errManyRows = errors.New("there are too many rows")
)

// Read passes the decoder at most one row beyond what it has understood, so that no value can fill
// the memory.
func (s *rowStream) Read(b []byte) (int, error) {
	if s.json != nil && s.read-s.json.InputOffset() > longestRow {
		return 0, errLongRow
	}
	n, err := s.from.Read(b[:min(len(b), 64<<10)])
	s.read += int64(n)
	return n, err
}

// next returns the next rows.
func (s *rowStream) next() ([]json.RawMessage, error) {
	if !s.begun {
		s.begun = true
		if err := s.findList(); err != nil || s.ended {
			return nil, err
		}
	}
	var rows []json.RawMessage
	for len(rows) < streamed && s.json.More() {
		if s.rows++; s.rows > mostRows {
			return nil, errManyRows
		}
		if s.object {
			if _, err := s.json.Token(); err != nil {
				return nil, err
			}
		}
		var row json.RawMessage
		if err := s.json.Decode(&row); err != nil {
			return nil, err
		}
		if TooDeep(row) {
			return nil, errTooDeep
		}
		rows = append(rows, row)
	}
	if s.json.More() {
		return rows, nil
	}
	if _, err := s.json.Token(); err != nil { // the end of the list
		return nil, err
	}
	return rows, s.rest()
}

// findList reads up to the list.
func (s *rowStream) findList() error {
	if begin, err := s.json.Token(); err != nil || begin != json.Delim('{') {
		return errors.Join(err, errNoObject(begin))
	}
	for s.json.More() {
		name, err := s.json.Token()
		if err != nil {
			return err
		}
		if name != s.field {
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		begin, err := s.json.Token()
		if err != nil {
			return err
		}
		if s.object = begin == json.Delim('{'); s.object || begin == json.Delim('[') {
			s.there = true
			return nil
		}
	}
	return s.close()
}

func errNoObject(begin json.Token) error {
	if begin == json.Delim('{') {
		return nil
	}
	return errors.New("not an object")
}

// rest reads what follows the list.
func (s *rowStream) rest() error {
	for s.json.More() {
		if _, err := s.json.Token(); err != nil {
			return err
		}
		if err := s.skip(); err != nil {
			return err
		}
	}
	return s.close()
}

// close reads the end of the answer.
func (s *rowStream) close() error {
	s.ended = true
	if _, err := s.json.Token(); err != nil {
		return err
	}
	if _, err := s.json.Token(); !errors.Is(err, io.EOF) {
		return errors.Join(err, errors.New("something follows"))
	}
	return nil
}

// skip passes over a value.
func (s *rowStream) skip() error {
	for depth := 0; ; {
		t, err := s.json.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}
