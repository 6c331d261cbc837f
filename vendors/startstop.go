package vendors

import (
	"context"
	"errors"
	"sync"
)

// errStarted and errStopped say that a service cannot be started.
var (
	errStarted = errors.New("the service has been started already")
	errStopped = errors.New("the service has been stopped")
)

// Service runs one long-lived function: started once, stopped as often as one likes, and joined. The zero value is ready.
type Service struct {
	mu      sync.Mutex
	started bool
	stopped bool
	cancel  context.CancelFunc
	done    chan struct{}
	err     error
}

// Start runs the function on a goroutine of its own until Stop is called, ctx ends or it returns. It fails if the service
// was started or stopped before.
func (s *Service) Start(ctx context.Context, run func(context.Context) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return errStopped
	}
	if s.started {
		return errStarted
	}
	ctx, cancel := context.WithCancel(ctx)
	s.started, s.cancel, s.done = true, cancel, make(chan struct{})
	go func() {
		defer close(s.done)
		defer cancel()
		s.err = guard("service", func() error { return run(ctx) })
	}()
	return nil
}

// Stop ends the function, waits for it and gives its error. The end of the context is no error. Stopping what was never
// started keeps it from being started.
func (s *Service) Stop() error {
	s.mu.Lock()
	s.stopped = true
	started := s.started
	s.mu.Unlock()
	if !started {
		return nil
	}
	s.cancel()
	<-s.done
	if errors.Is(s.err, context.Canceled) {
		return nil
	}
	return s.err
}

// Done is closed when the function has returned; nil before Start.
func (s *Service) Done() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}
