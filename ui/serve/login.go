package serve

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
)

// hostKey reads the key of this host, and creates it, readable only by its owner, if it is missing.
func hostKey(path string) (gossh.Signer, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeHostKey(path)
	}
	if err != nil {
		return nil, model.Errorf("host key: %w", err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		return nil, model.Invalid("serve.host_key", "others can read %s; chmod 600 it", path)
	}
	signer, err := gossh.ParsePrivateKey(text)
	if err != nil {
		return nil, model.Invalid("serve.host_key", "%s is not a private key without a password", path)
	}
	return signer, nil
}

func makeHostKey(path string) ([]byte, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(key, "viberdeck")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	text := pem.EncodeToMemory(block)
	_, err = f.Write(text)
	return text, errors.Join(err, f.Sync(), f.Close())
}

// who returns the person with a key, or behind the Unix socket of a user, by the current
// configuration.
func (s *Server) who(user string, key gossh.PublicKey, from net.Addr) (model.Operator, bool) {
	if p, ok := from.(peer); ok {
		return s.config.Load().ByUser(p.user)
	}
	if s.o.Demo {
		return model.Operator{Name: model.OperatorName(user), Role: model.RoleAdmin}, true
	}
	return s.config.Load().ByKey(gossh.FingerprintSHA256(key))
}

// name returns the name of the person of a connection that has proved a key.
func (s *Server) name(ctx ssh.Context) string {
	key, _ := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey)
	if _, local := ctx.RemoteAddr().(peer); key == nil && !local {
		return ""
	}
	who, _ := s.who(ctx.User(), key, ctx.RemoteAddr())
	return who.Name
}

// knows reports whether a key belongs to a known person. The library then requires proof of it.
func (s *Server) knows(ctx ssh.Context, key ssh.PublicKey) bool {
	who, ok := s.who(ctx.User(), key, ctx.RemoteAddr())
	if c, found := s.handshake.Load(ctx); found && ok {
		c.(*stranger).name.Store(&who.Name)
	} else if found {
		fingerprint := gossh.FingerprintSHA256(key)
		c.(*stranger).offered.Store(&fingerprint)
	}
	return ok
}

// offered returns the last key that a connection offered without success.
func offered(conn net.Conn) string {
	if c, ok := conn.(*stranger); ok {
		if fingerprint := c.offered.Load(); fingerprint != nil {
			return *fingerprint
		}
	}
	return ""
}

// failed records a connection that ended without a proved key. One that ended of its own accord
// before it offered any was not a login: monitoring looks like that, every few seconds and forever.
func (s *Server) failed(c net.Conn, err error) {
	key := offered(c)
	_, answered := errors.AsType[*gossh.ServerAuthError](err)
	left := errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
	if key == "" && !answered && left {
		s.o.Log.Debug("a connection ended before a login", "address", c.RemoteAddr().String())
		return
	}
	// fail2ban reads this line: docs/server.md has the expression.
	s.o.Log.Warn(fmt.Sprintf("failed login from %s: %s", c.RemoteAddr(), model.SanitiseLine(err.Error())))
	s.refusedStranger(model.Origin{Key: key, Address: c.RemoteAddr().String()})
}

// refusals counts the failed logins that were not recorded individually.
type refusals struct {
	mu    sync.Mutex
	last  time.Time // when one was last recorded
	since int       // how many there have been since
}

// refusedEvery is how often a failed login is recorded in the activity log: strangers must not fill
// it. The server's own log has all of them.
const refusedEvery = time.Minute

// refusedStranger records a failed login in the activity log, with the number of unrecorded ones
// before it.
func (s *Server) refusedStranger(from model.Origin) {
	u := &s.unknown
	u.mu.Lock()
	defer u.mu.Unlock()
	if time.Since(u.last) < refusedEvery {
		u.since++
		return
	}
	detail := model.Say("an unknown key")
	if u.since > 0 {
		detail = model.Say("an unknown key; %s before it",
			model.Counted(u.since, "failed login", "failed logins"))
	}
	u.last, u.since = time.Now(), 0
	s.record(model.Operator{Role: model.RoleViewer}, from, "was refused a login", detail)
}

