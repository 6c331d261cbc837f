package model

import "time"

// Recipient is one person in one campaign.
type Recipient struct {
	Campaign     CampaignID
	Account      string
	Phone        Phone  // 0 for a contact that is not a phone
	Contact      string // what the vendor's list knows the person by, where that is not a phone
	Status       DeliveryStatus
	VendorStatus string // the vendor's own word
	Reason       Text   // why it failed, in the vendor's words
	VendorID     string // the vendor's id of this one message
	List         string // the id of the list at the vendor that has the person, where it says so
	ListName     string // where it is known
	Price        Money
	UpdatedAt    time.Time         // the vendor's time of the status; zero if it gave none
	Batch        BatchID           // 0: not sent from here
	Vars         map[string]string // template columns of this person, until the message has reached the person
	Place        int64             // in the order in which the people of a campaign of ours were given; 0: not known
	CampaignName string            // for screens that show people of many campaigns
}
