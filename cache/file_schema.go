package cache

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"viberdeck/model"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schema is what all migrations make together, written by make golden. A new file gets it in one
// transaction, which takes a fifth of the time that the migrations take one after the other.
//
//go:embed schema.sql
var schema string

// firstRows are the rows of a new file.
const firstRows = `
INSERT INTO brake (id, active) VALUES (1, 0);
INSERT INTO file (id, identity) VALUES (1, lower(hex(randomblob(16))));
INSERT INTO activity_head (id, line, seal) VALUES (1, 0, '');`

// migrate updates the file from version to the newest schema. A file with a schema is copied first;
// one without gets the newest at once.
func migrate(ctx context.Context, path string, version, newest int64, group sharing) error {
	w := openWriter(writing(path, busyFor))
	defer w.Close()
	if version == 0 {
		return create(ctx, w, newest)
	}
	if err := backUp(ctx, w, fmt.Sprintf("%s.bak-%d", path, version), group); err != nil {
		return err
	}
	return up(ctx, w)
}

// up runs the migrations that the database has not had.
func up(ctx context.Context, w *sql.DB) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return model.Errorf("migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, w, sub, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return failure("read the schema of the cache", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return failure("bring the cache up to date", err)
	}
	return nil
}

// create makes the newest schema in a database without tables, as if every migration had run.
func create(ctx context.Context, w *sql.DB, newest int64) error {
	doing := "make the tables of the cache"
	tx, err := w.BeginTx(ctx, nil)
	if err != nil {
		return failure(doing, err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, schema+firstRows); err != nil {
		return failure(doing, err)
	}
	for version := range newest + 1 {
		if _, err := tx.ExecContext(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)`,
			version); err != nil {
			return failure(doing, err)
		}
	}
	return failure(doing, tx.Commit())
}

func newestMigration() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, model.Errorf("migrations: %w", err)
	}
	var newest int64
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, model.Errorf("migration %s: %w", strings.TrimPrefix(name, "migrations/"), err)
		}
		newest = max(newest, v)
	}
	return newest, nil
}
