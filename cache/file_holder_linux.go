package cache

import (
	"os"
	"strconv"
	"strings"
	"syscall"

	"viberdeck/model"
)

// writeLock is the byte that a writer locks in the index beside a file with a write-ahead log.
const writeLock = "120"

// holder returns the process that is writing to the file just now; its number is 0 if that is
// unknown.
func holder(path string) (p process, name string) {
	info, err := os.Stat(path + "-shm")
	if err != nil {
		return p, ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	locks, err := os.ReadFile("/proc/locks")
	if err != nil || !ok {
		return p, ""
	}
	file := ":" + strconv.FormatUint(stat.Ino, 10)
	for line := range strings.Lines(string(locks)) {
		f := strings.Fields(line) // 1: POSIX ADVISORY WRITE 4711 fe:01:1234 120 120
		if len(f) != 8 || f[3] != "WRITE" || !strings.HasSuffix(f[5], file) || f[6] != writeLock {
			continue
		}
		if p.id, err = strconv.Atoi(f[4]); err != nil || p.id <= 0 || p.id == os.Getpid() {
			return process{}, ""
		}
		_, p.born, _ = p.look()
		comm, _ := os.ReadFile("/proc/" + f[4] + "/comm") // empty if the process has ended
		return p, model.SanitiseLine(strings.TrimSpace(string(comm)))
	}
	return p, ""
}
