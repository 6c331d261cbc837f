package cache

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestTheFactsNameSizeSchemaAndWhetherItCanBeWritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	db, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	facts, err := db.Facts(t.Context())
	if err != nil || facts.Path != path || facts.Bytes == 0 || facts.Schema == 0 || facts.Unwritable != nil {
		t.Errorf("%+v, %v", facts, err)
	}
	if runtime.GOOS == "linux" && facts.FileSystem == "" {
		t.Error("nothing says on which file system it is")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	readOnly, err := Open(t.Context(), path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer readOnly.Close()
	if facts, err := readOnly.Facts(t.Context()); err != nil || facts.Unwritable == nil {
		t.Errorf("a file opened for reading: %+v, %v", facts, err)
	}
}
