package cache

import (
	"context"
	"slices"
	"sync"
)

// writePriority is how a write reaches the file among the other writes of this process.
type writePriority int

const (
	normalPriority writePriority = iota // after those that came before
	beforeOthers                        // before all that are in line: a slot at a vendor stands empty meanwhile
	beforeAll                           // before those as well: a call is claimed, and only has to begin
	separately                          // on a connection of its own, for what a person stops
)

// writeQueue is where the goroutines of this process wait for the one connection that writes, each
// kind in order of arrival.
type writeQueue struct {
	mu     sync.Mutex
	taken  bool
	queues [separately][]chan struct{} // by way
}

// enter waits for the connection until ctx ends. It is free again after leave.
func (l *writeQueue) enter(ctx context.Context, how writePriority) (leave func(), err error) {
	l.mu.Lock()
	if !l.taken {
		l.taken = true
		l.mu.Unlock()
		return l.leave, nil
	}
	mine := make(chan struct{})
	queue := &l.queues[how]
	*queue = append(*queue, mine)
	l.mu.Unlock()
	select {
	case <-mine:
		return l.leave, nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	i := slices.Index(*queue, mine)
	if i >= 0 {
		*queue = slices.Delete(*queue, i, i+1)
	}
	l.mu.Unlock()
	if i < 0 { // it was handed over meanwhile
		l.leave()
	}
	return nil, ctx.Err()
}

// leave hands the connection to who waits next.
func (l *writeQueue) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for how := len(l.queues) - 1; how >= 0; how-- {
		if queue := &l.queues[how]; len(*queue) > 0 {
			close((*queue)[0])
			*queue = (*queue)[1:]
			return
		}
	}
	l.taken = false
}
