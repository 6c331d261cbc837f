package cache

import "golang.org/x/sys/unix"

// freeSpace returns how many bytes unprivileged users can still write below a directory.
func freeSpace(dir string) (bytes int64, known bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true //nolint:unconvert // the types differ between machines
}
