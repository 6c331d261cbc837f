package vendors

import (
	"context"
	"time"

	"viberdeck/model"
)

const (
	// tidyAfter keeps the start of the program free for the work that people wait for.
	tidyAfter = time.Minute
	// tidyEvery is how often outdated data is removed.
	tidyEvery = time.Hour
	// breath is the pause between two transactions in which others can use the cache.
	breath = 50 * time.Millisecond
)

// keepHouse removes outdated data until the context ends. If the cache refuses, it tries again next
// time.
func (e *Engine) keepHouse(ctx context.Context) error {
	for next := tidyAfter; ; next = tidyEvery {
		if err := model.Pause(ctx, next); err != nil {
			return err
		}
		if err := e.tidy(ctx); err != nil && ctx.Err() == nil {
			e.o.Logger.Warn("housekeeping", "error", err)
		}
	}
}

// tidy removes outdated data once. A read-only process removes nothing.
func (e *Engine) tidy(ctx context.Context) error {
	if e.o.ReadOnly {
		return nil
	}
	var before time.Time
	if e.o.Retention > 0 {
		before = time.Now().Add(-e.o.Retention)
	}
	_, err := e.o.Store.Forget(ctx, before, func() error {
		err := model.Pause(ctx, breath)
		return err
	})
	if err != nil {
		return model.Errorf("remove what is too old: %w", err)
	}
	return nil
}
