package ui

import (
	"fmt"
	"strings"
	"testing"

	"viberdeck/model"
)

func TestTheDocumentOfFiltersSaysWhatTheProgramTakes(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# Filters\n\nWritten from the program's own table by `make golden`; do not edit. The language is " +
		"the same " +
		"behind `/` in every list\nand behind `--filter` on the command line. In the filter line Tab completes and " +
		"`?` shows " +
		"this table.\n\n| write | finds |\n| --- | --- |\n")
	for _, row := range model.FilterReference() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", row.Write, row.Help)
	}
	b.WriteString("\nThe words exist in Russian too and may be mixed: `есть:открыто статус:сбой,истёк до:2д`.\n\n" +
		"A filter with a mistake selects nothing: the line stays open and says what is wrong, and nothing can be " +
		"marked, sent,\n" +
		"blocked, exported or saved by it. To look for words that have a colon in them, put them in quotes.\n")
	compareFile(t, "../docs/filters.md", b.String())
}

func TestAFilterIsCompletedByTabAndExplainsItself(t *testing.T) {
	t.Parallel()
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("/")
		d.press("?")
		d.sees("Filters", "recipients by delivery status", "is:open")
		d.press("esc")
		d.typeText("is:sn")
		d.press("tab")
		d.sees("is:snoozed")
		d.press("esc", "/")
		for range 12 {
			d.press("backspace")
		}
		d.typeText("s")
		d.press("tab")
		d.sees("sender: state: status:")
	})
}
