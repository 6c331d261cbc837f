package model

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"
)

// Config is the configuration file, config.toml.
type Config struct {
	Operator       string           `toml:"operator"`
	Cache          string           `toml:"cache"`
	CacheGroup     string           `toml:"cache_group"` // a Unix group that shares the cache; "": not shared
	TimeZone       string           `toml:"time_zone"`
	DefaultCountry string           `toml:"default_country"`
	Retention      Duration         `toml:"retention"` // age at which personal data is removed; 0: never
	Theme          string           `toml:"theme"`     // a built-in theme or a file; "": auto
	Language       Language         `toml:"language"`  // of the screens; "": as the locale says
	SlowLine       SlowLine         `toml:"slow_line"` // whether the screens spare the line to the terminal; "": auto
	StaffPhones    []string         `toml:"staff_phones"`
	OptOutWords    []string         `toml:"opt_out_words"` // in addition to the built-in ones
	Send           SendConfig       `toml:"send"`
	Waiting        WaitingConfig    `toml:"waiting"`
	Notice         AlertConfig      `toml:"notice"`
	Callbacks      CallbacksConfig  `toml:"callbacks"`
	Serve          ServeConfig      `toml:"serve"`
	Views          []View           `toml:"view"`   // saved filters for everybody
	Answers        []PreparedAnswer `toml:"answer"` // prepared answers for everybody
	Macros         []Macro          `toml:"macro"`  // chains of steps on a key
	Accounts       []Account        `toml:"account"`

	// Operators are the people the server knows, [[operator]] in the file. A file has either these
	// or the single name in Operator.
	Operators []Operator `toml:"-"`
	// Fleeting says that the cache is discarded at the end, so nothing about it is kept elsewhere.
	// A file cannot set it.
	Fleeting bool `toml:"-"`
	// Unusable are the accounts whose secrets this process could not read, by name, with the
	// reason: their cached data is shown, and their vendors are not called.
	Unusable map[string]Text `toml:"-"`
}

// SlowLine says whether the screens save terminal bandwidth: fewer frames, and changes drawn
// together.
type SlowLine string

// The choices. Auto measures the line over SSH.
const (
	SlowLineAuto SlowLine = "auto"
	SlowLineOn   SlowLine = "on"
	SlowLineOff  SlowLine = "off"
)

// slowLines lists the choices.
func slowLines() []SlowLine { return []SlowLine{SlowLineAuto, SlowLineOn, SlowLineOff} }

// SendConfig holds the organisation's rules for sends.
type SendConfig struct {
	Hold         *Duration `toml:"hold"`          // recall window; absent: 10 s
	QuietHours   string    `toml:"quiet_hours"`   // "21:00-09:00" in the operator's zone; "": none
	ApproveAbove int64     `toml:"approve_above"` // people; 0: no approval
	RepeatWindow *Duration `toml:"repeat_window"` // same message to the same people; absent: 24 h, 0: no guard
	Canary       int       `toml:"canary"`        // people who go first; 0: none
	CanaryLimit  *float64  `toml:"canary_limit"`  // share of them who may be refused or not reached; absent: 0.2
	CanaryWait   *Duration `toml:"canary_wait"`   // until they are judged; absent: 10 min
	// how long before its time a scheduled campaign leaves here; absent: 5 min
	ScheduleLead *Duration `toml:"schedule_lead"`
	DailyCap     int64     `toml:"daily_cap"` // people per account and day; 0: none
	// whether the addresses of a message are checked before it is confirmed; absent: yes
	CheckLinks *bool `toml:"check_links"`
}

// NeedsApproval reports whether another operator has to approve a campaign to that many people:
// more than the limit (0: no limit), or an unknown number of them.
func NeedsApproval(people Figure, limit int64) bool {
	return limit > 0 && (!people.Known || people.N > limit)
}

// ChecksLinks reports whether the addresses of a message are checked before it is confirmed.
func (s SendConfig) ChecksLinks() bool { return s.CheckLinks == nil || *s.CheckLinks }

// HoldWindow returns the recall window.
func (s SendConfig) HoldWindow() time.Duration {
	if s.Hold == nil {
		return 10 * time.Second
	}
	return s.Hold.Duration
}

