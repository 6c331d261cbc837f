package programtest_test

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"viberdeck/vendors/sim"
)

// The scripts in testdata/contracts check what users' own scripts depend on: exit codes, standard
// output and standard error. "exits 2 send a.toml" runs the program as a process and requires that
// exit code.
func TestWhatScriptsDependOn(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "ui/cli/programtest/testdata/contracts",
		Setup: func(env *testscript.Env) error {
			b := newBench(t, sim.Options{Seed: 3})
			env.Vars = append(env.Vars, environment()...)
			env.Vars = append(env.Vars, "VIBERDECK_OPERATOR=anna", "VIBERDECK_CONFIG="+b.config,
				littleCollecting)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(os.Getenv(built), args[1:]...); err != nil {
		ended, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v: %v", args, err)
		}
		code = ended.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit %d, want %d", code, want)
	}
}
