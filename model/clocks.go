package model

import "time"

// clockLayout writes a time that a person compares with a calendar.
const clockLayout = "Mon 2 Jan 2006 15:04 -07:00"

// Clocks returns a time as the operator, the vendor and UTC have it, equal ones together, and last
// how far away it is.
func Clocks(t, now time.Time, operator, vendor *time.Location) []Text {
	type clock struct {
		shown string
		of    []any
	}
	var all []clock
	var moments []Moment
	for _, c := range []struct {
		zone *time.Location
		of   Word
	}{{operator, Word{"clock", "here"}}, {vendor, Word{"clock", "at the vendor"}}, {time.UTC, Word{"clock", "UTC"}}} {
		m := Moment{t.In(c.zone), clockLayout}
		if n := len(all); n > 0 {
			found := false
			for i := range all {
				if all[i].shown == m.String() {
					all[i].of, found = append(all[i].of, c.of), true
				}
			}
			if found {
				continue
			}
		}
		all, moments = append(all, clock{m.String(), []any{c.of}}), append(moments, m)
	}
	var texts []Text
	for i, c := range all {
		texts = append(texts, Say("%s (%s)", moments[i], Series{c.of, ", "}))
	}
	return append(texts, Ahead(t.Sub(now)))
}

// Ahead says how far away a time is, in two units.
func Ahead(d time.Duration) Text {
	d = d.Round(time.Minute)
	days, hours, minutes := int64(d/(24*time.Hour)), int64(d/time.Hour)%24, int64(d/time.Minute)%60
	switch {
	case d < time.Minute:
		return Say("in less than a minute")
	case days > 0:
		return Say("in %d d %d h", days, hours)
	case hours > 0:
		return Say("in %d h %d min", hours, minutes)
	}
	return Say("in %d min", minutes)
}
