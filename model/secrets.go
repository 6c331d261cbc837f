package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Secret is one credential and the four ways to give it: directly as x, or as x_env, x_file or
// x_cmd.
type Secret struct {
	Value string
	Env   string
	File  string
	Cmd   []string
}

// Given reports whether the secret was given in any way.
func (s Secret) Given() bool { return s.Value != "" || s.Env != "" || s.File != "" || len(s.Cmd) > 0 }

// Ways counts the ways in which the secret was given; more than one is a mistake.
func (s Secret) Ways() int {
	n := 0
	for _, given := range []bool{s.Value != "", s.Env != "", s.File != "", len(s.Cmd) > 0} {
		if given {
			n++
		}
	}
	return n
}

// Secrets are credentials by the names of their keys.
type Secrets map[string]Secret

// Keys returns the names in a fixed order.
func (s Secrets) Keys() []string { return slices.Sorted(maps.Keys(s)) }

// Secret returns the value of a credential, "" if it was not given.
func (a Account) Secret(key string) string { return a.Secrets[key].Value }

// SecretValues returns the values of the account's credentials, which must not appear anywhere.
func (a Account) SecretValues() []string {
	var values []string
	for _, key := range a.Secrets.Keys() {
		values = append(values, a.Secret(key))
	}
	return values
}

// WithoutSecrets returns a copy that may be shown and logged. It still says where each secret comes
// from.
func (a Account) WithoutSecrets() Account {
	a.Secrets = maps.Clone(a.Secrets)
	for key, s := range a.Secrets {
		s.Value = ""
		a.Secrets[key] = s
	}
	return a
}

// validateSecrets checks that the account can log in at its vendor, and that none of its secrets is
// another vendor's.
func (a *Account) validateSecrets(at string, vendors Vendors) []error {
	own := vendors.find(a.Vendor)
	if own == nil {
		names := make([]string, len(vendors))
		for i, v := range vendors {
			names[i] = string(v.Vendor)
		}
		return []error{Invalid(at+"vendor", "%q is not a vendor; the vendors are %s", a.Vendor,
			enumerate(names, "and"))}
	}
	var errs []error
	for _, key := range a.Secrets.Keys() {
		if !a.Secrets[key].Given() || own.Wants(key) {
			continue
		}
		if i := slices.IndexFunc(vendors, func(v VendorFacts) bool { return v.Wants(key) }); i >= 0 {
			errs = append(errs, Invalid(at+key, "it belongs to accounts of %s; this is one of %s",
				vendors[i].Vendor, a.Vendor))
		} else {
			errs = append(errs, Invalid(at+key, "accounts of %s have no such key", a.Vendor))
		}
	}
	return append(errs, a.missingSecrets(at, own.Secrets)...)
}

// missingSecrets reports which secrets are missing: none if all of one set are given.
func (a *Account) missingSecrets(at string, sets [][]string) []error {
	if len(sets) == 0 {
		return nil
	}
	given := func(key string) bool { return a.Secrets[key].Given() }
	ways := make([]string, len(sets))
	for i, set := range sets {
		if !slices.ContainsFunc(set, func(key string) bool { return !given(key) }) {
			return nil
		}
		ways[i] = enumerate(set, "and")
	}
	if len(sets) > 1 {
		return []error{Invalid(at+sets[0][0], "give %s (each also as _env, _file or _cmd)",
			strings.Join(ways, ", or "))}
	}
	var errs []error
	for _, key := range sets[0] {
		if !given(key) {
			errs = append(errs, Invalid(at+key, "it is missing; give %[1]s, %[1]s_env, %[1]s_file or %[1]s_cmd", key))
		}
	}
	return errs
}

// enumerate joins words with commas, and the last one with another word.
func enumerate(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return fmt.Sprintf("%s %s %s", strings.Join(words[:n], ", "), last, words[n])
}

// Login returns what distinguishes the account from others at its vendor: the identifying part of
// the credentials, or the whole secret if there is no such part. It is a secret itself. It is empty
// if no secret was read.
func (a Account) Login() string {
	for _, key := range []string{"client_id", "application_id", "api_key", "token", "access_token"} {
		if v := a.Secret(key); v != "" {
			return key + "\x00" + v
		}
	}
	return ""
}
