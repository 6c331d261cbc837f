package vendors

import (
	"iter"

	"viberdeck/model"
)

// MaxCandidates is the maximum number of campaigns whose people are read for one batch whose answer
// was lost.
const MaxCandidates = 20

// Candidates are the campaigns in a vendor's list that a call may have made whose answer was lost.
type Candidates struct {
	Campaigns []model.Campaign
	Looked    int // campaigns in the list
	Clock     *model.VendorClock
}

// FindCandidates reads a vendor's list of campaigns: those that were not known when the call was
// made and that fit it are its candidates.
func FindCandidates(list iter.Seq2[[]model.Campaign, error], known model.KnownBefore,
	fits func(model.Campaign) bool) (Candidates, error) {
	found := Candidates{Clock: model.NewVendorClock(known)}
	for page, err := range list {
		if err != nil {
			return Candidates{}, err
		}
		found.Looked += len(page)
		for _, c := range page {
			found.Clock.See(c)
			if !known.IDs[c.VendorID] && fits(c) {
				found.Campaigns = append(found.Campaigns, c)
			}
		}
	}
	return found, nil
}
