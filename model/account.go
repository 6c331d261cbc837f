package model

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"
)

// Account is one set of credentials at one vendor. Its secrets are read by the command line, which
// fills their values.
type Account struct {
	Name     string `toml:"name"`
	Vendor   Vendor `toml:"vendor"`
	BaseURL  string `toml:"base_url"`
	TimeZone string `toml:"time_zone"`
	ReadOnly bool   `toml:"read_only"`
	// PerSecond replaces the vendor's calls per second; 0 keeps the adapter's figure.
	PerSecond float64 `toml:"per_second"`
	// Waiting is the age from which an open reply through this account is marked; nil: the general
	// one.
	Waiting *Duration `toml:"waiting"`
	// Secrets are the credentials by the names of their keys; the vendor's VendorFacts name the
	// keys it needs.
	Secrets Secrets `toml:"-"`
	// Settings are the keys that only accounts of this vendor have, as its VendorFacts declare
	// them.
	Settings Settings `toml:"-"`

	Senders   []ConfigSender   `toml:"sender"`
	Templates []ConfigTemplate `toml:"template"`
	Prices    []ConfigPrice    `toml:"price"`
}

// ConfigSender is a sender of a vendor that cannot list its senders.
type ConfigSender struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
}

// ConfigTemplate is a message template of a vendor that cannot list its templates.
type ConfigTemplate struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
}

// Location returns the zone that the account names, UTC if it names none; see
// Capabilities.Location.
func (a Account) Location() *time.Location { return location(a.TimeZone, time.UTC) }

// Address returns the address of the vendor's API without a slash at its end: the account's own, or
// else the vendor's.
func (a Account) Address(vendors string) string {
	return strings.TrimRight(cmp.Or(a.BaseURL, vendors), "/")
}

// CheckZone checks the account's time zone.
func (a Account) CheckZone() error { return checkZone("account "+a.Name+".time_zone", a.TimeZone) }

var accountName = NewPattern(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// validate checks the account at place i of the file. It adds the account's name to seen, which
// holds the earlier ones.
func (a *Account) validate(i int, seen map[string]bool, vendors Vendors) []error {
	var errs []error
	named := accountName.MatchString(a.Name)
	at := fmt.Sprintf("account[%d].", i)
	if named {
		at = "account " + a.Name + "."
	}
	add := func(key, format string, args ...any) { errs = append(errs, Invalid(at+key, format, args...)) }
	switch {
	case !named:
		add("name", "an account needs a name of at most 40 letters, digits, dots, dashes and underscores")
	case seen[a.Name]:
		add("name", "two accounts have this name")
	}
	seen[a.Name] = true
	if err := checkZone(at+"time_zone", a.TimeZone); err != nil {
		errs = append(errs, err)
	}
	if a.BaseURL != "" {
		if err := checkAddress(at+"base_url", a.BaseURL, 0, false); err != nil {
			errs = append(errs, err)
		}
	}
	if a.PerSecond < 0 || math.IsNaN(a.PerSecond) || math.IsInf(a.PerSecond, 0) {
		add("per_second", "must be 0 or more calls a second")
	}
	if err := validateWait(at+"waiting", a.Waiting); err != nil {
		errs = append(errs, err)
	}
	for n, s := range a.Senders {
		if s.ID == "" {
			add(fmt.Sprintf("sender[%d].id", n), "the id is missing; give one")
		}
	}
	for n, t := range a.Templates {
		if t.ID == "" {
			add(fmt.Sprintf("template[%d].id", n), "the id is missing; give one")
		}
	}
	for n, price := range a.Prices {
		errs = append(errs, price.validate(at+fmt.Sprintf("price[%d].", n))...)
	}
	return append(append(errs, a.validateSettings(at, vendors)...), a.validateSecrets(at, vendors)...)
}

// FindAccount returns the account of that name.
func FindAccount(all []Account, name string) (Account, bool) {
	for _, a := range all {
		if a.Name == name {
			return a, true
		}
	}
	return Account{}, false
}

// PublicAccounts returns the accounts as they may be shown and logged: without the values of the
// secrets. Two readings of the same file give the same result.
func (c Config) PublicAccounts() []Account {
	all := make([]Account, len(c.Accounts))
	for i, a := range c.Accounts {
		all[i] = a.WithoutSecrets()
	}
	return all
}
