package ui

import (
	"regexp"
	"testing"
)

// docs/words.md defines the word to use for each thing.
func TestNoSentenceUsesAWordThatTheDocumentOfWordsForbids(t *testing.T) {
	t.Parallel()
	forbidden := map[*regexp.Regexp]string{
		regexp.MustCompile(`(?i)\bcall(ed|s|ing)? (it |them )?back\b`):               "recall",
		regexp.MustCompile(`(?i)\bnobody (knows|who|is left|waits any)\b`):           "unknown, or what is true instead",
		regexp.MustCompile(`(?i)\b(tell|tells|told)\b`):                              "report, notify, say",
		regexp.MustCompile(`(?i)\b(whom|left alone|of its own words)\b`):             "who, another sentence",
		regexp.MustCompile(`(?i)\b(does|do|did) not take\b`):                         "does not accept",
		regexp.MustCompile(`(?i)\b(let it go on|goes on leaving|read anew)\b`):       "resume, reload",
		regexp.MustCompile(`(?i)\blies? at (its|%s)`):                                "is already at",
		regexp.MustCompile(`(?i)\b(mend|mended|anew)\b`):                             "fix, again",
		regexp.MustCompile(`\b1 (calls|duplicates|people|phones|replies|batches)\b`): "a number that agrees",
		regexp.MustCompile(`\b(smsby|wooxy|sendpulse|routee) (says|sends|took)\b`): "the vendor's name as it is " +
			"spelled",
		regexp.MustCompile(`%[-+# 0-9.]*[boOpTUxX]\b`): "%s, of a text " +
			"that is written before",
		regexp.MustCompile(`(^|[^e]) is no (phone|file|time|number|campaign|place|cache|%s|JSON)`): "is not a …",
	}
	for what, dir := range readSource(t).translated {
		for _, text := range []string{what.text, what.plural} {
			for word, better := range forbidden {
				if found := word.FindString(text); found != "" {
					t.Errorf("%s: %q says %q; say %s", dir, text, found, better)
				}
			}
		}
	}
}
