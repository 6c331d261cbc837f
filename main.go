// Viberdeck runs Viber campaigns and triages the replies from a terminal. This file only joins the
// parts: the cache, the vendors, the dashboard and the command line.
package main

import (
	"context"
	_ "embed"
	"errors"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/board"
	"viberdeck/ui/cli"
	"viberdeck/ui/cli/settings"
	"viberdeck/ui/serve"
	"viberdeck/vendors"
	"viberdeck/vendors/all"
	"viberdeck/vendors/host"
	"viberdeck/vendors/sim"
)

// version is set by the build.
var version = "dev"

//go:embed config.example.toml
var exampleConfig []byte

func main() {
	// A dropped connection (SIGHUP), a stop (SIGTERM) and Ctrl-C outside the dashboard all end the
	// context, so that every part ends in order: calls that are under way are recorded, the
	// terminal is restored, the cache is closed.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := cli.Run(ctx, parts(all.Vendors()), cli.Streams{In: os.Stdin, Out: os.Stdout,
		Err: os.Stderr, Env: os.Environ()}, os.Args[1:])
	stop()
	os.Exit(code)
}

// parts returns the command line the rest of the program, which talks to the given vendors.
func parts(known vendors.Registry) cli.Parts {
	return cli.Parts{
		Version:       version,
		ExampleConfig: exampleConfig,
		Open: func(ctx context.Context, o cli.OpenOptions) (cli.Opened, error) {
			return open(ctx, o, host.Options{Vendors: known, Config: o.Config, ReadOnly: o.ReadOnly, Say: o.Say})
		},
		Attach:    serve.Attach,
		Vendors:   known.Facts(),
		Simulate:  simulate,
		Scenarios: sim.Scenarios(),
		DemoPlans: sim.DemoPlans,
	}
}

// open opens the cache file and the connections to the vendors over it.
func open(ctx context.Context, how cli.OpenOptions, o host.Options) (cli.Opened, error) {
	db, err := cache.Open(ctx, how.Path, cache.Options{StateDir: settings.StateDir(o.Config), OrRead: o.ReadOnly,
		Patience: how.Patience, Group: o.Config.CacheGroup, OptOutWords: o.Config.OptOutWords,
		VendorName: o.Vendors.Facts().Name})
	if err != nil {
		return cli.Opened{}, err
	}
	if err := db.Accounts(ctx, o.Config.Accounts); err != nil {
		return cli.Opened{}, errors.Join(err, db.Close())
	}
	o.Store, o.Leadership = db, db
	o.Watch = func(ctx context.Context) (model.ChangeWatcher, error) { return db.Watch(ctx) }
	h := host.New(o)
	return cli.Opened{Cache: db, Network: h, Dashboard: func(ctx context.Context, d cli.Dashboard) error {
		return dashboard(ctx, db, h, o.Vendors, d)
	}, Serve: func(ctx context.Context, s cli.Service) error { return served(ctx, db, h, o.Vendors, s) }}, nil
}

// servedPercent makes the collector of a server run more often than usual: what 200 sessions hold
// would otherwise double. A dashboard holds so little that a few MiB more cost less than collecting
// four times as often, which was a quarter of what it does while nobody presses a key.
const servedPercent = 15

// dashboard shows the dashboard while the engine runs in this process, as soon as no other process
// runs it.
func dashboard(ctx context.Context, db *cache.DB, h *host.Host, known vendors.Registry, d cli.Dashboard) error {
	root := ui.New(board.Options{Store: db, Network: h, Capabilities: known.Capabilities(),
		Who: model.Operator{Name: d.Operator}, Config: d.Config, Theme: d.Theme, ReadOnly: d.ReadOnly, Demo: d.Demo,
		Reload: d.Reload, Drill: d.Drill, Streams: d.Streams}.Dashboard())
	return h.Beside(ctx, func(ctx context.Context) error { return ui.Run(ctx, root, d.In, d.Out) })
}

// served serves the dashboard over SSH while the engine runs in this process.
func served(ctx context.Context, db *cache.DB, h *host.Host, known vendors.Registry, s cli.Service) error {
	debug.SetGCPercent(servedPercent)
	server, err := serve.New(serve.Options{Service: s, Network: h,
		Parts: cli.Parts{Version: version, Vendors: known.Facts()},
		As: func(ctx context.Context, who model.Operator, from model.Origin) (serve.Store, error) {
			return db.As(ctx, who, from)
		},
		Board: func(ctx context.Context, b board.Options, sizes <-chan ui.Size) error {
			b.Capabilities = known.Capabilities()
			return ui.RunSized(ctx, ui.New(b.Dashboard()), b.In, b.Out, sizes)
		}})
	if err != nil {
		return err
	}
	return h.Beside(ctx, server.Run)
}

// simulate serves simulated vendors.
func simulate(ctx context.Context, o cli.SimOptions) (cli.Simulation, error) {
	world := sim.New(sim.Options{Scenario: o.Scenario, Seed: o.Seed, Speed: o.Speed, PerSecond: o.PerSecond,
		Vendors: sim.AllVendors(), LoseAnswer: o.LoseAnswer})
	base, wait, err := sim.Serve(ctx, o.Addr, world)
	if err != nil {
		return cli.Simulation{}, err
	}
	return cli.Simulation{Base: base, Config: func(cache string) string { return world.Config(base, cache) },
		Wait: wait}, nil
}
