// Viberdeck runs Viber campaigns and triages the replies from a terminal. This file only joins the parts: the cache, the
// vendors, the dashboard and the command line.
package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/cli"
	"viberdeck/vendors"
	"viberdeck/vendors/callbacks"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/wooxy"
)

// version is set by the build.
var version = "dev"

//go:embed config.example.toml
var exampleConfig []byte

func main() {
	// A dropped connection (SIGHUP), a stop (SIGTERM) and Ctrl-C outside the dashboard all end the context, so that every
	// part ends in order: calls that are under way are recorded, the terminal is restored, the cache is closed.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := cli.Run(ctx, parts(), cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}

// parts hands the command line the rest of the program.
func parts() cli.Parts {
	return cli.Parts{
		Version:       version,
		ExampleConfig: exampleConfig,
		OpenCache: func(ctx context.Context, path string, accounts []model.Account) (cli.Cache, error) {
			db, err := cache.Open(ctx, path, cache.Options{})
			if err != nil {
				return nil, err
			}
			return db, db.Accounts(ctx, accounts)
		},
		OpenNetwork:  openNetwork,
		Dashboard:    dashboard,
		Capabilities: capabilities,
		Simulate:     simulate,
		Scenarios:    sim.Scenarios(),
		DemoPlans:    sim.DemoPlans,
	}
}

// capabilities tells what a vendor can do.
func capabilities(v model.Vendor) (model.Capabilities, bool) {
	switch v {
	case model.SMSBy:
		return smsby.Capabilities(), true
	case model.SendPulse:
		return sendpulse.Capabilities(), true
	case model.Routee:
		return routee.Capabilities(), true
	case model.Wooxy:
		return wooxy.Capabilities(), true
	}
	return model.Capabilities{}, false
}

// newClient makes the HTTP client of an account; it does at most the vendor's calls a second and at once.
func newClient(a model.Account, log func(model.LogEntry)) *vendors.Client {
	caps, _ := capabilities(a.Vendor)
	var secrets []string
	for _, s := range a.Secrets() {
		secrets = append(secrets, *s.Value)
	}
	rate := caps.Limits.PerSecond
	if a.PerSecond > 0 {
		rate = a.PerSecond
	}
	return vendors.NewClient(vendors.ClientOptions{Account: a.WithoutSecrets(), Secrets: secrets, PerSecond: rate,
		CallsAtOnce: caps.Limits.CallsAtOnce, Log: log})
}

// openAdapter makes the adapter of an account.
func openAdapter(a model.Account, client *vendors.Client) (vendors.Adapter, error) {
	switch a.Vendor {
	case model.SMSBy:
		return smsby.New(a, client)
	case model.SendPulse:
		return sendpulse.New(a, client)
	case model.Routee:
		return routee.New(a, client)
	case model.Wooxy:
		return wooxy.New(a, client)
	}
	return nil, &model.Error{Kind: model.KindInvalid, Field: "account " + a.Name + ".vendor", Fate: model.FateNotSent,
		Text: fmt.Sprintf("this version does not speak to %s yet", a.Vendor)}
}

// network joins the adapters with the cache by the engine.
type network struct {
	db       *cache.DB
	config   model.Config
	adapters map[string]vendors.Adapter
	silent   map[string]error // accounts this version cannot speak to, and why
	engine   *vendors.Engine
	sender   *vendors.Engine // sends and settles, and leaves reading to the others
	journal  *vendors.Journal
}

func openNetwork(c cli.Cache, config model.Config, readOnly bool) (cli.Network, error) {
	db, ok := c.(*cache.DB)
	if !ok {
		return nil, errors.New("the network needs the cache file")
	}
	n := &network{db: db, config: config, adapters: map[string]vendors.Adapter{}, silent: map[string]error{}, journal: vendors.NewJournal(db.LogRequests)}
	var all []vendors.Adapter
	for _, a := range config.Accounts {
		adapter, err := openAdapter(a, newClient(a, n.journal.Add))
		if err != nil {
			n.silent[a.Name] = err
			continue
		}
		n.adapters[a.Name] = adapter
		all = append(all, adapter)
	}
	o := vendors.EngineOptions{Store: db, Adapters: all, ReadOnly: readOnly, DailyCap: config.Send.DailyCap, Retention: config.Retention.Duration}
	n.engine = vendors.NewEngine(o)
	o.SendOnly = true
	n.sender = vendors.NewEngine(o)
	return n, nil
}

func (n *network) Work(ctx context.Context) error {
	return n.lead(ctx, func(ctx context.Context) error {
		if n.config.Callbacks.Listen == "" {
			return n.engine.Run(ctx)
		}
		g, both := errgroup.WithContext(ctx)
		g.Go(func() error { return n.engine.Run(both) })
		g.Go(func() error { return n.receive(both) })
		return g.Wait()
	})
}

func (n *network) Dispatch(ctx context.Context) error { return n.lead(ctx, n.sender.Run) }

// receiver takes the vendors' callbacks into the cache.
func (n *network) receiver(ctx context.Context) (*callbacks.Receiver, error) {
	key, err := n.db.CallbackKey(ctx)
	if err != nil {
		return nil, err
	}
	o := callbacks.Options{Store: n.db, Log: n.journal.Add}
	for _, a := range n.config.Accounts {
		account := callbacks.Account{Name: a.Name, Vendor: a.Vendor, Secret: callbacks.Secret(key, a.Name), Decode: decoder(a)}
		for _, s := range a.Secrets() {
			account.Hidden = append(account.Hidden, *s.Value)
		}
		o.Accounts = append(o.Accounts, account)
	}
	return callbacks.New(o)
}

// receive takes callbacks until the context ends.
func (n *network) receive(ctx context.Context) error {
	receiver, err := n.receiver(ctx)
	if err != nil {
		return err
	}
	listener, err := callbacks.Listen(ctx, n.config.Callbacks.Listen)
	if err != nil {
		return err
	}
	return receiver.Serve(ctx, listener)
}

// drain takes the news of callbacks that an earlier process stored.
func (n *network) drain(ctx context.Context) error {
	if n.config.Callbacks.Listen == "" {
		return nil
	}
	receiver, err := n.receiver(ctx)
	if err != nil {
		return err
	}
	return receiver.Drain(ctx)
}

// decoder reads what the account's vendor posts.
func decoder(a model.Account) callbacks.Decoder {
	switch a.Vendor {
	case model.Wooxy:
		return func(body []byte) (callbacks.Event, error) {
			people, err := wooxy.DecodeEvent(body)
			return callbacks.Event{People: people}, err
		}
	case model.Routee:
		return callbacks.FirstOf(func(body []byte) (callbacks.Event, error) {
			campaign, person, err := routee.DecodeProgress(body)
			return callbacks.Event{CampaignRef: campaign, People: []model.Recipient{person}}, err
		}, func(body []byte) (callbacks.Event, error) {
			reply, err := routee.DecodeInbound(body)
			return callbacks.Event{Replies: []model.Reply{reply}}, err
		})
	}
	return callbacks.DecodeUnknown(a.Location())
}

func (n *network) CallbackPath(ctx context.Context, account string) (string, error) {
	key, err := n.db.CallbackKey(ctx)
	if err != nil {
		return "", err
	}
	return callbacks.Path(account, callbacks.Secret(key, account)), nil
}

// lead does the engine's work as the only process of the cache file, and lets everybody see which process that is.
func (n *network) lead(ctx context.Context, work func(context.Context) error) error {
	return n.journal.While(ctx, func(ctx context.Context) error {
		return vendors.Lead(ctx, n.db.Path(), func(ctx context.Context) error {
			alive, stop := context.WithCancel(ctx)
			told := make(chan struct{})
			go func() {
				defer close(told)
				n.tellAlive(alive)
			}()
			defer func() {
				stop()
				<-told
			}()
			return work(ctx)
		})
	})
}

// aliveEvery is how often the process with the engine says so; it is forgotten after 30 seconds of silence.
const aliveEvery = 10 * time.Second

// tellAlive says that this process runs the engine until the context ends. A cache too busy to take it is told next time.
func (n *network) tellAlive(ctx context.Context) {
	host, err := os.Hostname()
	if err != nil {
		host = "this host"
	}
	process := fmt.Sprintf("%s %d", host, os.Getpid())
	ticker := time.NewTicker(aliveEvery)
	defer ticker.Stop()
	for {
		_ = n.db.RunsEngine(ctx, process)
		select {
		case <-ticker.C:
		case <-ctx.Done():
			_ = n.db.Leave(context.WithoutCancel(ctx), process)
			return
		}
	}
}

func (n *network) WorkOnce(ctx context.Context) error {
	return n.journal.While(ctx, func(ctx context.Context) error {
		led, err := vendors.TryLead(ctx, n.db.Path(), func(ctx context.Context) error {
			err := n.drain(ctx)
			_, once := n.engine.Once(ctx)
			return errors.Join(err, once)
		})
		if err == nil && !led {
			return &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent,
				Text: "another process runs the engine on this cache and does what is due; end it first to work here"}
		}
		return err
	})
}

