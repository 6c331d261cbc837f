package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/doctor"
	"viberdeck/ui/cli/drill"
	"viberdeck/ui/cli/settings"
)

func isNoConfig(err error) bool {
	_, ok := errors.AsType[settings.NoFileError](err)
	return ok
}

// dashboard opens the dashboard on the configuration.
func (p *program) dashboard(ctx context.Context) error {
	if p.json || p.csv {
		return usage("--json and --csv belong to lists, for example: viberdeck replies --json")
	}
	d, err := p.openToSend(ctx, settings.SomeSecrets)
	if err != nil {
		return err
	}
	defer d.close()
	return p.show(ctx, d)
}

func (p *program) show(ctx context.Context, d *session) error {
	if !terminal(p.In) || !terminal(p.Out) {
		return usage("the dashboard needs a terminal; lists work without one, for example: viberdeck replies --json")
	}
	path := p.settings().Path(p.config)
	theme, err := p.settings().Theme(d.config.Theme, path)
	if err != nil {
		return err
	}
	board := Dashboard{Config: d.config, Operator: d.operator, ReadOnly: p.readOnly,
		Demo: d.play != live, Theme: theme, Streams: p.Streams}
	if p.noColor {
		board.Env = board.Env.With("NO_COLOR", "1")
	}
	if d.play == live {
		board.Reload = p.settings().Watch(path, d.config, settings.CheckDashboard).Next
	}
	if d.play == fireDrill {
		board.Drill = d.drill
	}
	p.onScreen.Store(terminal(p.Err))
	defer p.onScreen.Store(false)
	return d.dashboard(ctx, board)
}

// demoRate is the number of calls per second in the demonstration: its first look must not wait for
// a vendor's limit.
const demoRate = 500

// simFlags are the flags of a simulation.
type simFlags struct {
	o SimOptions
}

func (f *simFlags) add(cmd *cobra.Command, p *program, speed float64) {
	cmd.Flags().StringVar(&f.o.Scenario, "scenario", "calm",
		fmt.Sprintf("what the vendors do (`NAME`): %s", strings.Join(p.Scenarios, ", ")))
	cmd.Flags().Float64Var(&f.o.Speed, "speed", speed, "simulated seconds in a second (`NUMBER`)")
	cmd.Flags().Uint64Var(&f.o.Seed, "seed", 1, "the same `SEED` gives the same world")
}

func (p *program) demoCmd() *cobra.Command {
	var f simFlags
	var serve bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Open the dashboard on simulated vendors; no account, no network", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithCancel(cmd.Context())
			defer cancel()
			if serve {
				if err := p.openLog(); err != nil {
					return err
				}
			}
			dir, err := os.MkdirTemp("", "viberdeck-demo-")
			if err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			defer func() { _ = os.RemoveAll(dir) }()
			what := demo
			if f.o.Scenario == drill.Scenario {
				what = fireDrill
			}
			f.o.Addr, f.o.PerSecond, f.o.LoseAnswer = "127.0.0.1:0", demoRate, true
			world, err := p.Simulate(ctx, f.o)
			if err != nil {
				return err
			}
			path := filepath.Join(dir, "cache.db")
			d, err := p.openDemo(ctx, world, path, what)
			if err != nil {
				return err
			}
			if err = p.sendDemo(ctx, d); err == nil && serve {
				err = p.serve(ctx, d)
			} else if err == nil {
				err = p.show(ctx, d)
			}
			if what == fireDrill && err == nil && ctx.Err() == nil {
				err = p.review(ctx, d)
			}
			d.close()
			cancel()
			return errors.Join(err, world.Wait())
		},
	}
	f.add(cmd, p, 30)
	p.addLog(cmd)
	cmd.Flags().BoolVar(&serve, "serve", false, "serve it over SSH on 127.0.0.1, to anybody with a key")
	return cmd
}

// openDemo opens a session with the simulated vendors.
func (p *program) openDemo(ctx context.Context, world Simulation, path string, what play) (*session, error) {
	config, err := settings.Parse(world.Config(path), p.Vendors)
	if err != nil {
		return nil, fmt.Errorf("demo configuration: %w", err)
	}
	config.Fleeting = true
	if what == fireDrill {
		drill.Break(&config)
	}
	for i := range config.Accounts {
		config.Accounts[i].PerSecond = demoRate
	}
	d := &session{config: config, path: path, operator: p.settings().OperatorName(config), play: what}
	if err := p.join(ctx, d); err != nil {
		return nil, err
	}
	return d, nil
}

