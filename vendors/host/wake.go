package host

import (
	"context"
	"slices"
	"time"

	"viberdeck/model"
)

// wakePause is the shortest time between two wake-ups: the engine's own outcomes are changes of the
// outbox too.
const wakePause = 100 * time.Millisecond

// wakeEngine wakes the engine whenever the outbox changes, until the context ends, so that a send
// leaves as soon as it is queued. Without it the engine looks once a second.
func (h *Host) wakeEngine(ctx context.Context) {
	if h.o.Watch == nil {
		return
	}
	changes, err := h.o.Watch(ctx)
	for err == nil {
		var topics []model.Topic
		if topics, err = changes.Changed(ctx); err != nil || !slices.Contains(topics, model.TopicOutbox) {
			continue
		}
		select {
		case h.wake <- struct{}{}:
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
		h.logger.Warn("what is queued is looked for once a second only", "error", err)
	}
}
