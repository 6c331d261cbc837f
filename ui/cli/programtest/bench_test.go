package programtest_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

// built is where the program was built for these tests.
const built = "VIBERDECK_TEST_PROGRAM"

// TestMain builds the program once, with the race detector in the long run, and works at
// the root of the repository.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		if err := os.Chdir("../../.."); err != nil {
			panic(err)
		}
		dir, err := os.MkdirTemp("", "viberdeck-program-")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		program := filepath.Join(dir, "viberdeck")
		flags, environment := building()
		build := exec.Command("go", slices.Concat([]string{"build", "-buildvcs=false", "-o", program}, flags,
			[]string{"."})...)
		build.Env = append(os.Environ(), environment...)
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			panic(err)
		}
		// The records of the tests' caches do not end up in the home directory of the user who runs
		// them.
		err = errors.Join(os.Setenv(built, program), os.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state")))
		if err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

// asReleased builds the program as `make build` does, which has compiled its packages already.
func asReleased() (flags, environment []string) {
	return []string{"-trimpath"}, []string{"CGO_ENABLED=0"}
}

// bench is a world of simulated vendors and a configuration for it in a folder of its own.
type bench struct {
	t      testing.TB
	dir    string
	config string
	cache  string
	world  *sim.World
	server *httptest.Server
}

func newBench(t testing.TB, o sim.Options) *bench {
	t.Helper()
	if o.PerSecond == 0 {
		o.PerSecond = 10_000
	}
	b := &bench{t: t, dir: t.TempDir(), world: sim.New(o)}
	b.server = httptest.NewServer(b.world.Handler())
	t.Cleanup(b.server.Close)
	b.cache = filepath.Join(b.dir, "cache.db")
	b.config = filepath.Join(b.dir, "config.toml")
	text := strings.ReplaceAll(b.world.Config(b.server.URL, b.cache), "\nbase_url", "\nper_second = 1000\nbase_url")
	b.write("config.toml", text)
	return b
}

// write puts a private file into the bench's folder.
func (b *bench) write(name, text string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// command prepares a process of the program.
func (b *bench) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(b.t.Context(), os.Getenv(built), append([]string{"--config", b.config}, args...)...)
	cmd.Env = append(environment(), "VIBERDECK_OPERATOR=anna")
	return cmd
}

// environment is that of a fresh login, without what the machine that runs the tests has set.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "TERM=xterm-256color",
		"LANG=C.UTF-8", "XDG_STATE_HOME=" + os.Getenv("XDG_STATE_HOME"),
		"GORACE=" + os.Getenv("GORACE")}
}

// littleCollecting is for processes that end by themselves: collecting garbage at their start would
// take a fifth of their time.
const littleCollecting = "GOGC=400"

// ran is the result of a process.
type ran struct {
	out, err string
	code     int
}

// run runs the program to its end, without a terminal, in the environment of a fresh login.
func (b *bench) run(args ...string) ran {
	b.t.Helper()
	cmd := b.command(args...)
	cmd.Env = append(cmd.Env, littleCollecting)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		b.t.Fatalf("start %v: %v", cmd.Args, err)
	}
	return ran{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// must runs the program and requires an exit code.
func (b *bench) must(code int, args ...string) ran {
	b.t.Helper()
	r := b.run(args...)
	if r.code != code {
		b.t.Fatalf("viberdeck %s: exit %d, want %d\n%s%s", strings.Join(args, " "), r.code, code, r.out, r.err)
	}
	return r
}

// rows runs a list command and returns its rows.
func (b *bench) rows(args ...string) []map[string]any {
	b.t.Helper()
	r := b.must(0, append(args, "--json")...)
	return decodeRows(b.t, strings.NewReader(r.out))
}

func decodeRows(t testing.TB, r io.Reader) []map[string]any {
	t.Helper()
	var rows []map[string]any
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 8<<20)
	for scanner.Scan() {
		var row map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &row); err != nil {
			t.Fatalf("a line of output is no JSON object: %s", scanner.Text())
		}
		rows = append(rows, row)
	}
	return rows
}

// secrets are what no output, log or file may show.
func (b *bench) secrets() []string {
	c := b.world.Credentials()
	return []string{c.SMSByToken, c.SendPulseClientSecret}
}

// assertNoSecret fails when a text shows a secret.
func (b *bench) assertNoSecret(what, text string) {
	b.t.Helper()
	for _, secret := range b.secrets() {
		if strings.Contains(text, secret) {
			b.t.Errorf("%s shows a secret", what)
		}
	}
}
