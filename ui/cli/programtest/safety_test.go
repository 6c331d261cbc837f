package programtest_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each test and each file that docs/safety.md names is there.
func TestThePromisesNameWhatExists(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("docs/safety.md")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	err = filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		suite := strings.HasPrefix(path, "cache/storetest/")
		if err != nil || !suite && !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		tests.Write(source)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile("Test[A-Z][A-Za-z0-9]*").FindAllString(string(text), -1) {
		suite := fmt.Sprintf("{%q,", strings.TrimPrefix(name, "Test")) // a row of the requirements on every store
		if !strings.Contains(tests.String(), "func "+name+"(") && !strings.Contains(tests.String(), suite) {
			t.Errorf("there is no test %s", name)
		}
	}
	for _, path := range regexp.MustCompile("(cache|vendors|ui|model)/[a-z_/]+[.]go").FindAllString(string(text), -1) {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}
