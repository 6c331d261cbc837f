package cache

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFUSEOfALocalDiskIsNotANetwork(t *testing.T) {
	t.Parallel()
	table := filepath.Join(t.TempDir(), "mounts")
	content := "/dev/sda / ext4 rw 0 0\nhost:/home /home/anna fuse.sshfs rw 0 0\n/dev/sdb /mnt/my\\040disk fuseblk " +
		"rw 0 0\nx /home/anna/local fuse.gocryptfs rw 0 0\n"
	if err := os.WriteFile(table, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{"/home/anna/data": "sshfs", "/home/anna": "sshfs", "/home/annabel": "",
		"/mnt/my disk/x":        "",
		"/home/anna/local/data": "", "/": ""} {
		if got, err := networkFuse(dir, table); err != nil || got != want {
			t.Errorf("%s is on %q, want %q, %v", dir, got, want, err)
		}
	}
}
