package programtest_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"viberdeck/vendors/sim"
)

func TestAPipeAsASecretsFileIsRefusedInsteadOfWaitedFor(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	pipe := filepath.Join(b.dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	b.reconfigure(`token = "`+b.world.Credentials().SMSByToken+`"`, `token_file = "`+pipe+`"`)
	if r := b.must(2, "config", "check"); !strings.Contains(r.err, "is not a regular file") {
		t.Errorf("%s", r.err)
	}
}

func TestABusyCallbacksPortEndsNothingAndIsTakenOnceItIsFree(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	b.addConfig("[callbacks]\nlisten = \"" + taken.Addr().String() + "\"\n")
	answer, _, _ := b.working()
	const lost = "callbacks are lost: callbacks.listen: callbacks cannot be received at "
	until(t, "the doctor says that callbacks are lost", func() bool {
		return strings.Contains(b.words("callbacks"), "cannot be received at "+taken.Addr().String())
	})
	until(t, "its own log says so", func() bool {
		return strings.Contains(answer.String(), lost+taken.Addr().String())
	})
	if !strings.Contains(answer.String(), taken.Addr().String()+": bind: ") {
		t.Errorf("the system's words are not as they came: %s", answer)
	}
	b.queued("Beside a busy port")
	until(t, "it is sent all the same", func() bool { return b.sends() == 10 })
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	until(t, "the port is taken", func() bool {
		c, err := net.Dial("tcp", taken.Addr().String())
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
	until(t, "the doctor says nothing of it", func() bool {
		return !strings.Contains(b.words("callbacks"), "cannot be received")
	})
	until(t, "its log says that it is free again", func() bool {
		return strings.Contains(answer.String(), "callbacks are received again, address "+taken.Addr().String())
	})
	if n := strings.Count(answer.String(), lost); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, answer)
	}
}

// addConfig puts a table before the accounts of the configuration.
func (b *bench) addConfig(table string) {
	b.t.Helper()
	text, err := os.ReadFile(b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	b.write("config.toml", strings.Replace(string(text), "[[account]]", table+"\n[[account]]", 1))
}

func TestAChangedCallbackAddressIsAnother(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	before := b.must(0, "config", "callbacks", "--account", "minsk").out
	changed := b.must(0, "config", "callbacks", "--renew", "minsk").out
	if after := b.must(0, "config", "callbacks", "--account", "minsk").out; after == before || after != changed {
		t.Errorf("before %s, said %s, after %s", before, changed, after)
	}
	b.must(2, "config", "callbacks", "--renew", "nobody")
}
