package serve

import (
	"slices"
	"strings"

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
)

// mayTell reports whether a variable of the client's environment is taken.
func mayTell(name string) bool {
	return slices.Contains([]string{"TERM", "LANG", "COLORTERM", "NO_COLOR"}, name) || strings.HasPrefix(name, "LC_")
}

// channel opens one session and lets through only what a session may ask.
func (s *Server) channel(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	defer s.channels.Add(-1)
	if s.channels.Add(1) > 2*int64(s.config.Load().Serve.Most()) {
		_ = asked.Reject(gossh.ResourceShortage, "too many sessions; try again later")
		return
	}
	ssh.DefaultSessionHandler(srv, conn, filtered{asked}, ctx)
}

// filtered is a channel whose requests are looked at before the library sees them.
type filtered struct{ gossh.NewChannel }

// Accept opens the channel.
func (f filtered) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := f.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	out := make(chan *gossh.Request)
	go func() {
		defer close(out)
		variables := 0
		for r := range in {
			if r.Type == "env" {
				variables++
			}
			if variables > 32 || !allowed(r) {
				_ = r.Reply(false, nil)
				continue
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
