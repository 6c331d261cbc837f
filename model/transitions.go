package model

import "slices"

// becomes returns, for each state of one of our campaigns, the states it may change to. A campaign
// that a person stopped does not resume by itself, and one that is over never waits again; the one
// exception is a person's decision that a batch did not leave, which lets a recalled campaign
// continue. The states at the vendor follow the vendor's reports. What waits in a copied file may
// have left from the other copy: then it becomes unknown.
func (s CampaignState) becomes() []CampaignState {
	vendors := []CampaignState{CampaignSending, CampaignScheduled, CampaignModeration, CampaignSent, CampaignPartlySent,
		CampaignFailed, CampaignUnknown, CampaignCancelled}
	switch s {
	case CampaignDraft:
		return []CampaignState{CampaignNeedsApproval, CampaignHeld, CampaignQueued, CampaignScheduled,
			CampaignCancelled}
	case CampaignNeedsApproval:
		return []CampaignState{CampaignHeld, CampaignQueued, CampaignScheduled, CampaignUnknown, CampaignCancelled}
	case CampaignHeld:
		return []CampaignState{CampaignQueued, CampaignScheduled, CampaignPaused, CampaignUnknown, CampaignCancelled}
	case CampaignPaused:
		return append(vendors, CampaignHeld, CampaignQueued)
	case CampaignQueued, CampaignSending, CampaignScheduled:
		return append(vendors, CampaignQueued, CampaignPaused)
	case CampaignUnknown:
		return append(vendors, CampaignQueued, CampaignPaused)
	case CampaignCancelled:
		return append(vendors, CampaignQueued)
	}
	return vendors
}

// CanBecome reports whether one of our campaigns may go from s to next. A state may always stay the
// same.
func (s CampaignState) CanBecome(next CampaignState) bool {
	return s == next || slices.Contains(s.becomes(), next)
}
