package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"viberdeck/ui/cli/manual"
)

func (p *program) versionCmd() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.Out, "viberdeck %s %s %s/%s\n", p.Version, runtime.Version(), runtime.GOOS,
				runtime.GOARCH)
			return err
		}}
}

func (p *program) manCmd() *cobra.Command {
	return &cobra.Command{Use: "man", Short: "Print the manual page (roff)", Args: noArgs,
		Long: "Prints the manual page. To read it: viberdeck man | man -l -",
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(p.Out, manual.Page(cmd.Root(), p.Version, usualSocket))
			return err
		}}
}
