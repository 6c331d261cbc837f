package model

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var (
	// scientific is what a spreadsheet turns a long number into: 3.75291E+11 or 3,75291E+11.
	scientific = NewPattern(`^\+?(\d)(?:[.,](\d+))?[eEеЕ]\+?(\d+)$`)
	// grouped is a number in thousands: 375,291,111,103.
	grouped = NewPattern(`^\+?\d{1,3}(,\d{3}){2,}$`)
	// extension is an extension number after a phone.
	extension = NewPattern(
		`(?i)\d[\s,;(]*(?:доб|добав|добавочный|вн|внутр|дад|ext|extn|extension|x|#|εσωτ)\.?:?\s*\d{1,6}[\s)]*$`)
	// betweenPhones is what people write between two phones.
	betweenPhones = NewPattern(`[,;/|\n]|\s(?:и|или|або|і|or|and|και|ή)\s|\s*\+`)
)

// phoneLabels are words that people write next to a number.
var phoneLabels = newWordList(
	`тел телефон тэл тэлефон моб мобильный мобильн мобільний мабільны сот сотовый раб рабочий дом домашний
	tel telephone phone mob mobile cell home work viber вайбер whatsapp τηλ τηλεφωνο κιν κινητο м т
	мтс mts velcom велком a1 а1 life лайф киевстар київстар kyivstar vodafone водафон мегафон билайн теле2 tele2 cosmote`)

// wholeNumber is the number of consecutive digits that can only be a whole phone.
const wholeNumber = 9

// isPlainNumber recognises digits with or without "+", which need no further checks.
func isPlainNumber(s string) bool {
	digits := strings.TrimPrefix(s, "+")
	return digits != "" && strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// unwrapPhone removes what programs and people put around a number: ="…", quotes, apostrophes,
// "тел." An error says why the rest is not a single number.
func unwrapPhone(s string) (string, error) {
	written := s
	s = strings.Trim(strings.TrimPrefix(s, "="), `"'’‘`+"`´“”„«» ,;")
	s = strings.TrimSpace(s)
	if parts := scientific().FindStringSubmatch(s); parts != nil {
		exponent, err := strconv.Atoi(parts[3])
		if err != nil || exponent != len(parts[2]) || exponent < minPhoneDigits-1 {
			return "", Invalid("phone",
				"%q was shortened by a spreadsheet and its last digits are lost: format the column as text and export "+
					"it again", clip(written))
		}
		return parts[1] + parts[2], nil
	}
	if grouped.MatchString(s) {
		return strings.ReplaceAll(s, ",", ""), nil
	}
	digits := len(keepDigits(s))
	if extension.MatchString(s) && digits > minPhoneDigits {
		return "", Invalid("phone", "%q has an extension, which a message cannot go to: write the number alone",
			clip(written))
	}
	if digits >= 2*minPhoneDigits && severalNumbers(s) {
		return "", Invalid("phone", "%q holds more than one number: write one phone in each cell", clip(written))
	}
	if strings.ContainsFunc(s, unicode.IsLetter) {
		if bare := strings.TrimRight(withoutLabels(s), " ,;."); keepDigits(bare) != "" {
			s = bare
		}
	}
	return s, nil
}

// severalNumbers recognises two or more numbers, each with enough digits for a phone.
func severalNumbers(s string) bool {
	enough := func(parts []string, least int) bool {
		return len(slices.DeleteFunc(parts, func(part string) bool { return len(keepDigits(part)) < least })) > 1
	}
	return enough(betweenPhones().Split(s, -1), minPhoneDigits) || enough(strings.Fields(s), wholeNumber)
}

// withoutLabels removes words such as "тел." and "(моб)".
func withoutLabels(s string) string {
	var out strings.Builder
	for s != "" {
		end := strings.IndexFunc(s, unicode.IsLetter)
		if end < 0 {
			break
		}
		out.WriteString(s[:end])
		s = s[end:]
		if end = strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); end < 0 {
			end = len(s)
		}
		if n := operatorNamed(s, end); n > end {
			end = n
		}
		if slices.Contains(phoneLabels(), Fold(s[:end])) {
			s = strings.TrimPrefix(strings.TrimPrefix(s[end:], "."), ":")
			continue
		}
		out.WriteString(s[:end])
		s = s[end:]
	}
	return strings.TrimSpace(out.String() + s)
}

// operatorNamed returns where a label ends that contains digits, such as "A1".
func operatorNamed(s string, letters int) int {
	end := letters
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if slices.Contains(phoneLabels(), Fold(s[:end])) {
		return end
	}
	return letters
}
