package vendors

import (
	"context"
	"time"

	"viberdeck/model"
)

const (
	// tidyAfter leaves the start of a program to what people wait for.
	tidyAfter = time.Minute
	// tidyEvery is how often what is too old is removed.
	tidyEvery = time.Hour
	// breath is how long the cache is left to others between two transactions.
	breath = 50 * time.Millisecond
)

// keepHouse removes what is too old until the context ends. A cache that does not take it now is
// asked again next time.
func (e *Engine) keepHouse(ctx context.Context) error {
	for next := tidyAfter; ; next = tidyEvery {
		if err := wait(ctx, next, nil); err != nil {
			return err
		}
		if err := e.tidy(ctx); err != nil && ctx.Err() == nil {
			e.o.Logger.Warn("housekeeping", "error", err)
		}
	}
}

// tidy removes what is too old, once. Nothing is removed by a process that may only read.
func (e *Engine) tidy(ctx context.Context) error {
	if e.o.ReadOnly {
		return nil
	}
	var before time.Time
	if e.o.Retention > 0 {
		before = time.Now().Add(-e.o.Retention)
	}
	_, err := e.o.Store.Forget(ctx, before, func() error {
		err := wait(ctx, breath, nil)
		return err
	})
	if err != nil {
		return model.Errorf("remove what is too old: %w", err)
	}
	return nil
}
