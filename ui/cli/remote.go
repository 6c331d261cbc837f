package cli

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/health"
	"viberdeck/ui/cli/settings"
)

// Service is what the server needs to know about the call.
type Service struct {
	Config   model.Config
	Theme    model.Theme
	ReadOnly bool
	HostKey  string // the file of the host key
	// Demo treats everyone with a key as an administrator: on the loopback interface only.
	Demo bool
	// Reload waits until the configuration is saved and reads it. Nil: it never changes.
	Reload func(ctx context.Context) (settings.Saved, error)
	Log    *slog.Logger
	// Sessions counts the open sessions.
	Sessions *atomic.Int64
}

// Remote is a person connected over SSH.
type Remote struct {
	Config   model.Config
	Operator string
	ReadOnly bool
	Cache    Cache // with the person's rights
	Network  Network
}

// RunRemote runs one command for a person connected over SSH, and returns the exit code. It offers
// only the commands that access neither this host's files nor its secrets nor its servers.
func RunRemote(ctx context.Context, parts Parts, remote Remote, streams Streams, args []string) int {
	p := &program{Parts: parts, Streams: streams, now: time.Now, remote: &remote}
	root := &cobra.Command{
		Use: "viberdeck", Short: "Triage replies and run campaigns over SSH", SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return p.checkFlags() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	p.addFlags(root)
	root.AddCommand(p.sharedCmds()...)
	for _, cmd := range p.hostCmds() {
		root.AddCommand(notHere(cmd.Name()))
	}
	// cobra adds these by itself: a shell asks them about the files of its own host.
	root.AddCommand(notHere("completion"), notHere(cobra.ShellCompRequestCmd), notHere(cobra.ShellCompNoDescRequestCmd))
	return p.run(ctx, finished(root), append([]string{}, args...)) // nil would mean the server's own
}

// notHere replaces a command of the host, so that its name is not treated as misspelled.
func notHere(name string) *cobra.Command {
	why := usage("%s is not there over SSH: it is for those who have a login on the server's host", name)
	cmd := &cobra.Command{Use: name, Hidden: true, DisableFlagParsing: true,
		RunE: func(*cobra.Command, []string) error { return why }}
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) { _, _ = fmt.Fprintln(cmd.OutOrStdout(), why) })
	return cmd
}

// openRemote returns the session of a person connected over SSH.
func (p *program) openRemote(narrow func(model.Config) model.Config) (*session, error) {
	if err := p.knownAccounts(p.remote.Config); err != nil {
		return nil, err
	}
	return &session{config: narrow(p.remote.Config), cache: p.remote.Cache, network: p.remote.Network,
		operator: p.remote.Operator}, nil
}

// mayOpen refuses access to a file of this host over SSH.
func (p *program) mayOpen(path string) error {
	if p.remote != nil && path != "-" {
		return usage("files of the server cannot be read from here; write - and send yours on standard input")
	}
	return nil
}

func (p *program) serveCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the dashboard and the command line over SSH", Args: noArgs,
		Long: `Serves the dashboard to the people of the configuration ([[operator]]) over SSH, as [serve] says, and runs
the engine beside it. ssh -p 2222 HOST opens the dashboard; ssh -p 2222 HOST replies --json runs a command with the
role of the key. Log lines go to standard error. SIGHUP reads the configuration again, unless it comes because the
terminal was closed.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.openLog(); err != nil {
				return err
			}
			d, err := p.openToSend(cmd.Context(), settings.SomeSecrets)
			if err != nil {
				return err
			}
			defer d.close()
			if len(d.config.Operators) == 0 {
				return usage("nobody could log in: add [[operator]] with name, keys and role to %s",
					p.settings().Path(p.config))
			}
			return p.serve(cmd.Context(), d)
		},
	}
	p.addLog(cmd)
	return cmd
}

func (p *program) serve(ctx context.Context, d *session) error {
	path := p.settings().Path(p.config)
	theme, err := p.settings().Theme(d.config.Theme, path)
	if err != nil {
		return err
	}
	s := Service{Config: d.config, Theme: theme, ReadOnly: p.readOnly, Demo: d.play != live,
		Log: p.log, Sessions: &atomic.Int64{},
		HostKey: cmp.Or(d.config.Serve.HostKey, filepath.Join(filepath.Dir(d.path), "host_key"))}
	if d.play == live {
		watcher := p.settings().Watch(path, d.config, settings.CheckServer)
		if !terminal(p.In) { // in a terminal it means that the terminal was closed
			again, stop := hangUps()
			defer stop()
			watcher.Again = again
		}
		s.Reload = watcher.Next
	}
	return p.monitored(ctx, d, s.Sessions, func(ctx context.Context) error { return d.serve(ctx, s) })
}

// hangUps reports each SIGHUP until it is stopped. Meanwhile none ends the program: to a service it
// says that its configuration was changed.
func hangUps() (again <-chan os.Signal, stop func()) {
	c := make(chan os.Signal, 1)
	signal.Ignore(syscall.SIGHUP) // takes it from those that end the program
	signal.Notify(c, syscall.SIGHUP)
	return c, func() { signal.Stop(c) }
}

// monitored runs a service's work while serving a monitoring system.
func (p *program) monitored(ctx context.Context, d *session, sessions *atomic.Int64,
	work func(context.Context) error) error {
	m := health.Monitor{Cache: d.cache, Version: p.Version, Sessions: sessions, Note: p.note}
	return m.Beside(ctx, d.config.Serve.MetricsAddress(), work)
}

// Attach says to which server a session is opened, and for what.
type Attach struct {
	Socket  string
	Command string // "": the dashboard
	Streams
}

// usualSocket is the socket of the packaged service.
const usualSocket = "/run/viberdeck/attach.sock"

func (p *program) attachCmd() *cobra.Command {
	var socket string
	cmd := &cobra.Command{
		Use: "attach [COMMAND…]", Short: "Open the dashboard, or run a command, of the server on this host",
		Long: `Opens a session with viberdeck serve through its Unix socket ([serve] socket). The server asks the system which
user this is and takes the [[operator]] with that user; no key and no file of the server is needed. As ForceCommand
of OpenSSH it runs what the person asked for (ssh HOST replies --json). Options after the command are the command's.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			command := p.Env.Get("SSH_ORIGINAL_COMMAND")
			if len(args) > 0 {
				quoted := make([]string, len(args))
				for i, a := range args {
					quoted[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
				}
				command = strings.Join(quoted, " ")
			}
			code, err := p.Attach(cmd.Context(),
				Attach{cmp.Or(socket, p.Env.Get("VIBERDECK_SOCKET"), usualSocket), command, p.Streams})
			if err != nil || code == exitDone {
				return err
			}
			return exitError{code: code}
		},
	}
	cmd.Flags().SetInterspersed(false)
	cmd.Flags().StringVar(&socket, "socket", "", "the server's `PATH`; default: $VIBERDECK_SOCKET, then "+usualSocket)
	return cmd
}
