package model

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// ImportOptions say how a list of recipients is read.
type ImportOptions struct {
	// DefaultCountry is the ISO code of the country of phones without a country code; "" for none.
	DefaultCountry string
	// Contacts allows recipients that are no phone (an identifier at Wooxy), in a column named
	// contact.
	Contacts bool
	// MaxRows refuses longer lists; 0 is a million.
	MaxRows int
}

// Import is what was read from a list of recipients. Nothing is dropped silently: each line with
// content is in Rows, Bad or Duplicates.
type Import struct {
	Rows       []ImportRow
	Bad        []BadRow
	Duplicates []DuplicateRow
	Recipient  string   // the name of the column that holds the recipient
	Columns    []string // the other columns, in order
	Encoding   string   // UTF-8, UTF-16 or Windows-1251
	Separator  string   // "," ";" or a tab
}

// ImportRow is one recipient. Line is where it begins in the file, from 1.
type ImportRow struct {
	Line    int
	Phone   Phone             // 0 for a contact that is no phone
	Contact string            // the phone in E.164, or the identifier
	Vars    map[string]string // the other columns by name, trimmed and sanitised
}

// BadRow is a line of a recipient list that cannot be used, with the reason in words.
type BadRow struct {
	Line   int
	Text   string // the recipient, sanitised; empty when it could not be read
	Reason Text
}

// DuplicateRow is a line whose recipient an earlier line has.
type DuplicateRow struct {
	Line, Of int
	Contact  string
}

const defaultMaxRows = 1_000_000

var (
	phoneColumns = foldedNames("phone", "phones", "phone number", "phone_number", "phonenumber", "mobile", "msisdn",
		"tel", "telephone", "cell",
		"телефон", "номер", "номер телефона", "мобильный", "тел", "тэлефон", "нумар", "нумар тэлефона",
		"номер телефону", "мобільний")
	contactColumns = foldedNames("contact", "контакт", "кантакт")
)

func foldedNames(names ...string) []string {
	for i, name := range names {
		names[i] = Fold(name)
	}
	return names
}

// ReadRecipients reads a list of recipients: a table as CSV in UTF-8, UTF-16 with its mark, or
// Windows-1251, separated by commas, semicolons or tabs, with names in its first line. The column
// phone (or телефон, номер, mobile …), else contact, is the recipient; the others fill in
// templates. The list is read as a stream and only what is returned is kept.
//
// Errors are of KindInvalid, field "recipients", when the file as a whole cannot be used, or wrap
// the reader's error.
func ReadRecipients(r io.Reader, o ImportOptions) (Import, error) {
	if o.MaxRows <= 0 {
		o.MaxRows = defaultMaxRows
	}
	lines, err := newCSVLines(r, "")
	if err != nil {
		return Import{}, err
	}
	list := importing{options: o, lines: lines, seen: map[string]int{}}
	if err := list.header(); err != nil {
		return Import{}, err
	}
	for {
		cells, line, err := lines.record(list.separator)
		switch {
		case errors.Is(err, io.EOF):
			list.out.Encoding = lines.encoding
			if lines.encoding == "" {
				list.out.Encoding = encodingUTF8
			}
			return list.out, nil
		case err != nil:
			return Import{}, Errorf("read recipients after line %d: %w", lines.number, err)
		case line.err != nil:
			list.bad(line.number, "", TextOf(line.err))
		default:
			list.row(line.number, cells)
		}
		if len(list.out.Rows) > o.MaxRows {
			return Import{}, Invalid("recipients", "the list has more than %d rows: split it", o.MaxRows)
		}
	}
}

type importing struct {
	options   ImportOptions
	lines     *csvLines
	out       Import
	separator byte
	names     []string // by position; "" for a column without a name
	recipient int      // the position of the recipient's column
	isContact bool
	seen      map[string]int // contact → line
}

