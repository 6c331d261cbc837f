package cache

import (
	"context"
	"slices"
	"sync"
)

// way is how a write gets at the file beside the other writes of this process.
type way int

const (
	inLine   way = iota // after those that came before
	ahead               // before all that are in line: a slot at a vendor stands empty meanwhile
	onItsOwn            // on a connection of its own, for what a person stops
)

// line is where the goroutines of this process wait for the one connection that writes, each kind
// in the order in which they came.
type line struct {
	mu     sync.Mutex
	taken  bool
	urgent []chan struct{}
	others []chan struct{}
}

// enter waits for the connection until ctx ends. It is free again after leave.
func (l *line) enter(ctx context.Context, urgent bool) (leave func(), err error) {
	l.mu.Lock()
	if !l.taken {
		l.taken = true
		l.mu.Unlock()
		return l.leave, nil
	}
	mine := make(chan struct{})
	queue := l.queue(urgent)
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
	if i < 0 { // it was given meanwhile
		l.leave()
	}
	return nil, ctx.Err()
}

func (l *line) queue(urgent bool) *[]chan struct{} {
	if urgent {
		return &l.urgent
	}
	return &l.others
}

// leave hands the connection to who waits next.
func (l *line) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.queue(len(l.urgent) > 0)
	if len(*queue) == 0 {
		l.taken = false
		return
	}
	close((*queue)[0])
	*queue = (*queue)[1:]
}
