package model

import (
	"slices"
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
//	90m, 2h, 3d                        from now; also 90м, 2ч, 3д
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
	now = now.In(zone)
	var t time.Time
	var err error
	switch day, ok := parseDay(words, now); {
	case ok && len(words) == 1:
		t, err = onClock(day, morning)
	case ok && len(words) == 2:
		t, err = onClock(day, words[1])
	case len(words) == 1:
		if t, err = onClock(now, words[0]); err == nil && !t.After(now) {
			t, err = onClock(now.AddDate(0, 0, 1), words[0])
		}
	default:
		err = notATime(s)
	}
	if err != nil {
		return time.Time{}, err
	}
	return toCome(t, now)
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

// parseDay reads the day at the beginning of the words.
func parseDay(words []string, now time.Time) (time.Time, bool) {
	if len(words) == 0 {
		return now, false
	}
	for _, layout := range []string{time.DateOnly, "02.01.2006"} {
		if day, err := time.ParseInLocation(layout, words[0], now.Location()); err == nil {
			return day, true
		}
	}
	switch words[0] {
	case "today", "сегодня":
		return now, true
	case "tomorrow", "завтра":
		return now.AddDate(0, 0, 1), true
	case "послезавтра":
		return now.AddDate(0, 0, 2), true
	}
	for ahead := 1; ahead <= 7; ahead++ {
		day := now.AddDate(0, 0, ahead)
		if isWeekday(words[0], day.Weekday()) {
			return day, true
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

// onClock returns a time of day on the given day. It is an error if the zone's clocks skip that
// time or show it twice.
func onClock(day time.Time, clock string) (time.Time, error) {
	read, err := time.Parse("15:04", clock)
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
