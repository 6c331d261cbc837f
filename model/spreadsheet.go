package model

import (
	"encoding/csv"
	"io"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// NewSpreadsheet writes CSV as a spreadsheet opens it by a double click: with a byte-order mark, so
// that it is read as UTF-8, and with the separator that it expects.
func NewSpreadsheet[T any](w io.Writer, fields []RowField[T], separator rune) RowWriter[T] {
	rows := NewCSV(w, fields).(*csvRows[T])
	_, _ = rows.out.WriteString("\ufeff") // an error of the writer stays until the last write tells it
	rows.csv = csv.NewWriter(rows.out)
	rows.csv.Comma, rows.csv.UseCRLF = separator, true
	return rows
}

// SpreadsheetSeparator gives what a spreadsheet expects between the cells of a CSV file in the
// locale of an environment: a semicolon where the comma belongs to numbers.
func SpreadsheetSeparator(env []string) rune {
	for _, name := range []string{"LC_ALL=", "LC_NUMERIC=", "LANG="} {
		for _, e := range env {
			locale, ok := strings.CutPrefix(e, name)
			if !ok || locale == "" {
				continue
			}
			locale, _, _ = strings.Cut(strings.ReplaceAll(locale, "_", "-"), ".")
			tag, err := language.Parse(locale)
			if err == nil && strings.Contains(message.NewPrinter(tag).Sprint(1.5), ",") {
				return ';'
			}
			return ','
		}
	}
	return ','
}