func (n *network) Sync(ctx context.Context, accounts []string, all bool, progress func(cli.SyncProgress)) ([]cli.SyncResult, error) {
	var results []cli.SyncResult
	var spoken []string
	for _, name := range accounts {
		if err := n.silent[name]; err != nil {
			results = append(results, cli.SyncResult{Account: name, Err: err})
			continue
		}
		spoken = append(spoken, name)
	}
	if len(spoken) == 0 {
		return results, nil
	}
	err := n.journal.While(ctx, func(ctx context.Context) error {
		report, err := n.engine.SyncOnce(ctx, spoken, vendors.SyncOptions{All: all, Progress: func(s vendors.SyncProgress) {
			progress(cli.SyncProgress{Account: s.Account, Done: s.Done, Total: s.Total, What: s.What})
		}})
		for _, a := range report.Accounts {
			results = append(results, cli.SyncResult{Account: a.Account, Campaigns: a.Campaigns, Recipients: a.Recipients,
				NewReplies: a.NewReplies, Senders: a.Senders, Blacklist: a.Blacklist, Err: a.Err, Asides: a.Asides})
		}
		return err
	})
	return results, err
}

func (n *network) PerCall(c model.Campaign) int {
	if d, ok := n.adapters[c.Account].(vendors.Dispatcher); ok {
		return d.PerCall(c)
	}
	return 1
}

