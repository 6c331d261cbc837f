// Package cli is the command line: flags, the configuration file and its secrets, the commands,
// progress bars, and output as tables, JSON Lines and CSV. It declares here what it needs from the
// rest of the program; main provides it.
package cli

import (
	"context"
	"time"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// Parts is the rest of the program as used by the command line.
type Parts struct {
	Version       string
	ExampleConfig []byte
	// Open opens the cache file, creating it if it is missing, registers the accounts in it, and
	// connects them to it. An account without its secrets can do nothing at its vendor.
	Open func(ctx context.Context, o OpenOptions) (Opened, error)
	// Attach opens a session with the server on this host and returns its exit code.
	Attach func(ctx context.Context, a Attach) (int, error)
	// Vendors are the vendors that this program supports.
	Vendors model.Vendors
	// Simulate serves the simulated vendors on the address until the context ends.
	Simulate  func(ctx context.Context, o SimOptions) (Simulation, error)
	Scenarios []string
	// DemoPlans are the campaigns that a demonstration sends by itself; those in state held stay in
	// their recall window.
	DemoPlans func() []model.Plan
}

// OpenOptions say what to open.
type OpenOptions struct {
	Path   string // of the cache
	Config model.Config
	// ReadOnly prevents sending and any change at a vendor.
	ReadOnly bool
	// Patience is how long a write waits for writes of other processes; 0: the default.
	Patience time.Duration
	// Say receives a line for each warning of the engine. Nil: none.
	Say func(line string)
}

// Opened is the cache file and the connection to the vendors on top of it.
type Opened struct {
	Cache   Cache
	Network Network
	// Dashboard shows the dashboard over both until the person leaves or the context ends.
	Dashboard func(ctx context.Context, d Dashboard) error
	// Serve serves both over SSH until the context ends.
	Serve func(ctx context.Context, s Service) error
}

// Dashboard is what the dashboard needs to know about the call.
type Dashboard struct {
	Config   model.Config
	Operator string
	ReadOnly bool
	Demo     bool
	Theme    model.Theme
	// Reload waits until the configuration is saved and reads it; an error names the line. Nil: it
	// never changes.
	Reload func(ctx context.Context) (settings.Saved, error)
	// Drill returns the current steps of the fire drill; nil: there is none.
	Drill func(ctx context.Context) ([]model.DrillStep, error)
	Streams
}

// SimOptions configure the simulated vendors.
type SimOptions struct {
	Addr     string // host:port; port 0 chooses a free one
	Scenario string
	Speed    float64 // simulated seconds per second
	Seed     uint64
	// PerSecond replaces the vendors' limit of requests per second; 0 keeps it.
	PerSecond float64
	// LoseAnswer loses the answer to the first sending call at Wooxy.
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
	// Bills compares expected with reported costs of the campaigns in a period.
	Bills(ctx context.Context, from, until time.Time, zone *time.Location) ([]model.Bill, error)
	// FindCampaign finds a campaign by our id or a vendor's.
	FindCampaign(ctx context.Context, ref string) (model.Campaign, error)
	// Activity returns a page of the activity log.
	Activity(ctx context.Context, q model.PageRequest) (model.Page[model.Activity], error)
	// VerifyActivity checks that the activity log has not been changed; a seal noted earlier, ""
	// for none, must be in it.
	VerifyActivity(ctx context.Context, seal string) (model.ActivityCheck, error)
	// FindReply finds a reply by our id or a vendor's.
	FindReply(ctx context.Context, ref string) (model.Reply, error)
	// Thread returns a reply with the message it answers, notes and answers.
	Thread(ctx context.Context, id model.ReplyID) (model.Thread, error)
	// Setting returns the value stored for an operator under a name.
	Setting(ctx context.Context, operator, name string) (value string, ok bool, err error)
	// Lists returns the lists of people stored at the vendors, of one account or, for "", of all.
	Lists(ctx context.Context, account string) ([]model.List, error)
	// Believe accepts for an hour that the lists of an account shrink as much as its vendor
	// reports.
	Believe(ctx context.Context, operator, account string) error
	// Standing reports whether messages may leave from this cache, and if not, why.
	Standing(ctx context.Context) (model.FileStanding, error)
	// Stakes returns what is waiting in the cache.
	Stakes(ctx context.Context) (model.Stakes, error)
	// Pass returns what has happened to people since a time, and who is waiting and why.
	Pass(ctx context.Context, since time.Time) ([]model.PassResult, error)
	// Adopt makes the cache the one that sends. The people who may have been written to from
	// another copy become unknown; the stakes count them.
	Adopt(ctx context.Context, operator string) (model.Stakes, error)
	// Backup writes a copy of the cache to a file that does not exist yet, and returns its size.
	Backup(ctx context.Context, operator, target string) (int64, error)
	// RenewCallback changes the callback address of an account.
	RenewCallback(ctx context.Context, operator, account string) error
	// KeptCallbacks returns callbacks that wait for a person, of all accounts or of some, oldest
	// first, starting after the given one.
	KeptCallbacks(ctx context.Context, accounts []string, after int64, limit int) ([]model.PendingCallback, error)
	// DecideCallbacks applies kept callbacks, or drops them, and returns how many were waiting.
	DecideCallbacks(ctx context.Context, operator string, ids []int64, as model.CallbackDecision) (int, error)
	// Pulse returns the data for a monitoring system.
	Pulse(ctx context.Context) (model.Pulse, error)
	// Facts describes the state of the file, for the doctor.
	Facts(ctx context.Context) (model.CacheFacts, error)
	Close() error
}

// Network is the way to the vendors.
type Network interface {
	// Sync reads everything once. With all, it also reads again what is final.
	Sync(ctx context.Context, accounts []string, all bool, progress func(model.SyncProgress)) ([]model.SyncResult,
		error)
	// WorkOnce does everything that is due and ends. A KindConflict error says that another process
	// runs the engine.
	WorkOnce(ctx context.Context) error
	// Work runs the engine until the context ends. While another process runs it, Work waits and
	// then takes over.
	Work(ctx context.Context) error
	// Dispatch is Work without reading: it sends what is due, so that a send does not share the
	// vendor's rate with polls.
	Dispatch(ctx context.Context) error
	// PerCall is how many people of the campaign fit in one call.
	PerCall(c model.Campaign) int
	// Check returns what the account's vendor would refuse although its capabilities allow it.
	Check(c model.Campaign) error
	// PrepareList prepares a send to a list at the vendor, at no cost, and returns its size.
	PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error)
	// CheckLinks checks within a few seconds whether the addresses in a campaign's message work.
	CheckLinks(ctx context.Context, c model.Campaign) []model.LinkFinding
	// CallbackPath is the path, with its secret, at which the account's vendor may call this host
	// back.
	CallbackPath(ctx context.Context, account string) (string, error)
	// Webhooks lists the addresses to which the account's vendor posts events. If this or one of
	// the two calls below is not possible, the error says why.
	Webhooks(ctx context.Context, account string) ([]model.Webhook, error)
	// Register registers the account's callback address, below the public address of this host, at
	// its vendor.
	Register(ctx context.Context, account, public string) (id string, err error)
	// Unregister removes an address again.
	Unregister(ctx context.Context, account, id string) error
	// LookUp asks the account's vendor about one object by its id, now.
	LookUp(ctx context.Context, account string, what model.Thing, id string) (model.LookedUp, error)
	// Probe checks that the account's vendor answers and accepts the credentials.
	Probe(ctx context.Context, account model.Account) (model.Probed, error)
}
