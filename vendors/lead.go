package vendors

import (
	"context"
	"errors"

	"viberdeck/model"
)

// Leadership decides which one process runs the engine of a cache file.
type Leadership interface {
	// Take waits until no other process leads, and leads from then on.
	Take(ctx context.Context) (model.LeadTerm, error)
	// TryTake is Take without waiting: led is false while another process leads.
	TryTake(ctx context.Context) (t model.LeadTerm, led bool, err error)
}

// errLost is why a leader's work was cancelled, and what Lead then returns.
var errLost = model.Errorf("another process runs the engine on this cache now")

// Lead waits until this process leads, then runs the given function as the one engine and returns
// its error. The context of the function ends when the leadership is lost; then Lead takes it again
// and runs the function again.
func Lead(ctx context.Context, l Leadership, run func(context.Context, model.LeadTerm) error) error {
	for {
		term, err := l.Take(ctx)
		if err != nil {
			return err
		}
		if err = during(ctx, term, run); !errors.Is(err, errLost) {
			return err
		}
	}
}

// TryLead is Lead without waiting: led is false if another process runs the engine, and then the
// function was not run.
func TryLead(ctx context.Context, l Leadership, run func(context.Context, model.LeadTerm) error) (led bool, err error) {
	term, led, err := l.TryTake(ctx)
	if err != nil || !led {
		return false, err
	}
	return true, during(ctx, term, run)
}

// during runs the function while the term lasts, and ends the term.
func during(ctx context.Context, term model.LeadTerm, run func(context.Context, model.LeadTerm) error) (err error) {
	leading, stop := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	defer func() {
		close(ended)
		stop(nil)
		if end := term.End(); err == nil {
			err = end
		}
	}()
	if term.Lost != nil {
		go func() {
			select {
			case <-term.Lost:
				stop(errLost)
			case <-ended:
			}
		}()
	}
	err = run(leading, term)
	if ctx.Err() == nil && errors.Is(context.Cause(leading), errLost) {
		return errLost
	}
	return err
}
