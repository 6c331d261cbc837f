package ui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// message is something the screens say: a text, a word in a context, or a counted thing.
type message struct{ context, text, many string }

// entry is the beginning of a message's entry in the table.
func (m message) entry() string {
	var b strings.Builder
	if m.context != "" {
		fmt.Fprintf(&b, "msgctxt %q\n", m.context)
	}
	fmt.Fprintf(&b, "msgid %q\n", m.text)
	if m.many != "" {
		fmt.Fprintf(&b, "msgid_plural %q\n", m.many)
	}
	return b.String()
}

// knows tells whether the table has a message; a word may stand there without its context.
func (l *language) knows(m message) bool {
	if m.many != "" {
		return slices.IndexFunc(l.forms[m.text], func(s string) bool { return s == "" }) < 0 && len(l.forms[m.text]) == 3
	}
	_, inside := l.inside[m.context][m.text]
	_, known := l.texts[m.text]
	return inside || known
}

func TestEveryMessageOfTheScreensIsInTheRussianTable(t *testing.T) {
	t.Parallel()
	russian := newLanguage(model.Russian)
	var missing []string
	for _, m := range screenMessages(t) {
		if !russian.knows(m) {
			missing = append(missing, m.entry())
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		missing = slices.Compact(missing)
		t.Errorf("%d messages have no Russian; put them into messages/ru.po:\n\n%s", len(missing), strings.Join(missing, "\n"))
	}
}

func TestEveryEntryOfTheRussianTableIsUsed(t *testing.T) {
	t.Parallel()
	used := map[message]bool{}
	for _, m := range screenMessages(t) {
		used[m] = true
		used[message{text: m.text}] = used[message{text: m.text}] || m.many == "" // the word without its context
	}
	said := strings.Join(constants(t, append([]string{".", "cli"}, outside...)...), "\n")
	for _, m := range tableMessages(t) {
		assembled := slices.Contains(composed, m.context) && isSaid(said, m.text)
		if !used[m] && !assembled {
			t.Errorf("nobody says this any more:\n%s", m.entry())
		}
	}
}

// composed are the contexts of what the source puts together from parts, or hands on before it is translated.
var composed = []string{"sentence", "field", "activity", "column", "short"}

// isSaid tells whether every part of a sentence stands in the constants of the source.
func isSaid(constants, sentence string) bool {
	return !slices.ContainsFunc(verbs.Split(sentence, -1), func(part string) bool { return !strings.Contains(constants, strings.Trim(part, ":; ")) })
}

func TestTheRussianTableHasEveryMessageOnce(t *testing.T) {
	t.Parallel()
	seen := map[message]bool{}
	for _, m := range tableMessages(t) {
		if m.many = ""; seen[m] {
			t.Errorf("there are two entries:\n%s", m.entry())
		}
		seen[m] = true
	}
}

var tableEntry = regexp.MustCompile(`(?m)^(?:msgctxt (".*")\n)?msgid (".+")\n(?:msgid_plural (".*")\n)?msgstr`)

// tableMessages reads the messages of the Russian table as they stand in the file.
func tableMessages(t *testing.T) []message {
	t.Helper()
	table, err := os.ReadFile("messages/ru.po")
	if err != nil {
		t.Fatal(err)
	}
	var all []message
	for _, m := range tableEntry.FindAllStringSubmatch(string(table), -1) {
		var parts [3]string
		for i, quoted := range m[1:] {
			if quoted != "" {
				if parts[i], err = strconv.Unquote(quoted); err != nil {
					t.Fatalf("%s: %v", quoted, err)
				}
			}
		}
		all = append(all, message{parts[0], parts[1], parts[2]})
	}
	return all
}

// screenMessages reads from the source what the screens say: the texts handed to tr, word and plural, the words of the
// tables (keys, columns, screens) that are translated when they are drawn, and the words of the model.
func screenMessages(t *testing.T) []message {
	t.Helper()
	var all []message
	for _, file := range sources(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			all = append(all, messagesAt(n)...)
			return true
		})
	}
	for _, s := range New(options(newFakeStore(start))).screens {
		name, short := s.name()
		all = append(all, message{text: name}, message{context: "tab", text: short})
	}
	for _, file := range sources(t, "../model") {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				for _, context := range modelTypes[typeName(spec)] {
					all = append(all, literals(context, spec.Values...)...)
				}
			}
			return true
		})
	}
	for _, s := range model.Statuses() {
		all = append(all, message{context: "status", text: s.String()})
	}
	for i := range 12 {
		all = append(all, message{context: "month", text: time.Month(i + 1).String()[:3]}, message{context: "weekday", text: time.Weekday(i % 7).String()[:3]})
	}
	for _, mode := range []Mode{Live, Demo, ReadOnly} {
		all = append(all, message{text: string(mode)})
	}
	return all
}

