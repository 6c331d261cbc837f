package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxFilter is how many bytes of a filter are read at most.
const maxFilter = 4096

// ParseFilter reads the filter language of the screens and the command line:
//
//	autumn "exact words" -without      words of the text; - turns a term round
//	status:failed,expired              any of several values
//	campaign:"autumn sale" from:+37529 quotes " " and « », phones by their first digits
//	before:2d after:2026-11-01T10:00   also 3h 30m 1w today yesterday 2026-11-01, read in zone
//	статус:сбой,истёк до:2д            the same in Russian: see filter_russian.go
//
// In quotes \" and \\ stand for a quote and a backslash. before is earlier than the moment, after
// is the moment itself or later; a date is its first moment. An unfinished end of the text is not
// an error: see Filter.Incomplete.
//
// Errors are of KindInvalid, field "filter", and name the position as characters from 1.
func ParseFilter(s string, now time.Time, zone *time.Location) (Filter, error) {
	if len(s) > maxFilter {
		return Filter{}, Invalid("filter", "the filter is longer than %d bytes", maxFilter)
	}
	if zone == nil {
		zone = time.UTC
	}
	p := filterParser{text: SanitiseLine(s), now: now, zone: zone, typing: s != "" && !endsInSpace(s)}
	for p.skipSpace(); p.at < len(p.text); p.skipSpace() {
		if err := p.term(); err != nil {
			return Filter{}, err
		}
	}
	return p.filter, nil
}

func endsInSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

type filterParser struct {
	text   string
	at     int
	now    time.Time
	zone   *time.Location
	typing bool // the last word may still be growing
	filter Filter
}

func (p *filterParser) skipSpace() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

func (p *filterParser) fail(at int, format string, args ...any) error {
	position := utf8.RuneCountInString(p.text[:at]) + 1
	return Invalid("filter", "%s (at character %d)", Say(format, args...), position)
}

// growing reports whether the term just read ends the text and may be unfinished.
func (p *filterParser) growing() bool { return p.typing && p.at == len(p.text) }

func (p *filterParser) term() error {
	start := p.at
	term := Term{Field: FieldText, Op: OpContains}
	if p.text[p.at] == '-' {
		term.Negate = true
		p.at++
	}
	name := looksLikeField().FindString(p.text[p.at:])
	if name == "" {
		return p.bareTerm(term, start)
	}
	fieldAt := p.at
	p.at += len(name)
	field, known := englishField(strings.TrimSuffix(name, ":"))
	term.Field = field
	if !known {
		return p.fail(fieldAt, "there is no field %q; the fields are %s; to look for these words put them in quotes",
			clip(name), Listed(fieldWords()))
	}
	valuesAt := p.at
	var values []string
	closed := true
	if phone := p.spacedPhone(); phone != "" && (term.Field == FieldPhone || term.Field == FieldFrom) {
		p.at += len(phone)
		values = []string{phone}
	} else {
		values, closed = p.values()
	}
	if len(values) == 0 || !closed {
		p.filter.Incomplete = true
		return nil
	}
	done, err := p.finish(&term, values, valuesAt)
	if err != nil {
		return err
	}
	if !done {
		p.filter.Incomplete = true
		return nil
	}
	p.filter.Terms = append(p.filter.Terms, term)
	return nil
}

// bareTerm reads a word or a quoted phrase of the text. A phone that was typed with spaces is one
// term.
func (p *filterParser) bareTerm(term Term, start int) error {
	if phone := p.spacedPhone(); phone != "" && !term.Negate {
		p.at += len(phone)
		term.Values, term.Phones = []string{phone}, phonePatterns(phone)
		p.filter.Terms = append(p.filter.Terms, term)
		return nil
	}
	value, closed := p.value("")
	if value == "" || !closed {
		p.filter.Incomplete = p.filter.Incomplete || !closed || p.at == start+1
		return nil
	}
	term.Values, term.Phones = []string{value}, phonePatterns(value)
	p.filter.Terms = append(p.filter.Terms, term)
	return nil
}

// spacedPhone returns the whole phone, typed with spaces and without quotes, at this place, or "".
func (p *filterParser) spacedPhone() string {
	phone := strings.TrimRight(spacedPhone().FindString(p.text[p.at:]), " ")
	if digits := len(keepDigits(phone)); digits < 9 || digits > maxPhoneDigits+2 {
		return ""
	}
	return phone
}

// values reads a comma-separated list; empty values are left out. closed is false when a quote is
// open.
func (p *filterParser) values() (values []string, closed bool) {
	for {
		value, closed := p.value(",")
		if !closed {
			return nil, false
		}
		if value != "" {
			values = append(values, value)
		}
		if p.at >= len(p.text) || p.text[p.at] != ',' {
			return values, true
		}
		p.at++
	}
}

