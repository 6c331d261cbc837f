//go:build linux

package programtest_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"viberdeck/vendors/sim"
)

func TestEverythingCanBeReadOnADiskThatTakesNothingMore(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.must(0, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--confirm", "3", "--hold", "0")
	full := func(args ...string) (out string, code int) {
		cmd := b.command(args...)
		// No file may grow beyond one block, nor may the one that SQLite keeps beside the cache.
		cmd.Args = append([]string{"sh", "-c", `ulimit -f 1; exec "$0" "$@"`, cmd.Path}, cmd.Args[1:]...)
		cmd.Path = "/bin/sh"
		output, _ := cmd.CombinedOutput()
		return string(output), cmd.ProcessState.ExitCode()
	}
	for _, read := range [][]string{{"campaigns"}, {"recipients", "--campaign", "c1"}, {"outbox"}, {"brake", "status"},
		{"campaign", "show", "c1"}, {"--read-only", "campaigns"}} {
		if text, code := full(read...); code != 0 {
			t.Errorf("%v: exit %d: %s", read, code, text)
		}
	}
	for _, write := range [][]string{{"brake", "on"}, {"blacklist", "add", "+375291234567", "--reason", "asked"}} {
		if words, code := full(write...); code != 1 || !strings.Contains(words, "the disk is full") {
			t.Errorf("%v: exit %d: %s", write, code, words)
		}
	}
}

func TestAFileThatMayNotBeWrittenCanBeReadWithReadOnly(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.must(0, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--confirm", "3", "--hold", "0")
	if err := os.Chmod(b.cache, 0o400); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(b.dir, "viberdeck")
	if output, err := exec.Command("cp", os.Getenv(built), program).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	const nobody = 65534
	root := os.Getuid() == 0 // root may write everywhere
	if root {
		if err := os.Chmod(filepath.Dir(b.dir), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{program, b.cache, b.cache + ".id", b.config} {
			if err := os.Chown(name, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	read := func(args ...string) (out string, code int) {
		cmd := b.command(args...)
		cmd.Path = program
		if root {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		var printed bytes.Buffer
		cmd.Stdout, cmd.Stderr = &printed, &printed
		if err := cmd.Run(); cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return printed.String(), cmd.ProcessState.ExitCode()
	}
	if text, code := read("campaigns"); code == 0 || !strings.Contains(text, "cannot be written") {
		t.Errorf("without --read-only: exit %d: %s", code, text)
	}
	for _, args := range [][]string{{"campaigns"}, {"recipients", "--campaign", "c1"}} {
		if words, code := read(append([]string{"--read-only"}, args...)...); code != 0 {
			t.Errorf("%v: exit %d: %s", args, code, words)
		}
	}
	if message, code := read("--read-only", "brake", "on"); code == 0 {
		t.Errorf("it writes: %s", message)
	}
}
