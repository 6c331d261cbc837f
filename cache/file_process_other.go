//go:build !linux

package cache

import (
	"os"
	"syscall"
)

// exists reports whether there is a process with this number.
func (p process) exists() bool {
	found, err := os.FindProcess(p.id)
	return err == nil && found.Signal(syscall.Signal(0)) == nil
}

// stopped is unknown on this system.
func (p process) stopped() bool { return false }
