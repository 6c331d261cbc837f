// Package board puts the dashboard of one person together, on this host or over SSH.
package board

import (
	"context"
	"os"

	"github.com/google/uuid"

	"viberdeck/model"
	"viberdeck/ui/cli"
	"viberdeck/ui/cli/settings"
	"viberdeck/ui/kit"
)

// Options are the person, the parts of the program and the configuration.
type Options struct {
	Who          model.Operator
	Store        kit.Store
	Network      cli.Network
	Capabilities map[model.Vendor]model.Capabilities
	Config       model.Config
	Theme        model.Theme
	ReadOnly     bool
	Demo         bool
	// Elsewhere says that the person is not on this host.
	Elsewhere bool
	// Reload waits until the configuration is saved, and reads it. Nil: it never changes.
	Reload func(ctx context.Context) (settings.Saved, error)
	// Drill returns the current steps of the fire drill; nil: there is none.
	Drill func(ctx context.Context) ([]model.DrillStep, error)
	cli.Streams
}

// Dashboard returns the options of the dashboard.
func (b Options) Dashboard() kit.Options {
	o := kit.Options{Store: b.Store, Operator: b.Who.Name, Role: b.Who.Role, Session: uuid.NewString(), Mode: kit.Live,
		ReadOnly: b.ReadOnly, Elsewhere: b.Elsewhere, Settings: dashboardSettings(b.Config, b.Theme),
		Accounts: b.Config.PublicAccounts(), Unusable: b.Config.Unusable, Capabilities: b.Capabilities,
		PerCall: b.Network.PerCall, Prepare: b.Network.PrepareList, Check: b.Network.Check, Links: b.Network.CheckLinks,
		Drill: b.Drill, Env: b.Env}
	if !b.Elsewhere {
		o.Process = os.Getpid()
	}
	if b.Demo {
		o.Mode = kit.Demo
	} else if b.ReadOnly {
		o.Mode = kit.ReadOnly
	}
	if b.Reload != nil {
		o.Reload = func(ctx context.Context) (kit.Settings, error) {
			saved, err := b.Reload(ctx)
			s := dashboardSettings(saved.Config, saved.Theme)
			s.Later = saved.Later
			return s, err
		}
	}
	return o
}

// dashboardSettings returns the dashboard settings in the configuration.
func dashboardSettings(c model.Config, theme model.Theme) kit.Settings {
	return kit.Settings{Zone: c.Location(), Send: c.Send, StaffPhones: c.StaffPhones, DefaultCountry: c.DefaultCountry,
		Patience: c.Patience(), Calls: c.Notice, Theme: theme, Language: c.Language, SlowLine: c.SlowLine,
		Views:   c.Views,
		Answers: c.Answers,
		Macros:  c.Macros}
}
