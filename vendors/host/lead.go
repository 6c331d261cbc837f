package host

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"viberdeck/vendors"
)

// lead does the engine's work as the only process of the cache file, and lets everybody see which
// process that is.
func (h *Host) lead(ctx context.Context, work func(context.Context) error) error {
	return h.journal.While(ctx, func(ctx context.Context) error {
		return vendors.Lead(ctx, h.o.Leadership, func(ctx context.Context, _ vendors.Term) error {
			alive, stop := context.WithCancel(ctx)
			var beside sync.WaitGroup
			beside.Go(func() { h.beat(alive) })
			beside.Go(func() { h.wakeEngine(alive) })
			defer beside.Wait()
			defer stop()
			return work(ctx)
		})
	})
}

// beatEvery is how often the process with the engine says so; it is forgotten after 30 seconds of
// silence.
const beatEvery = 10 * time.Second

// beat says that this process runs the engine until the context ends. A cache too busy to take it
// hears it next time.
func (h *Host) beat(ctx context.Context) {
	name, err := os.Hostname()
	if err != nil {
		name = "this host"
	}
	process := fmt.Sprintf("%s %d", name, os.Getpid())
	ticker := time.NewTicker(beatEvery)
	defer ticker.Stop()
	for {
		_ = h.o.Store.RunsEngine(ctx, process)
		select {
		case <-ticker.C:
		case <-ctx.Done():
			_ = h.o.Store.Leave(context.WithoutCancel(ctx), process)
			return
		}
	}
}
