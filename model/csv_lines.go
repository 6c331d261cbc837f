package model

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	maxCSVLine   = 64 << 10  // bytes of one line, and of one record
	maxCSVRecord = 20        // lines that one quoted cell may span
	maxSample    = 256 << 10 // bytes used to recognise the encoding
)

var (
	errLineTooLong = Errorf("the line is too long")
	errNotUTF8     = Errorf("the line is not valid UTF-8")
	errOpenQuote   = Errorf("a quote is opened and never closed")
	errAfterQuote  = Errorf("text stands after a closing quote: a quote inside a quoted cell is written twice")
)

// csvLines reads a file line by line as UTF-8, whatever its encoding. Lines end with LF, CR LF or
// CR.
type csvLines struct {
	in       *bufio.Reader
	encoding string           // empty while all was ASCII
	letters  *charmap.Charmap // of an 8-bit encoding
	number   int              // of the last line that was read, from 1
	pushed   []csvLine
}

type csvLine struct {
	text   string
	number int
	err    error // what is wrong with this line; later lines can still be read
}

// newCSVLines begins to read. A chosen encoding takes precedence over the one the file seems to
// have.
func newCSVLines(r io.Reader, chosen string) (*csvLines, error) {
	in := bufio.NewReaderSize(r, maxSample)
	head, err := in.Peek(4 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, Errorf("read recipients: %w", err)
	}
	if what := notAList(head); !what.IsZero() {
		return nil, Invalid("recipients", "this is not a list as text but %s: save it as CSV first", what)
	}
	l := &csvLines{in: in}
	mark, size := markOf(head)
	l.encoding = mark
	if mark == "" && bytes.IndexByte(head, 0) >= 0 {
		l.encoding = unmarkedUTF16(head)
	}
	if chosen != "" {
		if chosen, err = encodingNamed(chosen); err != nil {
			return nil, err
		}
		if chosen != encodingUTF16 || l.encoding == "" {
			l.encoding = chosen
		}
	}
	if l.encoding == "" && bytes.IndexByte(head, 0) >= 0 {
		return nil, Invalid("recipients", "this is not a text file: save it as CSV in UTF-8")
	}
	if l.encoding == mark || l.encoding == encodingUTF16 {
		if _, err := in.Discard(size); err != nil {
			return nil, Errorf("read recipients: %w", err)
		}
	}
	l.open(l.encoding)
	return l, nil
}

// open sets the encoding in which the lines are read.
func (l *csvLines) open(encoding string) {
	order := unicode.LittleEndian
	switch encoding {
	case encodingUTF16BE:
		order = unicode.BigEndian
		fallthrough
	case encodingUTF16, encodingUTF16LE:
		l.in = bufio.NewReader(unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Reader(l.in))
		l.encoding = encodingUTF16
	default:
		l.letters = charmapNamed(encoding)
	}
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
	if l.encoding == "" && !isASCII(b) {
		if err := l.settle(b); err != nil {
			return csvLine{}, err
		}
	}
	line.text, line.err = l.decode(b)
	return line, nil
}

func isASCII(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
}

// settle recognises the encoding by the first line that is not ASCII and what follows it. If the
// encoding is not certain, it gives an error.
func (l *csvLines) settle(line []byte) error {
	ahead, err := l.in.Peek(maxSample)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	sample := slices.Concat(line, []byte{'\n'}, ahead)
	if mostlyUTF8(sample) {
		l.encoding = encodingUTF8
		return nil
	}
	best, others := guessEncoding(sample)
	if len(others) > 0 {
		return doubtfulEncoding(append([]encodingGuess{best}, others...))
	}
	l.encoding = best.name
	l.open(l.encoding)
	return nil
}

func doubtfulEncoding(guesses []encodingGuess) error {
	candidates := make([]Text, len(guesses))
	for i, g := range guesses {
		candidates[i] = Say("%s (%q)", g.name, clip(SanitiseLine(g.text)))
	}
	return Invalid("encoding", "it is not certain how the list is written; choose its encoding: %s", Listed(candidates))
}

// decode converts a line to UTF-8.
func (l *csvLines) decode(b []byte) (string, error) {
	switch {
	case l.letters != nil && !isASCII(b):
		return decodeBytes(l.letters, b), nil
	case !utf8.Valid(b):
		return "", errNotUTF8
	}
	return string(b), nil
}

// record reads one record: a line, and the lines that a quoted cell extends over. If a quote is
// never closed, only its first line is lost. encoding/csv is not used because in this case it reads
// to the end of the file and cannot continue after the quote.
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

// splitCSV splits a record according to RFC 4180. A quote inside a cell that does not begin with
// one is plain text.
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
