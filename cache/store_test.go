package cache

import (
	"path/filepath"
	"testing"
	"time"

	"viberdeck/cache/storetest"
)

func TestTheCacheDoesWhatEveryStoreMustDo(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, now func() time.Time) func() storetest.Store {
		path, state := emptyFile(t), filepath.Join(t.TempDir(), "state")
		return func() storetest.Store {
			db, err := Open(t.Context(), path, Options{Now: now, StateDir: state})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			seedAccounts(t, db)
			return db
		}
	})
}
