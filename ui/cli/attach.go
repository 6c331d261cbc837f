package cli

import (
	"cmp"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// Attach says with which server a session is opened, and for what.
type Attach struct {
	Socket  string
	Command string // "": the dashboard
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
}

// usualSocket is where the packaged service listens.
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
			command := os.Getenv("SSH_ORIGINAL_COMMAND")
			if len(args) > 0 {
				quoted := make([]string, len(args))
				for i, a := range args {
					quoted[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
				}
				command = strings.Join(quoted, " ")
			}
			code, err := p.Attach(cmd.Context(),
				Attach{cmp.Or(socket, os.Getenv("VIBERDECK_SOCKET"), usualSocket), command,
					p.In, p.Out, p.Err})
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
