//go:build unix

package cache

import (
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// stop stops a process by a signal and waits until it has stopped.
func stop(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for tick := time.Tick(5 * time.Millisecond); ; <-tick {
		if state, _, _ := (process{id: cmd.Process.Pid}).look(); state == "T" {
			return
		}
	}
}
