package model

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// StickerText is stored for a reply that is a sticker: at most, a vendor gives its number.
const StickerText = "[sticker]"

// What begins the line of a reply that gives the address of a picture or a video.
const (
	pictureMark = "[picture] "
	videoMark   = "[video] "
)

// Attachments are the addresses of what came with a reply; "" for none.
type Attachments struct{ Picture, Video, File string }

// ReplyText returns the text of a reply as it is stored: harmless, as Sanitise makes it, but with a
// sign in place of each control sequence, so that its reader sees that something was there.
func ReplyText(text string, with Attachments) string {
	var lines []string
	if said := Sanitise(showControls(text)); said != "" && said != with.Picture && said != with.Video && said != with.File {
		lines = append(lines, said)
	}
	if address := SanitiseLine(with.Picture); address != "" {
		if lines == nil && isPicture(address) {
			return address // what it is can be told from its end
		}
		lines = append(lines, pictureMark+address)
	}
	if address := SanitiseLine(with.Video); address != "" {
		lines = append(lines, videoMark+address)
	}
	if address := SanitiseLine(with.File); address != "" {
		lines = append(lines, address)
	}
	return strings.Join(lines, "\n")
}

// ReplyWords returns what a person wrote in a reply, without the addresses of what came with it.
func ReplyWords(text string) string {
	words, _ := splitAttached(text)
	return words
}

// ReplyBody describes what a reply contains: its text, that it has none, that it is a sticker, and
// the address of a picture or video.
func ReplyBody(text string) Text {
	words, attached := splitAttached(text)
	line := strings.TrimSpace(words)
	if len(attached) > 0 {
		if line != "" {
			attached = append([]Text{Data(strings.TrimRight(words, "\n"))}, attached...)
		}
		return Say("%s", ListedBy(" ", attached))
	}
	switch {
	case line == "":
		return Say("(no text)")
	case line == StickerText:
		return Say("(a sticker)")
	case isPicture(line):
		return Say("(a picture: %s)", line)
	}
	return Data(text)
}

// splitAttached separates the last lines, which give the addresses of what came with a reply.
func splitAttached(text string) (words string, attached []Text) {
	for {
		before, last, found := cutLast(text, "\n")
		switch address, isVideo := strings.CutPrefix(last, videoMark); {
		case isVideo:
			attached = append([]Text{Say("(a video: %s)", address)}, attached...)
		case strings.HasPrefix(last, pictureMark):
			attached = append([]Text{Say("(a picture: %s)", strings.TrimPrefix(last, pictureMark))}, attached...)
		default:
			return text, attached
		}
		if text = before; !found {
			return "", attached
		}
	}
}

// cutLast cuts a text at the last separator; without one, all of it is the last part.
func cutLast(s, separator string) (before, last string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return "", s, false
}

// isPicture reports whether a line is nothing but the address of a picture.
func isPicture(line string) bool {
	if !strings.HasPrefix(line, "http") || strings.ContainsAny(line, " \n") {
		return false
	}
	u, err := url.Parse(line)
	return err == nil && slices.Contains(pictureEnds(), strings.ToLower(path.Ext(u.Path)))
}

// pictureEnds are the file extensions of pictures.
func pictureEnds() []string { return []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"} }

// The Unicode signs of control characters: those of U+0000 to U+001F follow one another.
const (
	signOfNull   = '\u2400'
	signOfEscape = '\u241b'
	signOfDelete = '\u2421'
	nextLine     = '\u0085'
)

// showControls puts a sign in place of each escape sequence and each other control character; line
// breaks and tabs stay.
func showControls(s string) string {
	if !strings.ContainsFunc(s, isControl) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s) && out.Len() <= maxText; {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == nextLine:
			out.WriteByte('\n')
		case r == escape || r > 0x7f && isControl(r):
			out.WriteRune(signOfEscape)
			size = controlLength(s[i:])
		case r == 0x7f:
			out.WriteRune(signOfDelete)
		case isControl(r):
			out.WriteRune(signOfNull + r)
		default:
			out.WriteString(s[i : i+size]) // bytes that are no character too
		}
		i += size
	}
	return out.String()
}

// isControl reports control characters other than line breaks and tabs.
func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r <= 0x9f
}
