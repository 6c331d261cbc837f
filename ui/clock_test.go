package ui

import (
	"testing"
	"time"

	"viberdeck/ui/kit"
)

func TestATimeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3*60*60)
	now := time.Date(2026, 12, 31, 12, 0, 0, 0, zone)
	d := &kit.Deck{Now: now}
	d.Zone = zone
	for typed, want := range map[string]time.Time{
		"15:30":            time.Date(2026, 12, 31, 15, 30, 0, 0, zone),
		"9:00":             time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		"tomorrow":         time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		" Завтра ":         time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		"завтра 18:05":     time.Date(2027, 1, 1, 18, 5, 0, 0, zone),
		"послезавтра 9:00": time.Date(2027, 1, 2, 9, 0, 0, 0, zone),
		"01.02.2027 09:00": time.Date(2027, 2, 1, 9, 0, 0, 0, zone),
		"2ч":               now.Add(2 * time.Hour),
	} {
		if got, err := d.ParseTime(typed); err != nil || !got.Equal(want) {
			t.Errorf("%q is read as %v (%v), want %v", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "вчера", "завтра утром", "завтра 25:00", "31.12.2026 11:00"} {
		if got, err := d.ParseTime(typed); err == nil {
			t.Errorf("%q is read as %v", typed, got)
		}
	}
}
