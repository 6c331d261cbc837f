package model

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

const linesAhead = 25 // lines searched for the headings

// header finds the line that names the columns, and the separator. Anything above it, such as the
// title of a report, is skipped and reported.
func (i *importing) header() error {
	ahead, err := i.lookAhead()
	if err != nil {
		return err
	}
	h, err := i.findHeader(ahead)
	if err != nil {
		return err
	}
	for _, line := range ahead[:h.line] {
		if strings.Trim(line.text, " \t,;|\"") != "" && !strings.HasPrefix(line.text, "sep=") {
			i.out.Skipped = append(i.out.Skipped,
				SkippedLine{line.number, SanitiseLine(strings.Trim(line.text, " \t,;|\""))})
		}
	}
	i.lines.pushed = append(ahead[h.line:], i.lines.pushed...)
	i.separator, i.recipients, i.isContact = h.separator, h.recipients, h.isContact
	cells, line, err := i.lines.record(i.separator)
	if err == nil {
		err = line.err
	}
	if err != nil {
		return Invalid("recipients", "line %d, which names the columns, cannot be read: %v", line.number, err)
	}
	i.out.Separator = string(i.separator)
	i.names = headings(cells)
	i.out.Headings = slices.Clone(i.names)
	return i.columns()
}

// columns finds the recipients' columns and names the others.
func (i *importing) columns() error {
	keys := map[string]bool{}
	for _, at := range i.recipients {
		i.out.Recipients = append(i.out.Recipients, i.names[at])
		keys[columnKey(i.names[at])] = true
	}
	i.out.Recipient = i.out.Recipients[0]
	own := len(keys)
	for n, name := range i.names {
		switch {
		case name == "" || slices.Contains(i.recipients, n):
			continue
		case keys[columnKey(name)] && slices.ContainsFunc(i.out.Recipients, func(r string) bool {
			return columnKey(r) == columnKey(name)
		}):
			i.names[n] = "" // the other column of the same name as the chosen one
			continue
		case keys[columnKey(name)] && own > 0:
			return Invalid("recipients", "two columns are named %q", clip(name))
		}
		keys[columnKey(name)] = true
		i.out.Columns = append(i.out.Columns, name)
	}
	return nil
}

func headings(cells []string) []string {
	names := make([]string, len(cells))
	for n, cell := range cells {
		names[n] = SanitiseLine(cell)
	}
	return names
}

// lookAhead reads the first lines, up to one that cannot be read.
func (i *importing) lookAhead() ([]csvLine, error) {
	var ahead []csvLine
	blank := true
	for len(ahead) < linesAhead || blank {
		line, err := i.lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if KindOf(err) == KindInvalid {
				return nil, err
			}
			return nil, Errorf("read recipients: %w", err)
		}
		if blank && strings.TrimSpace(line.text) == "" && line.err == nil {
			continue // any number of empty lines may come first
		}
		blank = false
		ahead = append(ahead, line)
	}
	switch {
	case len(ahead) == 0:
		return nil, Invalid("recipients", "the list is empty")
	case ahead[0].err != nil:
		return nil, Invalid("recipients", "line %d, which names the columns, cannot be read: %v", ahead[0].number,
			ahead[0].err)
	}
	return ahead, nil
}

// foundHeader is the line that names the columns, and which of them hold the recipient.
type foundHeader struct {
	line       int // index in the lines ahead
	separator  byte
	recipients []int
	isContact  bool
	phones     bool // there is a phone below
	isNumber   bool // its heading is "№" or the like, which may be the number of anything
}

func separators() []byte { return []byte{',', ';', '\t', '|'} }

// findHeader takes the first line that names a column of phones and has phones below it; without
// one, the line above the first phone, if the phones are in one column; else the first line that
// names such a column.
func (i *importing) findHeader(ahead []csvLine) (foundHeader, error) {
	first, firstDoubt := foundHeader{line: -1}, error(nil)
	for n := range ahead {
		if n > 0 && i.hasPhone(ahead[n]) {
			break
		}
		h, doubt := i.headerAt(ahead, n)
		if h.line >= 0 && (h.phones || len(i.options.PhoneColumns) > 0) {
			first, firstDoubt = h, doubt
			break
		}
		if first.line < 0 {
			first, firstDoubt = h, doubt
		}
	}
	if !first.phones && len(i.options.PhoneColumns) == 0 && (first.line < 0 || first.isNumber) {
		if h, found := i.byContent(ahead); found {
			return h, nil
		}
	}
	if first.line < 0 {
		return first, i.noHeader(ahead)
	}
	i.out.Headings = headings(cellsAt(ahead, first.line, first.separator))
	if len(i.options.PhoneColumns) == 0 && !first.isContact {
		for n, name := range i.out.Headings {
			if isPlace(name) && i.holdsPhones(ahead[first.line+1:], first.separator, n) >= mostly {
				first.recipients = append(first.recipients, n) // "Home" beside "Mobile"
			}
		}
	}
	return first, firstDoubt
}

