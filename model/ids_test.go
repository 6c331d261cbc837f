package model

import (
	"encoding/json"
	"math"
	"testing"
)

func TestAnIDIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for _, n := range []int64{1, 12, math.MaxInt64} {
		if got, err := ParseCampaignID(CampaignID(n).String()); err != nil || got != CampaignID(n) {
			t.Errorf("campaign %d: got %d, %v", n, got, err)
		}
		if got, err := ParseReplyID(ReplyID(n).String()); err != nil || got != ReplyID(n) {
			t.Errorf("reply %d: got %d, %v", n, got, err)
		}
		if got, err := ParseBatchID(BatchID(n).String()); err != nil || got != BatchID(n) {
			t.Errorf("batch %d: got %d, %v", n, got, err)
		}
	}
	text, err := json.Marshal([]any{CampaignID(12), ReplyID(12), BatchID(12), CampaignID(0), ReplyID(0), BatchID(0)})
	if err != nil || string(text) != `["c12","r12","b12","","",""]` {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestAnInvalidIDIsRefusedWithAnExample(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "12", "c", "c0", "c-1", "c+1", "r12", "cc1", "C12", "c1x", "c9223372036854775808"} {
		if id, err := ParseCampaignID(s); KindOf(err) != KindInvalid || id != 0 {
			t.Errorf("%q: got %d, %v", s, id, err)
		}
	}
	if _, err := ParseBatchID("c12"); err == nil ||
		err.Error() != `batch: "c12" is not the id of a batch; one looks like b12` {
		t.Errorf("got %v", err)
	}
}
