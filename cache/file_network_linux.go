package cache

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"viberdeck/model"
)

// networkFileSystem names the network file system dir is on, "" for a local one. SQLite's locks and
// shared memory do not work over a network.
func networkFileSystem(dir string) (string, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return "", model.Errorf("file system of %s: %w", dir, err)
	}
	switch uint32(st.Type) { // magic numbers are 32 bits wide; the type of the field differs between machines
	case unix.NFS_SUPER_MAGIC:
		return "NFS", nil
	case unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC:
		return "SMB", nil
	case unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC:
		return "AFS", nil
	case unix.FUSE_SUPER_MAGIC:
		return networkFuse(dir, "/proc/self/mounts")
	}
	return "", nil
}

// networkFuse distinguishes sshfs and similar systems from FUSE file systems on local disks, which
// are fine, by the table of mounts.
func networkFuse(dir, table string) (string, error) {
	kind, err := mounted(dir, table)
	if err != nil {
		return "", err
	}
	for _, name := range []string{"sshfs", "rclone", "s3fs", "davfs", "cifs", "nfs", "smb"} {
		if strings.HasPrefix(kind, "fuse.") && strings.Contains(kind, name) {
			return strings.TrimPrefix(kind, "fuse."), nil
		}
	}
	return "", nil
}

// mounted returns the kind of the file system that dir is on, by the table of mounts.
func mounted(dir, table string) (string, error) {
	mounts, err := os.ReadFile(table)
	if err != nil {
		return "", model.Errorf("mounts: %w", err)
	}
	var point, kind string
	for line := range strings.Lines(string(mounts)) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		at := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`).Replace(fields[1])
		if within := dir == at || strings.HasPrefix(dir, strings.TrimSuffix(at, "/")+"/"); within &&
			len(at) >= len(point) {
			point, kind = at, fields[2]
		}
	}
	return kind, nil
}

// fileSystem names, for a person, the kind of file system a directory is on, "" if it is unknown.
func fileSystem(dir string) string {
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	kind, err := mounted(dir, "/proc/self/mounts")
	if err != nil {
		return ""
	}
	return kind
}
