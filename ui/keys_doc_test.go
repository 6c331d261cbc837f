package ui

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
)

// keysDocument is the table of keys for people, made of the tables the program itself reads.
const keysDocument = "../docs/keys.md"

func TestTheDocumentOfKeysSaysWhatTheProgramDoes(t *testing.T) {
	t.Parallel()
	want := writeKeysDocument(New(options(newFakeStore(start))))
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.MkdirAll("../docs", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(keysDocument, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(keysDocument)
	if err != nil || string(got) != want {
		t.Errorf("docs/keys.md does not list the keys as they are (%v): run make golden", err)
	}
}

func writeKeysDocument(r *Root) string {
	var b strings.Builder
	b.WriteString("# Keys\n\nWritten from the program's own tables by `make golden`; do not edit. `?` shows the " +
		"keys of the screen in front, " +
		"`:` finds an\naction by its name and says why it is not available now. Letter keys work by their place " +
		"under a Cyrillic layout: " +
		"`й` is `q`, `.` is `/`.\n")
	section := func(title string, tables ...[]kit.Binding) {
		fmt.Fprintf(&b, "\n## %s\n\n| key | action | what it does |\n| --- | --- | --- |\n", title)
		for _, table := range tables {
			for _, k := range table {
				fmt.Fprintf(&b, "| %s | %s | %s |\n", documentedKeys(k), k.Action, documentedHelp(k))
			}
		}
	}
	second := r.screens[1].(*campaigns.Campaigns)
	section("Everywhere", r.global)
	section("In every list", second.ListKeys())
	section("Where rows can be marked", second.MarkKeys())
	section("Where the order can be chosen", second.SortKeys())
	// the first of the tables above and of that for scrolling
	shared := []kit.Action{kit.ActSort, kit.ActUp, kit.ActMark}
	own := func(tables [][]kit.Binding) [][]kit.Binding {
		return slices.DeleteFunc(tables, func(table []kit.Binding) bool {
			return len(table) == 0 || slices.Contains(shared, table[0].Action)
		})
	}
	for i, s := range r.screens {
		if tables := own(slices.Clone(s.Keys())); len(tables) > 0 {
			section(tabs()[i].key+" "+tabs()[i].name, tables...)
		}
		if s == kit.Screen(second) {
			section("An open campaign", second.Panes)
		}
	}
	section("Where text is scrolled", new(kit.Pager).Keys())
	return b.String()
}

func documentedKeys(k kit.Binding) string {
	labels := make([]string, len(k.Keys))
	for i, key := range k.Keys {
		labels[i] = "`" + kit.KeyLabel(key) + "`"
	}
	return strings.Join(labels, " ")
}

func documentedHelp(k kit.Binding) string {
	text := k.Help
	if k.Dangerous {
		text += "; asks first"
	}
	if k.Outgoing {
		text += "; not in read-only mode"
	}
	return strings.ReplaceAll(text, "|", `\|`)
}
