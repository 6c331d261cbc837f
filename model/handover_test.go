package model

import (
	"strings"
	"testing"
	"time"
)

// A campaign without a name is called by its text, which may be several sentences.
func TestAHandOverQuotesTheCampaignOfAReply(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC)
	h := Handover{At: at.Add(time.Hour), Open: 1, Oldest: at, Replies: []HandedReply{{Kind: HandedNoted,
		Reply: Reply{Phone: 375291111111, CampaignName: "Only 3 places left. Book today.", Text: "yes",
			ReceivedAt: at}}}}
	var lines []string
	for _, l := range h.Lines("anna", time.UTC, false, "BY") {
		lines = append(lines, l.String())
	}
	want := "- +375 29 111-11-11, “Only 3 places left. Book today”, since 20 Oct 09:00: “yes”"
	if got := strings.Join(lines, "\n"); !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}
