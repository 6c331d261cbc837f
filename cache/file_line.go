package cache

import (
	"context"
	"slices"
	"sync"
)

// way is how a write reaches the file among the other writes of this process.
type way int

const (
	inLine   way = iota // after those that came before
	ahead               // before all that are in line: a slot at a vendor stands empty meanwhile
	foremost            // before those as well: a call is claimed, and only has to begin
	onItsOwn            // on a connection of its own, for what a person stops
)

// line is where the goroutines of this process wait for the one connection that writes, each kind
// in order of arrival.
type line struct {
	mu     sync.Mutex
	taken  bool
	queues [onItsOwn][]chan struct{} // by way
}

// enter waits for the connection until ctx ends. It is free again after leave.
func (l *line) enter(ctx context.Context, how way) (leave func(), err error) {
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
func (l *line) leave() {
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
