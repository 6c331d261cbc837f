package host

import (
	"context"
	"time"

	"viberdeck/model"
)

// wakePause is the shortest time between two wake-ups: the engine's own outcomes are changes of the
// outbox too.
const wakePause = 100 * time.Millisecond

// wakeEngine tells the engine what changes, until the context ends, so that a send leaves as soon
// as it is queued. Without it the engine looks every few seconds.
func (h *Host) wakeEngine(ctx context.Context) {
	if h.o.Watch == nil {
		return
	}
	changes, err := h.o.Watch(ctx)
	for err == nil {
		var topics []model.Topic
		if topics, err = changes.Changed(ctx); err != nil {
			continue
		}
		select {
		case h.wake <- topics:
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(wakePause):
		case <-ctx.Done():
			return
		}
	}
	if ctx.Err() == nil {
		h.logger.Warn("what is queued is looked for every few seconds only", "error", err)
	}
}
