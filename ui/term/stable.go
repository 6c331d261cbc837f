package term

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Stable makes text as wide on every terminal. A family of one sign is two columns wide to a
// terminal that joins it and six to one that does not, and no program can see which it has in time;
// taken apart it is six everywhere, so that nothing that stands beside it moves. Styles stay as
// they are.
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

// joins says that a character makes one sign of its neighbours: the joiner, the choice of the
// coloured form, the frame of a key, and the colours of skin.
func joins(r rune) bool {
	return r == '\u200d' || r == '\ufe0f' || r == '\u20e3' || r >= '\U0001f3fb' && r <= '\U0001f3ff'
}