// headerAt reads a line as headings with the separator that gives the most cells, preferring those
// that have phones below. doubt is what has to be chosen among the columns.
func (i *importing) headerAt(ahead []csvLine, n int) (best foundHeader, doubt error) {
	best = foundHeader{line: -1}
	bestCells := 0
	for _, separator := range separators() {
		cells := cellsAt(ahead, n, separator)
		if len(cells) == 0 || i.isTitle(ahead, n, separator, cells) {
			continue
		}
		names := headings(cells)
		at, isContact, err := i.recipientsIn(names)
		if len(at) == 0 && err == nil {
			continue
		}
		h := foundHeader{line: n, separator: separator, recipients: at, isContact: isContact}
		for _, column := range at {
			h.phones = h.phones || i.holdsPhones(ahead[n+1:], separator, column) > 0
		}
		if isContact {
			h.phones = true // or invalid phones
		}
		if kind, _ := phoneHeading(names[at[0]]); kind == onlyNumber {
			h.isNumber = true
		}
		if h.phones && !best.phones || h.phones == best.phones && len(cells) > bestCells {
			best, bestCells, doubt = h, len(cells), err
		}
	}
	return best, doubt
}

func (i *importing) recipientsIn(names []string) (at []int, isContact bool, err error) {
	if len(i.options.PhoneColumns) == 0 {
		return recipientColumns(names)
	}
	at, missing, err := chosenColumns(names, i.options.PhoneColumns)
	if missing != "" || slices.ContainsFunc(at, func(n int) bool { return i.isPhone(names[n]) }) {
		return nil, false, err
	}
	return at, false, err
}

// isTitle recognises a line with one text above a table of several columns.
func (i *importing) isTitle(ahead []csvLine, n int, separator byte, cells []string) bool {
	if filled(cells) != 1 {
		return false
	}
	for m := n + 1; m < len(ahead); m++ {
		if next := cellsAt(ahead, m, separator); filled(next) > 0 {
			return filled(next) > 1
		}
	}
	return false
}

func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// cellsAt splits the record that begins at a line, nil if that is impossible.
func cellsAt(ahead []csvLine, n int, separator byte) []string {
	text := ""
	for ; n < len(ahead) && ahead[n].err == nil; n++ {
		text += ahead[n].text
		cells, err := splitCSV(text, separator)
		if !errors.Is(err, errOpenQuote) {
			return cells
		}
		text += "\n"
	}
	return nil
}

func (i *importing) isPhone(cell string) bool {
	_, err := ParsePhone(SanitiseLine(cell), i.options.DefaultCountry)
	return err == nil
}

func (i *importing) hasPhone(line csvLine) bool {
	return slices.ContainsFunc(separators(), func(separator byte) bool {
		cells, err := splitCSV(line.text, separator)
		return err == nil && slices.ContainsFunc(cells, i.isPhone)
	})
}

// byContent finds the only column with phones, below a line without any.
func (i *importing) byContent(ahead []csvLine) (foundHeader, bool) {
	first := slices.IndexFunc(ahead, i.hasPhone)
	header := first - 1
	for header >= 0 && strings.Trim(ahead[header].text, " \t,;|\"") == "" {
		header--
	}
	if header < 0 {
		return foundHeader{}, false
	}
	for _, separator := range separators() {
		names := headings(cellsAt(ahead, header, separator))
		var phones []int
		for n, name := range names {
			if name != "" && len(names) == len(cellsAt(ahead, first, separator)) &&
				i.holdsPhones(ahead[first:], separator, n) >= mostly {
				phones = append(phones, n)
			}
		}
		if len(phones) == 1 {
			return foundHeader{line: header, separator: separator, recipients: phones}, true
		}
	}
	return foundHeader{}, false
}

const mostly = 0.8 // of the cells of a column

// holdsPhones returns the share of phones among the values of a column.
func (i *importing) holdsPhones(lines []csvLine, separator byte, column int) float64 {
	phones, all := 0, 0
	for n := range lines {
		if cells := cellsAt(lines, n, separator); column < len(cells) && strings.TrimSpace(cells[column]) != "" {
			all++
			if i.isPhone(cells[column]) {
				phones++
			}
		}
	}
	return float64(phones) / float64(max(1, all))
}

// noHeader says why no line names the columns.
func (i *importing) noHeader(ahead []csvLine) error {
	n := max(0, slices.IndexFunc(ahead, func(l csvLine) bool { return !strings.HasPrefix(l.text, "sep=") }))
	names := []string{}
	var err error
	for _, separator := range separators() {
		cells, wrong := splitCSV(ahead[n].text, separator)
		if errors.Is(wrong, errOpenQuote) {
			cells, _ = splitCSV(ahead[n].text+`"`, separator)
		}
		if len(cells) > len(names) {
			names, err = headings(cells), wrong
		}
	}
	switch {
	case err != nil:
		return Invalid("recipients", "line %d, which names the columns, cannot be read: %v", ahead[n].number, err)
	case len(i.options.PhoneColumns) > 0:
		i.out.Headings = names
		return Invalid("column", "there is no column %s; the columns are: %s",
			strings.Join(i.options.PhoneColumns, ", "), Clip(strings.Join(numbered(names), ", "), 200))
	case slices.ContainsFunc(names, i.isPhone):
		return Invalid("recipients",
			"line %d is a recipient already: the first line must name the columns, one of them phone",
			ahead[n].number)
	}
	i.out.Headings = names
	return Invalid("column", "no column is named phone or contact; choose the one with the phones: %s",
		Clip(strings.Join(numbered(names), ", "), 200))
}

// numbered returns the names of columns, and the number of one that has none.
func numbered(names []string) []string {
	all := slices.Clone(names)
	for n := range all {
		all[n] = cmp.Or(strings.TrimSpace(all[n]), strconv.Itoa(n+1))
	}
	return all
}
