package vendors

import (
	"context"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"viberdeck/model"
)

// guard runs f and turns a panic into an error that names the part of the program.
func guard(part model.Text, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = model.Errorf("fault in %s: %v\n%s", part, p, debug.Stack())
		}
	}()
	return f()
}

// group is a group of goroutines in which a panic becomes an error. The first error cancels the
// group's context.
type group struct{ *errgroup.Group }

func newGroup(ctx context.Context, limit int) (group, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(limit)
	return group{g}, ctx
}

// start runs f in its own goroutine; it waits while the limit of running goroutines is reached.
func (g group) start(part model.Text, f func() error) {
	g.Go(func() error { return guard(part, f) })
}

// newLooseGroup is a group whose goroutines continue when one of them fails.
func newLooseGroup() group { return group{new(errgroup.Group)} }
