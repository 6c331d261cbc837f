package model

import (
	"strings"
	"testing"
	"time"
)

func TestATimeMayBeTypedWithItsZone(t *testing.T) {
	t.Parallel()
	minsk, athens := inZone(t, "Europe/Minsk"), inZone(t, "Europe/Athens")
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, minsk) // a Tuesday
	for typed, want := range map[string]time.Time{
		"2026-12-02 09:00 Europe/Athens":  time.Date(2026, 12, 2, 9, 0, 0, 0, athens),
		"2026-12-02 09:00 +02:00":         time.Date(2026, 12, 2, 7, 0, 0, 0, time.UTC),
		"tomorrow 9:00 UTC":               time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC),
		"11:30 UTC":                       time.Date(2026, 12, 1, 11, 30, 0, 0, time.UTC),
		"2026-12-02T09:00":                time.Date(2026, 12, 2, 9, 0, 0, 0, minsk),
		"2026-12-02T09:00:00+02:00":       time.Date(2026, 12, 2, 7, 0, 0, 0, time.UTC),
		"2026-12-02":                      time.Date(2026, 12, 2, 9, 0, 0, 0, minsk),
		"today 15:00":                     time.Date(2026, 12, 1, 15, 0, 0, 0, minsk),
		"Friday":                          time.Date(2026, 12, 4, 9, 0, 0, 0, minsk),
		"вт 8:15":                         time.Date(2026, 12, 8, 8, 15, 0, 0, minsk),
		"в среду":                         time.Date(2026, 12, 2, 9, 0, 0, 0, minsk),
		"в среду в 10 Europe/Athens":      time.Date(2026, 12, 2, 10, 0, 0, 0, athens),
		"к среде":                         {},
		"2026-12-02 09:00 Europe/Nowhere": {},
		"2026-12-02 09:00 10:00":          {},
		"2026-11-30":                      {},
		"":                                {},
		"T":                               {},
	} {
		got, err := ParseTime(typed, now, minsk)
		if (err != nil) != want.IsZero() || !got.Equal(want) {
			t.Errorf("%q is read as %v (%v), want %v", typed, got, err, want)
		}
	}
}

func TestAnHourThatComesTwiceOrNotAtAllIsAskedAbout(t *testing.T) {
	t.Parallel()
	kyiv := inZone(t, "Europe/Kyiv")
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, kyiv)
	for typed, words := range map[string]string{
		"2027-10-31 03:30": "3:30 comes twice on 31 Oct 2027: the clocks are put back then; add +03:00 or +02:00",
		"2027-03-28 03:30": "03:30 is skipped on 28 Mar 2027: the clocks are put forward then; choose another time",
	} {
		if _, err := ParseTime(typed, now, kyiv); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if _, err := ParseTime("28 марта в 3:30", now, kyiv); err == nil || !strings.Contains(err.Error(), "is skipped") {
		t.Error(err)
	}
	for typed, want := range map[string]time.Time{
		"2027-10-31 03:30 +03:00": time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC),
		"2027-10-31 03:30 +02:00": time.Date(2027, 10, 31, 1, 30, 0, 0, time.UTC),
		"2027-10-31 04:00":        time.Date(2027, 10, 31, 2, 0, 0, 0, time.UTC),
		"2027-10-31 02:59":        time.Date(2027, 10, 30, 23, 59, 0, 0, time.UTC),
		"2027-03-28 02:59":        time.Date(2027, 3, 28, 0, 59, 0, 0, time.UTC),
	} {
		if got, err := ParseTime(typed, now, kyiv); err != nil || !got.Equal(want) {
			t.Errorf("%q is read as %v (%v), want %v", typed, got, err, want)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"15:30", "tomorrow 9:00", "2027-10-31 03:30 Europe/Kyiv", "90m",
		"31.12.2026 11:00 +02:00"} {
		f.Add(s)
	}
	zone := inZone(f, "Europe/Kyiv")
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, zone)
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := ParseTime(s, now, zone); err == nil && !got.After(now) {
			t.Errorf("%q is read as %v", s, got)
		}
	})
}

func inZone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
