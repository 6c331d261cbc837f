//go:build unix

package serve

import (
	"os"
	"syscall"
)

// resized returns the signals for a change of the terminal's size.
func resized() []os.Signal { return []os.Signal{syscall.SIGWINCH} }
