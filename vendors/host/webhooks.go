package host

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// webhookTitle is the name under which the vendor lists what was registered from here.
const webhookTitle = "viberdeck"

// Webhooks lists the addresses that the account's vendor tells of events.
func (h *Host) Webhooks(ctx context.Context, account string) (hooks []model.Webhook, err error) {
	keeper, err := h.webhooks(account)
	if err != nil {
		return nil, err
	}
	err = h.requests.While(ctx, func(ctx context.Context) (err error) {
		hooks, err = keeper.Webhooks(ctx)
		return err
	})
	return hooks, err
}

// Register gives the account's vendor the callback address of the account, below the public address
// of this host. One that the vendor has already is not made again: its id is given.
func (h *Host) Register(ctx context.Context, account, public string) (id string, err error) {
	keeper, err := h.webhooks(account)
	if err != nil {
		return "", err
	}
	if err := h.mayChange(account); err != nil {
		return "", err
	}
	base, err := url.Parse(public)
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" || base.RawQuery != "" {
		return "", model.Invalid("register", "%q is not the public address of this host; write it like "+
			"https://deck.example.com", public)
	}
	path, err := h.CallbackPath(ctx, account)
	if err != nil {
		return "", err
	}
	hook := model.Webhook{Title: webhookTitle, URL: strings.TrimRight(public, "/") + path}
	err = h.requests.While(ctx, func(ctx context.Context) (err error) {
		known, listErr := keeper.Webhooks(ctx)
		same := func(w model.Webhook) bool { return w.URL == hook.URL }
		if i := slices.IndexFunc(known, same); listErr == nil && i >= 0 {
			id = known[i].ID
			return nil
		}
		id, err = keeper.CreateWebhook(ctx, hook)
		return err
	})
	return id, err
}

// Unregister takes an address away from what the account's vendor tells.
func (h *Host) Unregister(ctx context.Context, account, id string) error {
	keeper, err := h.webhooks(account)
	if err != nil {
		return err
	}
	if err := h.mayChange(account); err != nil {
		return err
	}
	return h.requests.While(ctx, func(ctx context.Context) error { return keeper.RemoveWebhook(ctx, id) })
}

// webhooks gives what keeps the account's addresses, or says why nothing does.
func (h *Host) webhooks(account string) (vendors.WebhookKeeper, error) {
	adapter, ok := h.adapters[account]
	if !ok {
		return nil, cmp.Or[error](h.silent[account], model.Invalid("account", "there is no account %q", account))
	}
	if keeper, ok := adapter.(vendors.WebhookKeeper); ok {
		return keeper, nil
	}
	caps := adapter.Capabilities()
	why := caps.Why(model.ActCallbackURL)
	if why.IsZero() {
		why = model.Say("%s takes the address with each campaign: give it there as callback_url", caps.Vendor)
	}
	return nil, &model.Error{Kind: model.KindDenied, Field: "callbacks", Fate: model.FateNotSent, Text: why}
}

// mayChange refuses changes at a vendor of which nothing may be changed.
func (h *Host) mayChange(account string) error {
	if h.o.ReadOnly || h.adapters[account].Account().ReadOnly {
		return &model.Error{Kind: model.KindDenied, Fate: model.FateNotSent,
			Text: model.Say("%s is read only: nothing is changed at its vendor", account)}
	}
	return nil
}
