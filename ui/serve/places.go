package serve

import (
	"fmt"
	"io"
	"sync"

	"charm.land/ssh"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// places counts what each person holds of something, so that a client that hangs, or keeps opening
// more, does not keep colleagues out.
type places struct {
	mu  sync.Mutex
	of  map[string]int // by the person's name
	all int
}

// take takes a place for a person if one is free: at most own for one person, and beyond most in
// all only for people who have none yet.
func (p *places) take(who string, own, most int) (leave func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of[who] >= own || p.all >= most && p.of[who] > 0 {
		return nil, false
	}
	if p.of == nil {
		p.of = map[string]int{}
	}
	p.of[who]++
	p.all++
	return sync.OnceFunc(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.all--
		if p.of[who]--; p.of[who] == 0 {
			delete(p.of, who)
		}
	}), true
}

// room says why a person gets no further session. People without one always get one: a colleague's
// sessions must not keep them out. In a demonstration, where every key belongs to a known person,
// this does not apply.
func (s *Server) room(who string) error {
	own := 0
	for l := range s.live {
		if l.who.Name == who {
			own++
		}
	}
	serve := s.config.Load().Serve
	switch {
	case serve.PerOperator > 0 && own >= serve.PerOperator:
		return model.Errorf("you have %s open, as many as one person may; end one of them first",
			model.Counted(own, "session", "sessions"))
	case len(s.live) < serve.Most() || own == 0 && !s.o.Demo:
		return nil
	case own == 0:
		return model.Errorf("all %d sessions are taken; try again later", serve.Most())
	}
	return model.Errorf("all %d sessions are taken; %d of them are yours: end one, or try again later", serve.Most(),
		own)
}

// write prints a message for the person of a session in the language of the screens.
func (s *Server) write(to io.Writer, from ssh.Session, what error) {
	o := kit.Options{Env: from.Environ()}
	o.Language = s.config.Load().Language
	_, _ = fmt.Fprintln(to, o.Explained(what))
}
