package cache

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// fileIDOf returns the inode and the birth of the file at path, and how many names it has.
func fileIDOf(path string) (id fileID, names uint32, err error) {
	var st unix.Statx_t
	if err := unix.Statx(unix.AT_FDCWD, path, 0, unix.STATX_BASIC_STATS|unix.STATX_BTIME, &st); err != nil {
		return id, 0, fmt.Errorf("cache file: %w", err)
	}
	id.Inode = st.Ino
	if st.Mask&unix.STATX_BTIME != 0 {
		id.Born = st.Btime.Sec*1e9 + int64(st.Btime.Nsec)
	}
	return id, st.Nlink, nil
}
