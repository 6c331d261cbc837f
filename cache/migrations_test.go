package cache

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the schema of a new cache")

func TestMigrationsAreNumberedWithoutGapsAndTwins(t *testing.T) {
	t.Parallel()
	for i, name := range must(fs.Glob(migrations, "migrations/*.sql"))(t) {
		if want := fmt.Sprintf("migrations/%04d_", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("%s is not number %d", name, i+1)
		}
	}
}

// migrated opens a database that had every migration, one after the other.
func migrated(t *testing.T) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db := unopened(t, path)
	if err := up(t.Context(), db.reader); err != nil {
		t.Fatal(err)
	}
	return db
}

// unopened gives the database at path as it stands, without what opening a cache does.
func unopened(t *testing.T, path string) *DB {
	t.Helper()
	w := openWriter(writing(path, busyFor))
	t.Cleanup(func() { _ = w.Close() })
	return &DB{shared: &shared{reader: w}}
}

// statements gives what makes the tables, indexes and triggers of a database, in order; the tables
// that belong to a virtual one are made with it.
func statements(t *testing.T, db *DB) string {
	t.Helper()
	all := must(texts(t.Context(), db.reader, `SELECT sql FROM sqlite_schema s WHERE sql IS NOT NULL
		AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND NOT EXISTS (SELECT 1 FROM sqlite_schema v
			WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' AND s.name GLOB v.name || '_*' AND s.type = 'table')
		ORDER BY rowid`))(t)
	return "-- What all migrations make together: `make golden` writes it.\n\n" + strings.Join(all, ";\n\n") + ";\n"
}

func TestANewFileIsWhatTheMigrationsMake(t *testing.T) {
	t.Parallel()
	old := migrated(t)
	if *update {
		if err := os.WriteFile("schema.sql", []byte(statements(t, old)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	db := unopened(t, emptyFile(t))
	if got, want := statements(t, db), statements(t, old); got != want || schema != want {
		t.Fatal("a new file is not what the migrations make; after adding a migration run make golden")
	}
	columns := map[string]string{}
	for _, table := range must(texts(t.Context(), old.reader,
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'reply_text_%'`))(t) {
		columns[table] = one[string](t, old, `SELECT coalesce(group_concat('"' || name || '"', ', '), '*')
			FROM pragma_table_info('`+table+`') WHERE name NOT IN ('identity', 'tstamp')`)
	}
	made := rowsOf(t, db.reader, columns)
	for table, rows := range rowsOf(t, old.reader, columns) {
		if made[table] != rows {
			t.Errorf("%s has\n%s\nand after the migrations\n%s", table, made[table], rows)
		}
	}
	if identities := []string{one[string](t, db, `SELECT identity FROM file`),
		one[string](t, old, `SELECT identity FROM file`)}; len(identities[0]) != 32 ||
		len(slices.Compact(identities)) != 2 {
		t.Errorf("the identities are %q", identities)
	}
}
