package cache

import (
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// logged is a cache with a log of five lines.
func logged(t *testing.T) *DB {
	t.Helper()
	db := open(t)
	for _, action := range []string{"opened", "read", "exported", "opened", "closed"} {
		a := model.Activity{At: start(), Operator: "anna", Action: action, Detail: model.Say("%d rows", 5)}
		if err := db.AddActivity(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// tamper changes the log as someone with access to the file would, bypassing its protection.
func tamper(t *testing.T, db *DB, statements ...string) {
	t.Helper()
	triggers := []string{}
	for _, name := range []string{"activity_stays", "activity_unchanged"} {
		triggers = append(triggers, one[string](t, db, `SELECT sql FROM sqlite_master WHERE name = '`+name+`'`))
		statements = slices.Insert(statements, 0, `DROP TRIGGER `+name)
	}
	for _, s := range append(statements, triggers...) {
		if _, err := db.writer.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func verified(t *testing.T, db *DB, seal string) model.ActivityCheck {
	t.Helper()
	check, err := db.VerifyActivity(t.Context(), seal)
	if err != nil {
		t.Fatal(err)
	}
	return check
}

func TestTheActivityLogCannotBeChanged(t *testing.T) {
	t.Parallel()
	db := logged(t)
	for _, s := range []string{`DELETE FROM activity`, `UPDATE activity SET operator = 'boris' WHERE id = 2`,
		`UPDATE activity SET detail = ''`, `UPDATE activity SET detail = '(a phone, removed)', at = 1`} {
		if _, err := db.writer.ExecContext(t.Context(), s); err == nil ||
			!strings.Contains(err.Error(), "only added to") {
			t.Errorf("%s: %v", s, err)
		}
	}
	if check := verified(t, db, ""); check.Lines != 5 || check.Unsealed != 0 || len(check.Faults) != 0 {
		t.Errorf("check: %+v", check)
	}
}

func TestAChangedActivityLogSaysWhichLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   []string
		want string
	}{
		{"altered", []string{`UPDATE activity SET operator = 'boris' WHERE id = 3`}, "altered: line 3,"},
		{"altered detail", []string{`UPDATE activity SET detail = '(a phone, removed)' WHERE id = 2`},
			"altered: line 2,"},
		{"moved in time", []string{`UPDATE activity SET at = at - 1 WHERE id = 5`}, "altered: line 5,"},
		{"taken out", []string{`DELETE FROM activity WHERE id = 4`}, "line 4 is missing"},
		{"first ones taken out", []string{`DELETE FROM activity WHERE id < 3`}, "lines 1 to 2 are missing"},
		{"cut off", []string{`DELETE FROM activity WHERE id > 3`}, "the end was cut off: lines 4 to 5 are missing"},
		{"emptied", []string{`DELETE FROM activity`}, "the end was cut off: lines 1 to 5 are missing"},
		{"swapped", []string{`UPDATE activity SET id = 99 WHERE id = 2`, `UPDATE activity SET id = 2 WHERE id = 3`,
			`UPDATE activity SET id = 3 WHERE id = 99`}, "altered: line 2,"},
		{"forged", []string{`INSERT INTO activity (id, at, operator, action) VALUES (6, 1, 'boris', 'approved')`},
			"line 6 has no seal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db := logged(t)
			tamper(t, db, c.do...)
			words := verified(t, db, "").Words()
			if len(words) == 0 || !strings.Contains(strings.Join(words, "\n"), c.want) {
				t.Errorf("found %q, want %q", words, c.want)
			}
		})
	}
}

func TestALogThatWasRewrittenLacksTheSealThatWasNoted(t *testing.T) {
	t.Parallel()
	db := logged(t)
	noted := verified(t, db, "").Head
	if err := db.AddActivity(t.Context(), model.Activity{At: start(), Action: "opened"}); err != nil {
		t.Fatal(err)
	}
	if check := verified(t, db, noted); len(check.Faults) != 0 {
		t.Errorf("an untouched log: %+v", check)
	}
	tamper(t, db, `DELETE FROM activity`, `UPDATE activity_head SET line = 0, seal = ''`)
	for range 6 {
		if err := db.AddActivity(t.Context(), model.Activity{At: start(), Action: "opened"}); err != nil {
			t.Fatal(err)
		}
	}
	if check := verified(t, db, ""); len(check.Faults) != 0 {
		t.Fatalf("a log that was rewritten as a whole: %+v", check)
	}
	if check := verified(t, db, noted); len(check.Faults) != 1 {
		t.Errorf("with the seal that was noted: %+v", check)
	}
}

func TestAnActivityLogWithoutItsGuardsSaysSo(t *testing.T) {
	t.Parallel()
	db := logged(t)
	if _, err := db.writer.ExecContext(t.Context(), `DROP TRIGGER activity_stays`); err != nil {
		t.Fatal(err)
	}
	if check := verified(t, db, ""); len(check.Faults) != 1 || check.Faults[0].Line != 0 {
		t.Errorf("check: %+v", check)
	}
}

func TestAPhoneThatIsRemovedByAgeLeavesTheLogRight(t *testing.T) {
	t.Parallel()
	db := open(t)
	for i := range 3 {
		a := model.Activity{At: start().Add(time.Duration(i) * time.Hour), Action: "looked up",
			Detail: model.Say("the history of %s", "+375291112233")}
		if err := db.AddActivity(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	f := forgetting{db: db, pace: db.pace(), breathe: func() error { return nil },
		before: millis(start().Add(90 * time.Minute))}
	if err := f.phonesInLines(t.Context()); err != nil {
		t.Fatal(err)
	}
	check := verified(t, db, "")
	if check.Lines != 4 || check.Redacted != 2 || len(check.Faults) != 0 {
		t.Errorf("check: %+v", check)
	}
	tamper(t, db, `UPDATE activity SET detail = 'the history of (a phone, removed), exported' WHERE id = 1`)
	if words := verified(t, db, "").Words(); len(words) != 1 || !strings.Contains(words[0], "altered: line 1,") {
		t.Errorf("an alteration of such a line: %q", words)
	}
}
