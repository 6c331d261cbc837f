package vendors

import (
	"context"
	"errors"
	"time"

	"viberdeck/model"
)

const (
	requestLogBuffer = 4096 // entries waiting to be stored; more are dropped
	requestLogEvery  = 500 * time.Millisecond
)

// RequestLog carries log entries from the clients to the cache without making a request wait for a
// transaction. It is safe for concurrent use.
type RequestLog struct {
	save    func(context.Context, []model.LogEntry) error
	entries chan model.LogEntry
	added   bell
}

// NewRequestLog makes a request log that stores entries with save, usually Store.LogRequests.
func NewRequestLog(save func(context.Context, []model.LogEntry) error) *RequestLog {
	return &RequestLog{save: save, entries: make(chan model.LogEntry, requestLogBuffer),
		added: newBell()}
}

// Add accepts an entry and never blocks. It serves as ClientOptions.Log.
func (j *RequestLog) Add(e model.LogEntry) {
	select {
	case j.entries <- e:
		j.added.ring()
	default: // a log that cannot keep up must not stop the sends
	}
}

// While runs work while the entries it adds are stored, and waits until the last one is. The errors
// of both are joined.
func (j *RequestLog) While(ctx context.Context, work func(context.Context) error) error {
	storing, stop := context.WithCancel(context.WithoutCancel(ctx))
	stored := make(chan error, 1)
	go func() { stored <- j.Run(storing) }()
	err := work(ctx)
	stop()
	return errors.Join(err, <-stored)
}

// Run stores entries, grouped by half seconds, until ctx ends; then it stores what is left. It
// returns the first error of save, which loses only those entries.
func (j *RequestLog) Run(ctx context.Context) error {
	var first error
	for {
		select {
		case <-ctx.Done():
		case <-j.added:
		}
		stopped := model.Pause(ctx, requestLogEvery)
		if entries := waiting(j.entries); len(entries) > 0 {
			if err := j.save(context.WithoutCancel(ctx), entries); err != nil && first == nil {
				first = err
			}
		}
		if stopped != nil {
			return first
		}
	}
}

// waiting takes everything that is in the channel now.
func waiting[T any](c <-chan T) []T {
	var all []T
	for {
		select {
		case v, open := <-c:
			if !open {
				return all
			}
			all = append(all, v)
		default:
			return all
		}
	}
}
