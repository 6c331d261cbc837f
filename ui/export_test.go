package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/model"
)

func TestWhatIsFilteredIsExportedByTheRulesOfTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	export := func(d *driver, name string) string {
		d.press("e", "ctrl+u")
		d.typeText(filepath.Join(dir, name))
		d.press("enter")
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			d.t.Errorf("%v; the screen:\n%s", err, d.screen())
		}
		return string(text)
	}
	drive(t, 120, 24, func(_ *Options, f *fakeStore) { f.replies[0].Text = "=1+1" }, func(d *driver) {
		d.press("e")
		d.sees("Export to a file", "~/viberdeck-replies-2026-02-03.csv", "viberdeck replies --csv --filter 'is:open'")
		d.press("esc")
		text := export(d, "r.csv")
		if n := strings.Count(text, "\n"); !strings.HasPrefix(text, "account,id,vendor_id,") || n < 13 || strings.Contains(text, ",=1+1") {
			t.Errorf("%d lines:\n%s", n, text)
		}
		d.sees("12 rows written to ")
		info, err := os.Stat(filepath.Join(dir, "r.csv"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file is %v, %v", info.Mode(), err)
		}
		export(d, "r.csv")
		d.sees("is there already; choose another name")
		d.press("3")
		people := export(d, "people.jsonl")
		if n := strings.Count(people, "\n"); n != 5000 || !strings.Contains(people, `"phone":"+375291004999"`) {
			t.Errorf("%d lines", n)
		}
		left, err := filepath.Glob(filepath.Join(dir, "*.part"))
		if len(left) > 0 || err != nil {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

func TestAnExportThatFailsLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	drive(t, 120, 24, nil, func(d *driver) {
		d.press("e", "ctrl+u", "enter")
		d.sees("name a file")
		d.typeText(filepath.Join(dir, "x.csv"))
		d.store.fail = model.Invalid("cache", "the cache is locked")
		d.press("enter")
		d.sees("the export was not written: ", "the cache is locked")
		if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}
