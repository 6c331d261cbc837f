package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Template is a message text with placeholders for the columns of a recipient list: "Hello
// {{name|friend}}". The zero Template is the empty text. \{{ stands for two literal braces.
type Template struct {
	parts []part
}

// part is literal text, or a placeholder if column is not empty.
type part struct {
	text        string
	column      string // as written, trimmed
	fallback    string
	hasFallback bool
}

// ParseTemplate reads a template. White space around a column's name and its fallback is ignored;
// the first "|" ends the name. An empty fallback, {{name|}}, allows an empty value.
//
// Errors are of KindInvalid, field "text", and name the position as characters from 1.
func ParseTemplate(s string) (Template, error) {
	var t Template
	var literal strings.Builder
	for i := 0; i < len(s); {
		rest := s[i:]
		switch {
		case strings.HasPrefix(rest, `\{{`):
			literal.WriteString("{{")
			i += len(`\{{`)
		case strings.HasPrefix(rest, "{{"):
			inside, _, closed := strings.Cut(rest[2:], "}}")
			at := utf8.RuneCountInString(s[:i]) + 1
			if !closed || strings.Contains(inside, "{{") {
				return Template{}, Invalid("text",
					"the {{ at character %d is not closed: write {{column}}, or \\{{ for plain braces", at)
			}
			name, fallback, hasFallback := strings.Cut(inside, "|")
			name, fallback = strings.TrimSpace(name), strings.TrimSpace(fallback)
			if name == "" {
				return Template{}, Invalid("text",
					"the {{ at character %d names no column: write {{column}} or {{column|fallback}}", at)
			}
			t.addText(&literal)
			t.parts = append(t.parts, part{column: name, fallback: fallback, hasFallback: hasFallback})
			i += len("{{") + len(inside) + len("}}")
		default:
			next := strings.IndexAny(rest[1:], `\{`) + 1
			if next == 0 {
				next = len(rest)
			}
			literal.WriteString(rest[:next])
			i += next
		}
	}
	t.addText(&literal)
	return t, nil
}

func (t *Template) addText(literal *strings.Builder) {
	if literal.Len() > 0 {
		t.parts = append(t.parts, part{text: literal.String()})
		literal.Reset()
	}
}

// Plain reports whether the text has no placeholders: everybody gets the same.
func (t Template) Plain() bool {
	return !slices.ContainsFunc(t.parts, func(p part) bool { return p.column != "" })
}

// Columns names the columns that are used, each once, in the order of the text. Names that differ
// only in case are one column.
func (t Template) Columns() []string {
	var names []string
	seen := map[string]bool{}
	for _, p := range t.parts {
		if p.column != "" && !seen[columnKey(p.column)] {
			seen[columnKey(p.column)] = true
			names = append(names, p.column)
		}
	}
	return names
}

// Fallbacks returns the fallback of each column that has one, by the name that Columns gives; if a
// column has several, the first.
func (t Template) Fallbacks() map[string]string {
	fallbacks := map[string]string{}
	for _, name := range t.Columns() {
		for _, p := range t.parts {
			if p.hasFallback && columnKey(p.column) == columnKey(name) {
				fallbacks[name] = p.fallback
				break
			}
		}
	}
	return fallbacks
}

// Render puts a row into the text. Column names are compared without regard to case and to white
// space around them. missing names the columns, each once, that the row leaves empty and that have
// no fallback; their placeholders become empty. Braces in a row's values are literal.
func (t Template) Render(row map[string]string) (text string, missing []string) {
	var b strings.Builder
	for _, p := range t.parts {
		value, filling := p.fill(row)
		sameColumn := func(name string) bool { return columnKey(name) == columnKey(p.column) }
		if filling == FilledByNothing && !slices.ContainsFunc(missing, sameColumn) {
			missing = append(missing, p.column)
		}
		b.WriteString(value)
	}
	return b.String(), missing
}

// Filling says where a piece of a finished text comes from.
type Filling int

// The fillings.
const (
	FilledByText     Filling = iota // the same for all
	FilledByRow                     // the person's own value
	FilledByFallback                // the row has none, so the fallback is used
	FilledByNothing                 // the row has none and there is no fallback
)

// Piece is a piece of a finished text. Column is the name as the text writes it, "" for text that
// is the same for all.
type Piece struct {
	Text, Column string
	Filling      Filling
}

// Pieces puts a row into the text as Render does, and returns for each piece where it comes from.
func (t Template) Pieces(row map[string]string) []Piece {
	pieces := make([]Piece, len(t.parts))
	for i, p := range t.parts {
		pieces[i].Column = p.column
		pieces[i].Text, pieces[i].Filling = p.fill(row)
	}
	return pieces
}

// fill returns the part's finished text.
func (p part) fill(row map[string]string) (string, Filling) {
	if p.column == "" {
		return p.text, FilledByText
	}
	if value := columnValue(row, p.column); value != "" {
		return value, FilledByRow
	}
	if p.hasFallback {
		return p.fallback, FilledByFallback
	}
	return "", FilledByNothing
}

// Encode writes the text with each placeholder as f writes it, for vendors that fill in
// placeholders themselves.
func (t Template) Encode(f func(column, fallback string) string) string {
	var b strings.Builder
	for _, p := range t.parts {
		if p.column == "" {
			b.WriteString(p.text)
		} else {
			b.WriteString(f(p.column, p.fallback))
		}
	}
	return b.String()
}

func columnKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// columnValue is the trimmed value of a column, "" if the row has none. The exact name is tried
// first, as it is the usual case in a list of many rows.
func columnValue(row map[string]string, name string) string {
	if value, found := row[name]; found {
		return strings.TrimSpace(value)
	}
	key := columnKey(name)
	if value, found := row[key]; found {
		return strings.TrimSpace(value)
	}
	// Of several names that differ only in case the first in order wins, so that the answer is
	// always the same.
	best, value := "", ""
	for candidate, v := range row {
		if columnKey(candidate) == key && (best == "" || candidate < best) {
			best, value = candidate, v
		}
	}
	return strings.TrimSpace(value)
}
