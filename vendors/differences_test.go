package vendors

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestWhatAVendorMadeIsComparedWithWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	later := now.Add(24 * time.Hour)
	show := func(t time.Time) string { return t.Format(time.DateTime) }
	asked := model.Campaign{Sender: "1", SenderName: "Shop", Lifetime: time.Hour}
	for _, c := range []struct {
		made  Made
		at    time.Time
		doubt time.Duration
		want  string
	}{
		{want: ""},
		{made: Made{At: now.Add(-time.Hour), Sender: "1", Lifetime: time.Hour}, want: ""},
		{made: Made{At: now.Add(2 * time.Hour)}, want: "S sends it at 2026-03-02 11:00:00, not at once"},
		{made: Made{At: now.Add(2 * time.Hour)}, doubt: 26 * time.Hour, want: ""},
		{made: Made{At: now.Add(48 * time.Hour)}, doubt: 26 * time.Hour, want: "not at once"},
		{made: Made{At: later}, at: later, want: ""},
		{made: Made{At: now}, at: later, want: "S sends it at 2026-03-02 09:00:00, not at 2026-03-03 09:00:00"},
		{made: Made{Sender: "2", Lifetime: 2 * time.Hour},
			want: "S sends it from the sender 2, not from Shop; S delivers it for 2h0m0s, not for 1h0m0s"},
	} {
		asked.SendAt = c.at
		got := Beside(c.made.Differences("S", asked, now, c.doubt, show)...).String()
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.made, got, c.want)
		}
	}
}
