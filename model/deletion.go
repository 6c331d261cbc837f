package model

import "time"

// DeletionState is what became of the deletion of a part of a campaign that waits at its vendor.
type DeletionState string

// The states of a deletion.
const (
	DeletionAsked   DeletionState = ""        // the vendor has yet to be told, or has not answered
	DeletionDone    DeletionState = "deleted" // nobody of it gets anything
	DeletionRefused DeletionState = "refused" // the vendor could not: it leaves at its time
	DeletionUnknown DeletionState = "unknown" // the vendor did not say
)

// Deletion is the wish to delete at the vendor what was handed over to it for a later time: the
// batch that went with one call.
type Deletion struct {
	Batch     BatchID
	Campaign  Campaign
	VendorRef string
	Tries     int // calls made whose answer was lost
	State     DeletionState
	Detail    Text // why it could not, in the vendor's words
}

// HandedOver reports whether the campaign lies at its vendor for a time to come: stopping it here
// stops nobody's message.
func (c Campaign) HandedOver(now time.Time) bool {
	return c.Ours && (c.State == CampaignScheduled || c.State == CampaignModeration) && c.SendAt.After(now) &&
		!c.LeaveAt.After(now)
}

// DeleteYourself says what a person has to do at the vendor's site to stop a campaign that lies
// there, by name and time.
func (c Campaign) DeleteYourself(zone *time.Location) Text {
	return Say("open the site of %s, find %q for %s and delete it there before then", c.Account, c.Title(),
		Moment{At: c.SendAt.In(zone), Layout: "2 Jan 15:04"})
}

// ReachesAllTheSame says of a campaign that lies at its vendor that somebody who was blocked
// meanwhile gets it all the same, and what to do.
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
