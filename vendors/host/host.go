// Package host is the work of one process on its host for a cache file: it runs the engine while it
// leads and announces that it does, receives callbacks, makes single passes, and answers people's
// questions by asking the vendors.
package host

import (
	"context"
	"log/slog"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/callbacks"
)

// Store is what a host needs from the cache.
type Store interface {
	vendors.Store
	callbacks.Store
	// CallbackKey returns the key from which the secret part of each callback address is derived.
	CallbackKey(ctx context.Context) ([]byte, error)
	// CallbackRenewals returns how often the callback address of an account was changed.
	CallbackRenewals(ctx context.Context, account string) (int, error)
	// SetAlarm stores what is wrong on this host; an empty text says that it is fixed.
	SetAlarm(ctx context.Context, name string, text model.Text, now time.Time) error
}

// Options configure a host.
type Options struct {
	Store      Store
	Leadership vendors.Leadership
	Vendors    vendors.Registry
	Config     model.Config
	// ReadOnly keeps the host from sending anything and from changing anything at vendors.
	ReadOnly bool
	// Watch opens a watcher for changes in the cache, for one listener. Nil: the engine polls once
	// a second.
	Watch func(ctx context.Context) (model.ChangeWatcher, error)
	// Say receives a line for each warning of the engine, in addition to the log. May be nil.
	Say func(line string)
}

// Host joins the accounts of a configuration with a cache file. Create it with New; it need not be
// closed.
type Host struct {
	o        Options
	adapters map[string]vendors.Adapter
	unopened map[string]error // accounts that could not be opened, and why
	engine   *vendors.Engine
	dispatch *vendors.Engine // sends and settles, and leaves reading to other processes
	requests *vendors.RequestLog
	logger   *slog.Logger
	wake     chan []model.Topic // what has changed in the cache
}

// New makes a host. An account that cannot be opened is reported when it is used.
func New(o Options) *Host {
	h := &Host{o: o, adapters: map[string]vendors.Adapter{}, unopened: map[string]error{},
		requests: vendors.NewRequestLog(o.Store.LogRequests), wake: make(chan []model.Topic)}
	h.logger = slog.New(logHandler{add: h.requests.Add, say: o.Say})
	var all []vendors.Adapter
	for _, a := range o.Config.Accounts {
		if why := o.Config.Unusable[a.Name]; !why.IsZero() {
			h.unopened[a.Name] = &model.Error{Kind: model.KindDenied, Text: why}
			continue
		}
		adapter, client, err := o.Vendors.Open(a, h.requests.Add)
		if err != nil {
			client.Close()
			h.unopened[a.Name] = err
			continue
		}
		h.adapters[a.Name] = adapter
		all = append(all, adapter)
	}
	var wake <-chan []model.Topic
	if o.Watch != nil {
		wake = h.wake
	}
	e := vendors.EngineOptions{Store: o.Store, Adapters: all, ReadOnly: o.ReadOnly, DailyCap: o.Config.Send.DailyCap,
		Retention: o.Config.Retention.Duration, Logger: h.logger, Wake: wake,
		Callback: h.callbackURL}
	h.engine = vendors.NewEngine(e)
	e.SendOnly = true
	h.dispatch = vendors.NewEngine(e)
	return h
}
