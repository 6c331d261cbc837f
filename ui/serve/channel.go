package serve

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// requests are the requests that a client may make in a session. Everything else, such as an agent,
// a subsystem or X11, is refused.
func requests() []string {
	return []string{"pty-req", "env", "shell", "exec", "window-change", "signal"}
}

const (
	longestEnv     = 256      // bytes per variable
	longestRequest = 64 << 10 // bytes per request, such as a command
	mostVariables  = 32       // maximum number accepted
	beginTime      = time.Minute
)

// acceptedVariable reports whether a variable of the client's environment is accepted.
func acceptedVariable(name string) bool {
	return slices.Contains([]string{"TERM", "LANG", "COLORTERM", "NO_COLOR"}, name) || strings.HasPrefix(name, "LC_")
}

// channel opens one session and passes on only the requests that a session allows.
func (s *Server) channel(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	most := s.config.Load().Serve.Most()
	leave, ok := s.channels.take(s.name(ctx), most+1, 2*most+strangers) // one more, so that it can be refused in words
	if !ok {
		_ = asked.Reject(gossh.ResourceShortage, "too many sessions; try again later")
		return
	}
	defer leave()
	open, gone := context.WithCancel(ctx)
	defer gone()
	ssh.DefaultSessionHandler(srv, conn, filtered{asked, gone}, channelContext{ctx, open})
}

// channelContext is the context of a connection that also ends with one of its channels: several
// sessions may share a connection, and closing one must end only that one.
type channelContext struct {
	ssh.Context
	open context.Context
}

// Deadline returns the connection's deadline.
func (c channelContext) Deadline() (time.Time, bool) { return c.open.Deadline() }

// Done is closed when the channel is.
func (c channelContext) Done() <-chan struct{} { return c.open.Done() }

// Err returns the reason.
func (c channelContext) Err() error { return c.open.Err() }

// AfterFunc calls f once the channel is closed: without it, the context package would watch this
// context with a goroutine for each one derived from it.
func (c channelContext) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(c.open, f) }

// filtered is a channel whose requests are checked before the library sees them.
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
		// A channel on which nothing is started would occupy a session slot forever.
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
	return gossh.Unmarshal(r.Payload, &v) == nil && acceptedVariable(v.Name) && len(r.Payload) <= longestEnv &&
		!strings.ContainsAny(v.Value, "\x00\n")
}
