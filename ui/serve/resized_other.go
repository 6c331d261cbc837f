//go:build !unix

package serve

import "os"

// resized are the signals of a terminal that has another size: there are none here.
func resized() []os.Signal { return nil }
