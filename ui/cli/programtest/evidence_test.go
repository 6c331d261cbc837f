package programtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestTheEvidenceOfACampaignIsOneFileWithoutSecretsThatCanBeReadBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.world.SetFaults(sim.Fault{Kind: sim.DropAfter, Op: "BulkViber", Times: 1})
	file := b.campaignFile("minsk", "Autumn sale", 10,
		`callback_url = "https://deck.example.com/callbacks/minsk/hush-hush"`)
	b.run("send", file, "--confirm", "10", "--hold", "0")
	path := filepath.Join(b.dir, "evidence.jsonl")
	b.must(0, "campaign", "evidence", "c1", path)
	b.must(2, "campaign", "evidence", "c1", path)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b.assertNoSecret("the evidence", string(text))
	kinds := map[string]int{}
	for _, row := range decodeRows(t, strings.NewReader(string(text))) {
		kinds[row["record"].(string)]++
	}
	for _, kind := range []string{"evidence", "campaign", "plan", "call", "request", "person", "activity", "end"} {
		if kinds[kind] == 0 {
			t.Errorf("there is no %s in it: %v", kind, kinds)
		}
	}
	if kinds["person"] != 10 || strings.Contains(string(text), "hush-hush") ||
		strings.Contains(string(text), phone(3)) ||
		strings.Contains(string(text), strings.TrimPrefix(phone(3), "+")) {
		t.Errorf("people %d, or a phone or a secret address is in it", kinds["person"])
	}
	if read := b.rows("campaign", "evidence", "--read", path)[0]; read["ok"] != true || read["people"] != 10.0 ||
		read["campaign"] != "c1" {
		t.Errorf("read back: %v", read)
	}
	for name, changed := range map[string]string{
		"altered": strings.Replace(string(text), `"operator":"anna"`, `"operator":"boris"`, 1),
		"cut off": strings.Join(strings.SplitAfter(string(text), "\n")[:5], ""),
		"added":   string(text) + `{"record":"person"}` + "\n",
	} {
		if r := b.must(1, "campaign", "evidence", "--read", b.write("changed.jsonl", changed)); strings.Contains(r.out,
			"as it was written") {
			t.Errorf("%s: %s", name, r.out)
		}
	}
	shown := b.must(0, "campaign", "evidence", "c1", "-", "--phones").out
	if !strings.Contains(shown, phone(3)) {
		t.Error("--phones does not show phones")
	}
	b.assertNoSecret("the evidence with phones", shown)
}
