package model

// Thing is what can be looked up at a vendor by its id.
type Thing string

// The things.
const (
	ThingSender   Thing = "sender"
	ThingMessage  Thing = "message"
	ThingList     Thing = "list"
	ThingCampaign Thing = "campaign"
)

// Things returns all of them.
func Things() []Thing { return []Thing{ThingSender, ThingMessage, ThingList, ThingCampaign} }

// LookedUp is what a vendor reports on one thing; only the one that was looked up is set.
type LookedUp struct {
	Sender   *Sender
	Person   *Recipient // who got a message
	List     *List
	Campaign *Campaign
}
