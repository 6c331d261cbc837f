package host

import (
	"context"
	"sync"

	"viberdeck/vendors"
)

// lead does the engine's work as the only process of the cache file, and again each time it regains
// the lead.
func (h *Host) lead(ctx context.Context, work func(context.Context) error) error {
	return h.requests.While(ctx, func(ctx context.Context) error {
		return vendors.Lead(ctx, h.o.Leadership, func(ctx context.Context, _ vendors.Term) error {
			alive, stop := context.WithCancel(ctx)
			var beside sync.WaitGroup
			beside.Go(func() { h.wakeEngine(alive) })
			defer beside.Wait()
			defer stop()
			return work(ctx)
		})
	})
}
