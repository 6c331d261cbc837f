package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// morning is the time meant by a day without a time.
const morning = "9:00"

// ParseTime reads a future time as a person types it. If it contains no zone, it is in zone:
//
//	15:30                              today, or tomorrow where that is over
//	tomorrow, Monday, 2026-12-01       at nine
//	tomorrow 15:30, 2026-12-01 09:00   also завтра, понедельник, 01.12.2026 and RFC 3339
//	2026-12-01 09:00 Europe/Athens     or +02:00, or UTC
//	1 December 9:00, Monday at 9am     also 1 декабря, в понедельник в 9
//	90m, 2h, 3d, in 2 hours            from now; also 90м, 2ч, 3д, через 2 часа, через неделю
//
// An error of the field "time" says what cannot be read, what is in the past, and which hour occurs
// twice or not at all because of a clock change in the zone.
func ParseTime(s string, now time.Time, zone *time.Location) (time.Time, error) {
	s = strings.TrimSpace(s)
	if span, err := ParseDuration(s); err == nil {
		return toCome(now.Add(span), now)
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return toCome(t, now)
	}
	words := strings.Fields(strings.ToLower(s))
	if n := len(words); n > 1 {
		if named, ok := parseZone(strings.Fields(s)[n-1]); ok {
			words, zone = words[:n-1], named
		}
	}
	if len(words) == 1 {
		if date, clock, ok := strings.Cut(words[0], "t"); ok && strings.Count(date, "-") == 2 {
			words = []string{date, clock}
		}
	}
	plain := plainWords(words)
	if span, ok := spanOf(plain); ok {
		return toCome(now.Add(span), now)
	}
	t, err := onDay(plain, len(plain) < len(words), now.In(zone))
	if err != nil {
		return time.Time{}, err
	}
	if t.IsZero() {
		return time.Time{}, notATime(s)
	}
	return toCome(t, now.In(zone))
}

// plainWords gives a time's words without those that only join them; "9 am" is one word.
func plainWords(words []string) []string {
	var plain []string
	for _, word := range words {
		switch word {
		case "at", "on", "in", "в", "во", "на", "через":
		case "am", "pm":
			if n := len(plain); n > 0 {
				plain[n-1] += word
				continue
			}
			plain = append(plain, word)
		default:
			plain = append(plain, word)
		}
	}
	return plain
}

// spanOf reads a number and a unit of time in words, or a unit alone.
func spanOf(words []string) (time.Duration, bool) {
	n := 1.0
	if len(words) == 2 {
		var err error
		if n, err = strconv.ParseFloat(words[0], 64); err != nil || !(n >= 0 && n <= 10_000) {
			return 0, false
		}
		words = words[1:]
	}
	if len(words) != 1 {
		return 0, false
	}
	for unit, names := range map[time.Duration]string{
		time.Minute:        "min minute minutes мин минуту минуты минут",
		30 * time.Minute:   "полчаса",
		time.Hour:          "hour hours час часа часов",
		24 * time.Hour:     "day days день дня дней",
		7 * 24 * time.Hour: "week weeks неделю недели недель",
	} {
		if slices.Contains(strings.Fields(names), words[0]) {
			return time.Duration(n * float64(unit)), true
		}
	}
	return 0, false
}

// onDay reads a day, a time of day or both; it gives no time if the words are neither. The hour
// alone is a time of day beside a day or a word that joins.
func onDay(words []string, joined bool, now time.Time) (time.Time, error) {
	day, rest, ok := parseDay(words, now)
	switch {
	case ok && len(rest) == 0:
		return onClock(day, morning, false)
	case ok && len(rest) == 1:
		return onClock(day, rest[0], true)
	case len(words) != 1:
		return time.Time{}, nil
	}
	t, err := onClock(now, words[0], joined)
	if err == nil && !t.After(now) {
		return onClock(now.AddDate(0, 0, 1), words[0], joined)
	}
	return t, err
}

func notATime(s string) error {
	return Invalid("time", "%q is not a time; write it like 15:30, tomorrow 9:00, 2026-12-01 09:00, 90m or 3d", s)
}

func toCome(t, now time.Time) (time.Time, error) {
	if !t.After(now) {
		return time.Time{}, Invalid("time", "%s is in the past", t.In(now.Location()).Format("2 Jan 2006 15:04"))
	}
	return t, nil
}

