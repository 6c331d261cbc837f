package term

import "strings"

// PlainSigns returns, for each sign that the program draws itself, an ASCII replacement of the same
// width. People's own text stays as it is: a terminal that lacks its letters shows that.
func PlainSigns() *strings.Replacer {
	pairs := []string{"▸", ">", "◆", "#", "•", "*", "…", "~", "—", "-", "·", "|", "→", ">", "←", "<", "↑", "^", "↓",
		"v", "‹", "<", "›", ">",
		"“", `"`, "”", `"`, "█", "#", "░", ".", "●", "o", "≠", "!", "✓", "+"}
	for _, line := range []string{"─-", "━-", "│|", "┃|", "╭+", "╮+", "╰+", "╯+", "┌+", "┐+", "└+", "┘+", "├+", "┤|",
		"┼+", "┬+", "┴+",
		"▏.", "▎:", "▍-", "▌=", "▋+", "▊*", "▉%",
		"▁_", "▂.", "▃-", "▄=", "▅+", "▆*", "▇%"} {
		r := []rune(line)
		pairs = append(pairs, string(r[0]), string(r[1]))
	}
	return strings.NewReplacer(pairs...)
}

// PlainLocale reports whether the locale in the environment has no Unicode. If no locale is set,
// Unicode is assumed, since today's terminals support it.
func PlainLocale(env []string) bool {
	for _, name := range []string{"LC_ALL=", "LC_CTYPE=", "LANG="} {
		for _, e := range env {
			if v, ok := strings.CutPrefix(e, name); ok && v != "" {
				v = strings.ToLower(v)
				return !strings.Contains(v, "utf-8") && !strings.Contains(v, "utf8")
			}
		}
	}
	return false
}
