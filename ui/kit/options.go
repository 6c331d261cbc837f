package kit

import (
	"cmp"
	"context"
	"path/filepath"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

// Mode is what the dashboard is connected to. It is shown on every screen.
type Mode string

// The modes.
const (
	Live     Mode = "LIVE"
	Demo     Mode = "DEMO"      // simulated vendors
	ReadOnly Mode = "READ-ONLY" // nothing may leave
)

// Options are what the surrounding program passes to the dashboard.
type Options struct {
	Store    Store
	Operator string     // the person at the keys
	Role     model.Role // of a person whom a server identifies by a key; "" on this host, where a login has all rights
	Session  string     // unique for this run of the program; used in claims and presence
	Mode     Mode
	Settings
	// Reload waits until the configuration has been saved, and returns the new settings. An error
	// says why they are rejected. Nil: they never change.
	Reload func(ctx context.Context) (Settings, error)
	// Elsewhere says that the person is not on this host, whose files are then out of reach.
	Elsewhere bool
	// Process is the process at whose moments (model.UntilBeat) ages are drawn again; 0: none. The
	// sessions of a server have moments of their own: it must not draw all of them at once.
	Process int
	// ReadOnly removes every outgoing action, whatever the mode.
	ReadOnly bool
	Accounts []model.Account // without secrets
	// Unusable are the accounts that cannot be used now, and why.
	Unusable map[string]model.Text
	// Capabilities describe what each vendor of the accounts can do.
	Capabilities map[model.Vendor]model.Capabilities
	// Check returns at once what the vendor's adapter knows it would refuse; nil if nothing can be
	// sent.
	Check func(model.Campaign) error
	// PerCall returns how many people one vendor call of the campaign may contain; nil if nothing
	// can be sent.
	PerCall func(model.Campaign) int
	// Prepare prepares a send to a list at the vendor, at no cost: it returns the vendor's id of
	// it, if there is one, and how many people the list has. It uses the network, so it runs only
	// in a command. Nil if nothing can be sent.
	Prepare func(ctx context.Context, c model.Campaign) (model.Prepared, error)
	// Links checks within a few seconds whether the addresses in a campaign's message work. It uses
	// the network, so it runs only in a command. Nil if nothing can be sent.
	Links func(ctx context.Context, c model.Campaign) []model.LinkFinding
	// Drill returns the current steps of the fire drill; nil: there is none.
	Drill func(ctx context.Context) ([]model.DrillStep, error)
	Now   func() time.Time  // nil: time.Now
	Env   model.Environment // the environment, for colours, signs, the language and the terminal type
}

// Settings are the options from the configuration. They may change while the dashboard runs.
type Settings struct {
	Zone           *time.Location // nil: the host's
	Send           model.SendConfig
	Patience       model.Patience    // how long people may wait for an answer
	Calls          model.AlertConfig // how the person is called when replies arrive
	StaffPhones    []string
	DefaultCountry string
	Theme          model.Theme            // colours and signs; the zero value follows terminal and locale
	Language       model.Language         // of the screens; "" follows the locale
	SlowLine       model.SlowLine         // whether to save traffic to the terminal; "": as measured
	Views          []model.View           // shared by all operators
	Answers        []model.PreparedAnswer // from the configuration
	Macros         []model.Macro          // chains on a key
	Later          []string               // changed keys that take effect only at the next start
}

// NothingLeaves reports whether outgoing actions are switched off.
func (o Options) NothingLeaves() bool { return o.ReadOnly || o.Mode == ReadOnly }

// ScreenLanguage returns the language of the screens.
func (o Options) ScreenLanguage() model.Language {
	if o.Language != "" {
		return o.Language
	}
	if !o.Env.HasUnicode() {
		return model.English // the terminal's encoding has no Cyrillic letters
	}
	return o.Env.Language()
}

// Explained returns an error as a sentence in the language of the screens, for output outside of
// them.
func (o Options) Explained(err error) string { return lang.LanguageOf(o.ScreenLanguage()).Fault(err) }

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

// VendorName returns the name of a vendor as the vendor spells it.
func (o Options) VendorName(v model.Vendor) string { return cmp.Or(o.Capabilities[v].Name, string(v)) }

// Account returns the account of that name.
func (o Options) Account(name string) (model.Account, bool) {
	return model.FindAccount(o.Accounts, name)
}

// ASCIIOnly reports whether the dashboard draws its own signs in ASCII.
func (o Options) ASCIIOnly() bool {
	switch o.Theme.Signs {
	case "ascii":
		return true
	case "unicode":
		return false
	}
	return !o.Env.HasUnicode()
}

// SendPath returns the way to the vendors as needed by a plan.
func (o Options) SendPath() model.SendPath {
	return model.SendPath{PerCall: o.PerCall, Check: o.Check, Prepare: o.Prepare}
}

// Planner plans a send at a point in time.
func (o Options) Planner(now time.Time) model.Planner {
	return model.Planner{Reader: o.Store, Send: o.Send, Now: now, Zone: o.Zone, Accounts: o.Accounts}
}

// InHome resolves a file name that may begin with ~/.
func (o Options) InHome(name string) (string, error) {
	if o.Elsewhere {
		return "", model.Invalid("file",
			"files of the server cannot be used from here; use the command line over ssh, "+
				"for example: ssh HOST replies --csv")
	}
	rest, ok := strings.CutPrefix(name, "~/")
	if !ok {
		return filepath.Clean(name), nil
	}
	if home := o.Env.Get("HOME"); home != "" {
		return filepath.Join(home, rest), nil
	}
	return "", model.Invalid("file", "no home directory is known here; write the whole path")
}

// Store is the dashboard's access to data and the intents it writes. It is the local cache: nothing
// here uses the network. Every method is called from a command, never from Update or View.
type Store interface {
	Reader
	Historian
	Triage
	model.PreparedEditor
	model.BlacklistEditor
	model.SendEditor
	SettingStore
}

// Reader reads windows of lists. Pages are read by keyset; counts may take longer and are requested
// separately.
type Reader interface {
	model.ListReader
	model.FigureReader
	model.ChangeWatcher
	model.ValueReader
	// Count returns how many rows of a list a request matches.
	Count(ctx context.Context, list model.Topic, q model.PageRequest) (int64, error)
	Campaign(ctx context.Context, id model.CampaignID) (model.Campaign, error)
	// Cuts returns the figures of the campaigns that a request matches, broken down by one
	// dimension. It may take seconds.
	Cuts(ctx context.Context, by model.CutBy, q model.PageRequest) (model.Cuts, error)
	// SenderHealth says how people received what each sender sent since the given time. It may take
	// a second.
	SenderHealth(ctx context.Context, since time.Time) ([]model.SenderHealth, error)
	// LastSender returns the sender of our last campaign through an account, to one of the vendor's
	// lists if one is named.
	LastSender(ctx context.Context, account, list string) (sender string, at time.Time, ok bool, err error)
	Activities(ctx context.Context, id model.CampaignID, limit int) ([]model.Activity, error)
	Thread(ctx context.Context, id model.ReplyID) (model.Thread, error)
	Lists(ctx context.Context, account string) ([]model.List, error)
}

// Historian reports what happened, and records what operators do outside the lists.
type Historian interface {
	// PersonHistory returns everything that happened between us and a phone, newest first, at most
	// limit events.
	PersonHistory(ctx context.Context, phone model.Phone, limit int) (model.PersonHistory, error)
	AddActivity(ctx context.Context, a model.Activity) error
	// News returns what has happened since the given time, except the operator's own actions.
	News(ctx context.Context, operator string, since time.Time, p model.Patience) (model.News, error)
}

// Triage changes the local state of replies. All replies of a call change in one transaction and
// form one undo step.
type Triage interface {
	model.ReplyEditor
	SetUnread(ctx context.Context, operator string, ids []model.ReplyID, unread bool) error
	// Claim takes replies for the operator, or without a session releases them. Replies that
	// a colleague has are left out and counted in the result.
	Claim(ctx context.Context, operator, session string, ids []model.ReplyID) (others int, err error)
	Release(ctx context.Context, operator string, ids []model.ReplyID) (others int, err error)
	// OptOut accepts the opt-out of replies: their phones are blocked everywhere and the replies
	// are done.
	OptOut(ctx context.Context, operator string, ids []model.ReplyID) error
	// Chain carries out the steps of a macro; if one is not possible, none is carried out.
	Chain(ctx context.Context, operator, session string, ids []model.ReplyID, m model.Chain) error
	// Undo undoes the operator's last step and says in words what it was. Steps that reached a
	// vendor are not undone; the error says so.
	Undo(ctx context.Context, operator string) (model.Text, error)
}

// SettingStore stores what screens remember between sessions, and who is present.
type SettingStore interface {
	SaveSetting(ctx context.Context, operator, name, value string) error
	Setting(ctx context.Context, operator, name string) (value string, ok bool, err error)
	// Present records that the session is alive and which reply it has open, 0 for none; a session
	// that has been silent for 30 seconds is gone and its claims are free.
	Present(ctx context.Context, session, operator string, open model.ReplyID) error
	Leave(ctx context.Context, session string) error
	// NoticesRead forgets the operator's notices up to the given one, which have been shown.
	NoticesRead(ctx context.Context, operator string, last int64) error
}
