package vendors

import (
	"testing"
	"time"
)

func TestTimesOfVendorsBecomeUTC(t *testing.T) {
	t.Parallel()
	minsk, err := time.LoadLocation("Europe/Minsk")
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]string{
		"2024-02-01 10:10:35":        "2024-02-01T07:10:35Z",
		"2024-10-16 22:52:42.497994": "2024-10-16T19:52:42.497994Z",
		"2024-10-30T22:56:00":        "2024-10-30T19:56:00Z",
		"2024-10-30T22:56:00+01:00":  "2024-10-30T21:56:00Z",
		"2024-10-30 22:56:00Z":       "2024-10-30T22:56:00Z",
		" 2024-10-30 22:56 ":         "2024-10-30T19:56:00Z",
		"2024-10-30":                 "2024-10-29T21:00:00Z",
		"":                           "", "now": "", "0000-00-00 00:00:00": "", "1970-01-01 00:00:00": "",
		"yesterday": "", "2024-13-01 10:00:00": "", "1706771435": "",
	} {
		got := ParseTime(s, minsk)
		if want == "" && !got.IsZero() || want != "" && got.Format(time.RFC3339Nano) != want ||
			got.Location() != time.UTC {
			t.Errorf("%q: %s, want %s", s, got.Format(time.RFC3339Nano), want)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2024-02-01 10:10:35", "2024-10-30T22:56:00+01:00", "9999-12-31 23:59:59.999999999",
		"now"} {
		f.Add(s)
	}
	zone := time.FixedZone("", 14*3600)
	f.Fuzz(func(t *testing.T, s string) {
		if got := ParseTime(s, zone); !got.IsZero() && (got.Year() < 1970 || got.Year() > 10000) {
			t.Errorf("%q is %s", s, got)
		}
	})
}
