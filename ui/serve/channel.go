package serve

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// requests are what a client may ask of a session. Whatever else there is or will be, such as an
// agent, a subsystem or X11, is refused.
func requests() []string {
	return []string{"pty-req", "env", "shell", "exec", "window-change", "signal"}
}

const (
	longestEnv     = 256      // bytes of a variable
	longestRequest = 64 << 10 // bytes of a request, among them a command
	mostVariables  = 32       // that are taken
	beginTime      = time.Minute
)

// mayTell reports whether a variable of the client's environment is taken.
func mayTell(name string) bool {
	return slices.Contains([]string{"TERM", "LANG", "COLORTERM", "NO_COLOR"}, name) || strings.HasPrefix(name, "LC_")
}

// channel opens one session and lets through only what a session may ask.
func (s *Server) channel(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	most := s.config.Load().Serve.Most()
	leave, ok := s.channels.take(s.name(ctx), most+1, 2*most+strangers) // one more, to be refused in words
	if !ok {
		_ = asked.Reject(gossh.ResourceShortage, "too many sessions; try again later")
		return
	}
	defer leave()
	open, gone := context.WithCancel(ctx)
	defer gone()
	ssh.DefaultSessionHandler(srv, conn, filtered{asked, gone}, channelContext{ctx, open})
}

// channelContext is that of a connection, and ends with one channel of it: several sessions may
// share a connection, and whoever closes one means that one.
type channelContext struct {
	ssh.Context
	open context.Context
}

// Deadline gives none.
func (c channelContext) Deadline() (time.Time, bool) { return c.open.Deadline() }

// Done is closed when the channel is.
func (c channelContext) Done() <-chan struct{} { return c.open.Done() }

// Err says why.
func (c channelContext) Err() error { return c.open.Err() }

// filtered is a channel whose requests are looked at before the library sees them.
type filtered struct {
	gossh.NewChannel
	gone func()
}

// Accept opens the channel.
func (f filtered) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := f.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	out := make(chan *gossh.Request)
	go func() {
		defer f.gone() // the client closed it
		defer close(out)
		// A channel in which nothing is begun would take the place of a session for ever.
		unused := time.AfterFunc(beginTime, func() { _ = ch.Close() })
		defer unused.Stop()
		variables := 0
		for r := range in {
			if !allowed(r) || r.Type == "env" && variables == mostVariables {
				_ = r.Reply(false, nil)
				continue
			}
			switch r.Type {
			case "env":
				variables++
			case "shell", "exec":
				unused.Stop()
			}
			out <- r
		}
	}()
	return ch, out, nil
}

func allowed(r *gossh.Request) bool {
	if !slices.Contains(requests(), r.Type) || len(r.Payload) > longestRequest {
		return false
	}
	if r.Type != "env" {
		return true
	}
	var v struct{ Name, Value string }
	return gossh.Unmarshal(r.Payload, &v) == nil && mayTell(v.Name) && len(r.Payload) <= longestEnv &&
		!strings.ContainsAny(v.Value, "\x00\n")
}
