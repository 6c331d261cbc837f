package sim

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// farewell is how long open requests may take when a server shuts down; endless answers are then
// cut.
const farewell = time.Second

// Serve listens on an address such as "127.0.0.1:0", serves the world and posts its callbacks until
// the context ends. It returns the base address, and a function that waits for the end and returns
// the error if it did not end with the context.
func Serve(ctx context.Context, addr string, w *World) (base string, wait func() error, err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("simulator cannot listen: %w", err)
	}
	server := &http.Server{Handler: w.Handler(), ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	answer := make(chan struct{})
	callbacks, endCallbacks := context.WithCancel(ctx)
	go func() {
		w.Callbacks(callbacks)
		close(answer)
	}()
	ended := make(chan error, 1)
	go func() {
		defer close(ended)
		var err error
		select {
		case err = <-served:
		case <-ctx.Done():
			patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
			defer cancel()
			if server.Shutdown(patience) != nil {
				_ = server.Close()
			}
			err = <-served
		}
		endCallbacks()
		<-answer
		ended <- err
	}()
	wait = func() error {
		if err := <-ended; err != nil && !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("simulator stopped: %w", err)
		}
		return nil
	}
	return "http://" + listener.Addr().String(), wait, nil
}
