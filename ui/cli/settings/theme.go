package settings

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"

	"viberdeck/model"
)

// themeVariable names the environment variable that overrides the configured theme.
const themeVariable = "VIBERDECK_THEME"

// themeFile returns the file from which a theme is read; ok is false for a built-in one.
func (r Reader) themeFile(chosen, configFile string) (path string, ok bool) {
	chosen = cmp.Or(r.Env.Get(themeVariable), chosen)
	if chosen == "" || slices.Contains(model.ThemeBases(), model.ThemeBase(chosen)) {
		return "", false
	}
	if rest, ok := strings.CutPrefix(chosen, "~/"); ok {
		return filepath.Join(xdg.Home, rest), true
	}
	if !filepath.IsAbs(chosen) {
		return filepath.Join(filepath.Dir(configFile), chosen), true
	}
	return chosen, true
}

// Theme returns the chosen theme: a built-in one by its name, or a file, which may set as
// little as one colour. A relative path starts at the configuration's directory.
func (r Reader) Theme(chosen, configFile string) (model.Theme, error) {
	var t model.Theme
	path, ok := r.themeFile(chosen, configFile)
	if !ok {
		t.Base = model.ThemeBase(cmp.Or(r.Env.Get(themeVariable), chosen))
		return t, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return t, Error{fmt.Errorf("theme: %w (the built-in ones are light, dark, high-contrast and auto)", err)}
	}
	if err = DecodeStrict(string(text), &t); err == nil {
		err = withLines(string(text), t.Validate())
	}
	if err != nil {
		return t, Error{fmt.Errorf("theme %s: %w", path, err)}
	}
	return t, nil
}
