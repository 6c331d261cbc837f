package programtest_test

import (
	"database/sql"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestTheActivityLogIsListedAndSaysWhenItWasChanged(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.queued("Autumn sale")
	b.must(0, "campaign", "pause", "c1")
	b.must(0, "campaign", "recall", "c1")
	rows := b.rows("activity", "--campaign", "c1")
	if len(rows) != 3 || rows[0]["action"] != "recalled" || rows[1]["action"] != "paused" ||
		rows[0]["operator"] != "anna" ||
		rows[0]["campaign_name"] != "Autumn sale" || rows[0]["at"] == nil {
		t.Fatalf("activity: %v", rows)
	}
	check := b.rows("activity", "--verify")[0]
	seal, _ := check["seal"].(string)
	if check["ok"] != true || seal == "" {
		t.Fatalf("check: %v", check)
	}
	b.must(0, "activity", "--verify", "--seal", seal)
	b.must(2, "activity", "--seal", seal)
	db, err := sql.Open("sqlite", b.cache)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range []string{`UPDATE activity SET operator = 'boris' WHERE action = 'paused'`,
		`DELETE FROM activity WHERE action = 'paused'`} {
		if _, err := db.ExecContext(t.Context(), s); err == nil {
			t.Errorf("%s was let through", s)
		}
	}
	for _, s := range []string{`DROP TRIGGER activity_unchanged`,
		`UPDATE activity SET operator = 'boris' WHERE action = 'paused'`} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if r := b.must(1, "activity", "--verify"); !strings.Contains(r.err, "altered: line 2,") ||
		!strings.Contains(r.err, "activity_unchanged") {
		t.Errorf("an altered log:\n%s", r.err)
	}
}
