package kit

import (
	"cmp"
	"strings"
	"time"

	"viberdeck/model"
)

// ParseTime reads a time as a person types it, in the operator's zone: "15:30" (today or else
// tomorrow), "tomorrow" (at nine) or "tomorrow 15:30", "2026-12-01 09:00", with a zone as RFC 3339,
// or a span from now such as 90m, 2h or 3d; in Russian завтра 15:30, 01.12.2026 09:00, 90м, 2ч or
// 3д. It must lie in the future.
func (d *Deck) ParseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	t, ok := d.readTime(s)
	switch {
	case !ok:
		return time.Time{}, model.Invalid("time",
			"%q is not a time; write it like 15:30, tomorrow 9:00, 2026-12-01 09:00, 90m or 3d", s)
	case !t.After(d.Now):
		return time.Time{}, model.Invalid("time", "%s is in the past", t.In(d.Zone).Format("2 Jan 2006 15:04"))
	}
	return t, nil
}

func (d *Deck) readTime(s string) (time.Time, bool) {
	if span, err := model.ParseDuration(s); err == nil {
		return d.Now.Add(span), true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "02.01.2006 15:04"} {
		if t, err := time.ParseInLocation(layout, s, d.Zone); err == nil {
			return t, true
		}
	}
	if day, clock, _ := strings.Cut(strings.ToLower(s), " "); dayWords[day] > 0 {
		return d.onDays(dayWords[day], cmp.Or(strings.TrimSpace(clock), morning))
	}
	at, ok := d.onDays(0, s)
	if ok && !at.After(d.Now) {
		return d.onDays(1, s)
	}
	return at, ok
}

// dayWords are the days a person names by a word, as days from today.
var dayWords = map[string]int{"tomorrow": 1, "завтра": 1, "послезавтра": 2}

// morning is when a day begins that is named without a time.
const morning = "9:00"

// onDays gives a time of day in so many days from today.
func (d *Deck) onDays(days int, clock string) (time.Time, bool) {
	t, err := time.ParseInLocation("15:04", clock, d.Zone)
	now := d.Now.In(d.Zone)
	return time.Date(now.Year(), now.Month(), now.Day()+days, t.Hour(), t.Minute(), 0, 0, d.Zone), err == nil
}

// Age writes how long ago a time was, a dash for an unknown time.
func (d *Deck) Age(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return d.Span(d.Now.Sub(t))
}

// Ago writes the age in words for a sentence.
func (d *Deck) Ago(t time.Time) string {
	if t.IsZero() {
		return d.Tr("never")
	}
	if s := d.Now.Sub(t); s < 5*time.Second {
		return d.Tr("now")
	}
	return d.Tr("%s ago", d.Age(t))
}

// When writes a time as the operator sees it, shorter the nearer it is; "" for no time.
func (d *Deck) When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local, today := t.In(d.Zone), d.Now.In(d.Zone)
	switch {
	case local.YearDay() == today.YearDay() && local.Year() == today.Year():
		return local.Format("15:04")
	case local.Year() == today.Year():
		return d.Date(local, "2 Jan 15:04")
	}
	return d.Date(local, "2 Jan 2006 15:04")
}

// Day writes a time for a narrow column: as when does, but of another year the day alone.
func (d *Deck) Day(t time.Time) string {
	if local := t.In(d.Zone); !t.IsZero() && local.Year() != d.Now.In(d.Zone).Year() {
		return d.Date(local, "2 Jan 2006")
	}
	return d.When(t)
}

// Exactly writes a time to the second with its zone.
func (d *Deck) Exactly(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return d.Date(t.In(d.Zone), "2 Jan 2006 15:04:05 MST")
}

// OnDay writes a time of the coming days with its day of the week.
func (d *Deck) OnDay(t time.Time) string {
	local := t.In(d.Zone)
	return d.Word("weekday", local.Format("Mon")) + " " + d.Date(local, "2 Jan 15:04")
}
