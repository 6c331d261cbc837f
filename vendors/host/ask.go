package host

import (
	"context"

	"viberdeck/model"
	"viberdeck/vendors"
)

// PerCall is how many people of the campaign fit in one call.
func (h *Host) PerCall(c model.Campaign) int {
	if d, ok := h.adapters[c.Account].(vendors.Dispatcher); ok {
		return d.PerCall(c)
	}
	return 1
}

// Check returns what the account's vendor would refuse although its capabilities allow it.
func (h *Host) Check(c model.Campaign) error {
	if checker, ok := h.adapters[c.Account].(vendors.Checker); ok {
		return checker.Check(c)
	}
	return h.unopened[c.Account]
}

// PrepareList prepares a send to a list at the vendor, at no cost, and returns its size.
func (h *Host) PrepareList(ctx context.Context, c model.Campaign) (made model.Prepared, err error) {
	preparer, ok := h.adapters[c.Account].(vendors.ListPreparer)
	if !ok {
		return made, model.Invalid("list", "%s cannot send to a list", h.o.Vendors.Facts().Name(c.Vendor))
	}
	err = h.requests.While(ctx, func(ctx context.Context) error {
		made, err = preparer.PrepareList(ctx, c)
		return err
	})
	return made, err
}

// CheckLinks checks within a few seconds whether the addresses in a campaign's message work.
func (h *Host) CheckLinks(ctx context.Context, c model.Campaign) []model.LinkFinding {
	account, found := model.FindAccount(h.o.Config.Accounts, c.Account)
	adapter, ok := h.adapters[c.Account]
	if !found || !ok {
		return nil // it cannot be sent either
	}
	return vendors.CheckLinks(ctx, c, account.BaseURL, adapter.Capabilities().Limits)
}

// LookUp asks the account's vendor about one object by its id, now.
func (h *Host) LookUp(ctx context.Context, account string, what model.Thing, id string) (got model.LookedUp,
	err error) {
	adapter, ok := h.adapters[account]
	if !ok {
		if err := h.unopened[account]; err != nil {
			return got, err
		}
		return got, model.NotFound("there is no account %q in the configuration", account)
	}
	err = h.requests.While(ctx, func(ctx context.Context) error {
		got, err = vendors.LookUp(ctx, adapter, what, id)
		return err
	})
	return got, err
}

// Probe checks that the account's vendor answers and accepts the credentials.
func (h *Host) Probe(ctx context.Context, account model.Account) (model.Probed, error) {
	var probed model.Probed
	adapter, client, err := h.o.Vendors.Open(account, h.requests.Add)
	defer client.Close()
	if err != nil {
		return probed, err
	}
	_ = h.requests.While(ctx, func(ctx context.Context) error {
		probed, err = vendors.Probe(ctx, adapter, client)
		return nil
	}) // a cache that does not accept the log proves nothing about the account
	return probed, err
}
