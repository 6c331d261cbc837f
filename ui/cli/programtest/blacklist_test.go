package programtest_test

import (
	"bytes"
	"fmt"
	"maps"
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

func TestAnImportKeepsTheReasonsOfItsLines(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.write("stop.csv", "phone;Причина\n+375291111101;звонил\n+375291111102;\n")
	reasons := func() string {
		var all []string
		for _, row := range b.rows("blacklist", "--sort", "phone") {
			all = append(all, fmt.Sprint(row["reason"]))
		}
		return strings.Join(all, ", ")
	}
	dry := b.must(0, "blacklist", "import", file, "--dry-run", "--json")
	if !strings.Contains(dry.err, `reasons: 1 of the new ones from "Причина"`) ||
		decodeRows(t, strings.NewReader(dry.out))[0]["reason_column"] != "Причина" {
		t.Errorf("%s%s", dry.err, dry.out)
	}
	b.must(0, "blacklist", "import", file, "--confirm", "2")
	if got := reasons(); got != "звонил, imported from a list" {
		t.Errorf("kept: %s", got)
	}
	exported := b.write("export.csv", b.must(0, "blacklist", "--csv").out)
	b.must(0, "blacklist", "remove", "+375291111101", "+375291111102", "--reason", "again", "--confirm", "2")
	b.must(0, "blacklist", "import", exported, "--confirm", "2")
	if got := reasons(); got != "звонил, imported from a list" {
		t.Errorf("kept from our own export: %s", got)
	}
	other := b.write("other.csv", "phone,reason,note\n+375291111103,a,b\n+375291111104,a,\n")
	b.must(2, "blacklist", "import", other, "--reason-column", "why", "--confirm", "2")
	b.must(0, "blacklist", "import", other, "--reason-column", "Note", "--reason", "c", "--confirm", "2")
	file = b.write("given.csv", "phone,reason\n+375291111105,a\n")
	b.must(0, "blacklist", "import", file, "--reason", "for all", "--confirm", "1")
	if got := reasons(); got != "звонил, imported from a list, b, c, for all" {
		t.Errorf("kept in the end: %s", got)
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

func TestTheBlacklistsAreComparedAndAlignedInEitherDirectionWithACountFirst(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	if r := b.must(0, "blacklist", "compare"); !strings.Contains(r.err,
		"shop-ua: its blacklist has not been read yet") {
		t.Errorf("before the first sync it says\n%s", r.err)
	}
	b.must(0, "sync")
	if r := b.must(2, "blacklist", "compare", "--account", "minsk"); !strings.Contains(r.err,
		"sms.by has no blacklist") {
		t.Errorf("of an account without a vendor's blacklist it says\n%s", r.err)
	}
	b.must(0, "blacklist", "add", "+375291111101", "--reason", "asked")
	compared := func() map[any]int {
		n := map[any]int{}
		for _, row := range b.rows("blacklist", "compare", "--account", "shop-ua") {
			n[row["blocked"]]++
		}
		return n
	}
	before := compared()
	if before["here"] != 1 || before["vendor"] == 0 || before["both"] != 0 {
		t.Fatalf("compared: %v", before)
	}
	pull := []string{"blacklist", "compare", "--account", "shop-ua", "--pull"}
	b.must(2, pull...)
	b.must(2, append(pull, "--confirm", "1")...)
	b.must(2, append(pull, "--push", "--confirm", fmt.Sprint(before["vendor"]))...)
	if again := compared(); !maps.Equal(again, before) {
		t.Fatalf("without the right number it changed %v to %v", before, again)
	}
	row := decodeRows(t, strings.NewReader(b.must(0, append(pull, "--json", "--confirm",
		fmt.Sprint(before["vendor"]))...).out))[0]
	if row["done"] != float64(before["vendor"]) {
		t.Errorf("the pull says %v", row)
	}
	for _, row := range b.rows("blacklist") {
		if row["phone"] != "+375291111101" && row["source"] != "vendor" {
			t.Errorf("a pulled entry is %v", row)
		}
	}
	if after := compared(); after["vendor"] != 0 || after["both"] != before["vendor"] {
		t.Errorf("after the pull: %v", after)
	}
	// The one that is only here is already due to be reported.
	if r := b.must(0, "blacklist", "compare", "--account", "shop-ua", "--push"); !strings.Contains(r.err, "0 blocks") {
		t.Errorf("a push of what is to be told already says\n%s", r.err)
	}
	b.must(0, "work", "--once")
	if after := compared(); after["here"] != 0 || after["both"] != before["vendor"]+1 {
		t.Errorf("after the vendor was told: %v", after)
	}
}

func TestAVendorThatCameAfterAnEntryGetsItByAPush(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	alone := b.write("alone.toml", fmt.Sprintf("cache = %q\n", b.cache))
	b.must(0, "blacklist", "add", "+375291111101", "+375291111102", "--reason", "asked", "--config", alone)
	b.must(0, "sync")
	push := []string{"blacklist", "compare", "--account", "shop-ua", "--push"}
	b.must(2, append(push, "--confirm", "1")...)
	b.must(2, append(push, "--confirm", "2", "--read-only")...)
	if r := b.must(0, append(push, "--confirm", "2")...); !strings.Contains(r.err, "2 blocks are to be passed on") {
		t.Errorf("the push says\n%s", r.err)
	}
	if n := len(b.world.Ledger().Blacklist); n != 0 {
		t.Errorf("comparing told vendors of %d phones, the engine does that", n)
	}
	b.must(0, "work", "--once")
	if reported := b.world.Ledger().Blacklist; len(reported) != 2 {
		t.Errorf("the vendor was told %+v, want both phones once", reported)
	}
}
