package model

import "time"

// Recipient is one person in one campaign.
type Recipient struct {
	Campaign     CampaignID
	Account      string
	Phone        Phone  // 0 for a contact that is not a phone
	Contact      string // the vendor's identifier of the person, if that is not a phone
	Status       DeliveryStatus
	VendorStatus string // the vendor's own word
	Reason       Text   // why it failed, in the vendor's words
	VendorID     string // the vendor's id of this one message
	List         string // the id of the vendor's list that contains the person, if reported
	ListName     string // if known
	Price        Money
	UpdatedAt    time.Time         // the vendor's time of the status; zero if it gave none
	Batch        BatchID           // 0: not sent from here
	Vars         map[string]string // template columns of this person, until the message has reached the person
	Place        int64             // in the order in which the people of our campaign were given; 0: unknown
	CampaignName string            // for screens that show people of many campaigns
}
