// Package settings reads what a person configures on the host: the configuration file, the secrets
// it names, the theme and the location of the cache.
package settings

import (
	"cmp"
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

// Reader reads settings: for the vendors that the program knows, with the variables of the
// environment in which it was started.
type Reader struct {
	Env     model.Environment
	Vendors model.Vendors
}

// Path returns the location of the configuration: --config, $VIBERDECK_CONFIG, or the user's
// configuration folder.
func (r Reader) Path(flag string) string {
	if flag != "" {
		return flag
	}
	if env := r.Env.Get("VIBERDECK_CONFIG"); env != "" {
		return env
	}
	xdg.Reload()
	return filepath.Join(xdg.ConfigHome, "viberdeck", "config.toml")
}

// CachePath returns the location of the cache: --cache, the configuration's cache, or the user's
// data folder.
func CachePath(flag string, c model.Config) string {
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

// StateDir returns the location of a second record of the cache, which distinguishes it from a
// copy: the user's state folder; "" if there is none. A demonstration leaves nothing there.
func StateDir(c model.Config) string {
	xdg.Reload()
	if c.Fleeting || !filepath.IsAbs(xdg.StateHome) {
		return ""
	}
	return filepath.Join(xdg.StateHome, "viberdeck")
}

// Error says that the configuration or the theme is wrong and nothing was done.
type Error struct{ err error }

func (e Error) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e Error) Unwrap() error { return e.err }

// NoFileError says that there is no configuration and what to do.
type NoFileError struct{ path string }

func (e NoFileError) Error() string {
	return fmt.Sprintf(`there is no configuration at %s
(looked for: --config FILE, $VIBERDECK_CONFIG, $XDG_CONFIG_HOME/viberdeck/config.toml)
  viberdeck config init   writes one to fill in
  viberdeck demo          shows the dashboard on simulated vendors, without account or network`, e.path)
}

// Secrets says which secrets a command needs.
type Secrets int

// Which secrets a command needs.
const (
	NoSecrets   Secrets = iota // it contacts no vendor
	AllSecrets                 // it fails if one of them is missing
	SomeSecrets                // accounts whose secrets cannot be read are skipped
)

// Read reads and checks the configuration file. With secrets, it also reads the accounts' secrets.
// Mistakes in it are an Error, which wraps a NoFileError if the file does not exist.
func (r Reader) Read(ctx context.Context, path string, secrets Secrets) (model.Config, error) {
	c, err := r.read(ctx, path, secrets)
	if err != nil {
		return c, Error{err}
	}
	return c, nil
}

func (r Reader) read(ctx context.Context, path string, secrets Secrets) (model.Config, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return model.Config{}, NoFileError{path}
	}
	if err != nil {
		return model.Config{}, fmt.Errorf("configuration: %w", err)
	}
	c, err := Parse(string(text), r.Vendors)
	if err != nil {
		return c, model.Errorf("%s: %w", path, err)
	}
	if err := c.ReadKeys(keysFile); err != nil {
		return c, model.Errorf("%s: %w", path, err)
	}
	for i := range c.Accounts {
		a := &c.Accounts[i]
		for _, key := range a.Secrets.Keys() {
			if a.Secret(key) != "" {
				if err := private(path); err != nil {
					return c, fmt.Errorf("the configuration holds a secret (account %s, %s) and %w", a.Name, key, err)
				}
			}
		}
		if secrets == NoSecrets {
			continue
		}
		switch err := r.readSecrets(ctx, a); {
		case err == nil:
		case secrets == AllSecrets:
			return c, err
		default:
			if c.Unusable == nil {
				c.Unusable = map[string]model.Text{}
			}
			c.Unusable[a.Name] = model.TextOf(err)
		}
	}
	return c, nil
}

// Parse parses a configuration file's text, with accounts of the given vendors. Unknown keys and
// wrong values are errors that name the line.
func Parse(text string, vendors model.Vendors) (model.Config, error) {
	var c model.Config
	unknown, err := decodeConfig(text, &c)
	if err != nil {
		return c, err
	}
	unknown, err = decodeOwnKeys(text, c.Accounts, vendors, unknown)
	if err := errors.Join(unknownKeys(text, unknown), err); err != nil {
		return c, err
	}
	return c, withLines(text, c.Validate(vendors))
}