// same reports whether the person of a session still exists with the same rights.
func (s *Server) same(l *session) bool {
	now, ok := s.who(l.user, l.key, l.addr)
	return ok && now.Name == l.who.Name && now.Role == l.who.Role && now.DailyCap == l.who.DailyCap &&
		reflect.DeepEqual(now.Accounts, l.who.Accounts)
}

// arrive returns a connection one of the places for strangers, or closes it: connections that have
// not proved a key must not keep out those that have. The total number of connections is limited as
// well.
func (s *Server) arrive(ctx ssh.Context, conn net.Conn) net.Conn {
	if s.conns.Load() >= int64(2*s.config.Load().Serve.Most()+strangers+cap(s.strangers)) {
		s.o.Log.Warn("too many connections; refused", "address", conn.RemoteAddr().String())
		return nil
	}
	if len(s.strangers) == cap(s.strangers) {
		s.dropOldest()
	}
	select {
	case s.strangers <- struct{}{}:
	default:
		s.o.Log.Warn("too many connections that are not logged in; refused", "address", conn.RemoteAddr().String())
		return nil
	}
	from, err := arriveLocally(conn)
	if err != nil {
		<-s.strangers
		s.o.Log.Warn("refused somebody behind the socket whose name the system does not say", "error", err.Error())
		return nil
	}
	leave := sync.OnceFunc(func() {
		s.handshake.Delete(ctx)
		<-s.strangers
	})
	c := &stranger{Conn: conn, from: from, since: time.Now(), leave: leave,
		ended: sync.OnceFunc(func() { s.conns.Add(-1) })}
	s.conns.Add(1)
	s.handshake.Store(ctx, c)
	return c
}

// dropOldest closes the connection that has been without a proved key for longest, unless it has
// only just arrived.
func (s *Server) dropOldest() {
	var oldest *stranger
	s.handshake.Range(func(_, c any) bool {
		if c := c.(*stranger); oldest == nil || c.since.Before(oldest.since) {
			oldest = c
		}
		return true
	})
	if oldest != nil && time.Since(oldest.since) > promptly {
		_ = oldest.Close()
	}
}

// admit assigns a connection that has proved a key to its person, or closes it: no one may hold
// more connections than there may be sessions.
func (s *Server) admit(ctx ssh.Context, c *stranger) {
	c.leave()
	name := ""
	if known := c.name.Load(); known != nil {
		name = *known
	}
	most := s.config.Load().Serve.Most()
	leave, ok := s.loggedIn.take(name, most+1, 2*most+strangers)
	if !ok {
		s.o.Log.Warn("too many connections of one person; closed", "operator", name, "address", c.from.String())
		_ = c.Close()
		return
	}
	context.AfterFunc(ctx, leave)
}

// stranger is a connection that frees its place at the latest when it ends.
type stranger struct {
	net.Conn
	from    net.Addr
	since   time.Time
	leave   func()
	ended   func()
	name    atomic.Pointer[string] // owner of the last known key
	offered atomic.Pointer[string] // the fingerprint of the last unknown key
}

// RemoteAddr returns the address it comes from.
func (c *stranger) RemoteAddr() net.Addr { return c.from }

// Close closes the connection.
func (c *stranger) Close() error {
	c.leave()
	c.ended()
	return c.Conn.Close()
}

// rules returns the configuration of one handshake.
func (s *Server) rules(ctx ssh.Context) *gossh.ServerConfig {
	return &gossh.ServerConfig{MaxAuthTries: keyTries,
		AuthLogCallback: func(_ gossh.ConnMetadata, _ string, err error) {
			if c, ok := s.handshake.Load(ctx); ok && err == nil {
				s.admit(ctx, c.(*stranger))
			}
		}}
}