func (i *importing) header() error {
	line, err := i.lines.next()
	for err == nil && line.err == nil && (strings.TrimSpace(line.text) == "" || strings.HasPrefix(line.text, "sep=")) {
		line, err = i.lines.next()
	}
	switch {
	case errors.Is(err, io.EOF):
		return Invalid("recipients", "the list is empty")
	case err != nil:
		return Errorf("read recipients: %w", err)
	case line.err != nil:
		return Invalid("recipients", "line %d, which names the columns, cannot be read: %v", line.number, line.err)
	}
	i.lines.pushed = append([]csvLine{line}, i.lines.pushed...)
	i.separator = separatorOf(line.text)
	cells, line, err := i.lines.record(i.separator)
	if err == nil {
		err = line.err
	}
	if err != nil {
		return Invalid("recipients", "line %d, which names the columns, cannot be read: %v", line.number, err)
	}
	i.out.Separator = string(i.separator)
	i.names = make([]string, len(cells))
	for n, cell := range cells {
		i.names[n] = SanitiseLine(cell)
	}
	i.recipient, i.isContact = recipientColumn(i.names)
	if i.recipient < 0 {
		if slices.ContainsFunc(i.names, func(name string) bool {
			_, err := ParsePhone(name, i.options.DefaultCountry)
			return err == nil
		}) {
			return Invalid("recipients",
				"line %d is a recipient already: the first line must name the columns, one of them phone", line.number)
		}
		return Invalid("recipients", "no column is named phone or contact; the columns are: %s",
			clip(strings.Join(i.names, ", ")))
	}
	i.out.Recipient = i.names[i.recipient]
	keys := map[string]bool{}
	for n, name := range i.names {
		if name == "" || n == i.recipient {
			continue
		}
		if keys[columnKey(name)] {
			return Invalid("recipients", "two columns are named %q", clip(name))
		}
		keys[columnKey(name)] = true
		i.out.Columns = append(i.out.Columns, name)
	}
	return nil
}

// separatorOf picks the separator under which a recipient's column is found and the columns are
// most.
func separatorOf(header string) byte {
	best, bestScore := byte(','), -1
	for _, separator := range []byte{',', ';', '\t'} {
		cells, err := splitCSV(header, separator)
		if errors.Is(err, errOpenQuote) {
			cells, err = splitCSV(header+`"`, separator) // the cell goes on in the next line
		}
		if err != nil {
			continue
		}
		score := len(cells)
		if at, _ := recipientColumn(cells); at >= 0 {
			score += maxCSVLine
		}
		if score > bestScore {
			best, bestScore = separator, score
		}
	}
	return best
}

func recipientColumn(names []string) (at int, isContact bool) {
	is := func(known []string) int {
		return slices.IndexFunc(names, func(name string) bool { return slices.Contains(known, Fold(name)) })
	}
	if at := is(phoneColumns); at >= 0 {
		return at, false
	}
	return is(contactColumns), true
}

func (i *importing) row(line int, cells []string) {
	if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
		return
	}
	recipient := ""
	if i.recipient < len(cells) {
		recipient = SanitiseLine(cells[i.recipient])
	}
	for n := len(i.names); n < len(cells); n++ {
		if strings.TrimSpace(cells[n]) != "" {
			i.bad(line, recipient,
				Say("the line has %d cells and the first line %d: put a text with %q in it in quotes",
					len(cells), len(i.names), i.separator))
			return
		}
	}
	row := ImportRow{Line: line}
	phone, err := ParsePhone(recipient, i.options.DefaultCountry)
	switch {
	case err == nil:
		row.Phone, row.Contact = phone, phone.String()
	case recipient != "" && i.isContact && i.options.Contacts:
		row.Contact = recipient
	default:
		i.bad(line, recipient, reasonOf(err))
		return
	}
	if of, found := i.seen[row.Contact]; found {
		i.out.Duplicates = append(i.out.Duplicates, DuplicateRow{Line: line, Of: of, Contact: row.Contact})
		return
	}
	i.seen[row.Contact] = line
	if len(i.out.Columns) > 0 {
		row.Vars = make(map[string]string, len(i.out.Columns))
		for n, name := range i.names {
			if name != "" && n != i.recipient && n < len(cells) {
				row.Vars[name] = strings.TrimSpace(Sanitise(cells[n]))
			}
		}
	}
	i.out.Rows = append(i.out.Rows, row)
}

func (i *importing) bad(line int, text string, reason Text) {
	i.out.Bad = append(i.out.Bad, BadRow{Line: line, Text: text, Reason: reason})
}

func reasonOf(err error) Text {
	var e *Error
	if errors.As(err, &e) {
		return e.Text
	}
	return TextOf(err)
}

// WriteSafeCell makes a value safe for a spreadsheet: one that could run as a formula (it begins
// with = + - @, their full-width forms, a tab or a line break) gets an apostrophe in front, which a
// spreadsheet takes for "this is text".
//
// A phone in E.164 ("+" and digits alone) stays as it is: it cannot be a formula, programs that
// read the export expect it plain, and an apostrophe would become part of the number wherever the
// file is not opened but imported. Quoting for CSV is left to encoding/csv.
func WriteSafeCell(s string) string {
	if s == "" || isE164(s) {
		return s
	}
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

func isE164(s string) bool {
	digits, found := strings.CutPrefix(s, "+")
	return found && len(digits) >= minPhoneDigits && len(digits) <= maxPhoneDigits && digits[0] != '0' &&
		keepDigits(digits) == digits
}
