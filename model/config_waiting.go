package model

import "time"

// The bounds of how long a reply may wait.
const (
	shortestWait = time.Minute
	longestWait  = 30 * 24 * time.Hour
)

// How long people may wait by default.
const (
	usualWait = 4 * time.Hour
	usualLate = 24 * time.Hour
)

// WaitingConfig says how long people may wait for an answer.
type WaitingConfig struct {
	Limit *Duration `toml:"limit"` // an open reply is marked from this age on; absent: 4 h, 0: never
	Late  *Duration `toml:"late"`  // it needs attention from this age on; absent: 24 h, 0: never
}

func (w WaitingConfig) validate() []error {
	var errs []error
	for _, l := range []struct {
		key   string
		limit *Duration
	}{{"waiting.limit", w.Limit}, {"waiting.late", w.Late}} {
		if err := validateWait(l.key, l.limit); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

func validateWait(key string, limit *Duration) *Error {
	if limit == nil || limit.Duration == 0 ||
		limit.Duration >= shortestWait && limit.Duration <= longestWait {
		return nil
	}
	return Invalid(key, "%s is not between 1 minute and 30 days; write it like 4h, or 0 to mark no reply",
		limit.Duration)
}

// Patience is how long people may wait for an answer. 0 means forever.
type Patience struct {
	Usual    time.Duration            // an open reply is marked from this age on
	Accounts map[string]time.Duration // the same for accounts with their own limit
	Late     time.Duration            // an open reply needs attention from this age on
}

// Patience returns how long people may wait for an answer.
func (c Config) Patience() Patience {
	given := func(d *Duration, usual time.Duration) time.Duration {
		if d == nil {
			return usual
		}
		return d.Duration
	}
	p := Patience{Usual: given(c.Waiting.Limit, usualWait), Late: given(c.Waiting.Late, usualLate)}
	for _, a := range c.Accounts {
		if a.Waiting == nil {
			continue
		}
		if p.Accounts == nil {
			p.Accounts = map[string]time.Duration{}
		}
		p.Accounts[a.Name] = a.Waiting.Duration
	}
	return p
}

// In returns how long people may wait while their replies are looked at through a view: its own
// limit takes the place of all others. It changes marks only, not which replies are late.
func (p Patience) In(v View) Patience {
	if v.Waiting != nil {
		p.Usual, p.Accounts = v.Waiting.Duration, nil
	}
	return p
}

// Long reports whether an open reply through an account has waited long enough to be marked.
func (p Patience) Long(account string, age time.Duration) bool {
	limit, own := p.Accounts[account]
	if !own {
		limit = p.Usual
	}
	return limit > 0 && age >= limit
}

// AlertConfig says how the dashboard attracts attention when replies arrive.
type AlertConfig struct {
	Bell    bool `toml:"bell"`    // the terminal's bell
	Desktop bool `toml:"desktop"` // a desktop notification, shown by the terminal
}
