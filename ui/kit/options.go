package kit

import (
	"context"
	"time"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Mode says what the dashboard is attached to. It is painted on every screen.
type Mode string

// The modes.
const (
	Live     Mode = "LIVE"
	Demo     Mode = "DEMO"      // simulated vendors
	ReadOnly Mode = "READ-ONLY" // nothing may leave
)

// Options are what the dashboard is given by the program around it.
type Options struct {
	Store    Store
	Operator string     // the person at the keys
	Role     model.Role // of somebody whom a server knows by a key; "" on this host, where a login may all
	Session  string     // unique for this run of the program; claims and presence carry it
	Mode     Mode
	Settings
	// Reload waits until the configuration was saved, and gives what it says now. An error says why
	// it is not taken. Nil: it never changes.
	Reload func(ctx context.Context) (Settings, error)
	// Elsewhere says that the person is not on this host, whose files are then out of reach.
	Elsewhere bool
	// ReadOnly removes every outgoing action, whatever the mode.
	ReadOnly bool
	Accounts []model.Account // without secrets
	// Unusable are the accounts that this process cannot speak to, and why.
	Unusable map[string]model.Text
	// Capabilities say what each vendor of the accounts can do.
	Capabilities map[model.Vendor]model.Capabilities
	// Check refuses at once what the vendor's adapter knows it would refuse; nil where nothing can
	// be sent.
	Check func(model.Campaign) error
	// PerCall says how many people one vendor call of the campaign carries; nil where nothing can
	// be sent.
	PerCall func(model.Campaign) int
	// Prepare readies a send to a list at the vendor, at no cost: the vendor's id of it, if it
	// gives one, and how many people the list holds. It uses the network, so it runs in a command
	// only. Nil where nothing can be sent.
	Prepare func(ctx context.Context, c model.Campaign) (model.Prepared, error)
	// Links asks the addresses of a campaign's message whether they work, in a few seconds. It uses
	// the network, so it runs in a command only. Nil where nothing can be sent.
	Links func(ctx context.Context, c model.Campaign) []model.LinkFinding
	// Drill gives the steps of the fire drill as they stand; nil: there is none.
	Drill func(ctx context.Context) ([]model.DrillStep, error)
	Now   func() time.Time // nil: time.Now
	Env   []string         // the environment, for colours, signs, the language and the terminal's kind
}

// Settings are what the configuration says of the dashboard. They may change while it runs.
type Settings struct {
	Zone           *time.Location // nil: the machine's
	Send           model.SendConfig
	Patience       model.Patience     // how long people may wait for an answer
	Calls          model.NoticeConfig // what calls the person when replies arrive
	StaffPhones    []string
	DefaultCountry string
	Theme          model.Theme            // colours and signs; the zero value follows terminal and locale
	Language       model.Language         // of the screens; "" follows the locale
	SlowLine       model.SlowLine         // whether the line to the terminal is spared; "": as it is measured
	Views          []model.View           // those that everybody here has
	Answers        []model.PreparedAnswer // those of the configuration
	Macros         []model.Macro          // chains on a key
	Later          []string               // keys that were changed and count from the next start only
}

// NothingLeaves reports whether outgoing actions are switched off.
func (o Options) NothingLeaves() bool { return o.ReadOnly || o.Mode == ReadOnly }

// ScreenLanguage gives the language of the screens.
func (o Options) ScreenLanguage() model.Language {
	if o.Language != "" {
		return o.Language
	}
	if term.PlainLocale(o.Env) {
		return model.English // the terminal has no Cyrillic letters in the encoding that is written
	}
	return model.LanguageOf(o.Env)
}

// Explained says an error in the language of the screens, to somebody who sees none.
func (o Options) Explained(err error) string { return lang.NewLanguage(o.ScreenLanguage()).Fault(err) }

// WithDefaults fills what may be left out.
func (o Options) WithDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Mode == "" {
		o.Mode = Live
	}
	return o
}

// Account gives the account of that name.
func (o Options) Account(name string) (model.Account, bool) {
	for _, a := range o.Accounts {
		if a.Name == name {
			return a, true
		}
	}
	return model.Account{}, false
}

// ASCIIOnly says that the dashboard draws its own signs in ASCII.
func (o Options) ASCIIOnly() bool {
	switch o.Theme.Signs {
	case "ascii":
		return true
	case "unicode":
		return false
	}
	return term.PlainLocale(o.Env)
}

// Road is the way to the vendors as a plan needs it.
func (o Options) Road() model.SendPath {
	return model.SendPath{PerCall: o.PerCall, Check: o.Check, Prepare: o.Prepare}
}
