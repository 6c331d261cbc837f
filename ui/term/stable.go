package term

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Stable makes text equally wide on every terminal. A sign joined from several, such as a family,
// is two columns wide on a terminal that joins it and six on one that does not, and no program can
// find out in time which it has. Taken apart it is six columns wide everywhere, so that nothing
// beside it moves. Styles stay as they are.
func Stable(s string) string {
	if !strings.ContainsFunc(s, joins) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		cluster, joined := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		_, apart := ansi.FirstGraphemeCluster(s, ansi.WcWidth)
		s = s[len(cluster):]
		if joined == apart {
			b.WriteString(cluster)
			continue
		}
		for _, r := range cluster {
			if !joins(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// joins reports whether a character joins its neighbours into one sign: the joiner, the selector of
// the coloured form, the frame of a key, and skin colours.
func joins(r rune) bool {
	return r == '\u200d' || r == '\ufe0f' || r == '\u20e3' || r >= '\U0001f3fb' && r <= '\U0001f3ff'
}
