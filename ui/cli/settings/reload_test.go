package settings

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

func TestASavedConfigurationIsReadAgainAndABadOneNamesItsLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.toml")
	write := func(name, text string, at time.Time) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	saved := time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)
	later := func() time.Time { saved = saved.Add(time.Minute); return saved }
	account := "[[account]]\nname = \"minsk\"\nvendor = \"smsby\"\ntoken_env = \"NO_SUCH_VARIABLE\"\n"
	write("config.toml", account, later())
	started, err := testReader().Read(t.Context(), path, NoSecrets)
	if err != nil {
		t.Fatal(err)
	}
	// what the program read at its start
	started.Accounts[0].Secrets["token"] = model.Secret{Env: "NO_SUCH_VARIABLE", Value: "fictitious-token"}
	r := testReader().Watch(path, started, CheckServer)
	next := func() (Saved, error) {
		var s Saved
		var err error
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			s, err = r.Next(ctx)
		})
		return s, err
	}

	write("config.toml", "language = \"ru\"\ntheme = \"one.toml\"\n"+account, later())
	write("one.toml", "accent = \"#ff8800\"", later())
	if s, err := next(); err != nil || s.Config.Language != model.Russian || s.Theme.Accent != "#ff8800" ||
		len(s.Later) > 0 {
		t.Errorf("saved: %+v, %v", s, err)
	}
	write("one.toml", "accent = \"#0088ff\"", later())
	if s, err := next(); err != nil || s.Theme.Accent != "#0088ff" {
		t.Errorf("the theme file was saved: %+v, %v", s.Theme, err)
	}
	write("config.toml", "language = \"ru\"\nforgotten = 1\n"+account, later())
	if _, err := next(); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a bad file gives %v", err)
	}
	write("config.toml", "cache = \"/elsewhere.db\"\n[send]\ndaily_cap = 5\n"+
		strings.Replace(account, "minsk", "brest", 1), later())
	if s, err := next(); err != nil || !slices.Equal(s.Later, []string{"cache", "send.daily_cap", "account"}) {
		t.Errorf("what counts later: %v, %v", s.Later, err)
	}
	again := make(chan os.Signal, 1)
	r.Again = again
	again <- os.Interrupt
	if s, err := next(); err != nil || s.Config.Cache != "/elsewhere.db" {
		t.Errorf("asked to read it again: %+v, %v", s, err)
	}
	r.Again = nil
	write("config.toml", account, later()) // saved while the save before it is being read
	if _, err := r.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := next(); err != nil || s.Config.Cache != "" {
		t.Errorf("what was saved during the reading was not read: %+v, %v", s, err)
	}
	if err := os.Remove(path); err != nil { // as an editor does while it saves
		t.Fatal(err)
	}
	if _, err := next(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a file that is gone for a moment gives %v", err)
	}
}
