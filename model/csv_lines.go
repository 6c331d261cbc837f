package model

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	maxCSVLine    = 64 << 10 // bytes of one line, and of one record
	maxCSVRecord  = 20       // lines that one quoted cell may span
	encodingUTF8  = "UTF-8"
	encodingUTF16 = "UTF-16"
	encoding1251  = "Windows-1251"
)

var (
	errLineTooLong = Errorf("the line is too long")
	errNotUTF8     = Errorf("the line is not valid UTF-8")
	errOpenQuote   = Errorf("a quote is opened and never closed")
	errAfterQuote  = Errorf("text stands after a closing quote: a quote inside a quoted cell is written twice")
)

// csvLines reads a file line by line as UTF-8, whatever it is written in. Lines end with LF, CR LF
// or CR.
type csvLines struct {
	in       *bufio.Reader
	encoding string // empty while all was ASCII
	number   int    // of the last line that was read, from 1
	pushed   []csvLine
}

type csvLine struct {
	text   string
	number int
	err    error // what is wrong with this line; the lines after it can be read
}

func newCSVLines(r io.Reader) (*csvLines, error) {
	in := bufio.NewReaderSize(r, 32<<10)
	head, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, Errorf("read recipients: %w", err)
	}
	l := &csvLines{in: in}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = in.Discard(3)
		l.encoding = encodingUTF8
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		err = nil // a file of two bytes has no more to peek at
		l.encoding = encodingUTF16
		l.in = bufio.NewReader(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in))
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, Invalid("recipients", "this is a spreadsheet file: save it as CSV first")
	case bytes.IndexByte(head, 0) >= 0:
		return nil, Invalid("recipients", "this is no text file: save it as CSV in UTF-8")
	default:
		err = nil
	}
	return l, err
}

// next reads one line. io.EOF ends the file; other errors are the reader's.
func (l *csvLines) next() (csvLine, error) {
	if len(l.pushed) > 0 {
		line := l.pushed[0]
		l.pushed = l.pushed[1:]
		return line, nil
	}
	var b []byte
	tooLong := false
	for {
		c, err := l.in.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && (len(b) > 0 || tooLong) {
				break
			}
			return csvLine{}, err
		}
		if c == '\n' {
			break
		}
		if c == '\r' {
			if next, err := l.in.Peek(1); err == nil && next[0] == '\n' {
				_, _ = l.in.Discard(1) // cannot fail: the byte was just seen
			}
			break
		}
		if len(b) < maxCSVLine {
			b = append(b, c)
		} else {
			tooLong = true
		}
	}
	l.number++
	line := csvLine{number: l.number}
	if tooLong {
		line.err = errLineTooLong
		return line, nil
	}
	line.text, line.err = l.decode(b)
	return line, nil
}

// decode makes UTF-8 of a line. The first line that is not ASCII decides between UTF-8 and
// Windows-1251: hardly any Russian text in the latter is valid in the former.
func (l *csvLines) decode(b []byte) (string, error) {
	ascii := !bytes.ContainsFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
	if l.encoding == "" && !ascii {
		l.encoding = encodingUTF8
		if !utf8.Valid(b) {
			l.encoding = encoding1251
		}
	}
	switch {
	case ascii:
		return string(b), nil
	case l.encoding == encoding1251:
		text, err := charmap.Windows1251.NewDecoder().Bytes(b)
		return string(text), err
	case !utf8.Valid(b):
		return "", errNotUTF8
	}
	return string(b), nil
}

// record reads one record: a line, and the lines that a quoted cell goes on over. When a quote is
// never closed only its first line is lost. Own code and not encoding/csv, since that reads on to
// the end of the file in this case and cannot go on after it.
func (l *csvLines) record(separator byte) (cells []string, line csvLine, err error) {
	line, err = l.next()
	if err != nil || line.err != nil {
		return nil, line, err
	}
	text := line.text
	var more []csvLine
	for {
		cells, line.err = splitCSV(text, separator)
		if !errors.Is(line.err, errOpenQuote) || len(more) == maxCSVRecord || len(text) > maxCSVLine {
			break
		}
		next, err := l.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return nil, line, err
		}
		more = append(more, next)
		if next.err != nil {
			break
		}
		text += "\n" + next.text
	}
	if line.err != nil && len(more) > 0 {
		l.pushed = append(more, l.pushed...)
		line.err = errOpenQuote
	}
	return cells, line, nil
}

// splitCSV splits a record as RFC 4180 has it. A quote inside a cell that does not begin with one
// is only text.
func splitCSV(s string, separator byte) ([]string, error) {
	var cells []string
	for {
		if trimmed := strings.TrimLeft(s, " "); strings.HasPrefix(trimmed, `"`) {
			cell, rest, err := quotedCell(trimmed[1:])
			if err != nil {
				return nil, err
			}
			cells = append(cells, cell)
			rest = strings.TrimLeft(rest, " ")
			if rest == "" {
				return cells, nil
			}
			if rest[0] != separator {
				return nil, errAfterQuote
			}
			s = rest[1:]
			continue
		}
		end := strings.IndexByte(s, separator)
		if end < 0 {
			return append(cells, s), nil
		}
		cells = append(cells, s[:end])
		s = s[end+1:]
	}
}

func quotedCell(s string) (cell, rest string, err error) {
	var b strings.Builder
	for {
		end := strings.IndexByte(s, '"')
		if end < 0 {
			return "", "", errOpenQuote
		}
		b.WriteString(s[:end])
		s = s[end+1:]
		if !strings.HasPrefix(s, `"`) {
			return b.String(), s, nil
		}
		b.WriteByte('"')
		s = s[1:]
	}
}
