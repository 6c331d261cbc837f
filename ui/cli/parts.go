// Package cli is the command line: flags, the configuration file and its secrets, the commands,
// progress bars, and output as tables, JSON Lines and CSV. What it needs of the rest of the program
// it names here; main hands it over.
package cli

import (
	"context"
	"io"
	"time"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// Parts is the rest of the program as the command line sees it.
type Parts struct {
	Version       string
	ExampleConfig []byte
	// Open opens the cache file, making it when it is missing, makes the accounts known to it, and
	// joins them with it. An account without its secrets can do nothing at its vendor.
	Open func(ctx context.Context, o OpenOptions) (Opened, error)
	// Attach opens a session with the server on this host and gives its exit code.
	Attach func(ctx context.Context, a Attach) (int, error)
	// Vendors are those that this program speaks to.
	Vendors []model.VendorFacts
	// Simulate serves the simulated vendors on the address until the context ends.
	Simulate  func(ctx context.Context, o SimOptions) (Simulation, error)
	Scenarios []string
	// DemoPlans are what a demonstration sends by itself; those in state held stay in their recall
	// window.
	DemoPlans func() []model.Plan
}

// capabilities says what a vendor can do; ok is false for one that this program does not speak to.
func (p Parts) capabilities(v model.Vendor) (caps model.Capabilities, ok bool) {
	for _, known := range p.Vendors {
		if known.Vendor == v {
			return known.Capabilities, true
		}
	}
	return caps, false
}

// OpenOptions say what is opened.
type OpenOptions struct {
	Path   string // of the cache
	Config model.Config
	// ReadOnly keeps everything from being sent or changed at a vendor.
	ReadOnly bool
	// Patience is how long a write waits for those of other processes; 0: as usual.
	Patience time.Duration
	// Say gets a line for each thing that the engine warns of. Nil: not wanted.
	Say func(line string)
}

// Opened is the cache file and the way to the vendors over it.
type Opened struct {
	Cache   Cache
	Network Network
	// Dashboard shows the dashboard over both until the person leaves or the context ends.
	Dashboard func(ctx context.Context, d Dashboard) error
	// Serve serves both over SSH until the context ends.
	Serve func(ctx context.Context, s Service) error
}

// Dashboard is what the dashboard needs to know of the call.
type Dashboard struct {
	Config   model.Config
	Operator string
	ReadOnly bool
	Demo     bool
	NoColor  bool
	Theme    model.Theme
	// Reload waits until the configuration is saved and reads it; an error names the line. Nil: it
	// never changes.
	Reload func(ctx context.Context) (settings.Saved, error)
	// Drill gives the steps of the fire drill as they stand; nil: there is none.
	Drill func(ctx context.Context) ([]model.DrillStep, error)
	In    io.Reader
	Out   io.Writer
}

// SimOptions say how the vendors are simulated.
type SimOptions struct {
	Addr     string // host:port; port 0 takes a free one
	Scenario string
	Speed    float64 // simulated seconds a second
	Seed     uint64
	// PerSecond replaces the vendors' limit of requests a second; 0 keeps it.
	PerSecond float64
	// LoseAnswer loses the answer to the first call of Wooxy that sends.
	LoseAnswer bool
}

// Simulation is a running simulation of the vendors.
type Simulation struct {
	// Base is the address below which each vendor has its own path.
	Base string
	// Config is a configuration file for the simulated vendors; cache may be empty.
	Config func(cache string) string
	// Wait returns when the simulation has ended.
	Wait func() error
}

// Cache is the local store: lists, triage, the blacklist and the outbox.
type Cache interface {
	model.ListReader
	model.FigureReader
	model.ValueReader
	model.ChangeWatcher
	model.ReplyEditor
	model.PreparedEditor
	model.BlacklistEditor
	model.SendEditor
	// Bills compares expected costs with reported ones, of campaigns from one time up to another.
	Bills(ctx context.Context, from, until time.Time, zone *time.Location) ([]model.Bill, error)
	// FindCampaign finds a campaign by our id or a vendor's.
	FindCampaign(ctx context.Context, ref string) (model.Campaign, error)
	// Activity gives a page of who did what.
	Activity(ctx context.Context, q model.PageRequest) (model.Page[model.Activity], error)
	// VerifyActivity looks whether nobody has changed that; a seal that was noted earlier, "" for
	// none, must be in it.
	VerifyActivity(ctx context.Context, seal string) (model.ActivityCheck, error)
	// FindReply finds a reply by our id or a vendor's.
	FindReply(ctx context.Context, ref string) (model.Reply, error)
	// Thread gives a reply with the message it answers, notes and answers.
	Thread(ctx context.Context, id model.ReplyID) (model.Thread, error)
	// Setting gives what is kept for an operator under a name.
	Setting(ctx context.Context, operator, name string) (value string, ok bool, err error)
	// Lists gives the lists of people kept at the vendors, of one account or, for "", of all.
	Lists(ctx context.Context, account string) ([]model.List, error)
	// Believe lets the lists of an account shrink as much as its vendor says, for an hour.
	Believe(ctx context.Context, operator, account string) error
	// Standing reports whether messages may leave from this cache, and if not, why.
	Standing(ctx context.Context) (model.Standing, error)
	// Stakes says what waits in it.
	Stakes(ctx context.Context) (model.Stakes, error)
	// Pass says what became of people since a time, and who waits and why.
	Pass(ctx context.Context, since time.Time) ([]model.Passed, error)
	// Adopt makes it the one that sends. The people who may have been written to from another copy
	// become unknown; the stakes count them.
	Adopt(ctx context.Context, operator string) (model.Stakes, error)
	// Backup writes a copy of the cache to a file that does not exist yet, and gives its size.
	Backup(ctx context.Context, operator, target string) (int64, error)
	// RenewCallback changes the callback address of an account.
	RenewCallback(ctx context.Context, operator, account string) error
	// KeptCallbacks gives callbacks that wait for a person, of all accounts or of some, the oldest
	// first from after the given one on.
	KeptCallbacks(ctx context.Context, accounts []string, after int64, limit int) ([]model.KeptCallback, error)
	// DecideCallbacks takes the news of kept callbacks, or drops them, and gives how many waited.
	DecideCallbacks(ctx context.Context, operator string, ids []int64, release bool) (int, error)
	// Pulse gives what a monitoring system is told.
	Pulse(ctx context.Context) (model.Pulse, error)
	// Facts says how the file is, for the doctor.
	Facts(ctx context.Context) (model.CacheFacts, error)
	Close() error
}

// Network is the way to the vendors.
type Network interface {
	// Sync reads everything once. With all, also what is final is read again.
	Sync(ctx context.Context, accounts []string, all bool, progress func(model.SyncProgress)) ([]model.SyncResult,
		error)
	// WorkOnce does all that is due and ends. A conflict says that another process runs the engine.
	WorkOnce(ctx context.Context) error
	// Work runs the engine until the context ends. While another process runs it, Work waits and
	// then takes over.
	Work(ctx context.Context) error
	// Dispatch is Work without reading: it sends what is due, so that a send does not share the
	// vendor's rate with polls.
	Dispatch(ctx context.Context) error
	// PerCall is how many people of the campaign leave in one call.
	PerCall(c model.Campaign) int
	// Check says what the account's vendor would refuse although its data allows it.
	Check(c model.Campaign) error
	// PrepareList prepares a send to a list at the vendor, at no cost, and tells its size.
	PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error)
	// CheckLinks asks the addresses of a campaign's message whether they work, in a few seconds.
	CheckLinks(ctx context.Context, c model.Campaign) []model.LinkFinding
	// CallbackPath is the path, with its secret, at which the account's vendor may call this host
	// back.
	CallbackPath(ctx context.Context, account string) (string, error)
	// Webhooks lists the addresses that the account's vendor tells of events. Where it and the two
	// below cannot be done, the error says why.
	Webhooks(ctx context.Context, account string) ([]model.Webhook, error)
	// Register gives the account's vendor its callback address below the public address of this
	// host.
	Register(ctx context.Context, account, public string) (id string, err error)
	// Unregister takes an address away again.
	Unregister(ctx context.Context, account, id string) error
	// LookUp asks the account's vendor about one thing by its id, now.
	LookUp(ctx context.Context, account string, what model.Thing, id string) (model.LookedUp, error)
	// Probe asks the account for what proves that it answers and takes the credentials.
	Probe(ctx context.Context, account model.Account) (model.Probed, error)
}
