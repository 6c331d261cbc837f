package serve

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAUserOfADirectoryIsNamedAsTheSystemNamesThem(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder+":/usr/bin:/bin")
	script := "#!/bin/sh\n[ \"$1 $2\" = 'passwd 424242' ] || exit 2\necho 'maria:*:424242:100:Maria:/home/maria:/bin/sh'\n"
	if err := os.WriteFile(filepath.Join(folder, "getent"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	for uid, want := range map[string]string{"0": "root", "424242": "maria", "424243": "424243"} {
		if got := userName(t.Context(), uid); got != want {
			t.Errorf("user %s is named %q, want %q", uid, got, want)
		}
	}
	if err := os.Remove(filepath.Join(folder, "getent")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	if got := userName(t.Context(), "424242"); got != "424242" {
		t.Errorf("without getent: %q", got)
	}
}
