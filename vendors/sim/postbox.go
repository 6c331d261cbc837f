package sim

import (
	"bytes"
	"container/heap"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"viberdeck/model"
)

// letter is one POST of JSON to an address registered by a client.
type letter struct {
	url   string
	body  []byte
	again []time.Duration // pauses before each further attempt, at speed 1
}

// event is something that a client may want to be notified of.
type event struct {
	due time.Time
	// say is called when the event is due, as for one call to a vendor at a time; it returns no
	// letters if no address is registered.
	say func(now time.Time) []letter
}

// postbox holds the events that have not happened yet.
type postbox struct {
	mu     sync.Mutex
	events agenda
	wake   chan struct{} // an event was added that may be the next one
}

func newPostbox() *postbox { return &postbox{wake: make(chan struct{}, 1)} }

func (p *postbox) add(due time.Time, say func(now time.Time) []letter) {
	p.mu.Lock()
	heap.Push(&p.events, event{due, say})
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// take returns the next event if it is due, otherwise the time until it is.
func (p *postbox) take(now time.Time) (due *event, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.events) == 0 {
		return nil, time.Hour
	}
	if next := p.events[0]; next.due.After(now) {
		return nil, next.due.Sub(now)
	}
	e, _ := heap.Pop(&p.events).(event)
	return &e, 0
}

// agenda is a heap of events, the next one first.
type agenda []event

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].due.Before(a[j].due) }
func (a agenda) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }

// Push adds an event, for container/heap.
func (a *agenda) Push(e any) {
	if e, ok := e.(event); ok {
		*a = append(*a, e)
	}
}

// Pop removes the last event, for container/heap.
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	(*a)[len(*a)-1] = event{}
	*a = (*a)[:len(*a)-1]
	return last
}

const (
	// postsAtOnce limits concurrent callbacks, so that one slow receiver does not hold up the
	// others for long.
	postsAtOnce = 32
	// postPatience is how long a receiver has to answer 200. It is Wooxy's, and the same at every
	// speed.
	postPatience = 1500 * time.Millisecond
)

// Callbacks posts events to the addresses that clients registered, as the vendors do, until the
// context ends; Serve does this too. Only addresses on this machine (localhost, 127.0.0.1, ::1) are
// ever called. If a receiver does not answer with HTTP 200 within 1.5 s, the callback is repeated
// after the vendor's pauses, divided by the speed.
func (w *World) Callbacks(ctx context.Context) {
	client := &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: postsAtOnce},
		Timeout:       postPatience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	var posts sync.WaitGroup
	defer posts.Wait()
	free := make(chan struct{}, postsAtOnce)
	for {
		next, wait := w.setting.post.take(w.setting.clock.now())
		if next == nil {
			if _, err := model.Wait(ctx, wait, w.setting.post.wake); err != nil {
				return
			}
			continue
		}
		for _, l := range w.hear(*next) {
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return
			}
			posts.Go(func() {
				defer func() { <-free }()
				if !deliver(ctx, client, l) {
					w.sendAgain(l)
				}
			})
		}
	}
}

func (w *World) hear(e event) []letter {
	w.mu.Lock()
	defer w.mu.Unlock()
	return e.say(w.setting.clock.now())
}

func (w *World) sendAgain(l letter) {
	if len(l.again) == 0 {
		return
	}
	pause := time.Duration(float64(l.again[0]) / w.setting.clock.speed)
	l.again = l.again[1:]
	w.setting.post.add(w.setting.clock.now().Add(pause), func(time.Time) []letter { return []letter{l} })
}

// deliver posts a letter, and reports whether it was accepted with HTTP 200. Letters to other
// machines count as accepted but are never sent.
func deliver(ctx context.Context, client *http.Client, l letter) bool {
	if !loopback(l.url) {
		return true
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url, bytes.NewReader(l.body))
	if err != nil {
		return true
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(r)
	if err != nil {
		return false
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxBody)) // so that the connection can be reused
	return resp.StatusCode == http.StatusOK
}

// loopback reports whether an address is on this machine.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
}
