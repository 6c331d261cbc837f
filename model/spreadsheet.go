package model

import (
	"encoding/csv"
	"io"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// NewSpreadsheet writes CSV that a spreadsheet opens by a double click: with a byte order mark, so
// that it is read as UTF-8, and with the separator that the spreadsheet expects.
func NewSpreadsheet[T any](w io.Writer, fields []RowField[T], separator rune) RowWriter[T] {
	rows := NewCSV(w, fields).(*csvRows[T])
	_, _ = rows.out.WriteString("\ufeff") // a write error stays until the last write returns it
	rows.csv = csv.NewWriter(rows.out)
	rows.csv.Comma, rows.csv.UseCRLF = separator, true
	return rows
}

// usesComma reports whether people of a locale, such as ru_BY.UTF-8, write numbers with a comma.
func usesComma(locale string) bool {
	locale, _, _ = strings.Cut(strings.ReplaceAll(locale, "_", "-"), ".")
	tag, err := language.Parse(locale)
	return err == nil && strings.Contains(message.NewPrinter(tag).Sprint(1.5), ",")
}
