package term

import "strings"

// PlainSigns gives, for each sign the program draws itself, one of ASCII that is as wide. What
// people wrote stays as it is: their letters are theirs, and a terminal that lacks them shows so.
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

// PlainLocale says that the locale the environment names has no Unicode. Where it names none
// nobody can know, and the terminals of today have it.
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
