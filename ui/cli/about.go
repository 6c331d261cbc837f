package cli

import (
	"fmt"
	"runtime"
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"

	"viberdeck/model"
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
			page.WithSection("Filters", filterSection())
			_, err = fmt.Fprint(p.Out, page.Build(roff.NewDocument()))
			return err
		}}
}

// filterSection is the reference of the filter language for the manual page, whose
// sections are formats.
func filterSection() string {
	var b strings.Builder
	for _, row := range model.FilterReference() {
		fmt.Fprintf(&b, "%s: %s\n\n", strings.ReplaceAll(row.Write, "%", "%%"), row.Help)
	}
	return b.String()
}
