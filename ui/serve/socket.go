package serve

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/user"
	"strconv"

	"viberdeck/model"
)

// peer is the address of a connection through the Unix socket: the system reports its user.
type peer struct{ user string }

// Network names the kind of address.
func (peer) Network() string { return "unix" }

// String formats it for a log.
func (p peer) String() string { return "unix-user:" + p.user }

// listenUnix listens at a path, unless another process does. Every user on this host may connect,
// and the system identifies them.
//
// If a group shares the cache, only its members may connect.
func listenUnix(ctx context.Context, path, group string) (net.Listener, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() == fs.ModeSocket {
		if conn, err := new(net.Dialer).DialContext(ctx, "unix", path); err == nil {
			_ = conn.Close()
			return nil, model.Invalid("serve.socket", "another server listens at %s; end it first", path)
		}
		_ = os.Remove(path) // left by a server that was killed
	}
	l, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err == nil {
		err = openTo(path, group)
	}
	if err != nil {
		return nil, errors.Join(model.Invalid("serve.socket", "cannot listen on %s; choose another path", path),
			err)
	}
	return l, nil
}

// openTo lets a group, or for "" any user, connect to a socket; the kernel identifies them.
func openTo(path, group string) error {
	if group == "" {
		return os.Chmod(path, 0o666) //nolint:gosec // who it is decides
	}
	gid, err := strconv.Atoi(group)
	if err != nil {
		g, err := user.LookupGroup(group)
		if err != nil {
			return err
		}
		if gid, err = strconv.Atoi(g.Gid); err != nil {
			return err
		}
	}
	return errors.Join(os.Chown(path, -1, gid), os.Chmod(path, 0o660)) //nolint:gosec // for the group that was named
}

// arriveLocally returns the user as the address of a Unix socket connection; other addresses stay
// as they are.
func arriveLocally(conn net.Conn) (net.Addr, error) {
	local, ok := conn.(*net.UnixConn)
	if !ok {
		return conn.RemoteAddr(), nil
	}
	name, err := peerOf(local)
	return peer{name}, err
}
