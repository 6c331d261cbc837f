package cli

import (
	"io"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestATimeToSendAtKeepsWhetherItHasAZone(t *testing.T) {
	t.Parallel()
	account := model.Account{Name: "minsk", Vendor: model.SMSBy}
	for text, want := range map[string]string{
		"send_at = 2126-12-01T10:00:00":       "",
		"send_at = 2126-12-01":                "",
		"send_at = 2126-12-01T10:00:00Z":      "2126-12-01T10:00:00Z",
		"send_at = 2126-12-01T10:00:00+02:00": "2126-12-01T08:00:00Z",
	} {
		p := &program{Streams: Streams{In: strings.NewReader(text), Out: io.Discard, Err: io.Discard}}
		file, err := p.readCampaignFile("-")
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		c, err := file.Campaign(account, time.Now())
		switch {
		case want == "" && (err == nil || !strings.HasPrefix(err.Error(), "send_at:")):
			t.Errorf("%s: taken for %v, error %v", text, c.SendAt, err)
		case want != "" && (err != nil || c.SendAt.Format(time.RFC3339) != want):
			t.Errorf("%s: %v, %v", text, c.SendAt, err)
		}
	}
}

func TestAValueOfACampaignFileThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{"lifetime = \"-1h\"": "lifetime", "text = 5": "text",
		"send_at = \"soon\"": "send_at"} {
		p := &program{Streams: Streams{In: strings.NewReader(text), Out: io.Discard, Err: io.Discard}}
		if _, err := p.readCampaignFile("-"); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: the error does not name the key: %v", text, err)
		}
	}
}
