package serve

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"os"
	"os/signal"
	"os/user"
	"strings"

	"github.com/charmbracelet/x/term"
	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
	"viberdeck/ui/cli"
)

// restored resets a terminal that a session left abruptly: the usual screen, a visible cursor, no
// mouse, no markers around pasted text.
const restored = "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[0m"

// Attach opens a session with the server behind a Unix socket, which knows the user of this
// process, and returns the exit code. Without a command it opens the dashboard.
func Attach(ctx context.Context, a cli.Attach) (int, error) {
	session, err := attached(ctx, a.Socket)
	if err != nil {
		return 0, err
	}
	defer session.Close()
	for _, e := range a.Env {
		if name, value, _ := strings.Cut(e, "="); acceptedVariable(name) {
			_ = session.Setenv(name, value) // variables that are refused are not needed
		}
	}
	session.Stdin, session.Stdout, session.Stderr = a.In, a.Out, a.Err
	stop := context.AfterFunc(ctx, func() { _ = session.Close() })
	defer stop()
	if a.Command != "" {
		return exitOf(ctx, session.Run(a.Command), a.Command)
	}
	in, ok := a.In.(*os.File)
	if !ok || !term.IsTerminal(in.Fd()) {
		return exitOf(ctx, session.Run(""), "")
	}
	return onTerminal(ctx, session, in, a.Streams)
}

// attached logs in. The key proves nothing: the server asks the system for the user.
func attached(ctx context.Context, socket string) (*gossh.Session, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, &model.Error{Kind: model.KindOffline, Err: err,
			Text: model.Say("no server answers at %s; is viberdeck serve running, with [serve] socket?", socket)}
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		return nil, err
	}
	client, channels, requests, err := gossh.NewClientConn(conn, socket, &gossh.ClientConfig{User: "attach",
		Auth: []gossh.AuthMethod{gossh.PublicKeys(signer)}, Timeout: handshakeTime,
		HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		name := "this user"
		if me, err := user.Current(); err == nil {
			name = me.Username
		}
		return nil, &model.Error{Kind: model.KindDenied, Text: model.Say(
			"the server does not know %s: an administrator adds user = to your [[operator]]", name)}
	}
	return gossh.NewClient(client, channels, requests).NewSession()
}

// onTerminal shows the dashboard on a terminal and restores it afterwards.
func onTerminal(ctx context.Context, session *gossh.Session, in *os.File, over cli.Streams) (int, error) {
	width, height, err := term.GetSize(in.Fd())
	if err != nil {
		return 0, err
	}
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return 0, err
	}
	defer func() { _ = term.Restore(in.Fd(), was) }()
	if err := session.RequestPty(over.Env.Get("TERM"), height, width, gossh.TerminalModes{}); err != nil {
		return 0, err
	}
	if err := session.Shell(); err != nil {
		return 0, err
	}
	sizes := make(chan os.Signal, 1)
	signal.Notify(sizes, resized()...)
	defer signal.Stop(sizes)
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for {
			select {
			case <-watching.Done():
				return
			case <-sizes:
			}
			if width, height, err := term.GetSize(in.Fd()); err == nil {
				_ = session.WindowChange(height, width)
			}
		}
	}()
	err = session.Wait()
	if _, ended := errors.AsType[*gossh.ExitError](err); err != nil && !ended {
		_, _ = io.WriteString(over.Out, restored)
	}
	return exitOf(ctx, err, "")
}

// exitOf returns the exit code of a session that has ended.
func exitOf(ctx context.Context, err error, command string) (int, error) {
	if exit, ok := errors.AsType[*gossh.ExitError](err); ok {
		return exit.ExitStatus(), nil
	}
	if err == nil || ctx.Err() != nil && command == "" {
		return 0, nil
	}
	return 0, errors.Join(model.Errorf("the server ended before the session did"), err)
}
