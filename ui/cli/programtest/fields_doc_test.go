package programtest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

var (
	// documentedFields is a row of the table of fields; what explained finds does not name a field.
	documentedFields = regexp.MustCompile("(?m)^\\| `([a-z -]+)` \\| (.*) \\|$")
	explained        = regexp.MustCompile(`\([^)]*\)|;.*`)
)

func TestTheDocumentNamesTheFieldsThatTheProgramPrints(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, sim.Options{Vendors: []string{"smsby", "sendpulse", "wooxy"}})
	b.must(0, "sync")
	b.must(0, "reply", "note", "r1", "--text", "wants delivery on Friday")
	b.must(0, "answers", "add", "hours", "--text", "We are open 9 to 18.")
	sale := b.campaignFile("minsk", "Autumn sale", 2, "")
	b.must(0, "send", sale, "--confirm", "2", "--hold", "0")
	waiting := b.campaignFile("minsk", "Winter sale", 2, "")
	b.must(0, "send", waiting, "--confirm", "2", "--hold", "0", "--wait=false", "--again")
	how := map[string][]string{ // the commands that need more than their name
		"campaign show":    {"campaign", "show", "c1"},
		"backup":           {"backup", filepath.Join(b.dir, "copy.db")},
		"blacklist import": {"blacklist", "import", b.write("stop.csv", "phone\n+375291111118\n"), "--dry-run"},
		"send":             {"send", sale, "--dry-run", "--again"},
	}
	var campaigns []string
	for _, row := range documentedFields.FindAllStringSubmatch(string(document), -1) {
		name, text := row[1], explained.ReplaceAllString(row[2], "")
		text, whole := strings.CutPrefix(text, "those of `campaigns`,")
		want := strings.Fields(strings.NewReplacer(",", " ", "`", " ").Replace(text))
		if whole {
			want = append(want, campaigns...)
		}
		if name == "campaigns" {
			campaigns = want
		}
		args, ok := how[name]
		if !ok {
			args = strings.Fields(name)
		}
		rows := b.rows(args...)
		if len(rows) == 0 {
			t.Errorf("%s prints nothing to compare", name)
			continue
		}
		for field := range rows[0] {
			if !slices.Contains(want, field) {
				t.Errorf("%s prints %s, which docs/commands.md does not name", name, field)
			}
		}
		for _, field := range want {
			if _, ok := rows[0][field]; !ok {
				t.Errorf("docs/commands.md names %s of %s, which does not print it", field, name)
			}
		}
	}
}
