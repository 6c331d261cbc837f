//go:build !unix

package serve

import "os"

// resized returns the signals for a change of the terminal's size: there are none here.
func resized() []os.Signal { return nil }
