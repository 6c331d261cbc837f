package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/adrg/xdg"

	"viberdeck/model"
)

// configPath gives where the configuration is looked for: --config, $VIBERDECK_CONFIG, the user's
// configuration folder.
func configPath(flag string) string {
	if flag != "" {
		return flag
	}
	if env := os.Getenv("VIBERDECK_CONFIG"); env != "" {
		return env
	}
	xdg.Reload()
	return filepath.Join(xdg.ConfigHome, "viberdeck", "config.toml")
}

// cachePath gives where the cache lies: --cache, the configuration's cache, the user's data folder.
func cachePath(flag string, c model.Config) string {
	if flag != "" {
		return flag
	}
	if c.Cache != "" {
		if rest, ok := strings.CutPrefix(c.Cache, "~/"); ok {
			return filepath.Join(xdg.Home, rest)
		}
		return c.Cache
	}
	xdg.Reload()
	return filepath.Join(xdg.DataHome, "viberdeck", "cache.db")
}

// errNoConfig says that there is no configuration and what to do.
type errNoConfig struct{ path string }

func (e errNoConfig) Error() string {
	return fmt.Sprintf(`there is no configuration at %s
(looked for: --config FILE, $VIBERDECK_CONFIG, $XDG_CONFIG_HOME/viberdeck/config.toml)
  viberdeck config init   writes one to fill in
  viberdeck demo          shows the dashboard on simulated vendors, without account or network`, e.path)
}

// readConfig reads and checks the configuration file. With secrets the accounts' secrets are read
// too.
func readConfig(ctx context.Context, path string, secrets bool) (model.Config, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return model.Config{}, exitError{exitUsage, errNoConfig{path}}
	}
	if err != nil {
		return model.Config{}, usage("configuration: %w", err)
	}
	c, err := ParseConfig(string(text))
	if err != nil {
		return c, exitError{exitUsage, fmt.Errorf("%s: %w", path, err)}
	}
	for i := range c.Accounts {
		a := &c.Accounts[i]
		for _, s := range a.Secrets() {
			if *s.Value != "" {
				if err := private(path); err != nil {
					return c, usage("the configuration holds a secret (account %s, %s) and %w", a.Name, s.Key, err)
				}
			}
		}
		if secrets {
			if err := readSecrets(ctx, a); err != nil {
				return c, exitError{exitUsage, err}
			}
		}
	}
	return c, nil
}

// ParseConfig reads a configuration file's text. Unknown keys and wrong values are errors that name
// the line.
func ParseConfig(text string) (model.Config, error) {
	var c model.Config
	if err := decodeStrict(text, &c); err != nil {
		return c, err
	}
	return c, withLines(text, c.Validate())
}

var elementField = regexp.MustCompile(`^(view)\[([0-9]+)\]\.([a-z_]+)$`)

// withLines names the line of each error about a key, or about an element of a list that has no
// name of its own to find it by.
func withLines(text string, err error) error {
	if err == nil {
		return nil
	}
	single := []error{err}
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		single = all.Unwrap()
	}
	var errs []error
	for _, err := range single {
		if e, ok := errors.AsType[*model.Error](err); ok {
			if m := elementField.FindStringSubmatch(e.Field); m != nil {
				if n, convErr := strconv.Atoi(m[2]); convErr == nil {
					err = fmt.Errorf("line %d: %w", lineOfElement(text, m[1], n, m[3]), err)
				}
			} else if n := lineOfKey(text, e.Field); n > 0 {
				err = fmt.Errorf("line %d: %w", n, err)
			}
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

var plainField = regexp.MustCompile(`^(?:([a-z_]+)\.)?([a-z_]+)$`)

// lineOfKey finds the line of a key at the top of a file or in a table of it ("send.hold"); 0 if it
// cannot tell.
func lineOfKey(text, field string) int {
	m := plainField.FindStringSubmatch(field)
	if m == nil {
		return 0
	}
	assignment, table := regexp.MustCompile(`^\s*["']?`+regexp.QuoteMeta(m[2])+`["']?\s*=`), ""
	for i, line := range strings.Split(text, "\n") {
		if h := tableHeader.FindStringSubmatch(line); h != nil {
			table = h[1]
		} else if table == m[1] && assignment.MatchString(line) {
			return i + 1
		}
	}
	return 0
}

// lineOfElement finds the line of a key of the table's nth element, from 0; without the key, that
// of the element; 0 if it cannot tell.
func lineOfElement(text, table string, nth int, key string) int {
	assignment := regexp.MustCompile(`^\s*["']?` + regexp.QuoteMeta(key) + `["']?\s*=`)
	element, at := -1, 0
	for i, line := range strings.Split(text, "\n") {
		if m := tableHeader.FindStringSubmatch(line); m != nil {
			if element == nth {
				return at
			}
			if m[1] == table {
				if element++; element == nth {
					at = i + 1
				}
			}
			continue
		}
		if element == nth && assignment.MatchString(line) {
			return i + 1
		}
	}
	return at
}

// decodeStrict decodes TOML and refuses keys that v does not have.
func decodeStrict(text string, v any) error {
	md, err := toml.Decode(text, v)
	if err != nil {
		if parse, ok := errors.AsType[toml.ParseError](err); ok {
			return model.Invalid(fmt.Sprintf("line %d", parse.Position.Line), "%s",
				model.SanitiseLine(safeParseMessage(parse)))
		}
		return model.Invalid("toml", "%s", model.SanitiseLine(err.Error()))
	}
	var errs []error
	for _, key := range md.Undecoded() {
		errs = append(errs, model.Invalid(fmt.Sprintf("line %d", lineOf(text, key)), "unknown key %q", key.String()))
	}
	return errors.Join(errs...)
}

// safeParseMessage gives what is wrong without quoting the line, which may hold a secret.
func safeParseMessage(p toml.ParseError) string {
	if p.Message != "" {
		if len(p.LastKey) > 0 && !strings.Contains(p.Message, p.LastKey) {
			return p.LastKey + ": " + p.Message
		}
		return p.Message
	}
	if len(p.LastKey) > 0 {
		return "the value of " + p.LastKey + " cannot be read"
	}
	return "it is not valid TOML"
}

var tableHeader = regexp.MustCompile(`^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?$`)

// lineOf finds the line of a key in TOML text, 0 if it cannot tell.
func lineOf(text string, key toml.Key) int {
	if len(key) == 0 {
		return 0
	}
	table, last := strings.Join(key[:len(key)-1], "."), key[len(key)-1]
	assignment := regexp.MustCompile(`^\s*["']?` + regexp.QuoteMeta(last) + `["']?\s*[=.]`)
	current := ""
	for i, line := range strings.Split(text, "\n") {
		if m := tableHeader.FindStringSubmatch(line); m != nil {
			if current = m[1]; current == key.String() {
				return i + 1
			}
			continue
		}
		if current == table && assignment.MatchString(line) {
			return i + 1
		}
	}
	inline := regexp.MustCompile(`\b` + regexp.QuoteMeta(last) + `\s*=`)
	for i, line := range strings.Split(text, "\n") {
		if inline.MatchString(line) {
			return i + 1
		}
	}
	return 0
}

// operatorName gives who is at the keys: $VIBERDECK_OPERATOR, the configuration, the login name.
func operatorName(c model.Config) string {
	if env := os.Getenv("VIBERDECK_OPERATOR"); env != "" {
		return model.SanitiseLine(env)
	}
	if c.Operator != "" {
		return model.SanitiseLine(c.Operator)
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "operator"
}
