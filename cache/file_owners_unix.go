//go:build unix

package cache

import (
	"io/fs"
	"syscall"
)

// ownersOf returns the group and the user of a file.
func ownersOf(info fs.FileInfo) (gid, uid int, known bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return int(st.Gid), int(st.Uid), true
}
