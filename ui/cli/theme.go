package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"

	"viberdeck/model"
)

// themeVariable names the environment variable that comes before the configuration's theme.
const themeVariable = "VIBERDECK_THEME"

// readTheme gives the theme that is chosen: a built-in one by its name, or a file that may set one colour only. A relative
// file lies beside the configuration.
func readTheme(chosen, configFile string) (model.Theme, error) {
	if env := os.Getenv(themeVariable); env != "" {
		chosen = env
	}
	var t model.Theme
	if chosen == "" || slices.Contains(model.ThemeBases(), model.ThemeBase(chosen)) {
		t.Base = model.ThemeBase(chosen)
		return t, nil
	}
	path := chosen
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(xdg.Home, rest)
	} else if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(configFile), path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return t, usage("theme: %w (the built-in ones are light, dark, high-contrast and auto)", err)
	}
	if err = decodeStrict(string(text), &t); err == nil {
		err = t.Validate()
	}
	if err != nil {
		return t, exitError{exitUsage, fmt.Errorf("theme %s: %w", path, err)}
	}
	return t, nil
}