// repeatGuard returns the window in which the same message to the same people is stopped.
func (s SendConfig) repeatGuard() time.Duration {
	if s.RepeatWindow == nil {
		return 24 * time.Hour
	}
	return s.RepeatWindow.Duration
}

// First returns the canary of a campaign.
func (s SendConfig) First() Canary {
	c := Canary{People: int64(s.Canary), Limit: 0.2, Wait: 10 * time.Minute}
	if s.CanaryLimit != nil {
		c.Limit = *s.CanaryLimit
	}
	if s.CanaryWait != nil {
		c.Wait = s.CanaryWait.Duration
	}
	if s.Canary <= 0 {
		return Canary{}
	}
	return c
}

// Lead returns how long before its time a scheduled campaign is handed to its vendor.
func (s SendConfig) Lead() time.Duration {
	if s.ScheduleLead == nil {
		return 5 * time.Minute
	}
	return s.ScheduleLead.Duration
}

// validateCanary reports invalid keys of the canary. A key that has no effect is invalid.
func (s SendConfig) validateCanary() error {
	switch {
	case s.Canary == 0 && s.CanaryLimit != nil:
		return Invalid("send.canary_limit", "it has no effect without canary; set canary, or remove it")
	case s.Canary == 0 && s.CanaryWait != nil:
		return Invalid("send.canary_wait", "it has no effect without canary; set canary, or remove it")
	case s.CanaryLimit != nil && !(*s.CanaryLimit >= 0 && *s.CanaryLimit < 1):
		return Invalid("send.canary_limit", "%v is not a share; write a number from 0 to below 1, as 0.2 for a fifth",
			*s.CanaryLimit)
	}
	return nil
}

// CallbacksConfig says where vendors' callbacks are received.
type CallbacksConfig struct {
	Listen string `toml:"listen"` // "": not at all
	// PublicURL is the address of this host as vendors see it; campaigns without their own address
	// use the account's path below it. "": none.
	PublicURL string `toml:"public_url"`
}

// ServeConfig says how the dashboard is served over SSH.
type ServeConfig struct {
	Listen      string    `toml:"listen"`       // "": 127.0.0.1:2222
	HostKey     string    `toml:"host_key"`     // "": host_key beside the cache; made when it is missing
	Sessions    int       `toml:"sessions"`     // at once; 0: 200
	PerOperator int       `toml:"per_operator"` // at once of one person; 0: as many as there are
	Idle        *Duration `toml:"idle"`         // a session without a key ends after it; absent: 8 h, 0: never
	Socket      string    `toml:"socket"`       // the path of a Unix socket for viberdeck attach; "": none
	Metrics     string    `toml:"metrics"`      // where figures and health are served; "": nowhere
}

// Address returns where the server listens.
func (s ServeConfig) Address() string { return cmp.Or(s.Listen, "127.0.0.1:2222") }

// MetricsAddress returns where figures and health are served: on this host only, unless another one
// is configured. It is "" if they are not served.
func (s ServeConfig) MetricsAddress() string {
	if strings.HasPrefix(s.Metrics, ":") {
		return "127.0.0.1" + s.Metrics
	}
	return s.Metrics
}

// Most returns how many sessions are allowed at once.
func (s ServeConfig) Most() int { return cmp.Or(s.Sessions, 200) }

// IdleEnd returns how long a session may be without key presses; 0: forever.
func (s ServeConfig) IdleEnd() time.Duration {
	if s.Idle == nil {
		return 8 * time.Hour
	}
	return s.Idle.Duration
}

func (s ServeConfig) validate() []error {
	var errs []error
	if _, _, err := net.SplitHostPort(s.Address()); err != nil {
		errs = append(errs, Invalid("serve.listen", "%q is not an address to listen at; write it like 127.0.0.1:2222",
			s.Listen))
	}
	if _, _, err := net.SplitHostPort(s.Metrics); err != nil && s.Metrics != "" {
		errs = append(errs, Invalid("serve.metrics", "%q is not an address to listen at; write it like 127.0.0.1:9091",
			s.Metrics))
	}
	if s.Socket != "" && !filepath.IsAbs(s.Socket) {
		errs = append(errs, Invalid("serve.socket", "%q does not begin with /; write the whole path", s.Socket))
	}
	if s.Sessions < 0 || s.Sessions > 10000 {
		errs = append(errs, Invalid("serve.sessions", "%d is not a number of sessions; write 1 to 10000", s.Sessions))
	}
	if s.PerOperator < 0 || s.PerOperator > s.Most() {
		errs = append(errs, Invalid("serve.per_operator",
			"%d is not a number of sessions of one person; write 1 to %d, "+
				"or 0 for as many as there are", s.PerOperator, s.Most()))
	}
	return errs
}

