package main

import (
	"go/ast"
	"go/token"
	"os"
	"path"
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

// A package-level variable is a constant in all but name: a table, a pattern, an error. What
// changes belongs to a value that somebody makes and passes on.
func TestPackageVariablesAreNeverChanged(t *testing.T) {
	t.Parallel()
	files := goFiles(t)
	variables := map[string]bool{} // by directory and name
	for _, f := range files {
		for _, name := range f.packageVariables() {
			variables[path.Dir(f.path)+"."+name.Name] = true
			if name.IsExported() {
				t.Errorf("%s:%d: any package can change %s: make it a function", f.path, f.line(name), name.Name)
			}
		}
	}
	for _, f := range files {
		for _, decl := range f.syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			local := namesIn(fn)
			for _, name := range changedIn(fn) {
				if !local[name.Name] && variables[path.Dir(f.path)+"."+name.Name] {
					t.Errorf("%s:%d: the package-level variable %s is changed", f.path, f.line(name), name.Name)
				}
			}
		}
	}
}

// packageVariables returns the names of a file's package-level variables, none for a test.
func (f goFile) packageVariables() []*ast.Ident {
	var names []*ast.Ident
	for _, decl := range f.syntax.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.VAR && !f.isTest() {
			for _, spec := range g.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					names = append(names, v.Names...)
				}
			}
		}
	}
	return names
}

// namesIn returns the names that a function declares.
func namesIn(fn *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	add := func(of ...ast.Expr) {
		for _, e := range of {
			if name, ok := e.(*ast.Ident); ok {
				names[name.Name] = true
			}
		}
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				add(name)
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				add(name)
			}
		case *ast.RangeStmt:
			add(n.Key, n.Value)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				add(n.Lhs...)
			}
		}
		return true
	})
	return names
}

// changedIn returns the variables to which, or into which, a function assigns.
func changedIn(fn *ast.FuncDecl) []*ast.Ident {
	var changed []*ast.Ident
	add := func(targets ...ast.Expr) {
		for _, e := range targets {
			for within := true; within; {
				switch inner := e.(type) {
				case *ast.IndexExpr:
					e = inner.X
				case *ast.SelectorExpr:
					e = inner.X
				case *ast.StarExpr:
					e = inner.X
				case *ast.Ident:
					changed, within = append(changed, inner), false
				default:
					within = false
				}
			}
		}
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				add(n.Lhs...)
			}
		case *ast.IncDecStmt:
			add(n.X)
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok &&
				(name.Name == "delete" || name.Name == "clear" || name.Name == "copy") {
				add(n.Args[0])
			}
		}
		return true
	})
	return changed
}
