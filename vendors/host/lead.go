package host

import (
	"context"
	"sync"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// lead does the engine's work as the only process of the cache file, and again each time it regains
// the lead.
func (h *Host) lead(ctx context.Context, work func(context.Context) error) error {
	return h.requests.While(ctx, func(ctx context.Context) error {
		return vendors.Lead(ctx, h.o.Leadership, func(ctx context.Context, _ model.LeadTerm) error {
			alive, stop := context.WithCancel(ctx)
			var beside sync.WaitGroup
			beside.Go(func() { h.wakeEngine(alive) })
			defer beside.Wait()
			defer stop()
			h.saveSilent(ctx)
			return work(ctx)
		})
	})
}

// saveSilent stores as offline the accounts that this process cannot use and no engine asks, so
// that every screen and command names them and the reason. An engine that can use them clears that.
func (h *Host) saveSilent(ctx context.Context) {
	for name, why := range h.unopened {
		if err := h.o.Store.SetHealth(ctx, model.Health{Account: name, Error: model.TextOf(why)},
			time.Now()); err != nil {
			h.logger.Warn("store the health", "account", name, "error", err)
		}
	}
}
