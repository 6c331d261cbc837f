package host

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Work runs the engine and receives callbacks until the context ends. While another process does
// so, Work waits and then takes over.
func (h *Host) Work(ctx context.Context) error {
	return h.lead(ctx, func(ctx context.Context) error {
		if h.o.Config.Callbacks.Listen == "" {
			return h.engine.Run(ctx)
		}
		g, both := errgroup.WithContext(ctx)
		g.Go(func() error { return h.engine.Run(both) })
		g.Go(func() error { return h.receive(both) })
		return g.Wait()
	})
}

// Beside runs show while it works, and ends both with either: a dashboard whose sends do not move
// would mislead. An end from outside is in good order.
func (h *Host) Beside(ctx context.Context, show func(context.Context) error) error {
	working, stop := context.WithCancel(ctx)
	shown, hide := context.WithCancelCause(ctx)
	defer hide(nil)
	ended := make(chan error, 1)
	go func() {
		err := h.Work(working)
		if err != nil && working.Err() == nil {
			hide(fmt.Errorf("the engine stopped: %w", err))
		}
		ended <- err
	}()
	err := show(shown)
	stop()
	if worked := <-ended; worked != nil && !errors.Is(worked, context.Canceled) {
		return worked
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Dispatch is Work without reading: it sends what is due, so that a send does not share the
// vendor's rate with polls.
func (h *Host) Dispatch(ctx context.Context) error { return h.lead(ctx, h.dispatch.Run) }

// WorkOnce does everything that is due and ends. A KindConflict error says that another process
// runs the engine.
func (h *Host) WorkOnce(ctx context.Context) error {
	return h.requests.While(ctx, func(ctx context.Context) error {
		led, err := vendors.TryLead(ctx, h.o.Leadership, func(ctx context.Context, _ model.LeadTerm) error {
			err := h.drain(ctx)
			done, once := h.engine.Once(ctx)
			if all := done.Attributes(); len(all) > 0 {
				h.logger.Info("one pass is done", all...)
			}
			return errors.Join(err, once)
		})
		if err == nil && !led {
			return &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent,
				Text: model.Say("another process runs the engine on this cache and does what is due; end it first " +
					"to work here")}
		}
		return err
	})
}

// Sync reads everything of the accounts once. With all, it also reads again what is final. It needs
// no leadership.
func (h *Host) Sync(ctx context.Context, accounts []string, all bool,
	progress func(model.SyncProgress)) ([]model.SyncResult, error) {
	var results []model.SyncResult
	var spoken []string
	for _, name := range accounts {
		if err := h.unopened[name]; err != nil {
			results = append(results, model.SyncResult{Account: name, Err: err})
			continue
		}
		spoken = append(spoken, name)
	}
	if len(spoken) == 0 {
		return results, nil
	}
	err := h.requests.While(ctx, func(ctx context.Context) error {
		read, err := h.engine.SyncOnce(ctx, spoken, vendors.SyncOptions{All: all, Progress: progress})
		results = append(results, read...)
		return err
	})
	return results, err
}
