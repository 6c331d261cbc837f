package ui

import (
	"context"
	"testing"
	"time"

	"viberdeck/model"
)

// saves gives a Reload that waits for what the test saves.
func saves(o *Options) chan func() (Settings, error) {
	saved := make(chan func() (Settings, error), 1)
	o.Reload = func(ctx context.Context) (Settings, error) {
		select {
		case <-ctx.Done():
			return Settings{}, ctx.Err()
		case s := <-saved:
			return s()
		}
	}
	return saved
}

func TestASavedConfigurationIsInForceAtOnce(t *testing.T) {
	t.Parallel()
	var saved chan func() (Settings, error)
	drive(t, 80, 24, func(o *Options, _ *fakeStore) { saved = saves(o) }, func(d *driver) {
		was := d.root.d.Settings
		saved <- func() (Settings, error) {
			s := was
			s.Theme, s.Language, s.Later = model.Theme{Base: model.ThemeHighContrast, Signs: "ascii"}, model.Russian,
				[]string{"account"}
			return s, nil
		}
		d.wait(time.Second)
		d.sees("1 Входящие", "> 5", "account")
		saved <- func() (Settings, error) {
			return Settings{}, model.Errorf("%s: %w", "config.toml",
				model.Errorf("line %d: %w", 3, model.Invalid("", "unknown key %q", "foo")))
		}
		d.wait(20 * time.Second)
		d.sees("config.toml: строка 3:", `неизвестный ключ "foo"`, "1 Входящие")
		if d.root.d.Theme.Base != model.ThemeHighContrast {
			t.Error("a file with a mistake changed the theme")
		}
		saved <- func() (Settings, error) { return was, nil }
		d.press("down")
		d.wait(20 * time.Second)
		d.sees("1 Replies")
	})
}

func TestTheOperatorsLanguageComesBeforeTheConfigurations(t *testing.T) {
	t.Parallel()
	var saved chan func() (Settings, error)
	drive(t, 80, 24, func(o *Options, _ *fakeStore) { o.Language = model.Russian; saved = saves(o) }, func(d *driver) {
		d.sees("1 Входящие")
		d.press("Д")
		d.sees("1 Replies")
		saved <- func() (Settings, error) { return Settings{Zone: minsk, Language: model.Russian}, nil }
		d.wait(5 * time.Second)
		d.sees("1 Replies")
		d.wait(2 * time.Second) // the choice is kept
		kept, _, _ := d.store.Kept(t.Context(), "olga", memoryName)
		again := New(Options{Store: d.store, Operator: "olga", Settings: Settings{Language: model.Russian}})
		again.recall(kept)
		if again.d.spoken != model.English {
			t.Error("the next session does not speak the language that was chosen")
		}
	})
}

func TestATerminalWithoutCyrillicGetsEnglish(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]model.Language{
		"ru_RU.UTF-8": model.Russian, "ru_RU.KOI8-R": model.English, "": model.English} {
		if got := (Options{Env: []string{"LANG=" + locale}}).screenLanguage(); got != want {
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
