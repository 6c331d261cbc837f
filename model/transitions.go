package model

import "slices"

// becomes names, for each state of a campaign of ours, what it may become. A campaign that a person
// stopped does not go on by itself, and one that is over never waits again; the one exception is a
// person's decision that a batch did not leave, which lets a recalled campaign go on. The states at
// the vendor follow each other as the vendor reports. What waits in a copied file may have left
// from the other copy: then it is unknown.
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

// CanBecome reports whether a campaign of ours may go from s to next. A state may always stay what
// it is.
func (s CampaignState) CanBecome(next CampaignState) bool {
	return s == next || slices.Contains(s.becomes(), next)
}