// demoHold is long enough for a newcomer to find the held campaign and recall it.
const demoHold = 10 * time.Minute

// sendDemo puts the demonstration's own campaigns into the outbox.
func (p *program) sendDemo(ctx context.Context, d *session) error {
	if p.readOnly {
		return nil
	}
	for _, plan := range p.DemoPlans() {
		hold := time.Duration(0)
		if plan.Campaign.State == model.CampaignHeld {
			hold = demoHold
		}
		id, err := d.cache.Submit(ctx, d.operator, plan.Campaign.Name, plan, hold, 0)
		if err == nil && d.play == fireDrill && hold > 0 {
			err = d.cache.Pause(ctx, "colleague", id)
		}
		if err != nil {
			return fmt.Errorf("demonstration: %w", err)
		}
	}
	return nil
}

func (p *program) simCmd() *cobra.Command {
	var f simFlags
	var write string
	cmd := &cobra.Command{
		Use: "sim", Short: "Serve the simulated vendors alone", Args: noArgs,
		Long: `Serves each simulated vendor below its own path (/smsby, /sendpulse …), so that any client of those vendors
can be pointed at it. Its first line on standard output is the base address.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			world, err := p.Simulate(cmd.Context(), f.o)
			if err != nil {
				return err
			}
			if write != "" {
				if err := os.WriteFile(write, []byte(world.Config(p.cache)), 0o600); err != nil {
					return usage("--write-config: %w", err)
				}
				if err := os.Chmod(write, 0o600); err != nil {
					return usage("--write-config: %w", err)
				}
				p.note("configuration written to %s; use it: viberdeck --config %s", write, write)
			}
			if _, err := fmt.Fprintln(p.Out, world.Base); err != nil {
				return err
			}
			return world.Wait()
		},
	}
	f.add(cmd, p, 1)
	cmd.Flags().StringVar(&f.o.Addr, "addr", "127.0.0.1:0",
		"address to serve on (`HOST:PORT`); port 0 takes a free one")
	cmd.Flags().StringVar(&write, "write-config", "", "write a configuration for the simulated vendors to `FILE`")
	return cmd
}

func (p *program) configCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Write, check or find the configuration"}
	cmd.AddCommand(
		&cobra.Command{Use: "init", Short: "Write a configuration to fill in; an existing one stays as it is",
			Args: noArgs,
			RunE: func(*cobra.Command, []string) error { return p.configInit() }},
		&cobra.Command{Use: "path", Short: "Print where the configuration and the cache are looked for",
			Args: noArgs,
			RunE: func(*cobra.Command, []string) error {
				_, err := fmt.Fprintf(p.Out, "configuration %s\ncache %s\n", p.settings().Path(p.config),
					settings.CachePath(p.cache, model.Config{}))
				return err
			}},
		&cobra.Command{Use: "check", Short: "Read the configuration and its secrets, and say what is wrong",
			Args: noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				c, err := p.settings().Read(cmd.Context(), p.settings().Path(p.config), settings.AllSecrets)
				if err != nil {
					return err
				}
				for _, w := range doctor.Openings(c) {
					p.note("%s: %s", w.About, w.Words)
				}
				_, err = fmt.Fprintf(p.Out, "%s is valid: %s\n", p.settings().Path(p.config),
					model.Counted(len(c.Accounts), "account", "accounts"))
				return err
			}})
	cmd.AddCommand(p.callbacksCmd())
	return cmd
}

func (p *program) configInit() error {
	path := p.settings().Path(p.config)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("config init: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return usage("%s exists already and was left as it is", path)
	}
	if err != nil {
		return fmt.Errorf("config init: %w", err)
	}
	if _, err := file.Write(p.ExampleConfig); err != nil {
		_ = file.Close()
		return fmt.Errorf("config init: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("config init: %w", err)
	}
	p.note("%s was written; fill in the accounts, then run: viberdeck config check", path)
	return nil
}

// drill returns the current steps of the fire drill.
func (d *session) drill(ctx context.Context) ([]model.DrillStep, error) {
	return drill.Steps(ctx, d.cache.Activity, d.operator)
}

// review repeats the story when the drill ends.
func (p *program) review(ctx context.Context, d *session) error {
	steps, err := d.drill(ctx)
	if err == nil {
		drill.Review(steps, p.note)
	}
	return err
}
