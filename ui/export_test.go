package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// exportTo exports the list in front into a file and leaves the dialog as it ends.
func exportTo(d *driver, path string) string {
	d.press("e", "ctrl+u")
	d.typeText(path)
	d.press("enter")
	text, err := os.ReadFile(path)
	if err != nil {
		d.t.Errorf("%v; the screen:\n%s", err, d.screen())
	}
	return string(text)
}

// leftIn returns the names in a directory.
func leftIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWhatIsFilteredIsExportedByTheRulesOfTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	drive(t, 120, 24, func(_ *kit.Options, f *fakeStore) { f.replies[0].Text = "=1+1" }, func(d *driver) {
		d.press("e")
		d.sees("Export to a file", "~/viberdeck-replies-2026-02-03.csv", "viberdeck replies --csv --filter 'is:open'")
		d.press("esc")
		text := exportTo(d, filepath.Join(dir, "r.csv"))
		if n := strings.Count(text, "\n"); !strings.HasPrefix(text, "account,id,vendor_id,") || n < 13 ||
			strings.Contains(text, ",=1+1") {
			t.Errorf("%d lines:\n%s", n, text)
		}
		d.sees("Written: 12 rows", "y copy the path")
		info, err := os.Stat(filepath.Join(dir, "r.csv"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file is %v, %v", info.Mode(), err)
		}
		d.press("esc")
		exportTo(d, filepath.Join(dir, "r.csv"))
		d.sees("already exists; choose another name")
		d.press("3")
		people := exportTo(d, filepath.Join(dir, "people.jsonl"))
		if n := strings.Count(people, "\n"); n != 5000 || !strings.Contains(people, `"phone":"+375291004999"`) {
			t.Errorf("%d lines", n)
		}
		d.press("y")
		d.sees("offered to your terminal's clipboard")
		if names := leftIn(t, dir); len(names) != 2 {
			t.Errorf("left behind: %v", names)
		}
	})
}

func TestAnExportIsWrittenAsASpreadsheetOfTheLocaleOpensIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	change := func(o *kit.Options, _ *fakeStore) { o.Env = append(o.Env, "LC_NUMERIC=be_BY.UTF-8") }
	drive(t, 120, 24, change, func(d *driver) {
		d.press("e")
		d.sees("CSV for programs", "viberdeck replies --csv")
		d.press("tab")
		d.sees("a byte-order mark, “;” between cells", "viberdeck replies --excel")
		d.press("esc") // the choice stays
		text := exportTo(d, filepath.Join(dir, "r.csv"))
		if !strings.HasPrefix(text, "\ufeffaccount;id;vendor_id;") || !strings.Contains(text, ";campaign_name") {
			t.Errorf("it begins %.120q", text)
		}
		d.press("esc")
		if text = exportTo(d, filepath.Join(dir, "r.jsonl")); !strings.HasPrefix(text, "{") {
			t.Errorf("JSON Lines begin %.20q", text)
		}
	})
}

func TestTheWholePathOfAnExportIsShownOnANarrowScreen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "people.csv")
	drive(t, 40, 10, nil, func(d *driver) {
		d.press("3")
		exportTo(d, path)
		if shown := strings.Join(strings.Fields(d.screen()), ""); !strings.Contains(shown, path) {
			t.Errorf("the screen does not show %s:\n%s", path, d.screen())
		}
	})
}

func TestALongExportShowsHowFarItIsAndStopsWithoutAFile(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"esc", "ctrl+c"} {
		dir := t.TempDir()
		drive(t, 80, 24, func(_ *kit.Options, f *fakeStore) {
			for i := len(f.recipients); i < 25_000; i++ {
				f.recipients = append(f.recipients, model.Recipient{Campaign: 1, Phone: model.Phone(375291000000 + i)})
			}
		}, func(d *driver) {
			d.press("3", "e", "ctrl+u")
			d.typeText(filepath.Join(dir, "all.csv"))
			d.hold = true
			d.press("enter")
			d.answerKept()
			if names := leftIn(t, dir); len(names) != 1 || names[0] != "all.csv.part" {
				t.Errorf("while it is written: %v", names)
			}
			d.sees("written: 10 000 rows…", "Esc stops it and leaves no file")
			d.press("j", key)
			d.sees("stopping…")
			d.hold = false
			d.answerKept()
			d.sees("the export was stopped; no file is left")
			if names := leftIn(t, dir); len(names) > 0 || d.quit {
				t.Errorf("%s leaves %v, quit %v", key, names, d.quit)
			}
		})
	}
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
		if names := leftIn(t, dir); len(names) > 0 {
			t.Errorf("left behind: %v", names)
		}
	})
}

func TestAnExportIntoADirectoryThatIsNotThereSaysSo(t *testing.T) {
	t.Parallel()
	drive(t, 120, 24, inRussian, func(d *driver) {
		d.press("e", "ctrl+u")
		d.typeText(filepath.Join(t.TempDir(), "нет", "x.csv"))
		d.press("enter")
		d.sees("выгрузка не записана: ", "каталога ")
	})
}
