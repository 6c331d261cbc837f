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

// webhookTitle is the name under which the vendor lists webhooks registered from here.
const webhookTitle = "viberdeck"

// Webhooks lists the addresses to which the account's vendor posts events.
func (h *Host) Webhooks(ctx context.Context, account string) (hooks []model.Webhook, err error) {
	registrar, err := h.webhooks(account)
	if err != nil {
		return nil, err
	}
	err = h.requests.While(ctx, func(ctx context.Context) (err error) {
		hooks, err = registrar.Webhooks(ctx)
		return err
	})
	return hooks, err
}

// Register registers the account's callback address, below the public address of this host, at the
// vendor. If the vendor already has it, no new webhook is created and the existing id is returned.
func (h *Host) Register(ctx context.Context, account, public string) (id string, err error) {
	registrar, err := h.webhooks(account)
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
		hooks, listErr := registrar.Webhooks(ctx)
		same := func(w model.Webhook) bool { return w.URL == hook.URL }
		if i := slices.IndexFunc(hooks, same); listErr == nil && i >= 0 {
			id = hooks[i].ID
			return nil
		}
		id, err = registrar.CreateWebhook(ctx, hook)
		return err
	})
	return id, err
}

// Unregister removes a webhook at the account's vendor.
func (h *Host) Unregister(ctx context.Context, account, id string) error {
	registrar, err := h.webhooks(account)
	if err != nil {
		return err
	}
	if err := h.mayChange(account); err != nil {
		return err
	}
	return h.requests.While(ctx, func(ctx context.Context) error { return registrar.RemoveWebhook(ctx, id) })
}

// webhooks returns the adapter's webhook methods, or an error that says why it has none.
func (h *Host) webhooks(account string) (vendors.WebhookRegistrar, error) {
	adapter, ok := h.adapters[account]
	if !ok {
		return nil, cmp.Or[error](h.unopened[account], model.Invalid("account", "there is no account %q", account))
	}
	if registrar, ok := adapter.(vendors.WebhookRegistrar); ok {
		return registrar, nil
	}
	caps := adapter.Capabilities()
	why := caps.Why(model.ActCallbackURL)
	if why.IsZero() {
		why = model.Say("%s takes the address with each campaign: give it there as callback_url", caps.Name)
	}
	return nil, &model.Error{Kind: model.KindDenied, Field: "callbacks", Fate: model.FateNotSent, Text: why}
}

// mayChange refuses changes at a vendor that is read-only.
func (h *Host) mayChange(account string) error {
	if h.o.ReadOnly || h.adapters[account].Account().ReadOnly {
		return &model.Error{Kind: model.KindDenied, Fate: model.FateNotSent,
			Text: model.Say("%s is read only: nothing is changed at its vendor", account)}
	}
	return nil
}