// value reads one value up to a space or one of the stops, or up to its closing quote.
func (p *filterParser) value(stops string) (value string, closed bool) {
	first, size := utf8.DecodeRuneInString(p.text[p.at:])
	closing, quoted := quotes[first]
	if !quoted {
		end := strings.IndexAny(p.text[p.at:], " "+stops)
		if end < 0 {
			end = len(p.text) - p.at
		}
		value = p.text[p.at : p.at+end]
		p.at += end
		return value, true
	}
	var b strings.Builder
	escaped := false
	for i, r := range p.text[p.at+size:] {
		switch {
		case escaped:
			if r != '\\' && r != closing {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == closing:
			p.at += size + i + utf8.RuneLen(r)
			return b.String(), true
		default:
			b.WriteRune(r)
		}
	}
	p.at = len(p.text)
	return "", false
}

// finish interprets a field's values. done is false when the last of them is still being typed.
func (p *filterParser) finish(term *Term, values []string, at int) (done bool, err error) {
	switch term.Field {
	case FieldIs:
		term.Op = OpIs
		for i, v := range values {
			v = englishValue(FieldIs, v)
			if !slices.Contains(isValues, v) {
				begins := func(known string) bool { return BeginsFilterWord(FieldIs, v, known) }
				if p.growing() && i == len(values)-1 && slices.ContainsFunc(isValues, begins) {
					return false, nil
				}
				return false, p.fail(at, "is:%s is unknown; is: takes %s", clip(v), FilterValues(FieldIs, isValues))
			}
			term.Values = append(term.Values, v)
		}
	case FieldBefore, FieldAfter, FieldDone:
		if term.Op = OpAfter; term.Field == FieldBefore {
			term.Op = OpBefore
		}
		moment, ok := p.moment(values[0])
		if len(values) > 1 || !ok {
			if p.growing() && len(values) == 1 && isBegunMoment(values[0]) {
				return false, nil
			}
			return false, p.fail(at,
				"%s:%s is not a time; write 2d, 3h, 30m, 1w, today, yesterday, 2026-11-01 or 2026-11-01T10:00",
				term.Field,
				clip(strings.Join(values, ",")))
		}
		written := englishMoment(values[0])
		if strings.Contains(written, "-") {
			written = strings.ToUpper(written)
		}
		term.Values, term.Time = []string{written}, moment
	case FieldPhone, FieldFrom:
		term.Op = OpPhone
		for _, v := range values {
			if patterns := phonePatterns(v); patterns != nil {
				term.Phones = append(term.Phones, patterns...)
			} else {
				term.Values = append(term.Values, v)
			}
		}
	case FieldAccount, FieldVendor, FieldStatus, FieldState:
		term.Op = OpEqual
		for _, v := range values {
			term.Values = append(term.Values, englishValue(term.Field, v))
		}
	case FieldText:
		term.Values = values
		if len(values) == 1 {
			term.Phones = phonePatterns(values[0])
		}
	default:
		term.Values = values
	}
	return true, nil
}

var (
	// phoneWord is a word that can be a phone or a piece of one.
	phoneWord = NewPattern(`^\+?[0-9()\- ]*[0-9][0-9()\- ]*$`)
	// spacedPhone is a run of words that begins like a phone: with +, a bracket or a trunk 8 or 0.
	spacedPhone = NewPattern(`^(\+ ?[0-9]|\([0-9]|8 ?\(?0|00)[0-9()\-]*( [0-9()][0-9()\-]*)+( |$)`)
	relative    = NewPattern(`^([0-9]{1,5})([mhdw])$`)
	begunMoment = NewPattern(
		`^[0-9]{1,5}(-[0-9]{0,2}(-[0-9]{0,2}(t[0-9]{0,2}(:[0-9]{0,2}(:[0-9]{0,2})?)?)?)?)?$`)
)

// phonePatterns reads a word as a phone: whole if it is a valid international number, by its first
// digits if it begins with "+" or "00", else as a piece of two digits or more. It is nil if the
// word is not a phone.
func phonePatterns(s string) []PhonePattern {
	digits := keepDigits(s)
	if len(digits) > maxPhoneDigits+3 || !phoneWord.MatchString(s) {
		return nil
	}
	match, spelling := PhonePart, digits
	if strings.HasPrefix(s, "+") || strings.HasPrefix(digits, "00") {
		digits = strings.TrimLeft(digits, "0")
		match, spelling = PhonePrefix, "+"+digits
	}
	if digits == "" || match == PhonePart && len(digits) < 2 {
		return nil
	}
	if phone, err := ParsePhone(spelling, ""); err == nil {
		return []PhonePattern{{Digits: phone.Digits(), Match: PhoneWhole}}
	}
	return []PhonePattern{{Digits: digits, Match: match}}
}

// moment reads a time of before:, after: and done:.
func (p *filterParser) moment(s string) (time.Time, bool) {
	s = englishMoment(s)
	year, month, day := p.now.In(p.zone).Date()
	switch s {
	case "today":
		return time.Date(year, month, day, 0, 0, 0, 0, p.zone), true
	case "yesterday":
		return time.Date(year, month, day-1, 0, 0, 0, 0, p.zone), true
	}
	if parts := relative().FindStringSubmatch(s); parts != nil {
		n, err := strconv.Atoi(parts[1])
		unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
			"w": 7 * 24 * time.Hour}[parts[2]]
		return p.now.Add(-time.Duration(n) * unit), err == nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if moment, err := time.ParseInLocation(layout, strings.ToUpper(s), p.zone); err == nil {
			return moment, true
		}
	}
	return time.Time{}, false
}

func isBegunMoment(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix("today", s) || strings.HasPrefix("yesterday", s) ||
		begunMoment.MatchString(englishMoment(s)) ||
		beginsRussianMoment(s)
}
