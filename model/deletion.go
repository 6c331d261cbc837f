package model

import "time"

// DeletionState is the result of deleting a part of a campaign that waits at its vendor.
type DeletionState string

// The states of a deletion.
const (
	DeletionAsked   DeletionState = ""        // not sent to the vendor yet, or not answered
	DeletionDone    DeletionState = "deleted" // none of its people get anything
	DeletionRefused DeletionState = "refused" // the vendor could not: it leaves on time
	DeletionUnknown DeletionState = "unknown" // the vendor did not say
)

// Deletion is a request to delete at the vendor what was handed over to it for a later time: the
// batch of one call.
type Deletion struct {
	Batch     BatchID
	Campaign  Campaign
	VendorRef string
	Tries     int // calls made whose answer was lost
	State     DeletionState
	Detail    Text // why it could not, in the vendor's words
}

// HandedOver reports whether the vendor holds the campaign for a later time: stopping it here stops
// none of its messages.
func (c Campaign) HandedOver(now time.Time) bool {
	return c.Ours && (c.State == CampaignScheduled || c.State == CampaignModeration) && c.SendAt.After(now) &&
		!c.LeaveAt.After(now)
}

// DeleteYourself says what a person has to do at the vendor's site to stop a campaign that waits
// there, by name and time.
func (c Campaign) DeleteYourself(zone *time.Location) Text {
	return Say("open the site of %s, find %q for %s and delete it there before then", c.Account, c.Title(),
		Moment{At: c.SendAt.In(zone), Layout: "2 Jan 15:04"})
}

// ReachesAllTheSame says that a person blocked meanwhile will still get a campaign that waits at
// its vendor, and what to do about it.
func (c Campaign) ReachesAllTheSame(zone *time.Location) Text {
	at := Moment{At: c.SendAt.In(zone), Layout: "2 Jan 15:04"}
	if c.List != "" {
		return Say("%q is already at %s and leaves at %s to a list there, which may hold them: delete it (X in "+
			"Campaigns, or at the vendor's site)", c.Title(), c.Account, at)
	}
	return Say("%q is already at %s and reaches them at %s all the same: delete it (X in Campaigns, or at the "+
		"vendor's site)",
		c.Title(), c.Account, at)
}
