package cache

import (
	"encoding/binary"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// reported are the events of a directory: a file that was open for writing was closed, which also
// happens when its process is killed, or a name appeared or disappeared.
const reported = unix.IN_CLOSE_WRITE | unix.IN_CREATE | unix.IN_DELETE | unix.IN_MOVED_FROM | unix.IN_MOVED_TO |
	unix.IN_DELETE_SELF | unix.IN_MOVE_SELF | unix.IN_ONLYDIR

// reportsOf calls about with the name of each file of dir that was written, made, replaced or
// removed, "" when that is not known, until end is called. ended is called when no more follow.
func reportsOf(dir string, about func(name string), ended func()) (end func() error, err error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, fmt.Errorf("watch %s: %w", dir, err)
	}
	f := os.NewFile(uintptr(fd), "inotify")
	if _, err := unix.InotifyAddWatch(fd, dir, reported); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("watch %s: %w", dir, err)
	}
	go func() {
		defer ended()
		buffer := make([]byte, 4096)
		for {
			n, err := f.Read(buffer)
			if err != nil {
				return
			}
			for rest := buffer[:n]; len(rest) >= unix.SizeofInotifyEvent; {
				mask := binary.NativeEndian.Uint32(rest[4:])
				size := unix.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(rest[12:]))
				about(strings.TrimRight(string(rest[unix.SizeofInotifyEvent:size]), "\x00"))
				if mask&unix.IN_IGNORED != 0 {
					return // the directory is gone
				}
				rest = rest[size:]
			}
		}
	}()
	return f.Close, nil
}
