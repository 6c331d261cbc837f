package model

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// ImportOptions define how a list of recipients is read.
type ImportOptions struct {
	// DefaultCountry is the ISO code of the country of phones without a country code; "" for none.
	DefaultCountry string
	// Contacts allows recipients that are not phones (an identifier at Wooxy), in a column named
	// contact.
	Contacts bool
	// Encoding is the encoding of the list, as encodingNamed gives it; "": recognised by its byte
	// order mark or its letters.
	Encoding string
	// PhoneColumns are the columns with the phones, by name or by number from 1, in the order in
	// which they are tried; none: chosen by the headings.
	PhoneColumns []string
	// MobileOnly leaves out landlines, which hardly ever have Viber.
	MobileOnly bool
	// MaxRows refuses longer lists; 0 means a million.
	MaxRows int
}

// Import is what was read from a list of recipients. Nothing is dropped silently: each line with
// content is in People, Bad or Duplicates.
type Import struct {
	People     People
	lines      []int32 // of People
	Bad        []BadRow
	Duplicates []DuplicateRow
	ListFacts
}

// ListFacts says how a list was read.
type ListFacts struct {
	Recipient  string   // the name of the column that holds the recipient
	Recipients []string // all columns that may hold it, in the order in which they are tried
	Columns    []string // the other columns, in order
	Headings   []string // all columns as the list names them; also set if one has to be chosen
	Encoding   string   // one of ImportEncodings, as a rule
	Separator  string   // "," ";" "|" or a tab
	Skipped    []SkippedLine
	// Landlines are the people whose number is a landline, Several those with more than one number.
	Landlines, Several int64
}

// Rows returns the people with their line numbers.
func (list Import) Rows() []ImportRow {
	rows := make([]ImportRow, list.People.Len())
	for i, r := range list.People.All() {
		rows[i] = ImportRow{Line: int(list.lines[i]), Phone: r.Phone, Contact: r.Contact, Vars: r.Vars}
		if r.Phone != 0 {
			rows[i].Contact = r.Phone.String()
		}
	}
	return rows
}

// SkippedLine is a line above the headings, sanitised.
type SkippedLine struct {
	Line int
	Text string
}

// ImportRow is one recipient. Line is where it begins in the file, from 1.
type ImportRow struct {
	Line    int
	Phone   Phone             // 0 for a contact that is not a phone
	Contact string            // the phone in E.164, or the identifier
	Vars    map[string]string // the other columns by name, trimmed and sanitised
}

// BadRow is a line of a recipient list that cannot be used, with the reason in words.
type BadRow struct {
	Line   int
	Text   string // the recipient, sanitised; empty when it could not be read
	Reason Text
}

// DuplicateRow is a line whose recipient also occurs in an earlier line.
type DuplicateRow struct {
	Line, Of int
	Contact  string
}

const defaultMaxRows = 1_000_000

// ReadRecipients reads a list of recipients: a table as CSV with the names of its columns above,
// separated by commas, semicolons, bars or tabs, in one of ImportEncodings. The columns whose names
// mean phones, else one named contact, hold the recipient: mobiles go before other phones. The
// other columns fill in templates. The list is read as a stream and only what is returned is kept.
//
// Errors are of KindInvalid if the file as a whole cannot be used, or wrap the reader's error. The
// field is "encoding" or "column" if a person has to choose that (Headings lists the options),
// otherwise "recipients".
func ReadRecipients(r io.Reader, o ImportOptions) (Import, error) {
	if o.MaxRows <= 0 {
		o.MaxRows = defaultMaxRows
	}
	lines, err := newCSVLines(r, o.Encoding)
	if err != nil {
		return Import{}, err
	}
	list := importing{options: o, lines: lines, seen: map[Phone]int32{}, seenOther: map[string]int32{},
		table:  &peopleTable{},
		phones: NewPhoneReader(o.DefaultCountry)}
	if err := list.header(); err != nil {
		return Import{ListFacts: ListFacts{Headings: list.out.Headings}}, err
	}
	list.table.columns = list.out.Columns
	list.out.People = People{table: list.table}
	for {
		cells, line, err := lines.record(list.separator)
		switch {
		case errors.Is(err, io.EOF):
			list.out.Encoding = lines.encoding
			if lines.encoding == "" {
				list.out.Encoding = encodingUTF8
			}
			return list.out, nil
		case KindOf(err) == KindInvalid:
			return Import{}, err
		case err != nil:
			return Import{}, Errorf("read recipients after line %d: %w", lines.number, err)
		case line.err != nil:
			list.bad(line.number, "", TextOf(line.err))
		default:
			list.row(line.number, cells)
		}
		if list.out.People.Len() > o.MaxRows {
			return Import{}, Invalid("recipients", "the list has more than %d rows: split it", o.MaxRows)
		}
	}
}

