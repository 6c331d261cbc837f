package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxText is the most bytes of outside text that are kept, including the "…" that marks a cut.
	maxText = 16 << 10

	maxMarks   = 8  // combining marks on one base; living scripts need at most four
	tabWidth   = 4  // spaces that replace a tab
	maxCSI     = 64 // bytes of parameters of an ESC [ sequence
	maxString  = 4 << 10
	maxTags    = 8 // tag characters in a flag such as Scotland's: five letters and the end
	blackFlag  = '\U0001F3F4'
	cancelTag  = '\U000E007F'
	zwnj       = '\u200c'
	zwj        = '\u200d'
	ellipsis   = "…"
	bell       = 0x07
	cancelByte = 0x18
	substitute = 0x1a
	escape     = 0x1b
)

// Sanitise makes text from outside harmless and keeps it readable: what it returns cannot move the
// cursor, set the title or the clipboard, reorder the line or draw over its neighbours. It is for
// texts of several lines; line breaks of all kinds become "\n", a tab becomes four spaces.
//
// Dropped are: control characters, whole escape sequences with their payload (one that never ends
// loses only its introducer), direction marks and overrides, invisible characters except the
// joiners of emoji and Persian, tag characters outside flags, combining marks beyond 8 on one base.
// Invalid UTF-8 becomes U+FFFD. Text beyond maxText is cut.
//
// Sanitise(Sanitise(s)) == Sanitise(s), and clean text is returned as it is, without a copy.
func Sanitise(s string) string {
	if len(s) <= maxText && isClean(s, true) {
		return s
	}
	return sanitise(s, false)
}

// SanitiseLine is Sanitise for text that must stay on one line: every run of white space, including
// line breaks, becomes one space, with none at the ends.
func SanitiseLine(s string) string {
	if len(s) <= maxText && isClean(s, false) {
		return s
	}
	return sanitise(s, true)
}

func sanitise(s string, oneLine bool) string {
	w := writer{oneLine: oneLine}
	w.out.Grow(min(len(s), maxText))
	for i := 0; i < len(s) && w.out.Len() <= maxText; {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == escape || r >= 0x80 && r <= 0x9f:
			i += controlLength(s[i:])
			continue
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				w.newline()
			}
		case r == '\n' || r == '\u2028' || r == '\u2029':
			w.newline()
		case r == '\t':
			w.tab()
		case r == blackFlag:
			w.base(r)
			if n := tagsLength(s[i+size:]); n > 0 {
				w.out.WriteString(s[i+size : i+size+n])
				size += n
			}
		case r == zwj || r == zwnj:
			w.joiner(r)
		case isMark(r):
			w.mark(r)
		case !isDropped(r):
			w.base(r)
		}
		i += size
	}
	return w.finish()
}

// writer holds the state on which the treatment of the next character depends. It depends only on
// what has been written, never on what was dropped, so that a second pass sees the same and changes
// nothing.
type writer struct {
	out     strings.Builder
	oneLine bool
	marks   int  // combining marks on the last base
	hasBase bool // something on this line can carry a mark
	joined  bool // the last character is a joiner
	spaced  bool // one line: a space is owed before the next base
}

func (w *writer) base(r rune) {
	if w.oneLine && unicode.IsSpace(r) {
		w.spaced = w.out.Len() > 0
		return
	}
	w.space()
	w.out.WriteRune(r)
	w.marks, w.hasBase, w.joined = 0, true, false
}

func (w *writer) space() {
	if w.spaced {
		w.out.WriteByte(' ')
		w.marks, w.hasBase, w.joined, w.spaced = 0, true, false, false
	}
}

func (w *writer) tab() {
	for range tabWidth {
		w.base(' ')
	}
}

func (w *writer) newline() {
	if w.oneLine {
		w.base(' ')
		return
	}
	w.trimJoiner()
	w.out.WriteByte('\n')
	w.marks, w.hasBase, w.joined = 0, false, false
}

func (w *writer) mark(r rune) {
	w.space()
	if !w.hasBase || w.marks >= maxMarks {
		return
	}
	w.out.WriteRune(r)
	w.marks++
	w.joined = false
}

func (w *writer) joiner(r rune) {
	if w.spaced || !w.hasBase || w.joined {
		return
	}
	w.out.WriteRune(r)
	w.joined = true
}

