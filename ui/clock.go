package ui

import (
	"strings"
	"time"

	"viberdeck/model"
)

// parseTime reads a time as a person types it, in the operator's zone: "15:30" (today or else tomorrow), "2026-12-01
// 09:00", with a zone as RFC 3339, or a span from now such as 90m, 2h or 3d, in Russian 90м, 2ч or 3д. It must lie in the future.
func (d *deck) parseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	t, ok := d.readTime(s)
	switch {
	case !ok:
		return time.Time{}, model.Invalid("time", "%q is no time; write it like 15:30, 2026-12-01 09:00, 90m or 3d", s)
	case !t.After(d.now):
		return time.Time{}, model.Invalid("time", "%s is in the past", t.In(d.Zone).Format("2 Jan 2006 15:04"))
	}
	return t, nil
}

func (d *deck) readTime(s string) (time.Time, bool) {
	if span, err := model.ParseDuration(s); err == nil {
		return d.now.Add(span), true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "02.01.2006 15:04"} {
		if t, err := time.ParseInLocation(layout, s, d.Zone); err == nil {
			return t, true
		}
	}
	if t, err := time.ParseInLocation("15:04", s, d.Zone); err == nil {
		now := d.now.In(d.Zone)
		at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, d.Zone)
		if !at.After(d.now) {
			at = at.AddDate(0, 0, 1)
		}
		return at, true
	}
	return time.Time{}, false
}
