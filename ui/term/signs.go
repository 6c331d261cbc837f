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
