package model

import (
	"fmt"
	"math"
	"regexp"
	"time"
)

// Account is one set of credentials at one vendor. Every secret key x can be given as x, x_env,
// x_file or x_cmd; reading them is the command line's business, which fills the plain fields.
type Account struct {
	Name     string `toml:"name"`
	Vendor   Vendor `toml:"vendor"`
	BaseURL  string `toml:"base_url"`
	AuthURL  string `toml:"auth_url"` // Routee
	TimeZone string `toml:"time_zone"`
	ReadOnly bool   `toml:"read_only"`
	// PerSecond lowers or raises the vendor's calls a second; 0 keeps the adapter's figure.
	PerSecond float64 `toml:"per_second"`

	Token     string   `toml:"token"` // sms.by
	TokenEnv  string   `toml:"token_env"`
	TokenFile string   `toml:"token_file"`
	TokenCmd  []string `toml:"token_cmd"`
	// TokenInQuery puts the sms.by token into the address, for white labels that read it only
	// there.
	TokenInQuery bool `toml:"token_in_query"`

	ApplicationID         string   `toml:"application_id"` // Routee
	ApplicationIDEnv      string   `toml:"application_id_env"`
	ApplicationIDFile     string   `toml:"application_id_file"`
	ApplicationIDCmd      []string `toml:"application_id_cmd"`
	ApplicationSecret     string   `toml:"application_secret"`
	ApplicationSecretEnv  string   `toml:"application_secret_env"`
	ApplicationSecretFile string   `toml:"application_secret_file"`
	ApplicationSecretCmd  []string `toml:"application_secret_cmd"`

	ClientID         string   `toml:"client_id"` // SendPulse
	ClientIDEnv      string   `toml:"client_id_env"`
	ClientIDFile     string   `toml:"client_id_file"`
	ClientIDCmd      []string `toml:"client_id_cmd"`
	ClientSecret     string   `toml:"client_secret"`
	ClientSecretEnv  string   `toml:"client_secret_env"`
	ClientSecretFile string   `toml:"client_secret_file"`
	ClientSecretCmd  []string `toml:"client_secret_cmd"`
	APIKey           string   `toml:"api_key"` // SendPulse, instead of client id and secret
	APIKeyEnv        string   `toml:"api_key_env"`
	APIKeyFile       string   `toml:"api_key_file"`
	APIKeyCmd        []string `toml:"api_key_cmd"`

	AccessToken     string   `toml:"access_token"` // Wooxy
	AccessTokenEnv  string   `toml:"access_token_env"`
	AccessTokenFile string   `toml:"access_token_file"`
	AccessTokenCmd  []string `toml:"access_token_cmd"`
	ContactList     string   `toml:"contact_list"` // Wooxy: used when a campaign names none
	// Inferred allows methods that no document of the vendor has and that were only concluded from
	// their siblings. At Wooxy: taking phones off its blacklist and removing webhooks.
	Inferred bool `toml:"inferred"`

	Senders   []ConfigSender   `toml:"sender"`
	Templates []ConfigTemplate `toml:"template"`
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

// Secret is one secret key of an account with the four ways to give it. Value points at the field
// to fill.
type Secret struct {
	Key   string
	Value *string
	Env   string
	File  string
	Cmd   []string
}

// Given tells whether the secret was given in any way.
func (s Secret) Given() bool { return *s.Value != "" || s.Env != "" || s.File != "" || len(s.Cmd) > 0 }

// Secrets lists the secret keys that the account's vendor knows.
func (a *Account) Secrets() []Secret {
	switch a.Vendor {
	case SMSBy:
		return []Secret{{"token", &a.Token, a.TokenEnv, a.TokenFile, a.TokenCmd}}
	case Routee:
		return []Secret{
			{"application_id", &a.ApplicationID, a.ApplicationIDEnv, a.ApplicationIDFile, a.ApplicationIDCmd},
			{"application_secret", &a.ApplicationSecret, a.ApplicationSecretEnv, a.ApplicationSecretFile,
				a.ApplicationSecretCmd},
		}
	case SendPulse:
		return []Secret{
			{"client_id", &a.ClientID, a.ClientIDEnv, a.ClientIDFile, a.ClientIDCmd},
			{"client_secret", &a.ClientSecret, a.ClientSecretEnv, a.ClientSecretFile, a.ClientSecretCmd},
			{"api_key", &a.APIKey, a.APIKeyEnv, a.APIKeyFile, a.APIKeyCmd},
		}
	case Wooxy:
		return []Secret{{"access_token", &a.AccessToken, a.AccessTokenEnv, a.AccessTokenFile, a.AccessTokenCmd}}
	}
	return nil
}

// Location gives the zone of the vendor's times that carry none.
func (a Account) Location() *time.Location { return location(a.TimeZone, time.UTC) }

var accountName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// validate checks the account at place i of the file. seen holds the names so far and gets this
// one.
func (a *Account) validate(i int, seen map[string]bool) []error {
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
	if _, err := time.LoadLocation(a.TimeZone); err != nil {
		add("time_zone", "%q is no time zone; write it like Europe/Minsk", a.TimeZone)
	}
	for _, u := range []struct{ key, value string }{{"base_url", a.BaseURL}, {"auth_url", a.AuthURL}} {
		if u.value == "" {
			continue
		}
		if err := checkAddress(at+u.key, u.value, 0, false); err != nil {
			errs = append(errs, err)
		}
	}
	if a.PerSecond < 0 || math.IsNaN(a.PerSecond) || math.IsInf(a.PerSecond, 0) {
		add("per_second", "it is a number of calls, 0 or more")
	}
	for n, s := range a.Senders {
		if s.ID == "" {
			add(fmt.Sprintf("sender[%d].id", n), "it is missing")
		}
	}
	for n, t := range a.Templates {
		if t.ID == "" {
			add(fmt.Sprintf("template[%d].id", n), "it is missing")
		}
	}
	for _, vendor := range vendors() {
		other := *a
		if other.Vendor = vendor; vendor == a.Vendor || a.Secrets() == nil {
			continue
		}
		for _, s := range other.Secrets() {
			if s.Given() {
				add(s.Key, "it belongs to accounts of %s; this is one of %s", vendor, a.Vendor)
			}
		}
	}
	return append(errs, a.validateSecrets(at)...)
}

// validateSecrets checks that the account can log in at its vendor.
func (a *Account) validateSecrets(at string) []error {
	secrets := a.Secrets()
	if len(secrets) == 0 {
		return []error{Invalid(at+"vendor", "%q is no vendor; the vendors are wooxy, smsby, routee and sendpulse",
			a.Vendor)}
	}
	if a.Vendor == SendPulse {
		id, secret, key := secrets[0], secrets[1], secrets[2]
		if !key.Given() && (!id.Given() || !secret.Given()) {
			return []error{Invalid(at+"client_id",
				"give client_id and client_secret, or api_key (each also as _env, _file or _cmd)")}
		}
		return nil
	}
	var errs []error
	for _, s := range secrets {
		if !s.Given() {
			errs = append(errs, Invalid(at+s.Key, "it is missing; give %[1]s, %[1]s_env, %[1]s_file or %[1]s_cmd",
				s.Key))
		}
	}
	return errs
}

// WithoutSecrets gives a copy that may be shown and logged.
func (a Account) WithoutSecrets() Account {
	for _, s := range a.Secrets() {
		*s.Value = ""
	}
	return a
}

// PublicAccounts gives the accounts as they may be shown and logged, and as two readings of the
// same file agree on them: without what the secrets' sources gave.
func (c Config) PublicAccounts() []Account {
	all := make([]Account, len(c.Accounts))
	for i, a := range c.Accounts {
		all[i] = a.WithoutSecrets()
	}
	return all
}
