//go:build unix

package serve

import (
	"os"
	"syscall"
)

// resized are the signals of a terminal that has another size.
func resized() []os.Signal { return []os.Signal{syscall.SIGWINCH} }