// trimJoiner removes a joiner with nothing to join: it would join with whatever the screen draws
// next.
func (w *writer) trimJoiner() {
	if w.joined {
		kept := strings.TrimRight(w.out.String(), string(zwj)+string(zwnj))
		w.out.Reset()
		w.out.WriteString(kept)
		w.joined = false
	}
}

func (w *writer) finish() string {
	w.trimJoiner()
	text := w.out.String()
	if len(text) <= maxText {
		return text
	}
	end := maxText - len(ellipsis)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	text = strings.TrimRightFunc(text[:end], func(r rune) bool {
		return isTag(r) || r == zwj || r == zwnj || unicode.IsSpace(r)
	})
	return text + ellipsis
}

// isClean reports whether sanitising s would change nothing. It may give false for clean text, but
// never true for other text.
func isClean(s string, lines bool) bool {
	previous := byte(' ')
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c == 0x7f || c < ' ' && (c != '\n' || !lines) || c == ' ' && !lines && previous == ' ' {
				return false
			}
			previous = c
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		letter := r >= 0xc0 && r <= 0x2ff || r >= 0x400 && r <= 0x482 || r >= 0x48a && r <= 0x52f
		if !letter {
			switch {
			case r == utf8.RuneError && size == 1, r == '\u2028', r == '\u2029', r == blackFlag,
				isMark(r), isDropped(r), r == zwj, r == zwnj, !lines && unicode.IsSpace(r):
				return false
			}
		}
		previous = 'x'
		i += size
	}
	return lines || s == "" || previous != ' '
}

func isMark(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me) }

func isTag(r rune) bool { return r >= '\U000E0000' && r <= cancelTag }

// isDropped reports characters that carry no text: controls, formats (direction, invisible, tags,
// byte order mark) and code points that are not characters. Arabic number signs are visible
// formats, and stay.
func isDropped(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f:
		return true
	case r < 0xad:
		return false
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef, isTag(r):
		return true
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// tagsLength returns the length of the tag characters that turn a preceding black flag into a
// regional flag: letters or digits and the end. It is 0 if they do not form a flag.
func tagsLength(s string) int {
	n := 0
	for i, r := range s {
		switch {
		case r == cancelTag && n > 0:
			return i + utf8.RuneLen(r)
		case n == maxTags, r < '\U000E0030' || r > '\U000E007A':
			return 0
		}
		n++
	}
	return 0
}

// controlLength returns the length of the escape sequence or C1 control that s begins with
// (ECMA-48): including its payload if it is complete, else only its introducer.
func controlLength(s string) int {
	kind, start := s[0], 2
	if kind == escape {
		if len(s) == 1 {
			return 1
		}
		kind = s[1]
	} else {
		kind = s[1] - 0x40 // U+0080–U+009F are C2 80 – C2 9F; ESC @ – ESC _ mean the same
	}
	switch kind {
	case '[':
		return start + csiLength(s[start:])
	case ']', 'P', 'X', '^', '_':
		return start + stringLength(s[start:])
	}
	if s[0] != escape {
		return start
	}
	// Escape sequences without a payload: intermediates, then one final byte.
	end := 1
	for end < len(s) && end < maxCSI && s[end] >= 0x20 && s[end] <= 0x2f {
		end++
	}
	if end < len(s) && s[end] >= 0x30 && s[end] <= 0x7e {
		return end + 1
	}
	return 1
}

// csiLength returns the length of the parameters and the final byte of a control sequence; of the
// parameters alone if no final byte follows.
func csiLength(s string) int {
	end := 0
	for end < len(s) && end < maxCSI && s[end] >= 0x20 && s[end] <= 0x3f {
		end++
	}
	if end < len(s) && s[end] >= 0x40 && s[end] <= 0x7e {
		return end + 1
	}
	return end
}

// stringLength returns the length of the payload of a control string including its end: BEL, ESC \,
// U+009C, or CAN and SUB, which cancel it. Without an end nearby it is 0: the payload is then plain
// text.
func stringLength(s string) int {
	for i := 0; i < len(s) && i < maxString; i++ {
		switch c := s[i]; {
		case c == bell || c == cancelByte || c == substitute:
			return i + 1
		case c == escape:
			if strings.HasPrefix(s[i+1:], `\`) {
				return i + 2
			}
			return 0
		case c == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
			return i + 2
		case c == 0xc2 && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] <= 0x9f:
			return 0
		}
	}
	return 0
}

// clip keeps a quoted piece of outside text in an error short.
func clip(s string) string { return Clip(s, 40) }

// Clip keeps at most the given number of characters of a text and marks a cut by "…".
func Clip(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
