package model

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Duration is a time.Duration that configuration files write as "10s" or "24h".
type Duration struct{ time.Duration }

// UnmarshalText reads "90m", "24h", "0" and the like.
func (d *Duration) UnmarshalText(b []byte) error {
	s := strings.TrimSpace(string(b))
	if s == "" || s == "0" {
		d.Duration = 0
		return nil
	}
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 {
		return fmt.Errorf("%q is no duration; write it like 10s, 90m or 24h", s)
	}
	d.Duration = v
	return nil
}

// MarshalText writes the duration as UnmarshalText reads it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.Duration.String()), nil }

// Config is the configuration file, config.toml.
type Config struct {
	Operator       string          `toml:"operator"`
	Cache          string          `toml:"cache"`
	TimeZone       string          `toml:"time_zone"`
	DefaultCountry string          `toml:"default_country"`
	StaffPhones    []string        `toml:"staff_phones"`
	Send           SendConfig      `toml:"send"`
	Callbacks      CallbacksConfig `toml:"callbacks"`
	Accounts       []Account       `toml:"account"`
}

// SendConfig holds the rules of the house for sends.
type SendConfig struct {
	Hold         *Duration `toml:"hold"`          // recall window; absent: 10 s
	QuietHours   string    `toml:"quiet_hours"`   // "21:00-09:00" in the operator's zone; "": none
	ApproveAbove int64     `toml:"approve_above"` // people; 0: no approval
	RepeatWindow *Duration `toml:"repeat_window"` // same message to the same people; absent: 24 h, 0: no guard
	Canary       int       `toml:"canary"`        // people who go first; 0: none
	DailyCap     int64     `toml:"daily_cap"`     // people an account and day; 0: none
}

// HoldWindow gives the recall window.
func (s SendConfig) HoldWindow() time.Duration {
	if s.Hold == nil {
		return 10 * time.Second
	}
	return s.Hold.Duration
}

// RepeatGuard gives the window within which the same message to the same people is stopped.
func (s SendConfig) RepeatGuard() time.Duration {
	if s.RepeatWindow == nil {
		return 24 * time.Hour
	}
	return s.RepeatWindow.Duration
}

// CallbacksConfig says where vendors' callbacks are received.
type CallbacksConfig struct {
	Listen string `toml:"listen"` // "": not at all
}

// Account is one set of credentials at one vendor. Every secret key x can be given as x, x_env, x_file or x_cmd; reading
// them is the command line's business, which fills the plain fields.
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
	// TokenInQuery puts the sms.by token into the address, for white labels that read it only there.
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

// Secret is one secret key of an account with the four ways to give it. Value points at the field to fill.
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
			{"application_secret", &a.ApplicationSecret, a.ApplicationSecretEnv, a.ApplicationSecretFile, a.ApplicationSecretCmd},
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

// Location gives the zone in which the operator sees times.
func (c Config) Location() *time.Location { return location(c.TimeZone, time.Local) }

func location(name string, otherwise *time.Location) *time.Location {
	if name == "" {
		return otherwise
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return otherwise
	}
	return loc
}

var accountName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// Validate tells everything that is wrong with the configuration, joined; each error names the key.
func (c *Config) Validate() error {
	var errs []error
	add := func(field, format string, args ...any) { errs = append(errs, Invalid(field, format, args...)) }
	if _, err := time.LoadLocation(c.TimeZone); err != nil {
		add("time_zone", "%q is no time zone; write it like Europe/Minsk", c.TimeZone)
	}
	if c.DefaultCountry != "" && (len(c.DefaultCountry) != 2 || strings.ToUpper(c.DefaultCountry) != c.DefaultCountry) {
		add("default_country", "%q is no country; write two capital letters like BY", c.DefaultCountry)
	}
	for i, s := range c.StaffPhones {
		if _, err := ParsePhone(s, c.DefaultCountry); err != nil {
			add(fmt.Sprintf("staff_phones[%d]", i), "%q is no phone", s)
		}
	}
	if c.Send.QuietHours != "" {
		if _, _, err := ParseQuietHours(c.Send.QuietHours); err != nil {
			errs = append(errs, err)
		}
	}
	if c.Send.Canary < 0 || c.Send.DailyCap < 0 || c.Send.ApproveAbove < 0 {
		add("send", "canary, daily_cap and approve_above are 0 or more")
	}
	seen := map[string]bool{}
	for i := range c.Accounts {
		errs = append(errs, c.Accounts[i].validate(i, seen)...)
	}
	return errors.Join(errs...)
}

func (a *Account) validate(i int, seen map[string]bool) []error {
	var errs []error
	at := fmt.Sprintf("account[%d]", i)
	if a.Name != "" {
		at = "account " + a.Name
	}
	add := func(field, format string, args ...any) { errs = append(errs, Invalid(at+"."+field, format, args...)) }
	if !accountName.MatchString(a.Name) {
		add("name", "an account needs a name of letters, digits, dot, dash and underscore")
	} else if seen[a.Name] {
		add("name", "two accounts have this name")
	}
	seen[a.Name] = true
	if !slices.Contains([]Vendor{Wooxy, SMSBy, Routee, SendPulse}, a.Vendor) {
		add("vendor", "%q is no vendor; the vendors are wooxy, smsby, routee and sendpulse", a.Vendor)
		return errs
	}
	if _, err := time.LoadLocation(a.TimeZone); err != nil {
		add("time_zone", "%q is no time zone; write it like Europe/Minsk", a.TimeZone)
	}
	for _, u := range []struct{ key, value string }{{"base_url", a.BaseURL}, {"auth_url", a.AuthURL}} {
		if parsed, err := url.Parse(u.value); u.value != "" && (err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https") {
			add(u.key, "it is no web address")
		}
	}
	if a.PerSecond < 0 {
		add("per_second", "it is 0 or more")
	}
	given := map[string]bool{}
	for _, s := range a.Secrets() {
		given[s.Key] = s.Given()
	}
	switch a.Vendor {
	case SendPulse:
		if !given["api_key"] && (!given["client_id"] || !given["client_secret"]) {
			add("client_id", "give client_id and client_secret, or api_key (each also as _env, _file or _cmd)")
		}
	default:
		for _, s := range a.Secrets() {
			if !given[s.Key] {
				add(s.Key, "it is missing; give %s, %s_env, %s_file or %s_cmd", s.Key, s.Key, s.Key, s.Key)
			}
		}
	}
	return errs
}

// ParseQuietHours reads "21:00-09:00" into minutes after midnight.
func ParseQuietHours(s string) (from, to int, err error) {
	var h1, m1, h2, m2 int
	if n, e := fmt.Sscanf(s, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); e != nil || n != 4 || h1 < 0 || h1 > 23 || h2 < 0 || h2 > 23 || m1 < 0 || m1 > 59 || m2 < 0 || m2 > 59 {
		return 0, 0, Invalid("send.quiet_hours", "%q is no span of hours; write it like 21:00-09:00", s)
	}
	return h1*60 + m1, h2*60 + m2, nil
}
