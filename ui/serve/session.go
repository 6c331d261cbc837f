package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/board"
	"viberdeck/ui/cli"
)

// session is one channel of a person who is logged in.
type session struct {
	user string
	key  gossh.PublicKey
	who  model.Operator
	from model.Origin
	addr net.Addr
	ctx  context.Context
	stop context.CancelCauseFunc
}

// enter counts a session in, if there is room.
func (s *Server) enter(from ssh.Session) (*session, error) {
	who, ok := s.who(from.User(), from.PublicKey(), from.RemoteAddr())
	if !ok {
		return nil, errChanged
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.room(who.Name); err != nil {
		return nil, err
	}
	l := &session{user: from.User(), key: from.PublicKey(), who: who, from: originOf(from), addr: from.RemoteAddr()}
	l.ctx, l.stop = context.WithCancelCause(from.Context())
	s.live[l] = struct{}{}
	s.running.Add(1)
	s.o.Sessions.Store(int64(len(s.live)))
	return l, nil
}

// originOf returns the origin of a session.
func originOf(from ssh.Session) model.Origin {
	if p, ok := from.RemoteAddr().(peer); ok {
		return model.Origin{Key: p.String(), Address: "this host"}
	}
	return model.Origin{Key: gossh.FingerprintSHA256(from.PublicKey()), Address: from.RemoteAddr().String()}
}

func (s *Server) leave(l *session) {
	l.stop(nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, l)
	s.o.Sessions.Store(int64(len(s.live)))
	s.running.Done()
}

// handle serves one session from login to end. A failure ends only this session.
func (s *Server) handle(from ssh.Session) {
	if from.PublicKey() == nil { // the library accepts no login without one
		return
	}
	l, err := s.enter(from)
	if err != nil {
		if who, known := s.who(from.User(), from.PublicKey(), from.RemoteAddr()); known {
			s.record(who, originOf(from), "was refused a session", model.TextOf(err))
		}
		s.write(from.Stderr(), from, err)
		_ = from.Exit(1)
		return
	}
	defer s.leave(l)
	code := 1
	defer func() {
		if r := recover(); r != nil {
			s.o.Log.Error("a session failed", "operator", l.who.Name, "fault", fmt.Sprint(r), "stack",
				string(debug.Stack()))
			s.write(from.Stderr(), from, errFailed)
		}
		_ = from.Exit(code)
	}()
	where := model.Data(l.from.Key + " from " + l.from.Address)
	s.record(l.who, l.from, "logged in over SSH", where)
	code = s.serve(l, from)
	s.record(l.who, l.from, "ended the SSH session", where)
}

// record writes a login, a refusal or an end to the server's log and the activity log.
func (s *Server) record(who model.Operator, from model.Origin, action string, detail model.Text) {
	s.o.Log.Info(action, "operator", who.Name, "key", from.Key, "address", from.Address, "detail", detail.String())
	ctx, cancel := context.WithTimeout(context.Background(), recordTime)
	defer cancel()
	store, err := s.o.As(ctx, who, from)
	if err == nil {
		err = errors.Join(store.AddActivity(ctx, model.Activity{At: time.Now(), Action: action, Detail: detail}),
			store.Close())
	}
	if err != nil {
		s.o.Log.Error("the activity log was not written", "error", model.TextOf(err).String())
	}
}

// serve shows the dashboard, or runs the requested command, and returns the exit code.
func (s *Server) serve(l *session, from ssh.Session) int {
	store, err := s.o.As(l.ctx, l.who, l.from)
	if err != nil {
		s.write(from.Stderr(), from, err)
		return 1
	}
	defer func() { _ = store.Close() }()
	if same := s.same(l); !same { // it changed while this session was starting
		s.write(from.Stderr(), from, errChanged)
		return 1
	}
	pty, windows, interactive := from.Pty()
	sizes := make(chan ui.Size, 1)
	go func() {
		for w := range windows { // not reading them would block the requests of the session
			latest(sizes, bounded(w))
		}
	}()
	if from.RawCommand() != "" {
		var in io.Reader = from
		if interactive {
			in = typed(l.ctx, from, func() { l.stop(context.Canceled) })
		}
		return cli.RunRemote(l.ctx, s.o.Parts, cli.Remote{Config: *s.config.Load(), Operator: l.who.Name,
			ReadOnly: s.o.ReadOnly, Cache: store, Network: remoteNetwork{s.o.Network, l.who}},
			cli.Streams{In: in, Out: from, Err: from.Stderr(), Env: from.Environ()}, from.Command())
	}
	if !interactive {
		s.write(from.Stderr(), from, errNoTerminal)
		return 2
	}
	in := s.untilIdle(l, from)
	err = s.o.Board(l.ctx, board.Options{Who: l.who, Store: store, Network: remoteNetwork{s.o.Network, l.who},
		Config: *s.config.Load(), Theme: s.o.Theme, ReadOnly: s.o.ReadOnly, Demo: s.o.Demo, Elsewhere: true,
		Streams: cli.Streams{In: in, Out: from,
			Env: model.Environment(from.Environ()).With("TERM", pty.Term).With("SSH_TTY", "ssh")}}, sizes)
	if why := context.Cause(l.ctx); why != nil && !errors.Is(why, context.Canceled) {
		s.write(from, from, why)
		return 1
	}
	if err != nil {
		s.o.Log.Error("a session failed", "operator", l.who.Name, "error", model.TextOf(err).String())
		s.write(from, from, errFailed)
		return 1
	}
	return 0
}

// The largest terminal that is drawn. No real one is larger, and an invented one could exhaust the
// server's memory.
const (
	mostColumns = 640
	mostRows    = 240
)

// bounded limits a client's terminal to the size that is drawn.
func bounded(w ssh.Window) ui.Size {
	return ui.Size{Width: min(w.Width, mostColumns), Height: min(w.Height, mostRows)}
}

// latest stores a size, replacing one that has not been read yet.
func latest(sizes chan ui.Size, now ui.Size) {
	for {
		select {
		case sizes <- now:
			return
		default:
		}
		select {
		case <-sizes:
		default:
		}
	}
}

// untilIdle returns the keys of a session, and ends it when none have been pressed for a long time.
func (s *Server) untilIdle(l *session, in io.Reader) io.Reader {
	after := s.config.Load().Serve.IdleEnd()
	if after <= 0 {
		return in
	}
	timer := time.AfterFunc(after, func() { l.stop(errIdle) })
	context.AfterFunc(l.ctx, func() { timer.Stop() })
	return pressed{in, func() { timer.Reset(after) }}
}

type pressed struct {
	io.Reader
	key func()
}

// Read reads keys.
func (p pressed) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if n > 0 {
		p.key()
	}
	return n, err
}

// remoteNetwork is the way to the vendors for people connected over SSH: the engine of the server
// sends.
type remoteNetwork struct {
	cli.Network
	who model.Operator
}

// Dispatch waits: the engine of this process sends what is due.
func (a remoteNetwork) Dispatch(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

// PrepareList prepares a list if the person may send.
func (a remoteNetwork) PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error) {
	if err := a.who.MayIn(model.IntentSend, c.Account); err != nil {
		return model.Prepared{}, err
	}
	return a.Network.PrepareList(ctx, c)
}

// CheckLinks checks addresses if the person may send.
func (a remoteNetwork) CheckLinks(ctx context.Context, c model.Campaign) []model.LinkFinding {
	if a.who.MayIn(model.IntentSend, c.Account) != nil {
		return nil
	}
	return a.Network.CheckLinks(ctx, c)
}
