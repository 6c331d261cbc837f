package cache

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"

	"viberdeck/model"
)

// Facts describes the file. To find out whether it can be written, it tries a transaction that
// changes nothing.
func (db *DB) Facts(ctx context.Context) (model.CacheFacts, error) {
	facts := model.CacheFacts{Path: db.path, FileSystem: fileSystem(filepath.Dir(db.path)), Space: db.space()}
	for _, part := range []string{db.path, db.path + "-wal"} {
		if info, err := os.Stat(part); err == nil {
			facts.Bytes += info.Size()
		}
	}
	err := db.read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&facts.Schema)
	})
	if err != nil {
		return facts, err
	}
	facts.Unwritable = db.change(ctx, func(*sql.Tx) ([]model.Topic, error) { return nil, nil })
	return facts, nil
}
