package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// completeFilter completes the last word of a filter in the shell: a field, or what is: takes.
func completeFilter(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	start := strings.LastIndexByte(typed, ' ') + 1
	before, word := typed[:start], typed[start:]
	words := model.FilterFields()
	for i := range words {
		words[i] += ":"
	}
	if strings.HasPrefix(word, "is:") {
		words = model.FilterIsValues()
		for i := range words {
			words[i] = "is:" + words[i]
		}
	}
	var fit []string
	for _, w := range words {
		if strings.HasPrefix(w, word) {
			fit = append(fit, before+w)
		}
	}
	return fit, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