func (n *network) Check(c model.Campaign) error {
	if checker, ok := n.adapters[c.Account].(vendors.Checker); ok {
		return checker.Check(c)
	}
	return n.silent[c.Account]
}

func (n *network) PrepareList(ctx context.Context, c model.Campaign) (vendorID string, people model.Figure, err error) {
	preparer, ok := n.adapters[c.Account].(vendors.ListPreparer)
	if !ok {
		return "", model.Figure{}, model.Invalid("list", "%s cannot send to a list", c.Vendor)
	}
	err = n.journal.While(ctx, func(ctx context.Context) error {
		vendorID, people, err = preparer.PrepareList(ctx, c)
		return err
	})
	return vendorID, people, err
}

func (n *network) Probe(ctx context.Context, account model.Account) (model.Probed, error) {
	var probed model.Probed
	client := newClient(account, n.journal.Add)
	defer client.Close()
	adapter, err := openAdapter(account, client)
	if err != nil {
		return probed, err
	}
	err = n.journal.While(ctx, func(ctx context.Context) (err error) {
		probed, err = vendors.Probe(ctx, adapter, client)
		return err
	})
	return probed, err
}

// gcPercent makes the collector run four times as often as usual: what a dashboard holds is little and what it throws away at each key is
// much, and several people run one on the same host all day.
const gcPercent = 25

// dashboard shows the dashboard while the engine works beside it, as soon as no other process has it.
func dashboard(ctx context.Context, d cli.Dashboard) error {
	db, ok := d.Cache.(*cache.DB)
	if !ok {
		return errors.New("the dashboard needs the cache file")
	}
	caps := map[model.Vendor]model.Capabilities{}
	accounts := make([]model.Account, len(d.Config.Accounts))
	for i, a := range d.Config.Accounts {
		accounts[i] = a.WithoutSecrets()
		if c, ok := capabilities(a.Vendor); ok {
			caps[a.Vendor] = c
		}
	}
	mode := ui.Live
	if d.Demo {
		mode = ui.Demo
	} else if d.ReadOnly {
		mode = ui.ReadOnly
	}
	env := os.Environ()
	if d.NoColor {
		env = append(env, "NO_COLOR=1")
	}
	debug.SetGCPercent(gcPercent)
	o := ui.Options{Store: db, Operator: d.Operator, Session: uuid.NewString(), Mode: mode, Settings: settings(d.Config, d.Theme),
		ReadOnly: d.ReadOnly, Accounts: accounts, Capabilities: caps, PerCall: d.Network.PerCall, Prepare: d.Network.PrepareList, Check: d.Network.Check,
		Env: env}
	if d.Reload != nil {
		o.Reload = func(ctx context.Context) (ui.Settings, error) {
			saved, err := d.Reload(ctx)
			s := settings(saved.Config, saved.Theme)
			s.Later = saved.Later
			return s, err
		}
	}
	root := ui.New(o)
	working, stop := context.WithCancel(ctx)
	shown, hide := context.WithCancelCause(ctx)
	defer hide(nil)
	ended := make(chan error, 1)
	go func() {
		err := d.Network.Work(working)
		if err != nil && working.Err() == nil {
			hide(fmt.Errorf("the engine stopped: %w", err)) // a dashboard whose sends stand still would mislead
		}
		ended <- err
	}()
	err := ui.Run(shown, root, d.In, d.Out)
	stop()
	if werr := <-ended; werr != nil && !errors.Is(werr, context.Canceled) {
		return werr
	}
	if ctx.Err() != nil {
		return nil // ended from outside, in order
	}
	return err
}

// settings give what the configuration says of the dashboard.
func settings(c model.Config, theme model.Theme) ui.Settings {
	return ui.Settings{Zone: c.Location(), Send: c.Send, StaffPhones: c.StaffPhones, DefaultCountry: c.DefaultCountry, Theme: theme,
		Language: c.Language, SlowLine: c.SlowLine, Views: c.Views}
}

// simulation is a world of simulated vendors that is being served.
type simulation struct {
	world *sim.World
	base  string
	wait  func() error
}

func (s simulation) Base() string               { return s.base }
func (s simulation) Config(cache string) string { return s.world.Config(s.base, cache) }
func (s simulation) Wait() error                { return s.wait() }

func simulate(ctx context.Context, o cli.SimOptions) (cli.Simulation, error) {
	world := sim.New(sim.Options{Scenario: o.Scenario, Seed: o.Seed, Speed: o.Speed, PerSecond: o.PerSecond, Vendors: sim.AllVendors()})
	base, wait, err := sim.Serve(ctx, o.Addr, world)
	if err != nil {
		return nil, err
	}
	return simulation{world, base, wait}, nil
}
