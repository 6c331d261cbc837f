package cli

import (
	"github.com/spf13/cobra"

	"viberdeck/model"
)

// completeFilter completes the last word of a filter in the shell: see model.CompleteFilter.
func completeFilter(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return model.CompleteFilter(typed), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
