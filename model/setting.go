package model

import (
	"maps"
	"slices"
	"strconv"
)

// SettingKind is the type of a setting's value.
type SettingKind int

// The kinds.
const (
	SettingText SettingKind = iota
	SettingFlag
	SettingAddress
	SettingChoice
)

// Setting describes a key that only accounts of one vendor have.
type Setting struct {
	Key     string
	Kind    SettingKind
	Choices []string // for a choice, the default first
}

// SettingContactList names the list for the people of a campaign that names none.
const SettingContactList = "contact_list"

// Settings are the values of an account's own keys; a flag is "true" or absent.
type Settings map[string]string

// Setting returns the value of one of the keys of the account's vendor, "" if it is not set.
func (a Account) Setting(key string) string { return a.Settings[key] }

// Flag reports whether a flag is set.
func (a Account) Flag(key string) bool { return a.Settings[key] == "true" }

// Read converts a value from a file; why says what is wrong with it.
func (s Setting) Read(value any) (text, why string) {
	switch v := value.(type) {
	case bool:
		if s.Kind == SettingFlag && v {
			return strconv.FormatBool(v), ""
		}
		if s.Kind == SettingFlag {
			return "", ""
		}
	case string:
		if s.Kind != SettingFlag {
			return v, ""
		}
	}
	if s.Kind == SettingFlag {
		return "", "it must be true or false"
	}
	return "", "it must be a text in quotes"
}

// Has finds the setting with that key.
func (v VendorFacts) Has(key string) (Setting, bool) {
	i := slices.IndexFunc(v.Settings, func(s Setting) bool { return s.Key == key })
	if i < 0 {
		return Setting{}, false
	}
	return v.Settings[i], true
}

// validateSettings checks the account's own keys against its vendor's.
func (a *Account) validateSettings(at string, vendors Vendors) []error {
	own := vendors.find(a.Vendor)
	if own == nil {
		return nil // which is reported separately
	}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(a.Settings)) {
		s, ok := own.Has(key)
		value := a.Settings[key]
		switch i := slices.IndexFunc(vendors, func(v VendorFacts) bool { _, has := v.Has(key); return has }); {
		case !ok && i >= 0:
			errs = append(errs, Invalid(at+key, "it belongs to accounts of %s; this is one of %s",
				vendors[i].Vendor, a.Vendor))
		case !ok:
			errs = append(errs, Invalid(at+key, "accounts of %s have no such key", a.Vendor))
		case s.Kind == SettingAddress && value != "":
			if err := checkAddress(at+key, value, 0, false); err != nil {
				errs = append(errs, err)
			}
		case s.Kind == SettingChoice && value != "" && !slices.Contains(s.Choices, value):
			errs = append(errs, Invalid(at+key, "%q is not known; write %s", value, enumerate(s.Choices, "or")))
		}
	}
	return errs
}
