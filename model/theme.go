package model

import (
	"errors"
	"slices"
	"strings"
)

// ThemeBase is a built-in theme.
type ThemeBase string

// The built-in themes.
const (
	ThemeAuto         ThemeBase = "auto" // light or dark, by the terminal's answer
	ThemeLight        ThemeBase = "light"
	ThemeDark         ThemeBase = "dark"
	ThemeHighContrast ThemeBase = "high-contrast"
)

// ThemeBases lists the built-in themes.
func ThemeBases() []ThemeBase {
	return []ThemeBase{ThemeAuto, ThemeLight, ThemeDark, ThemeHighContrast}
}

// Theme defines the colours of the dashboard. A colour is "#rrggbb" or a number of the terminal's
// palette (0 to 255); colours that are not set are those of the base.
type Theme struct {
	Base   ThemeBase `toml:"base"` // "": auto
	Dim    string    `toml:"dim"`
	Accent string    `toml:"accent"`
	Good   string    `toml:"good"`
	Warn   string    `toml:"warn"`
	Bad    string    `toml:"bad"`
	Border string    `toml:"border"`
	Signs  string    `toml:"signs"` // unicode or ascii; "": as the locale says
}

var colourPattern = NewPattern(`^(#[0-9a-fA-F]{6}|1?\d?\d|2[0-4]\d|25[0-5])$`)

// Validate checks the theme; the errors name the key.
func (t Theme) Validate() error {
	var errs []error
	if t.Base != "" && !slices.Contains(ThemeBases(), t.Base) {
		errs = append(errs, Invalid("base", "%q is not a theme; there are %s", clip(string(t.Base)), themeNames()))
	}
	for _, c := range []struct{ key, colour string }{
		{"dim", t.Dim}, {"accent", t.Accent}, {"good", t.Good}, {"warn", t.Warn}, {"bad", t.Bad},
		{"border", t.Border}} {
		if c.colour != "" && !colourPattern.MatchString(c.colour) {
			errs = append(errs, Invalid(c.key, "%q is not a colour; write #rrggbb or a number from 0 to 255",
				clip(c.colour)))
		}
	}
	if !slices.Contains([]string{"", "unicode", "ascii"}, t.Signs) {
		errs = append(errs, Invalid("signs", "%q is neither unicode nor ascii", clip(t.Signs)))
	}
	return errors.Join(errs...)
}

func themeNames() string {
	var names []string
	for _, b := range ThemeBases() {
		names = append(names, string(b))
	}
	return strings.Join(names, ", ")
}
