package cache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func keptWriter(t *testing.T) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := openWriter(statementCache{writing(path, busyFor)})
	t.Cleanup(func() { _ = w.Close() })
	if _, err := w.ExecContext(t.Context(), `CREATE TABLE n (v INTEGER)`); err != nil {
		t.Fatal(err)
	}
	return w
}

// kept returns the number of statements that the connection of w keeps.
func kept(t *testing.T, w *sql.DB) (n int) {
	t.Helper()
	c := must(w.Conn(t.Context()))(t)
	defer c.Close()
	if err := c.Raw(func(raw any) error {
		n = len(raw.(*cachingConn).idle)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAStatementThatIsBeingReadCanBeAskedAgainMeanwhile(t *testing.T) {
	w := keptWriter(t)
	tx := must(w.BeginTx(t.Context(), nil))(t)
	defer tx.Rollback()
	for i := range 3 {
		if _, err := tx.ExecContext(t.Context(), `INSERT INTO n VALUES (?)`, i); err != nil {
			t.Fatal(err)
		}
	}
	const query = `SELECT v FROM n ORDER BY v`
	pairs := 0
	err := each(t.Context(), tx, "read the outer rows", func(scanner) error {
		inner, err := all(t.Context(), tx, "read the inner rows", single[int], query)
		if pairs += len(inner); !slices.Equal(inner, []int{0, 1, 2}) {
			t.Errorf("read %v beside itself", inner)
		}
		return err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	if pairs != 9 {
		t.Errorf("read %d pairs of 3 rows, want 9", pairs)
	}
}

func TestAKeptStatementSeesAChangedSchemaAndItsNewArguments(t *testing.T) {
	w := keptWriter(t)
	exec := func(text string, args ...any) {
		t.Helper()
		if _, err := w.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO n VALUES (?)`, 1)
	var columns int
	ask := func() (v int) {
		t.Helper()
		rows := must(w.QueryContext(t.Context(), `SELECT * FROM n WHERE v > ? ORDER BY v DESC`, 0))(t)
		defer rows.Close()
		names := must(rows.Columns())(t)
		columns = len(names)
		into := make([]any, len(names))
		into[0] = &v
		for i := range into[1:] {
			into[i+1] = new(sql.NullInt64)
		}
		if !rows.Next() {
			t.Fatal("there is no row")
		}
		if err := errors.Join(rows.Scan(into...), rows.Err()); err != nil {
			t.Fatal(err)
		}
		return v
	}
	ask()
	exec(`ALTER TABLE n ADD COLUMN w INTEGER`)
	exec(`INSERT INTO n (v, w) VALUES (?, ?)`, 2, 3)
	if v := ask(); v != 2 || columns != 2 {
		t.Errorf("read %d in %d columns, want 2 in 2", v, columns)
	}
}

func TestAStatementThatFailedOrWasInterruptedIsPreparedAnew(t *testing.T) {
	w := keptWriter(t)
	if _, err := w.ExecContext(t.Context(), `CREATE UNIQUE INDEX one ON n (v)`); err != nil {
		t.Fatal(err)
	}
	const insert = `INSERT INTO n VALUES (?)`
	if _, err := w.ExecContext(t.Context(), insert, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ExecContext(t.Context(), insert, 1); err == nil {
		t.Fatal("the same value was taken twice")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = w.ExecContext(ended, insert, 2)
	if _, err := w.ExecContext(t.Context(), insert, 3); err != nil {
		t.Errorf("after a failure: %v", err)
	}
}

func TestAConnectionKeepsOnlySoManyStatements(t *testing.T) {
	w := keptWriter(t)
	for i := range 3 * mostStatements {
		if _, err := w.ExecContext(t.Context(), fmt.Sprintf(`INSERT INTO n VALUES (%d)`, i)); err != nil {
			t.Fatal(err)
		}
	}
	if n := kept(t, w); n != mostStatements {
		t.Errorf("%d statements are kept, want %d", n, mostStatements)
	}
}
