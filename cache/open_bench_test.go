package cache

import (
	"fmt"
	"path/filepath"
	"testing"
)

// BenchmarkOpen opens a cache that does not exist yet, as the first command on a host does, and one
// that does, as every other command does.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	open := func(name string) {
		db, err := Open(b.Context(), filepath.Join(dir, name), Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("new", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			open(fmt.Sprintf("new%d.db", i))
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			open("again.db")
		}
	})
}
