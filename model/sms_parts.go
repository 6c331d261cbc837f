package model

import (
	"strings"
	"unicode/utf16"
)

// gsmLetters are the letters in addition to ASCII that take one place each in an SMS part of 160,
// and gsmDouble those that take two. With any other letter a part has 70 places.
const (
	gsmLetters = "£¥èéùìòÇ\nØø\rÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà"
	gsmDouble  = "^{}\\[~]|€"
)

// SMSParts returns the number of parts of an SMS, each of which is charged.
func SMSParts(text string) int {
	places := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune(gsmDouble, r):
			places += 2
		case r >= ' ' && r <= '~' && r != '`', strings.ContainsRune(gsmLetters, r):
			places++
		default:
			return partsOf(len(utf16.Encode([]rune(text))), 70, 67)
		}
	}
	return partsOf(places, 160, 153)
}

func partsOf(places, alone, each int) int {
	if places <= alone {
		return 1
	}
	return (places + each - 1) / each
}
