package ui

import (
	"context"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// saves returns a Reload that waits for what the test saves.
func saves(o *kit.Options) chan func() (kit.Settings, error) {
	saved := make(chan func() (kit.Settings, error), 1)
	o.Reload = func(ctx context.Context) (kit.Settings, error) {
		select {
		case <-ctx.Done():
			return kit.Settings{}, ctx.Err()
		case s := <-saved:
			return s()
		}
	}
	return saved
}

func TestASavedConfigurationIsInForceAtOnce(t *testing.T) {
	t.Parallel()
	var saved chan func() (kit.Settings, error)
	drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { saved = saves(o) }, func(d *driver) {
		was := d.root.d.Settings
		saved <- func() (kit.Settings, error) {
			s := was
			s.Theme, s.Language, s.Later = model.Theme{Base: model.ThemeHighContrast, Signs: "ascii"}, model.Russian,
				[]string{"account"}
			return s, nil
		}
		d.wait(time.Second)
		d.sees("1 Входящие", "> +375", "account")
		saved <- func() (kit.Settings, error) {
			return kit.Settings{}, model.Errorf("%s: %w", "config.toml",
				model.Errorf("line %d: %w", 3, model.Invalid("", "unknown key %q", "foo")))
		}
		d.wait(20 * time.Second)
		d.sees("config.toml: строка 3:", "неизвестный ключ «foo»", "1 Входящие")
		if d.root.d.Theme.Base != model.ThemeHighContrast {
			t.Error("a file with a mistake changed the theme")
		}
		saved <- func() (kit.Settings, error) { return was, nil }
		d.press("down")
		d.wait(20 * time.Second)
		d.sees("1 Replies")
	})
}

func TestTheOperatorsLanguageComesBeforeTheConfigurations(t *testing.T) {
	t.Parallel()
	var saved chan func() (kit.Settings, error)
	drive(t, 80, 24, func(o *kit.Options, _ *fakeStore) { o.Language = model.Russian; saved = saves(o) },
		func(d *driver) {
			d.sees("1 Входящие")
			for range len(model.Languages()) - 1 { // English follows the last one
				d.press("Д")
			}
			d.sees("1 Replies")
			saved <- func() (kit.Settings, error) { return kit.Settings{Zone: minsk, Language: model.Russian}, nil }
			d.wait(5 * time.Second)
			d.sees("1 Replies")
			d.wait(2 * time.Second) // the choice is kept
			kept, _, _ := d.store.Setting(t.Context(), "olga", model.DashboardSetting)
			again := New(kit.Options{Store: d.store, Operator: "olga", Settings: kit.Settings{Language: model.Russian}})
			again.restore(kept)
			if again.d.Spoken != model.English {
				t.Error("the next session does not speak the language that was chosen")
			}
		})
}

func TestATerminalWithoutCyrillicGetsEnglish(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]model.Language{
		"ru_RU.UTF-8": model.Russian, "ru_RU.KOI8-R": model.English, "": model.English} {
		if got := (kit.Options{Env: []string{"LANG=" + locale}}).ScreenLanguage(); got != want {
			t.Errorf("%q gets %q", locale, got)
		}
	}
}

func TestTheFilterAScreenOpensWithFollowsTheLanguage(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, nil, func(d *driver) {
		d.sees("is:open")
		d.press("L")
		d.sees("есть:открыто")
		d.press("/")
		d.typeText("текст:стоп")
		d.press("enter")
		d.sees("есть:открыто текст:стоп")
		d.press("esc", "L")
		d.sees(" is:open ")
		d.press("/", "ctrl+u")
		d.typeText("есть:открыто")
		d.press("enter")
		d.sees(" is:open ") // the same filter, whatever language it was typed in
	})
}
