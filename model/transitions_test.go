package model

import (
	"slices"
	"testing"
)

func TestACampaignThatIsOverNeverWaitsAgain(t *testing.T) {
	t.Parallel()
	waits := []CampaignState{CampaignDraft, CampaignNeedsApproval, CampaignHeld, CampaignQueued, CampaignPaused}
	for _, from := range []CampaignState{CampaignSent, CampaignPartlySent, CampaignFailed, CampaignModeration} {
		for _, to := range waits {
			if from.CanBecome(to) {
				t.Errorf("%s can become %s", from, to)
			}
		}
	}
	for _, to := range []CampaignState{CampaignHeld, CampaignPaused, CampaignNeedsApproval, CampaignDraft} {
		if CampaignCancelled.CanBecome(to) {
			t.Errorf("a recalled campaign can become %s", to)
		}
	}
}

func TestNothingLeavesWithoutItsApproval(t *testing.T) {
	t.Parallel()
	left := []CampaignState{CampaignSending, CampaignSent, CampaignPartlySent, CampaignFailed, CampaignModeration}
	for _, from := range []CampaignState{CampaignDraft, CampaignNeedsApproval, CampaignHeld} {
		for _, to := range left {
			if from.CanBecome(to) {
				t.Errorf("%s can become %s", from, to)
			}
		}
	}
	for _, s := range CampaignStates() {
		if !s.CanBecome(s) {
			t.Errorf("%s cannot stay", s)
		}
		if s != CampaignDraft && slices.Contains(s.becomes(), CampaignNeedsApproval) {
			t.Errorf("%s can need approval again", s)
		}
	}
}
