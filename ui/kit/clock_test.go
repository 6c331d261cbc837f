package kit_test

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
		"15:30":              time.Date(2026, 12, 31, 15, 30, 0, 0, zone),
		"9:00":               time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		"tomorrow":           time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		" Завтра ":           time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		"завтра 18:05":       time.Date(2027, 1, 1, 18, 5, 0, 0, zone),
		"послезавтра 9:00":   time.Date(2027, 1, 2, 9, 0, 0, 0, zone),
		"01.02.2027 09:00":   time.Date(2027, 2, 1, 9, 0, 0, 0, zone),
		"2ч":                 now.Add(2 * time.Hour),
		"завтра в 9":         time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		"в 18":               time.Date(2026, 12, 31, 18, 0, 0, 0, zone),
		"в понедельник в 10": time.Date(2027, 1, 4, 10, 0, 0, 0, zone),
		"на пятницу":         time.Date(2027, 1, 1, 9, 0, 0, 0, zone),
		"at 5:30 pm":         time.Date(2026, 12, 31, 17, 30, 0, 0, zone),
		"Monday 9am":         time.Date(2027, 1, 4, 9, 0, 0, 0, zone),
		"12am":               time.Date(2027, 1, 1, 0, 0, 0, 0, zone),
		"1 декабря":          time.Date(2027, 12, 1, 9, 0, 0, 0, zone),
		"31 dec 18:00":       time.Date(2026, 12, 31, 18, 0, 0, 0, zone),
		"Dec 1 at 8":         time.Date(2027, 12, 1, 8, 0, 0, 0, zone),
		"29 февраля 10:00":   time.Date(2028, 2, 29, 10, 0, 0, 0, zone),
		"через 2 часа":       now.Add(2 * time.Hour),
		"in 15 minutes":      now.Add(15 * time.Minute),
		"на час":             now.Add(time.Hour),
		"через полчаса":      now.Add(30 * time.Minute),
		"через неделю":       now.Add(7 * 24 * time.Hour),
		"1.5 часа":           now.Add(90 * time.Minute),
	} {
		if got, err := d.ParseTime(typed); err != nil || !got.Equal(want) {
			t.Errorf("%q is read as %v (%v), want %v", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "вчера", "завтра утром", "завтра 25:00", "31.12.2026 11:00", "5", "в", "через",
		"pm", "в 25", "31 февраля", "завтра 9 10", "через -2 часа", "in 0 minutes", "13pm", "32 dec", "NaN hours"} {
		if got, err := d.ParseTime(typed); err == nil {
			t.Errorf("%q is read as %v", typed, got)
		}
	}
}
