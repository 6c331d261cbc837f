package ui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

// spoken are the packages whose sentences and words reach a screen.
var spoken = []string{"../model", "../cache", "../vendors", "../vendors/all", "../vendors/callbacks", "../vendors/host",
	"../vendors/wooxy",
	"../vendors/smsby", "../vendors/routee", "../vendors/sendpulse", ".", "export", "kit", "compose", "person",
	"replies",
	"campaigns", "lists", "term", "lang", "serve", "cli", "cli/drill", "cli/settings", ".."}

// said is a text of the source that is translated: a format, a word with its context, or a counted
// thing with its plural.

type phrase struct {
	context, text, plural string
}

// formatAt lists the functions that take a format, and the position of that argument.
var formatAt = map[string]int{
	"InvalidRefusal": 2, "Say": 0, "Errorf": 0, "NotFound": 0, "Invalid": 1, "Tr": 0, "conflict": 0, "refuse": 2,
	"fail": 1, "note": 6,
	"add":  1,
	"wrap": 0, "failure": 0, "execAll": 2, "all": 2, "each": 2, "refused": 1, "soon": 1, "notify": 4,
}

// formatFields are the fields of tables that hold a format.
var formatFields = []string{"Format", "Guard", "NameRule", "words", "Help"}

// source holds the texts of the packages.
type source struct {
	translated map[phrase]string // to the file that contains it
	literals   map[string]bool   // every constant text, for what is found by a variable,
}

// readSource reads the texts of the packages, once for all tests.
func readSource(t *testing.T) source {
	t.Helper()
	s, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var readOnce = sync.OnceValues(func() (source, error) {
	s := source{map[phrase]string{}, map[string]bool{}}
	for _, dir := range spoken {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			return s, fmt.Errorf("%s has no files: %w", dir, err)
		}
		var trees []*ast.File
		consts := map[string]string{}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				return s, err
			}
			trees = append(trees, tree)
			constantsOf(tree, consts)
		}
		for _, tree := range trees {
			ast.Inspect(tree, func(n ast.Node) bool {
				s.visit(n, dir, consts)
				return true
			})
		}
	}
	return s, nil
})

// constantsOf collects the constants of a file by name.
func constantsOf(tree *ast.File, consts map[string]string) {
	ast.Inspect(tree, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			for i, name := range v.Names {
				if i < len(v.Values) {
					if text, ok := constant(v.Values[i], consts); ok {
						consts[name.Name] = text
					}
				}
			}
		}
		return true
	})
}

// constant evaluates a constant text.
func constant(e ast.Expr, consts map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.ParenExpr:
		return constant(e.X, consts)
	case *ast.Ident:
		text, ok := consts[e.Name]
		return text, ok
	case *ast.BinaryExpr:
		left, okLeft := constant(e.X, consts)
		right, okRight := constant(e.Y, consts)
		return left + right, okLeft && okRight
	}
	return "", false
}

