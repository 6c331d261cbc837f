package vendors

import (
	"context"
	"errors"
	"time"

	"github.com/sony/gobreaker/v2"
)

// A vendor that failed breakAfter times in a row on the network is not called for breakFor, so that
// its queue does not wait through a time-out for each request.
const (
	breakAfter = 5
	breakFor   = 15 * time.Second
)

// newBreaker counts only network failures: a vendor that answers, whatever the answer, is
// reachable. A request that we cancelled ourselves proves nothing either way.
func newBreaker(name string) *gobreaker.CircuitBreaker[Response] {
	return gobreaker.NewCircuitBreaker[Response](gobreaker.Settings{
		Name:        name,
		Timeout:     breakFor,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= breakAfter },
		IsExcluded: func(err error) bool {
			_, stopped := errors.AsType[*gateRefusedError](err)
			return stopped || errors.Is(err, context.Canceled)
		},
	})
}

// isOpen reports whether the breaker rejected the request.
func isOpen(err error) bool {
	return errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests)
}