// parseDay reads the day at the beginning of the words, and gives the rest of them.
func parseDay(words []string, now time.Time) (day time.Time, rest []string, ok bool) {
	if len(words) == 0 {
		return now, nil, false
	}
	rest = words[1:]
	for _, layout := range []string{time.DateOnly, "02.01.2006"} {
		if day, err := time.ParseInLocation(layout, words[0], now.Location()); err == nil {
			return day, rest, true
		}
	}
	switch words[0] {
	case "today", "сегодня":
		return now, rest, true
	case "tomorrow", "завтра":
		return now.AddDate(0, 0, 1), rest, true
	case "послезавтра":
		return now.AddDate(0, 0, 2), rest, true
	}
	for ahead := 1; ahead <= 7; ahead++ {
		day := now.AddDate(0, 0, ahead)
		if isWeekday(words[0], day.Weekday()) {
			return day, rest, true
		}
	}
	if len(words) < 2 {
		return now, nil, false
	}
	for _, date := range [][2]string{{words[0], words[1]}, {words[1], words[0]}} {
		if day, ok := nextDate(date[0], date[1], now); ok {
			return day, words[2:], true
		}
	}
	return now, nil, false
}

// nextDate gives the next day of that number in a month given by its name.
func nextDate(number, month string, now time.Time) (time.Time, bool) {
	n, err := strconv.Atoi(number)
	if err != nil || len([]rune(month)) < 3 {
		return now, false
	}
	names := []string{"january января", "february февраля", "march марта", "april апреля", "may мая", "june июня",
		"july июля", "august августа", "september сентября", "october октября", "november ноября", "december декабря"}
	for i, both := range names {
		english, russian, _ := strings.Cut(both, " ")
		if !strings.HasPrefix(english, month) && !strings.HasPrefix(russian, month) {
			continue
		}
		for year := now.Year(); year <= now.Year()+8; year++ { // 29 February may be that far away
			day := time.Date(year, time.Month(i+1), n, 0, 0, 0, 0, now.Location())
			if day.Day() == n && !day.AddDate(0, 0, 1).Before(now) {
				return day, true
			}
		}
	}
	return now, false
}

// isWeekday reports whether a word names a day of the week, in full or by its usual abbreviation.
func isWeekday(word string, day time.Weekday) bool {
	names := []string{"sunday sun воскресенье вс", "monday mon понедельник пн", "tuesday tue вторник вт",
		"wednesday wed среда среду ср", "thursday thu четверг чт", "friday fri пятница пятницу пт",
		"saturday sat суббота субботу сб"}
	return slices.Contains(strings.Fields(names[day]), word)
}

// onClock returns a time of day on the given day; whether the hour alone is one, the caller knows.
// It is an error if the zone's clocks skip that time or show it twice.
func onClock(day time.Time, clock string, hourAlone bool) (time.Time, error) {
	read, err := time.Parse("15:04", clock)
	for _, layout := range []string{"3:04pm", "3pm"} {
		if err != nil {
			read, err = time.Parse(layout, clock)
		}
	}
	if err != nil && hourAlone {
		read, err = time.Parse("15", clock)
	}
	if err != nil {
		return time.Time{}, notATime(clock)
	}
	t := time.Date(day.Year(), day.Month(), day.Day(), read.Hour(), read.Minute(), 0, 0, day.Location())
	const layout = "2 Jan 2006 15:04"
	if t.Hour() != read.Hour() || t.Minute() != read.Minute() {
		return time.Time{}, Invalid("time", "%s is skipped on %s: the clocks are put forward then; choose another time",
			clock, t.Format("2 Jan 2006"))
	}
	for _, shift := range []time.Duration{-time.Hour, -30 * time.Minute, 30 * time.Minute, time.Hour} {
		if other := t.Add(shift); other.Format(layout) == t.Format(layout) {
			if shift < 0 {
				t, other = other, t
			}
			return time.Time{}, Invalid("time", "%s comes twice on %s: the clocks are put back then; add %s or %s",
				clock, t.Format("2 Jan 2006"), t.Format("-07:00"), other.Format("-07:00"))
		}
	}
	return t, nil
}

// parseZone reads a zone written after a time: a name such as Europe/Athens or UTC, or an offset
// such as +02:00.
func parseZone(s string) (*time.Location, bool) {
	for _, layout := range []string{"-07:00", "-0700", "-07"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Location(), true
		}
	}
	if !strings.Contains(s, "/") && !strings.EqualFold(s, "UTC") && !strings.EqualFold(s, "GMT") {
		return nil, false
	}
	zone, err := Zone(s)
	return zone, err == nil
}
