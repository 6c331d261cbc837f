package vendors

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"viberdeck/model"
)

// EngineOptions configure an engine. Zero values mean the defaults.
type EngineOptions struct {
	Store    Store
	Adapters []Adapter
	// ReadOnly keeps the engine from sending anything and from changing anything at vendors.
	ReadOnly bool
	// SendOnly keeps Run from reading lists and polls: a process that lives for one send must leave
	// the vendor's rate to that send.
	SendOnly bool
	// Logger receives details for troubleshooting. May be nil.
	Logger *slog.Logger
	// Wake reports what has changed in the cache, whichever process changed it. May be nil.
	Wake <-chan []model.Topic
	// pollEvery is how often to look again at what is due and does not leave and, without Wake, at
	// everything; 0: every second without Wake, every 5 with it.
	pollEvery time.Duration
	// DailyCap is how many people an account may write to in 24 hours; 0: no cap.
	DailyCap int64
	// Retention is the age at which personal data is removed from the cache; 0: never.
	Retention time.Duration
	// Callback returns the public address at which this host receives the callbacks of an account,
	// "" if it has none. May be nil.
	Callback func(ctx context.Context, account string) (string, error)
}

// Engine moves messages from the cache to the vendors, and brings news from the vendors to the
// cache. Only the process that leads (see Lead) may call Run and Once; SyncOnce needs no
// leadership.
type Engine struct {
	o        EngineOptions
	accounts []*account
	running  atomic.Bool
	phase    time.Duration // of the moments at which campaigns are asked about
}

// account is the engine's state for one account.
type account struct {
	e       *Engine
	adapter Adapter
	name    string
	caps    model.Capabilities
	queued  bell // something may leave
	wanted  bell // there may be something to send to or ask the vendor
	sent    bell // there may be campaigns to ask about

	mu          sync.Mutex
	health      string                // the account's health as last shown
	unconfirmed map[string]model.Text // by list, why its latest reading is not believed
	lastShown   map[string]string     // by question, what was last shown about a vendor that did not answer it
}

// errRunning says that the engine is already running.
var errRunning = model.Errorf("the engine already runs in this process")

// NewEngine makes an engine. It does nothing until Run, Once or SyncOnce is called.
func NewEngine(o EngineOptions) *Engine {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.pollEvery <= 0 {
		o.pollEvery = time.Second
		if o.Wake != nil {
			o.pollEvery = 5 * time.Second
		}
	}
	e := &Engine{o: o, phase: rand.N(beat)}
	for _, adapter := range o.Adapters {
		e.accounts = append(e.accounts, &account{
			e: e, adapter: adapter, name: adapter.Account().Name, caps: adapter.Capabilities(),
			queued: newBell(), wanted: newBell(), sent: newBell(),
		})
	}
	return e
}

// Run works until ctx ends: it dispatches what is due, settles unknown outcomes, passes read marks
// and blocks on to vendors, and reads news, each account independently. Sends that are under way
// when ctx ends are finished and recorded before it returns nil. A fault in any part, or a cache
// that no longer accepts outcomes, ends it with an error. All of its goroutines have ended when it
// returns.
func (e *Engine) Run(ctx context.Context) error {
	if !e.running.CompareAndSwap(false, true) {
		return errRunning
	}
	defer e.running.Store(false)
	if _, err := e.recoverClaims(ctx); err != nil {
		return err
	}
	g, inner := newGroup(ctx, -1)
	g.start(model.Say("the engine's wake-up"), func() error { return e.forwardWakes(inner) })
	if !e.o.SendOnly {
		g.start(model.Say("housekeeping"), func() error { return e.keepHouse(inner) })
	}
	for _, a := range e.accounts {
		g.start(model.Say("dispatch at %s", a.name), func() error { return a.dispatchLoop(inner) })
		g.start(model.Say("upkeep of %s", a.name), func() error { return a.upkeepLoop(inner) })
		if !e.o.SendOnly {
			g.start(model.Say("reading of %s", a.name), func() error { return a.readLoop(inner) })
		}
	}
	err := g.Wait()
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// forwardWakes wakes all accounts when something has changed, so that queued messages and pending
// changes reach the vendors at once.
func (e *Engine) forwardWakes(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case changed, open := <-e.o.Wake:
			if !open {
				return nil
			}
			for _, a := range e.accounts {
				a.wakeFor(changed)
			}
		}
	}
}

// wakeFor wakes the loops of the account that depend on what has changed.
func (a *account) wakeFor(changed []model.Topic) {
	heard := func(topics ...model.Topic) bool {
		return slices.ContainsFunc(topics, func(t model.Topic) bool { return slices.Contains(changed, t) })
	}
	if heard(model.TopicOutbox) {
		a.queued.ring()
	}
	if heard(model.TopicOutbox, model.TopicReplies, model.TopicBlacklist) {
		a.wanted.ring()
	}
	if heard(model.TopicOutbox, model.TopicCampaigns) {
		a.sent.ring()
	}
}

// longestSleep is the longest sleep of a loop when Wake reports changes and the time of the next
// due work is known: the clock of the host may be set in the meantime.
const longestSleep = time.Minute

// until is how long a loop may sleep until the given time, zero for no time: never longer than the
// polling interval.
func (e *Engine) until(at time.Time) time.Duration {
	most := longestSleep
	if e.o.Wake == nil {
		most = e.o.pollEvery
	}
	if at.IsZero() {
		return most
	}
	return min(most, max(0, time.Until(at)))
}

// earlier returns the earlier of two times, where zero means none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// bell wakes one goroutine. Rings that arrive while it is awake count as one.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// wait waits for d or for the bell, whichever comes first.
func (b bell) wait(ctx context.Context, d time.Duration) error {
	_, err := model.Wait(ctx, d, b)
	return err
}

// saveHealth stores whether the account answers, if that has changed, and the time of a complete
// reading. A failure that does not concern the account as a whole changes nothing.
func (a *account) saveHealth(ctx context.Context, err error, synced bool) {
	if ctx.Err() != nil {
		return
	}
	var cause model.Text
	if err != nil {
		if !accountUnusable(err) {
			return
		}
		cause = model.TextOf(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	news := cause.String()
	if cause.IsZero() {
		cause = a.unconfirmedText()
		news = "online:" + cause.String()
	}
	if news == a.health && !synced {
		return
	}
	now, h := time.Now(), model.Health{Account: a.name, Online: err == nil, Error: cause}
	if synced {
		h.SyncedAt = now
	}
	if err := a.e.o.Store.SetHealth(ctx, h, now); err != nil {
		a.warn("store the health", err)
		return
	}
	a.health = news
}

func (a *account) warn(what string, err error) {
	a.e.o.Logger.Warn(what, "account", a.name, "error", err)
}

// readOnly reports whether nothing may be changed at the vendor.
func (a *account) readOnly() bool { return a.e.o.ReadOnly || a.adapter.Account().ReadOnly }

// accountUnusable reports whether an error means that the whole account does not answer or refuses
// us.
func accountUnusable(err error) bool {
	kind := model.KindOf(err)
	return kind == model.KindOffline || kind == model.KindDenied
}