type importing struct {
	options    ImportOptions
	lines      *csvLines
	out        Import
	separator  byte
	names      []string // by position; "" for a column without a name
	recipients []int    // the positions of the recipient's columns
	isContact  bool
	table      *peopleTable
	seen       map[Phone]int32  // phone → line
	seenOther  map[string]int32 // contact → line
	values     []string
	phones     PhoneReader
}

func (i *importing) row(line int, cells []string) {
	if filled(cells) == 0 {
		return
	}
	recipient := i.recipientText(cells)
	for n := len(i.names); n < len(cells); n++ {
		if strings.TrimSpace(cells[n]) != "" {
			i.bad(line, recipient,
				Say("the line has %s and the first line %d: put a text with %q in it in quotes",
					Counted(len(cells), "cell", "cells"), len(i.names), i.separator))
			return
		}
	}
	row := ImportRow{Line: line}
	phone, landline, err := i.phone(cells)
	switch {
	case err == nil && landline && i.options.MobileOnly:
		i.bad(line, recipient, Say("it is a landline, and those are left out"))
		return
	case err == nil:
		row.Phone, row.Contact = phone, phone.String()
	case recipient != "" && i.isContact && i.options.Contacts:
		row.Contact = FoldContact(recipient)
	default:
		i.bad(line, recipient, reasonOf(err))
		return
	}
	if i.take(row, cells) && landline {
		i.out.Landlines++
	}
}

// take adds a person and reports success, unless an earlier line has the same person.
func (i *importing) take(row ImportRow, cells []string) bool {
	of, found := i.seen[row.Phone]
	if row.Phone == 0 {
		of, found = i.seenOther[row.Contact]
	}
	if found {
		i.out.Duplicates = append(i.out.Duplicates, DuplicateRow{Line: row.Line, Of: int(of), Contact: row.Contact})
		return false
	}
	line := int32(row.Line)
	if row.Phone == 0 {
		i.seenOther[row.Contact] = line
	} else {
		i.seen[row.Phone] = line
	}
	i.values = i.values[:0]
	for n, name := range i.names {
		if name != "" && !slices.Contains(i.recipients, n) {
			value := ""
			if n < len(cells) {
				value = strings.TrimSpace(Sanitise(cells[n]))
			}
			i.values = append(i.values, value)
		}
	}
	i.table.add(row.Phone, row.Contact, i.values)
	i.out.lines = append(i.out.lines, line)
	return true
}

// recipientText returns the first of the recipient's columns that is not empty.
func (i *importing) recipientText(cells []string) string {
	for _, n := range i.recipients {
		if n < len(cells) {
			if text := SanitiseLine(cells[n]); text != "" {
				return text
			}
		}
	}
	return ""
}

// between separates several phones in one cell, as exported by a program in order of preference,
// such as Google's.
const between = ":::"

// phone takes the first mobile among the recipient's columns, else the first other phone.
func (i *importing) phone(cells []string) (phone Phone, landline bool, err error) {
	given := 0
	for _, n := range i.recipients {
		if n >= len(cells) {
			continue
		}
		for text := range strings.SplitSeq(SanitiseLine(cells[n]), between) {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			given++
			p, fixed, why := i.phones.Read(text)
			switch {
			case why != nil && err == nil && phone == 0:
				err = why
			case why == nil && (phone == 0 || landline && !fixed):
				phone, landline = p, fixed
			}
		}
	}
	switch {
	case phone != 0:
		if given > 1 {
			i.out.Several++
		}
		return phone, landline, nil
	case err == nil:
		_, err = ParsePhone("", "")
	}
	return 0, false, err
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