// modelTypes are the types of the model whose constants are words on the screens, and their contexts.
var modelTypes = map[string][]string{
	"CampaignState": {"state"}, "MessageKind": {"kind"}, "Class": {"class"}, "BatchState": {"batch"}, "BlacklistSource": {"source"},
	"SenderState": {"sender state"}, "ReplyState": {"reply"},
}

// tableFields are the fields of the tables whose words are translated when they are drawn, and their contexts.
var tableFields = map[string]string{"short": "key", "help": "", "title": "column", "empty": "", "order": "", "home": "filter"}

// messagesAt gives the messages of a place in the source of the screens.
func messagesAt(n ast.Node) []message {
	switch n := n.(type) {
	case *ast.CallExpr:
		return messagesOf(n)
	case *ast.ValueSpec: // const actHelp action = "help"
		if typeName(n) == "action" {
			return literals("action", n.Values...)
		}
	case *ast.KeyValueExpr:
		if name, ok := n.Key.(*ast.Ident); ok {
			if context, ok := tableFields[name.Name]; ok {
				return literals(context, n.Value)
			}
		}
	case *ast.AssignStmt: // s.empty = "…"
		var found []message
		for i, left := range n.Lhs {
			if field, ok := left.(*ast.SelectorExpr); ok && len(n.Lhs) == len(n.Rhs) {
				if context, ok := tableFields[field.Sel.Name]; ok {
					found = append(found, literals(context, n.Rhs[i])...)
				}
			}
		}
		return found
	}
	return nil
}

// messagesOf gives the messages handed to tr, word and plural.
func messagesOf(call *ast.CallExpr) []message {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	switch args := call.Args; {
	case method.Sel.Name == "tr" && len(args) > 0:
		return literals("", args[0])
	case method.Sel.Name == "word" && len(args) == 2:
		if context := literals("", args[0]); len(context) == 1 {
			return literals(context[0].text, args[1])
		}
	case method.Sel.Name == "plural" && len(args) == 3:
		if words := literals("", args[1:]...); len(words) == 2 {
			return []message{{text: words[0].text, many: words[1].text}}
		}
	}
	return nil
}

// literals gives the messages that constant texts are, or the elements of a list of them.
func literals(context string, from ...ast.Expr) []message {
	var all []message
	for _, e := range from {
		if list, ok := e.(*ast.CompositeLit); ok {
			all = append(all, literals(context, list.Elts...)...)
		} else if text, ok := joined(e, func(ast.Node) bool { return true }); ok && text != "" {
			all = append(all, message{context: context, text: text})
		}
	}
	return all
}

func typeName(spec *ast.ValueSpec) string {
	if name, ok := spec.Type.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// constants gives the constant texts that stand in packages.
func constants(t *testing.T, dirs ...string) []string {
	t.Helper()
	var all []string
	for _, dir := range dirs {
		for _, file := range sources(t, dir) {
			ast.Inspect(file, func(n ast.Node) bool {
				if e, ok := n.(ast.Expr); ok {
					if text, ok := joined(e, func(ast.Node) bool { return true }); ok {
						all = append(all, text)
					}
				}
				return true
			})
		}
	}
	return all
}

// sources parses the files of a package without its tests.
func sources(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(dir + "/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("%s has no files: %v", dir, err)
	}
	var all []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file)
	}
	return all
}
