package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/model"
)

func TestAThemeIsANameOrAFileBesideTheConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config := filepath.Join(dir, "config.toml")
	for name, text := range map[string]string{"one.toml": `accent = "#ff8800"`,
		"wrong.toml": "base = \"dark\"\naccent = \"orange\"", "unknown.toml": "base = \"dark\"\npink = 1"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for chosen, want := range map[string]model.Theme{
		"": {}, "light": {Base: model.ThemeLight}, "high-contrast": {Base: model.ThemeHighContrast},
		"one.toml": {Accent: "#ff8800"}, filepath.Join(dir, "one.toml"): {Accent: "#ff8800"}} {
		if got, err := testReader().Theme(chosen, config); got != want || err != nil {
			t.Errorf("%q: %+v, %v", chosen, got, err)
		}
	}
	for chosen, want := range map[string]string{
		"pink": "the built-in ones are light", "wrong.toml": `line 2: accent: "orange" is not a colour`,
		"unknown.toml": "line 2"} {
		if _, err := testReader().Theme(chosen, config); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", chosen, err)
		}
	}
	if got, err := testReader(themeVariable+"=dark").Theme("light", config); got.Base != model.ThemeDark || err != nil {
		t.Errorf("the environment does not come first: %+v, %v", got, err)
	}
}
