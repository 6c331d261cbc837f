package main

import (
	"go/ast"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// How wide a line may be, so that two files fit beside each other: a tab counts as four columns.
// Code stays below 120 where it can; the linter keeps the same limit for an editor.
const (
	widestCode    = 140
	widestComment = 100
)

func TestLinesAreNoWiderThanTheyCanBeRead(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		text, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		quoted := f.quotedLines()
		for i, line := range strings.Split(string(text), "\n") {
			width := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    "))
			comment, isComment := strings.CutPrefix(strings.TrimSpace(line), "//")
			switch {
			case f.isTest() && quoted[i+1]: // a vendor's answer as it came
			case width > widestCode && !isComment:
				t.Errorf("%s:%d: %d columns of code, at most %d", f.path, i+1, width, widestCode)
			case width > widestComment && isComment && isProse(comment):
				t.Errorf("%s:%d: %d columns of comment, at most %d", f.path, i+1, width, widestComment)
			}
		}
	}
}

// isProse distinguishes prose from a table, an address or a directive, which cannot be wrapped.
func isProse(comment string) bool {
	return strings.HasPrefix(comment, " ") && !strings.HasPrefix(comment, "  ") && len(strings.Fields(comment)) > 2
}

// quotedLines are the lines that belong to a raw string.
func (f goFile) quotedLines() map[int]bool {
	lines := map[int]bool{}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if s, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(s.Value, "`") {
			for line := f.fset.Position(s.Pos()).Line; line <= f.fset.Position(s.End()).Line; line++ {
				lines[line] = true
			}
		}
		return true
	})
	return lines
}
