package serve

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"sync"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
)

// hostKey reads the key of this host, and makes it, for its owner only, where there is none.
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

// who gives the person of a key, as the configuration says now.
func (s *Server) who(user string, key gossh.PublicKey) (model.Operator, bool) {
	if s.o.Demo {
		return model.Operator{Name: model.OperatorName(user), Role: model.RoleAdmin}, true
	}
	return s.config.Load().ByKey(gossh.FingerprintSHA256(key))
}

// knows reports whether a key is somebody's. The library has it prove itself after that.
func (s *Server) knows(ctx ssh.Context, key ssh.PublicKey) bool {
	_, ok := s.who(ctx.User(), key)
	return ok
}

// same reports whether the person of a session is still the same with the same rights.
func (s *Server) same(l *session) bool {
	now, ok := s.who(l.user, l.key)
	return ok && now.Name == l.who.Name && now.Role == l.who.Role && now.DailyCap == l.who.DailyCap &&
		reflect.DeepEqual(now.Accounts, l.who.Accounts)
}

// arrive gives a connection one of the places for strangers, or closes it: those who prove no key
// must not keep out those who do.
func (s *Server) arrive(ctx ssh.Context, conn net.Conn) net.Conn {
	select {
	case s.strangers <- struct{}{}:
	default:
		s.o.Log.Warn("too many connections that are not logged in; refused", "address", conn.RemoteAddr().String())
		return nil
	}
	leave := sync.OnceFunc(func() {
		s.handshake.Delete(ctx)
		<-s.strangers
	})
	s.handshake.Store(ctx, leave)
	return stranger{conn, leave}
}

// stranger is a connection that frees its place at its end at the latest.
type stranger struct {
	net.Conn
	leave func()
}

// Close closes the connection.
func (c stranger) Close() error {
	c.leave()
	return c.Conn.Close()
}

// rules are those of one handshake.
func (s *Server) rules(ctx ssh.Context) *gossh.ServerConfig {
	return &gossh.ServerConfig{MaxAuthTries: keyTries,
		AuthLogCallback: func(_ gossh.ConnMetadata, _ string, err error) {
			if leave, ok := s.handshake.Load(ctx); ok && err == nil {
				leave.(func())()
			}
		}}
}
