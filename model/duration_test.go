package model

import (
	"testing"
	"time"
)

func TestADurationIsReadWithItsUnit(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{
		"10s": 10 * time.Second, "90m": 90 * time.Minute, "24h": 24 * time.Hour, "1h30m": 90 * time.Minute, "0": 0,
		"": 0, " 5m ": 5 * time.Minute, "0s": 0,
		"10с": 10 * time.Second, "90м": 90 * time.Minute, "24Ч": 24 * time.Hour, "1ч 30м": 90 * time.Minute,
		"45 мин": 45 * time.Minute, "0с": 0,
		"3д": 72 * time.Hour, "1д 2ч": 26 * time.Hour, "3d": 72 * time.Hour, "1d2h": 26 * time.Hour,
		"1.5d": 36 * time.Hour,
	} {
		d := Duration{time.Hour}
		if err := d.UnmarshalText([]byte(in)); err != nil || d.Duration != want {
			t.Errorf("%q: got %s, %v", in, d, err)
		}
	}
	for _, in := range []string{"10", "-1s", "d", "ч", "-1д", "2h1d", "9999999h1d", "99999999999d", "2ч слово", "ten",
		"1h x", "9999999999h", "٣s"} {
		d := Duration{time.Hour}
		if err := d.UnmarshalText([]byte(in)); err == nil || d.Duration != time.Hour {
			t.Errorf("%q: got %s, %v", in, d, err)
		}
	}
}

func TestQuietHoursAreReadWholeOrRefused(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"21:00-09:00": "21:00-09:00", "00:00-06:30": "00:00-06:30", "9:05-23:59": "09:05-23:59",
		" 21:00 - 09:00 ": "21:00-09:00",
	} {
		if q, err := parseQuietHours(in); err != nil || q.String() != want {
			t.Errorf("%q: got %s, %v", in, q, err)
		}
	}
	for _, in := range []string{"", "-", "21:00", "21:00-", "-09:00", "21:00-09:00x", "x21:00-09:00",
		"21:00-09:00-10:00", "24:00-09:00", "21:60-09:00",
		"21:00-21:00", "+1:00-09:00", "21:00-09:00 \x00", "21.00-09.00", "21-9", "2100-0900", "21:0-9:0",
		"21:00–09:00"} {
		q, err := parseQuietHours(in)
		expectField(t, in, err, "send.quiet_hours", "21:00-09:00")
		if q != (QuietHours{}) {
			t.Errorf("%q: got %s", in, q)
		}
	}
}

func TestQuietHoursMayGoOverMidnight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		span, clock string
		quiet       bool
		next        time.Duration
	}{
		{"21:00-09:00", "20:59", false, time.Minute}, {"21:00-09:00", "21:00", true, 0},
		{"21:00-09:00", "23:10", true, 21*time.Hour + 50*time.Minute},
		{"21:00-09:00", "00:00", true, 21 * time.Hour}, {"21:00-09:00", "08:59", true, 12*time.Hour + time.Minute},
		{"21:00-09:00", "09:00", false, 12 * time.Hour},
		{"13:00-14:30", "12:59", false, time.Minute}, {"13:00-14:30", "13:00", true, 0},
		{"13:00-14:30", "14:29", true, 22*time.Hour + 31*time.Minute},
		{"13:00-14:30", "14:30", false, 22*time.Hour + 30*time.Minute}, {"00:00-06:00", "23:59", false, time.Minute},
	} {
		q, err := parseQuietHours(c.span)
		at, errAt := time.Parse("15:04", c.clock)
		if err != nil || errAt != nil || q.Hold(at) != c.quiet || q.Next(at) != c.next {
			t.Errorf("%s at %s: quiet %v, next in %s", c.span, c.clock, q.Hold(at), q.Next(at))
		}
	}
}

func FuzzDuration(f *testing.F) {
	for _, s := range []string{"10s", "90m", "24h", "0", "", "-1s", "1h30m5.5s", "9999999999h", "70000D", "53375d24h",
		"999999d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d Duration
		if err := d.UnmarshalText([]byte(s)); err != nil {
			return
		}
		text, err := d.MarshalText()
		var back Duration
		if err != nil || back.UnmarshalText(text) != nil || back != d || d.Duration < 0 {
			t.Fatalf("%q gives %s, written as %q and read as %s", s, d, text, back)
		}
	})
}

func FuzzQuietHours(f *testing.F) {
	for _, s := range []string{"21:00-09:00", "9:05-23:59", "21:00-09:00x", "24:00-1:00", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := parseQuietHours(s)
		if err != nil {
			return
		}
		if back, err := parseQuietHours(q.String()); err != nil || back != q || q.From == q.Until {
			t.Fatalf("%q gives %s, read back as %s, %v", s, q, back, err)
		}
	})
}
