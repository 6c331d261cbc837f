package cli

import (
	"fmt"
	"runtime"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func (p *program) versionCmd() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.Out, "viberdeck %s %s %s/%s\n", p.Version, runtime.Version(), runtime.GOOS,
				runtime.GOARCH)
			return err
		}}
}

func (p *program) manCmd() *cobra.Command {
	return &cobra.Command{Use: "man", Short: "Print the manual page (roff)", Args: cobra.NoArgs,
		Long: "Prints the manual page. To read it: viberdeck man | man -l -",
		RunE: func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err != nil {
				return fmt.Errorf("manual page: %w", err)
			}
			_, err = fmt.Fprint(p.Out, page.Build(roff.NewDocument()))
			return err
		}}
}
