// Package health reports the state of the host to a monitoring system: figures and ages, without
// data about people, as /metrics (the text format of Prometheus) and /healthz.
package health

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"viberdeck/model"
)

const (
	// again is the wait before another attempt to listen: another process of this host may hold the
	// address until it ends.
	again = 5 * time.Second
	// patience is how long one query may take.
	patience = 10 * time.Second
)

// Cache is the source of the figures.
type Cache interface {
	Pulse(ctx context.Context) (model.Pulse, error)
}

// Monitor answers a monitoring system.
type Monitor struct {
	Cache    Cache
	Version  string
	Sessions *atomic.Int64 // over SSH; nil: this process has none
	// Note logs that the address is being served, or why it is not.
	Note func(format string, args ...any)
}

// Beside serves the address, HOST:PORT, while work runs, and returns the result of work. An address
// that cannot be used costs only the figures; "" serves none.
func (m Monitor) Beside(ctx context.Context, address string, work func(context.Context) error) error {
	if address == "" {
		return work(ctx)
	}
	answering, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		m.answer(answering, address)
	}()
	defer func() { stop(); <-ended }()
	return work(ctx)
}

// answer serves the address until the context ends.
func (m Monitor) answer(ctx context.Context, address string) {
	for noted := false; ctx.Err() == nil; {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err == nil {
			m.Note("figures on http://%s/metrics", listener.Addr())
			err = m.serve(ctx, listener)
		}
		if ctx.Err() != nil {
			return
		}
		if !noted {
			m.Note("no figures on %s yet: %v; it is tried again every %s", address, err, again)
			noted = true
		}
		_ = model.Pause(ctx, again)
	}
}

// serve answers requests on the listener until the context ends.
func (m Monitor) serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{Handler: m.handler(), ReadTimeout: patience, WriteTimeout: 2 * patience,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	closing := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer closing()
	return server.Serve(l)
}

func (m Monitor) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		m.respond(w, r, func(pulse model.Pulse) (int, string) {
			w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
			return http.StatusOK, m.figures(pulse)
		})
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		m.respond(w, r, func(pulse model.Pulse) (int, string) {
			if why := unwell(pulse); why != "" {
				return http.StatusServiceUnavailable, why + "\n"
			}
			return http.StatusOK, "ok\n"
		})
	})
	return mux
}

// respond reads the figures and writes the response made from them.
func (m Monitor) respond(w http.ResponseWriter, r *http.Request, answer func(model.Pulse) (int, string)) {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	pulse, err := m.Cache.Pulse(ctx)
	if err != nil {
		http.Error(w, "the cache cannot be read", http.StatusServiceUnavailable)
		return
	}
	code, text := answer(pulse)
	w.WriteHeader(code)
	_, _ = io.WriteString(w, text)
}
