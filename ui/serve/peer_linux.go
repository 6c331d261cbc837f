package serve

import (
	"context"
	"errors"
	"net"
	"strconv"
	"syscall"
)

// peerOf returns the user of this host that runs the other end of a Unix socket.
func peerOf(conn *net.UnixConn) (string, error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return "", err
	}
	var cred *syscall.Ucred
	var asked error
	err = raw.Control(func(fd uintptr) {
		cred, asked = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err != nil || asked != nil {
		return "", errors.Join(err, asked)
	}
	return userName(context.Background(), strconv.FormatUint(uint64(cred.Uid), 10)), nil
}
