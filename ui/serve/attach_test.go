package serve

import (
	"bytes"
	"context"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/cli"
)

func TestAUserOfTheHostAttachesAsTheOperatorThatTheSystemNames(t *testing.T) {
	t.Parallel()
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	key := newKey(t)
	for _, known := range []bool{true, false} {
		who := person("anna", key)
		if who.User = "nobody-of-this-name"; known {
			who.User = me.Username
		}
		socket := filepath.Join(t.TempDir(), "s")
		serveWith(t, idleBoard, model.ServeConfig{Socket: socket}, who)
		var out, errs bytes.Buffer
		attach := func(command string) (int, error) {
			return Attach(t.Context(), cli.Attach{
				Socket: socket, Command: command,
				Streams: cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}})
		}
		code, err := attach("version")
		if known && (err != nil || code != 0 || !strings.Contains(out.String(), "viberdeck")) {
			t.Errorf("version: %d, %v, %q %q", code, err, out.String(), errs.String())
		}
		if !known && (err == nil || !strings.Contains(err.Error(), "does not know "+me.Username) ||
			strings.Contains(err.Error(), "handshake")) {
			t.Errorf("somebody whom the configuration does not name: %v", err)
		}
		if code, err := attach("doctor"); known && (err != nil || code != 2) {
			t.Errorf("a command of the host: %d, %v", code, err)
		}
		if code, err := attach(""); known && (err != nil || code != 2) {
			t.Errorf("the dashboard without a terminal: %d, %v", code, err)
		}
	}
}

func TestAttachSaysThatNoServerAnswers(t *testing.T) {
	t.Parallel()
	_, err := Attach(context.Background(), cli.Attach{Socket: filepath.Join(t.TempDir(), "none")})
	if err == nil || !strings.Contains(err.Error(), "no server answers") ||
		strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
}