// Location returns the zone in which the operator sees times.
func (c Config) Location() *time.Location { return location(c.TimeZone, time.Local) }

// CallingCode returns the number with which phones of a country begin, 0 for no country.
func CallingCode(country string) int64 { return int64(phonenumbers.GetCountryCodeForRegion(country)) }

func isCountry(code string) bool { return phonenumbers.GetSupportedRegions()[code] }

func location(name string, otherwise *time.Location) *time.Location {
	if name == "" {
		return otherwise
	}
	loc, err := Zone(name)
	if err != nil {
		return otherwise
	}
	return loc
}

// Validate lists everything that is wrong with the configuration, joined; each error is of
// KindInvalid and names the key. Accounts must belong to the given vendors.
func (c *Config) Validate(vendors Vendors) error {
	errs := c.validateValues()
	if err := checkRetention(c.Retention.Duration); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, c.Send.validate()...)
	errs = append(errs, c.Callbacks.validate()...)
	errs = append(errs, c.Waiting.validate()...)
	errs = append(errs, c.Serve.validate()...)
	errs = append(errs, c.validateOperators()...)
	errs = append(errs, validateViews(c.Views)...)
	errs = append(errs, validateAnswers(c.Answers)...)
	errs = append(errs, validateMacros(c.Macros)...)
	seen := map[string]bool{}
	for i := range c.Accounts {
		errs = append(errs, c.Accounts[i].validate(i, seen, vendors)...)
	}
	return errors.Join(errs...)
}

// validateValues checks the keys that belong to no table.
func (c *Config) validateValues() []error {
	var errs []error
	add := func(field, format string, args ...any) { errs = append(errs, Invalid(field, format, args...)) }
	if err := checkZone("time_zone", c.TimeZone); err != nil {
		errs = append(errs, err)
	}
	if c.Language != "" && !slices.Contains(Languages(), c.Language) {
		add("language", "%q is not a language of the screens; write en or ru", c.Language)
	}
	if c.SlowLine != "" && !slices.Contains(slowLines(), c.SlowLine) {
		add("slow_line", "%q is not known; write auto, on or off", c.SlowLine)
	}
	if c.DefaultCountry != "" && !isCountry(c.DefaultCountry) {
		add("default_country", "%q is not a country; write two capital letters like BY", c.DefaultCountry)
	}
	for i, s := range c.StaffPhones {
		if _, err := ParsePhone(s, c.DefaultCountry); err != nil {
			add(fmt.Sprintf("staff_phones[%d]", i), "%q is not a phone; write it like +375291234567", s)
		}
	}
	for i, w := range c.OptOutWords {
		if len(splitWords(w)) == 0 {
			add(fmt.Sprintf("opt_out_words[%d]", i), "%q has no letter; write a word or a phrase such as \"basta\"", w)
		}
	}
	return errs
}

func (s SendConfig) validate() []error {
	var errs []error
	if s.QuietHours != "" {
		if _, err := parseQuietHours(s.QuietHours); err != nil {
			errs = append(errs, err)
		}
	}
	for _, n := range []struct {
		key   string
		value int64
	}{{"approve_above", s.ApproveAbove}, {"canary", int64(s.Canary)}, {"daily_cap", s.DailyCap}} {
		if n.value < 0 {
			errs = append(errs, Invalid("send."+n.key, "%d is below 0; 0 switches it off", n.value))
		}
	}
	if err := s.validateCanary(); err != nil {
		errs = append(errs, err)
	}
	return errs
}

func (c CallbacksConfig) validate() []error {
	var errs []error
	if c.Listen != "" {
		if _, _, err := net.SplitHostPort(c.Listen); err != nil {
			errs = append(errs, Invalid("callbacks.listen",
				"%q is not an address to listen at; write it like 127.0.0.1:8088", c.Listen))
		}
	}
	if c.PublicURL != "" {
		if err := checkAddress("callbacks.public_url", c.PublicURL, 0, false); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}
