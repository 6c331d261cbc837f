package host

import (
	"context"
	"time"

	"viberdeck/model"
)

// wakePause is the shortest time between two wake-ups: the engine's own outcomes also change the
// outbox.
const wakePause = 100 * time.Millisecond

// watchAgain is the wait after watching for changes has failed.
const watchAgain = 5 * time.Second

// wakeEngine notifies the engine of changes until the context ends, so that a send leaves as soon
// as it is queued. The engine relies on it: if watching fails, everything may have changed.
func (h *Host) wakeEngine(ctx context.Context) {
	if h.o.Watch == nil {
		return
	}
	known := false
	for ctx.Err() == nil {
		err := h.wakeWatching(ctx)
		if ctx.Err() != nil {
			return
		}
		if !known {
			h.logger.Warn("what is queued is looked for every few seconds only", "error", err)
			known = true
		}
		h.announce(ctx, model.Topics(), watchAgain)
	}
}

// wakeWatching notifies the engine of changes until watching fails.
func (h *Host) wakeWatching(ctx context.Context) error {
	changes, err := h.o.Watch(ctx)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		topics, err := changes.Changed(ctx)
		if err != nil {
			return err
		}
		h.announce(ctx, topics, wakePause)
	}
	return ctx.Err()
}

// announce notifies the engine of changes and then pauses for a while.
func (h *Host) announce(ctx context.Context, changed []model.Topic, pause time.Duration) {
	select {
	case h.wake <- changed:
	case <-ctx.Done():
		return
	}
	_ = model.Pause(ctx, pause)
}
