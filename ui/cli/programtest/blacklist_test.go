package programtest_test

import (
	"bytes"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

// stopList holds one phone that the tests block before, two others, one of them twice, and a line
// that is not a phone, as KOI8-R with a line above the headings.
const stopList = "\xef\xd4\xcb\xc1\xda\xd9;\nphone;\xe9\xcd\xd1\n+375291111101;\xe1\xce\xce\xc1\n" +
	"+375291111102;\n+375291111103;\n+375291111102;\n12;\n"

func TestAnImportOfTheBlacklistSaysFirstWhoIsNewAndWantsTheirNumber(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.must(0, "blacklist", "add", "+375291111101", "--reason", "asked")
	file := b.write("stop.csv", stopList)
	preview := []string{"2 new, 1 already there, 1 invalid, 1 duplicate", "KOI8-R", "line 7: \"12\": "}
	dry := b.must(0, "blacklist", "import", file, "--dry-run", "--json")
	for _, says := range append(preview, "nobody was blocked") {
		if !strings.Contains(dry.err, says) {
			t.Errorf("the dry run does not say %q:\n%s", says, dry.err)
		}
	}
	row := decodeRows(t, strings.NewReader(dry.out))[0]
	bad, _ := row["bad_rows"].([]any)
	if row["new"] != 2.0 || row["already"] != 1.0 || row["duplicates"] != 1.0 || row["blocked"] != 0.0 ||
		len(bad) != 1 || bad[0].(map[string]any)["line"] != 7.0 {
		t.Errorf("%+v", row)
	}
	for _, args := range [][]string{{}, {"--confirm", "3"}, {"--confirm", "0"}, {"--confirm", "2", "--reason", " "}} {
		b.must(2, append([]string{"blacklist", "import", file}, args...)...)
	}
	if rows := b.rows("blacklist"); len(rows) != 1 {
		t.Fatalf("without the right number %d phones are blocked, want the 1 of before", len(rows))
	}
	done := b.must(0, "blacklist", "import", file, "--confirm", "2", "--reason", "list of the shop")
	if !strings.Contains(done.err, "2 blocked") {
		t.Errorf("the import says\n%s", done.err)
	}
	sources := map[any]int{}
	for _, row := range b.rows("blacklist") {
		sources[row["source"]]++
		if row["source"] == "import" && (row["reason"] != "list of the shop" || row["added_by"] != "anna") {
			t.Errorf("an imported entry is %v", row)
		}
	}
	if sources["import"] != 2 || sources["operator"] != 1 {
		t.Errorf("entries by source: %v", sources)
	}
	if again := b.must(0, "blacklist", "import", file); !strings.Contains(again.err, "0 new, 3 already there") {
		t.Errorf("a second import says\n%s", again.err)
	}
}

func TestAnImportForOneAccountIsReplacedByOneForAll(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.write("stop.csv", "phone\n+375291111101\n")
	b.must(0, "blacklist", "import", file, "--account", "minsk", "--confirm", "1")
	if r := b.must(0, "blacklist", "import", file, "--account", "minsk"); !strings.Contains(r.err, "0 new") {
		t.Errorf("the same again: %s", r.err)
	}
	if r := b.must(2, "blacklist", "import", file, "--account", "shop-ua"); !strings.Contains(r.err, "1 new") {
		t.Errorf("for another account: %s", r.err)
	}
	b.must(0, "blacklist", "import", file, "--confirm", "1")
	if rows := b.rows("blacklist"); len(rows) != 1 {
		t.Errorf("the phone has %d entries: %v", len(rows), rows)
	}
}

func TestAnImportReadsStandardInput(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	cmd := b.command("blacklist", "import", "-", "--confirm", "1")
	cmd.Stdin = strings.NewReader("phone\n+375291111101\n")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil || len(b.rows("blacklist")) != 1 {
		t.Errorf("%v: %s", err, errs.String())
	}
}
