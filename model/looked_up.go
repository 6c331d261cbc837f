package model

// Thing is what a vendor can be asked about by its id.
type Thing string

// The things.
const (
	ThingSender   Thing = "sender"
	ThingMessage  Thing = "message"
	ThingList     Thing = "list"
	ThingCampaign Thing = "campaign"
)

// Things gives all of them.
func Things() []Thing { return []Thing{ThingSender, ThingMessage, ThingList, ThingCampaign} }

// LookedUp is what a vendor says of one thing; the one that was asked about is set.
type LookedUp struct {
	Sender   *Sender
	Person   *Recipient // who got a message
	List     *List
	Campaign *Campaign
}
