package cli

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
	// monitorAgain is the wait before the address is tried again: another process of this host may
	// have it until it ends.
	monitorAgain = 5 * time.Second
	// monitorTime is how long one question may take.
	monitorTime = 10 * time.Second
)

// monitor tells a monitoring system how the host is: figures and ages, of nobody in particular.
type monitor struct {
	cache    Cache
	version  string
	sessions *atomic.Int64 // nil: this process has none
	now      func() time.Time
}

// monitored does the work of a service while a monitoring system is answered beside it, where the
// configuration names an address for that. An address that cannot be used costs figures and nothing
// else.
func (p *program) monitored(ctx context.Context, d *session, sessions *atomic.Int64,
	work func(context.Context) error) error {
	address := d.config.Serve.MetricsAddress()
	if address == "" {
		return work(ctx)
	}
	answering, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.answer(answering, address, monitor{d.cache, p.Version, sessions, p.now})
	}()
	defer func() { stop(); <-ended }()
	return work(ctx)
}

// answer answers at the address until the context ends.
func (p *program) answer(ctx context.Context, address string, m monitor) {
	for said := false; ctx.Err() == nil; {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err == nil {
			p.note("figures on http://%s/metrics", listener.Addr())
			err = m.serve(ctx, listener)
		}
		if ctx.Err() != nil {
			return
		}
		if !said {
			p.note("no figures on %s yet: %v; it is tried again every %s", address, err, monitorAgain)
			said = true
		}
		timer := time.NewTimer(monitorAgain)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// serve answers what comes in through the listener until the context ends.
func (m monitor) serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{Handler: m.handler(), ReadTimeout: monitorTime, WriteTimeout: 2 * monitorTime,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	closing := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer closing()
	return server.Serve(l)
}

func (m monitor) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		m.tell(w, r, func(pulse model.Pulse) (int, string) {
			w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
			return http.StatusOK, m.figures(pulse)
		})
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		m.tell(w, r, func(pulse model.Pulse) (int, string) {
			if why := unwell(pulse); why != "" {
				return http.StatusServiceUnavailable, why + "\n"
			}
			return http.StatusOK, "ok\n"
		})
	})
	return mux
}

// tell reads the figures and writes what is made of them.
func (m monitor) tell(w http.ResponseWriter, r *http.Request, answer func(model.Pulse) (int, string)) {
	ctx, cancel := context.WithTimeout(r.Context(), monitorTime)
	defer cancel()
	pulse, err := m.cache.Pulse(ctx)
	if err != nil {
		http.Error(w, "the cache cannot be read", http.StatusServiceUnavailable)
		return
	}
	code, text := answer(pulse)
	w.WriteHeader(code)
	_, _ = io.WriteString(w, text)
}
