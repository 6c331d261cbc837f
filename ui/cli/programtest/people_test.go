package programtest_test

import (
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestADryRunSaysHowTheListIsRead(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.must(0, "sync")
	file := b.write("sale.toml",
		"account = \"minsk\"\nname = \"Sale\"\nsender = \"Example Shop\"\ntext = \"Hello {{Name}}\"\n")
	people := b.write("people.csv",
		"Report;;\nphone;mobile;Name\n+375172001001;+375291111101;\xe1\xce\xce\xc1\n123;;X\n")
	r := b.must(0, "send", file, "--to", people, "--dry-run", "--json")
	for _, says := range []string{`the list: KOI8-R, separated by ";", phones from "mobile", then "phone"`,
		`line 1 above the headings is skipped: "Report"`, `gets: "Hello Анна"`, "line 4"} {
		if !strings.Contains(r.err, says) {
			t.Errorf("does not say %q:\n%s", says, r.err)
		}
	}
	row := decodeRows(t, strings.NewReader(r.out))[0]
	bad, _ := row["bad_rows"].([]any)
	if row["encoding"] != "KOI8-R" || row["separator"] != ";" || row["example"] != "Hello Анна" || len(bad) != 1 {
		t.Errorf("%+v", row)
	}
	r = b.must(0, "send", file, "--to", people, "--dry-run", "--json", "--encoding", "cp1251", "--phone-column",
		"phone")
	if row := decodeRows(t, strings.NewReader(r.out))[0]; row["encoding"] != "Windows-1251" || row["landlines"] != 1.0 {
		t.Errorf("%+v", row)
	}
	doubtful := b.write("doubtful.csv", "phone;Name\n+375291111101;\xc1\n")
	if r := b.must(2, "send", file, "--to", doubtful, "--dry-run"); !strings.Contains(r.err, "Windows-1251 (") ||
		!strings.Contains(r.err, "--encoding NAME") {
		t.Errorf("an encoding that is not certain: %s", r.err)
	}
	same := b.write("same.csv", "phone;phone;Name\n+375291111101;+375291111102;X\n")
	if r := b.must(2, "send", file, "--to", same, "--dry-run"); !strings.Contains(r.err, "--phone-column NAME") {
		t.Errorf("two columns of one name: %s", r.err)
	}
}