func (s source) visit(n ast.Node, dir string, consts map[string]string) {
	text := func(args []ast.Expr, at int) (string, bool) {
		if at >= len(args) {
			return "", false
		}
		return constant(args[at], consts)
	}
	if e, ok := n.(ast.Expr); ok {
		if literal, ok := constant(e, consts); ok {
			s.literals[literal] = true
		}
	}
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		key, _ := n.Key.(*ast.Ident)
		if format, ok := constant(n.Value, consts); ok && key != nil {
			if slices.Contains(formatFields, key.Name) || key.Name == "Text" && strings.Contains(dir, "vendors") {
				s.format(format, dir)
			}
		}
		if table, ok := n.Value.(*ast.CompositeLit); ok && key != nil && key.Name == "Lacks" {
			for _, row := range table.Elts {
				if row, ok := row.(*ast.KeyValueExpr); ok {
					if reason, ok := constant(row.Value, consts); ok {
						s.format(reason, dir)
					}
				}
			}
		}
	case *ast.CompositeLit:
		if callee(n.Type) == "slowError" && len(n.Elts) == 2 {
			if words, ok := constant(n.Elts[0], consts); ok {
				s.format(words, dir)
			}
		}
		if name := callee(n.Type); name == "Word" && len(n.Elts) == 2 {
			parts := make([]ast.Expr, 2)
			for i, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok {
					e = pair.Value
				}
				parts[i] = e
			}
			context, ok := constant(parts[0], consts)
			if word, isWord := constant(parts[1], consts); ok && isWord {
				s.translated[phrase{context: context, text: word}] = dir
			}
		}
	case *ast.CallExpr:
		name := callee(n.Fun)
		if from, ok := n.Fun.(*ast.SelectorExpr); ok &&
			slices.Contains([]string{"fmt", "errors", "t"}, callee(from.X)) {
			return
		}
		if (name == "add" || name == "fail") && !strings.HasPrefix(dir, "..") || name == "refused" &&
			dir != "../cache" ||
			name == "note" && dir == "cli" {
			return
		}
		switch name {
		case "Word":
			context, ok := text(n.Args, 0)
			if word, isWord := text(n.Args, 1); ok && isWord {
				s.translated[phrase{context: context, text: word}] = dir
			}
		case "Plural", "Counted":
			one, ok := text(n.Args, 1)
			if many, isMany := text(n.Args, 2); ok && isMany && dir != "cli" { // what it writes is English
				s.translated[phrase{text: one, plural: many}] = dir
			}
		default:
			if at, ok := formatAt[name]; ok {
				if format, ok := text(n.Args, at); ok {
					s.format(format, dir)
				}
			}
		}
	}
}

// format notes a format, as Errorf leaves it. One without words needs no translation.
func (s source) format(format, dir string) {
	format = strings.ReplaceAll(format, "%w", "%s")
	if letters.MatchString(gapOf.ReplaceAllString(format, "")) {
		s.translated[phrase{text: format}] = dir
	}
}

var (
	letters = regexp.MustCompile(`\p{L}`)
	gapOf   = regexp.MustCompile(`%(\[(\d+)\])?[-+#0]*\d*(\.\d+)?([a-zA-Z])`)
)

// callee returns the last name of an expression.
func callee(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.IndexExpr:
		return callee(e.X)
	}
	return ""
}

func TestEverySentenceOfTheProgramHasItsRussian(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	var missing []string
	s := readSource(t)
	for what, dir := range s.translated {
		ok := what.text == "" || what.plural != "" && len(russian.Forms[what.text]) > 0
		if what.plural == "" {
			_, ok = russian.Texts[what.text]
			if what.context != "" {
				_, inside := russian.Inside[what.context][what.text]
				ok = ok || inside || !letters.MatchString(what.text)
			}
		}
		if !ok {
			entry := "# " + strings.TrimPrefix(dir, "../") + "\n"
			if what.context != "" {
				entry += "msgctxt " + strconv.Quote(what.context) + "\n"
			}
			entry += "msgid " + strconv.Quote(what.text) + "\n"
			if what.plural != "" {
				entry += "msgid_plural " + strconv.Quote(what.plural) + "\n"
			}
			missing = append(missing, entry)
		}
	}
	if slices.Sort(missing); len(missing) > 0 {
		t.Errorf("%d texts have no Russian; put them into messages/ru.po:\n\n%s", len(missing),
			strings.Join(missing, "\n"))
	}
}

func TestNothingIsTranslatedThatTheProgramDoesNotSay(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	s := readSource(t)
	used := func(text string) bool {
		return s.literals[text] || s.translated[phrase{text: text}] != ""
	}
	for _, text := range slices.Sorted(maps.Keys(russian.Texts)) {
		if !used(text) {
			t.Errorf("messages/ru.po has %q, which the program does not say", text)
		}
	}
	for context, words := range russian.Inside {
		for word := range words {
			if !used(word) && context != "quotes" && context != "decimal sign" && context != "month" &&
				context != "weekday" {
				t.Errorf("messages/ru.po has %q in the context %q, which the program does not say", word, context)
			}
		}
	}
	for one := range russian.Forms {
		if !used(one) {
			t.Errorf("messages/ru.po counts %q, which the program does not", one)
		}
	}
}
