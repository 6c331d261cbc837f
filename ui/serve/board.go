package serve

import (
	"context"

	"github.com/google/uuid"

	"viberdeck/model"
	"viberdeck/ui/cli"
	"viberdeck/ui/cli/settings"
	"viberdeck/ui/kit"
)

// Options returns the options for the dashboard of one person. Reload may be nil.
func (b DashboardOptions) Options(network cli.Network, capabilities map[model.Vendor]model.Capabilities,
	reload func(context.Context) (settings.Saved, error)) kit.Options {
	o := kit.Options{Store: b.Store, Operator: b.Who.Name, Role: b.Who.Role, Session: uuid.NewString(), Mode: kit.Live,
		ReadOnly: b.ReadOnly,
		Settings: dashboardSettings(b.Config, b.Theme), Accounts: b.Config.PublicAccounts(),
		Unusable:     b.Config.Unusable,
		Capabilities: capabilities, PerCall: network.PerCall, Prepare: network.PrepareList, Check: network.Check,
		Links: network.CheckLinks,
		Env:   b.Env}
	if b.Demo {
		o.Mode = kit.Demo
	} else if b.ReadOnly {
		o.Mode = kit.ReadOnly
	}
	if b.Sizes != nil {
		from := remoteNetwork{network, b.Who}
		o.Elsewhere, o.Prepare, o.Links = true, from.PrepareList, from.CheckLinks
	}
	if reload != nil {
		o.Reload = func(ctx context.Context) (kit.Settings, error) {
			saved, err := reload(ctx)
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
