package settings

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"viberdeck/model"
)

// secretWays returns the suffixes of a secret's key, one for each way to provide it.
func secretWays() []string { return []string{"", "_env", "_file", "_cmd"} }

// decodeOwnKeys reads the keys that only accounts of one vendor have, settings and secrets, and
// returns the remaining keys. A key is first looked up among those of the account's own vendor; one
// of another vendor is read too, so that the check of the configuration can name that vendor.
func decodeOwnKeys(text string, accounts []model.Account, vendors model.Vendors, unknown []toml.Key) ([]toml.Key,
	error) {
	inAccount := func(key toml.Key) bool { return len(key) == 2 && strings.EqualFold(key[0], "account") }
	if !slices.ContainsFunc(unknown, inAccount) {
		return unknown, nil
	}
	var raw struct {
		Accounts []map[string]any `toml:"account"`
	}
	if _, err := decode(text, &raw); err != nil {
		return unknown, err
	}
	open := map[string]bool{}
	for _, key := range unknown {
		if inAccount(key) {
			open[key[1]] = true
		}
	}
	var errs []error
	for i, keys := range raw.Accounts[:min(len(raw.Accounts), len(accounts))] {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if !open[key] {
				continue
			}
			if s, ok := settingOf(strings.ToLower(key), accounts[i].Vendor, vendors); ok {
				if why := takeSetting(&accounts[i], s, keys[key]); why != "" {
					errs = append(errs, atKey(text, i, key, "%s: %s", key, why))
				}
				continue
			}
			name, way, ok := secretKey(strings.ToLower(key), accounts[i].Vendor, vendors)
			if !ok {
				errs = append(errs, atKey(text, i, key, "unknown key %q", "account."+key))
				continue
			}
			if accounts[i].Secrets == nil {
				accounts[i].Secrets = model.Secrets{}
			}
			s := accounts[i].Secrets[name]
			if why := setSecret(&s, way, keys[key]); why != "" {
				errs = append(errs, atKey(text, i, key, "%s: %s", key, why))
			}
			accounts[i].Secrets[name] = s
		}
	}
	return slices.DeleteFunc(unknown, inAccount), errors.Join(errs...)
}

// atKey is an error about a key of the nth account, with its line.
func atKey(text string, nth int, key, format string, args ...any) error {
	line := cmp.Or(lineOf(text, "account", nth, key), inlineLine(text, key))
	return model.Invalid("", "line %d: %s", line, model.Say(format, args...))
}

// secretKey finds the secret to which an account's key belongs, and the way in which it is
// provided.
func secretKey(key string, vendor model.Vendor, vendors model.Vendors) (name, way string, ok bool) {
	wants := func(v model.VendorFacts) bool {
		for _, way = range secretWays() {
			if rest, found := strings.CutSuffix(key, way); found && v.Wants(rest) {
				name = rest
				return true
			}
		}
		return false
	}
	own := slices.IndexFunc(vendors, func(v model.VendorFacts) bool { return v.Vendor == vendor })
	if own >= 0 && wants(vendors[own]) || slices.ContainsFunc(vendors, wants) {
		return name, way, true
	}
	return "", "", false
}

// settingOf finds the setting of that key: the account's own vendor's, or else another's.
func settingOf(key string, vendor model.Vendor, vendors model.Vendors) (found model.Setting, ok bool) {
	for _, v := range vendors {
		if s, has := v.Has(key); has && (!ok || v.Vendor == vendor) {
			found, ok = s, true
		}
	}
	return found, ok
}

func takeSetting(a *model.Account, s model.Setting, value any) (why string) {
	text, why := s.Read(value)
	if why != "" || text == "" {
		return why
	}
	if a.Settings == nil {
		a.Settings = model.Settings{}
	}
	a.Settings[s.Key] = text
	return ""
}

// setSecret stores a value of the file. It describes mistakes without showing the value.
func setSecret(s *model.Secret, way string, value any) (why string) {
	if way == "_cmd" {
		words, ok := value.([]any)
		for _, w := range words {
			word, isText := w.(string)
			ok = ok && isText
			s.Cmd = append(s.Cmd, word)
		}
		if !ok {
			return "it must be an array of texts, a command and its arguments"
		}
		return ""
	}
	text, ok := value.(string)
	if !ok {
		return "it must be a text in quotes"
	}
	switch way {
	case "_env":
		s.Env = text
	case "_file":
		s.File = text
	default:
		s.Value = text
	}
	return ""
}
