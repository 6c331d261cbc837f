package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Fingerprint identifies what a person would see, whatever the account: the same words, pictures
// and common values give the same result.
func (c Campaign) Fingerprint() string {
	return c.identity(Fold(c.Message.Text), c.Message.Button.Caption)
}

// Likeness is Fingerprint without differences that do not matter to a reader: signs, smileys, case
// and white space.
func (c Campaign) Likeness() string {
	return c.identity(likeness(c.Message.Text), likeness(c.Message.Button.Caption))
}

// likeness returns the letters and digits of a text, or the folded text if it has none.
func likeness(s string) string {
	s = Fold(s)
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
	return cmp.Or(letters, s)
}

func (c Campaign) identity(text, caption string) string {
	m, h := c.Message, sha256.New()
	parts := []string{text, m.ImageURL, caption, m.Button.URL, m.File.URL, m.Video.URL, m.Template}
	if m.ImageFile.Sum != "" {
		parts = append(parts, m.ImageFile.Sum)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Options.Variables)) {
		parts = append(parts, name, c.Options.Variables[name])
	}
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