// operatorHeader matches the header of a person known to the server.
var operatorHeader = regexp.MustCompile(`(?m)^\s*\[\[\s*operator\s*\]\]`)

// decodeConfig decodes the file into the configuration. The key operator is one person's name or a
// list of people.
func decodeConfig(text string, c *model.Config) ([]toml.Key, error) {
	if !operatorHeader.MatchString(text) {
		return decode(text, c)
	}
	var file struct {
		model.Config
		People []model.Operator `toml:"operator"`
	}
	unknown, err := decode(text, &file)
	*c = file.Config
	c.Operators = file.People
	return unknown, err
}

// keysFile reads a file of public keys.
func keysFile(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("keys_file: %w", err)
	}
	return string(text), nil
}

// fileField matches the name of a wrong key: "hold", "send.hold" or "view[1].filter".
var fileField = regexp.MustCompile(`^(?:([a-z_]+)(?:\[([0-9]+)\])?\.)?([a-z_]+)$`)

// withLines adds the line to each error about a key of the file, or about an element of a list that
// has no name of its own by which to find it.
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
			if m := fileField.FindStringSubmatch(e.Field); m != nil {
				nth, convErr := strconv.Atoi(m[2])
				if convErr != nil {
					nth = anyElement
				}
				if n := lineOf(text, m[1], nth, m[3]); n > 0 {
					err = model.Errorf("line %d: %w", n, err)
				}
			}
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// DecodeStrict decodes TOML and refuses unknown keys.
func DecodeStrict(text string, v any) error {
	unknown, err := decode(text, v)
	if err != nil {
		return err
	}
	return unknownKeys(text, unknown)
}

// decode decodes TOML and returns the keys unknown to v.
func decode(text string, v any) ([]toml.Key, error) {
	md, err := toml.Decode(text, v)
	if err == nil {
		return md.Undecoded(), nil
	}
	if parse, ok := errors.AsType[toml.ParseError](err); ok {
		return nil, model.Invalid("", "line %d: %s", parse.Position.Line, model.SanitiseLine(safeParseMessage(parse)))
	}
	return nil, model.Invalid("toml", "%s", model.SanitiseLine(err.Error()))
}

// unknownKeys refuses keys, with their lines.
func unknownKeys(text string, keys []toml.Key) error {
	var errs []error
	for _, key := range keys {
		last := len(key) - 1
		line := cmp.Or(lineOf(text, key[:last].String(), anyElement, key[last]), inlineLine(text, key[last]))
		errs = append(errs, model.Invalid("", "line %d: unknown key %q", line, key.String()))
	}
	return errors.Join(errs...)
}

// safeParseMessage returns the mistake without quoting the line, which may contain a secret.
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

const anyElement = -1

// lineOf finds the line of a key in the nth element of a table, counted from 0, or in any element;
// without a key, the line of the element; 0 if it is not found. The TOML library records only the
// positions of what it refuses itself.
func lineOf(text, table string, nth int, key string) int {
	assignment := regexp.MustCompile(`^\s*["']?` + regexp.QuoteMeta(key) + `["']?\s*[=.]`)
	current, element, header := "", anyElement, 0
	for i, line := range strings.Split(text, "\n") {
		if m := tableHeader.FindStringSubmatch(line); m != nil {
			switch current = m[1]; current {
			case table:
				if element++; element == nth {
					header = i + 1
				}
			case strings.TrimPrefix(table+"."+key, "."): // an unknown table
				return i + 1
			}
		} else if current == table && (nth == anyElement || element == nth) && assignment.MatchString(line) {
			return i + 1
		}
	}
	return header
}

// inlineLine finds the line of a key of an inline table, 0 if there is none.
func inlineLine(text, key string) int {
	at := regexp.MustCompile(`\b` + regexp.QuoteMeta(key) + `\s*=`).FindStringIndex(text)
	if at == nil {
		return 0
	}
	return 1 + strings.Count(text[:at[0]], "\n")
}

// OperatorName returns the name of the operator: $VIBERDECK_OPERATOR, the configuration, or the
// login name.
func (r Reader) OperatorName(c model.Config) string {
	login := ""
	if u, err := user.Current(); err == nil {
		login = u.Username
	}
	return model.OperatorName(r.Env.Get("VIBERDECK_OPERATOR"), c.Operator, login)
}
