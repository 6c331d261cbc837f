package programtest_test

import (
	"strings"
	"testing"
	"time"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/vendors/sim"
)

func TestAttentionListsWhatNeedsAPersonAndItsExitCodeSaysSo(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	if r := b.run("attention", "--json"); r.code != 0 || r.out != "" {
		t.Errorf("nothing needs anybody: exit %d\n%s%s", r.code, r.out, r.err)
	}
	if r := b.run("brake", "on", "--reason", "a fire"); r.code != 0 {
		t.Fatal(r.err)
	}
	if r := b.run("attention", "--json"); r.code != 1 || !strings.Contains(r.out, `"kind":"brake"`) ||
		!strings.Contains(r.out, "a fire") {
		t.Errorf("the brake is on: exit %d\n%s%s", r.code, r.out, r.err)
	}
}

func TestKeptCallbacksAreListedReleasedAndDropped(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	b.run("brake", "status") // makes the cache
	db, err := cache.Open(t.Context(), b.cache, cache.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, body := range []string{"one", "two", "\x1b[2Jthree"} {
		if _, err := db.StoreCallbacks(t.Context(), []model.Callback{{Account: "minsk", Vendor: model.SMSBy,
			Body: []byte(body), ReceivedAt: time.Now()}}); err != nil {
			t.Fatal(err)
		}
	}
	waiting, err := db.NextCallbacks(t.Context(), 10)
	if err != nil || len(waiting) != 3 {
		t.Fatalf("%+v, %v", waiting, err)
	}
	for _, c := range waiting {
		if err := db.KeepCallback(t.Context(), c.ID, "not understood"); err != nil {
			t.Fatal(err)
		}
	}
	rows := b.rows("callbacks")
	if len(rows) != 3 || rows[0]["body"] != "one" || rows[0]["account"] != "minsk" ||
		rows[0]["why"] != "not understood" ||
		strings.Contains(rows[2]["body"].(string), "\x1b") {
		t.Fatalf("the list: %v", rows)
	}
	if r := b.run("attention"); r.code != 1 || !strings.Contains(r.out, "3 callbacks wait of minsk") {
		t.Errorf("attention: exit %d\n%s%s", r.code, r.out, r.err)
	}
	for _, step := range []struct {
		code int
		args []string
	}{{2, []string{"drop"}}, {2, []string{"drop", "--all", "--confirm", "2"}}, {2, []string{"release", "x"}},
		{0, []string{"release", "1"}}, {0, []string{"drop", "--all", "--confirm", "2"}}} {
		if r := b.run(append([]string{"callbacks"}, step.args...)...); r.code != step.code {
			t.Errorf("callbacks %s: exit %d\n%s", strings.Join(step.args, " "), r.code, r.err)
		}
	}
	if rows := b.rows("callbacks"); len(rows) != 0 {
		t.Errorf("left are %v", rows)
	}
	again, err := db.NextCallbacks(t.Context(), 10)
	if err != nil || len(again) != 1 || !again[0].Released {
		t.Errorf("to be read again are %+v, %v", again, err)
	}
}
