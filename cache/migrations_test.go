package cache

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

func TestMigrationsAreNumberedWithoutGapsAndTwins(t *testing.T) {
	t.Parallel()
	for i, name := range must(fs.Glob(migrations, "migrations/*.sql"))(t) {
		if want := fmt.Sprintf("migrations/%04d_", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("%s is not number %d", name, i+1)
		}
	}
}
