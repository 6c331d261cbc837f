// Package serve serves the dashboard and the command line over SSH, and nothing else: no shell, no
// forwarding, no agent, no subsystem. People are identified by their keys.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/board"
	"viberdeck/ui/cli"
	"viberdeck/ui/kit"
)

const (
	handshakeTime = 10 * time.Second // limit for proving a key
	// After this time a connection without a proved key makes room for the next one if no place is
	// free.
	promptly = 2 * time.Second
	// Keys that one connection may offer without success; the library allows the same number of
	// further queries.
	keyTries   = 6 / 2
	strangers  = 64              // concurrent connections without a proved key, beside one for each session
	endTime    = 4 * time.Second // time for sessions to end in an orderly way when the server stops
	recordTime = time.Minute     // a login may wait to be recorded when hundreds arrive at once
)

// Store is the cache with one person's rights.
type Store interface {
	kit.Store
	cli.Cache
}

// Options are what the surrounding program passes to a server.
type Options struct {
	cli.Service
	Parts   cli.Parts
	Network cli.Network
	// As returns the cache with the rights of one person at one origin.
	As func(ctx context.Context, who model.Operator, from model.Origin) (Store, error)
	// Board shows the dashboard to one person, on a terminal of the latest of the sizes.
	Board func(ctx context.Context, b board.Options, sizes <-chan ui.Size) error
}

// Server serves the sessions of one program. Create it with New.
type Server struct {
	o         Options
	ssh       *ssh.Server
	config    atomic.Pointer[model.Config]
	strangers chan struct{}
	conns     atomic.Int64
	handshake sync.Map // ssh.Context to the *stranger
	running   sync.WaitGroup
	loggedIn  places // connections
	channels  places
	unknown   refusals

	mu   sync.Mutex
	live map[*session]struct{}
}

// New makes a server with the host key in the file, which is created if it is missing.
func New(o Options) (*Server, error) {
	signer, err := hostKey(o.HostKey)
	if err != nil {
		return nil, err
	}
	s := &Server{o: o, strangers: make(chan struct{}, o.Config.Serve.Most()+strangers), live: map[*session]struct{}{}}
	s.config.Store(&o.Config)
	// Without a key, wish would create one in the working directory.
	key := func(server *ssh.Server) error { server.AddHostKey(signer); return nil }
	s.ssh, err = wish.NewServer(key, wish.WithVersion("viberdeck"), wish.WithPublicKeyAuth(s.knows))
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	s.ssh.Handler = s.handle
	s.ssh.HandshakeTimeout = handshakeTime
	if idle := o.Config.Serve.IdleEnd(); idle > 0 {
		s.ssh.IdleTimeout = idle + time.Minute // the session ends first, with its reason
	}
	s.ssh.ServerConfigCallback = s.rules
	s.ssh.ConnCallback = s.arrive
	s.ssh.ConnectionFailedCallback = s.failed
	// Only these are answered; the library refuses everything else.
	s.ssh.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel}
	s.ssh.RequestHandlers, s.ssh.SubsystemHandlers = map[string]ssh.RequestHandler{}, map[string]ssh.SubsystemHandler{}
	return s, nil
}

// Run serves until the context ends: then no new connections are accepted, and sessions end in an
// orderly way.
func (s *Server) Run(ctx context.Context) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.o.Config.Serve.Address())
	if err != nil {
		return &model.Error{Kind: model.KindInvalid, Field: "serve.listen", Err: err,
			Text: model.Say("cannot listen on %s; choose another address", s.o.Config.Serve.Address())}
	}
	s.o.Log.Info(fmt.Sprintf("serving SSH on %s; host key %s", listener.Addr(),
		gossh.FingerprintSHA256(s.ssh.HostSigners[0].PublicKey())))
	served := make(chan error, 2)
	go func() { served <- s.ssh.Serve(listener) }()
	if path := s.o.Config.Serve.Socket; path != "" {
		local, err := listenUnix(ctx, path, s.o.Config.CacheGroup)
		if err != nil {
			return errors.Join(err, s.ssh.Close())
		}
		defer local.Close()
		s.o.Log.Info("serving viberdeck attach at " + path)
		go func() { served <- s.ssh.Serve(local) }()
	}
	if s.o.Reload != nil {
		go s.follow(ctx)
	}
	select {
	case err = <-served:
	case <-ctx.Done():
		_ = listener.Close()
	}
	s.end(func(*session) bool { return true }, errStopping)
	ended := make(chan struct{})
	go func() { s.running.Wait(); close(ended) }()
	timer := time.NewTimer(endTime)
	defer timer.Stop()
	select {
	case <-ended:
	case <-timer.C: // a client that no longer reads must not hold up the others
	}
	closed := s.ssh.Close()
	if ctx.Err() != nil {
		return nil
	}
	return errors.Join(err, closed)
}

// follow applies configuration changes: a session ends if its person or key is no longer the same.
func (s *Server) follow(ctx context.Context) {
	for ctx.Err() == nil {
		saved, err := s.o.Reload(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.o.Log.Warn("the configuration was saved and is not taken", "error", model.TextOf(err).String())
			continue
		}
		s.config.Store(&saved.Config)
		s.o.Log.Info("the configuration was saved and is taken")
		s.end(func(l *session) bool { return !s.same(l) }, errChanged)
	}
}

var (
	errStopping   = model.Errorf("the server stops; come back in a moment")
	errChanged    = model.Errorf("your access was changed; log in again")
	errIdle       = model.Errorf("no key was pressed for a long time, so the session has ended")
	errFailed     = model.Errorf("this session failed and has ended; the others go on. Log in again.")
	errNoTerminal = model.Errorf("the dashboard needs a terminal; commands do without, for example: replies --json")
)

// end ends the matching sessions.
func (s *Server) end(meant func(*session) bool, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for l := range s.live {
		if meant(l) {
			l.stop(why)
		}
	}
}
