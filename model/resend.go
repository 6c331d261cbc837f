package model

import "time"

// Resend describes what a batch whose outcome is unknown would be if it were sent again now.
type Resend struct {
	Campaign Campaign
	People   int64 // people who get it again
	// Blocked have been blacklisted meanwhile and Seen have been reported on by the vendor
	// meanwhile: they do not get it.
	Blocked, Seen int64
	Countries     map[string]int64 // of People by ISO code, "?" if a number has none; nil for a list
	Price         Estimate
	Evidence      Text // what was found about the batch at the vendor
}

// Estimated prices it from the vendor's reports and the configuration.
func (r Resend) Estimated(facts PriceFacts, configured []ConfigPrice, zone *time.Location) Resend {
	r.Price = EstimateOf(Plan{Campaign: r.Campaign, Recipients: Known(r.People), Countries: r.Countries}, facts,
		configured, zone)
	return r
}

// LeftOut says which people of the batch do not get it again and why; it is empty if all do.
func (r Resend) LeftOut() []Text {
	var all []Text
	if r.Blocked > 0 {
		all = append(all, Say("%s left out", Counted(r.Blocked, "person is on the blacklist by now and is",
			"people are on the blacklist by now and are")))
	}
	if r.Seen > 0 {
		all = append(all, Say("%s left out", Counted(r.Seen, "person was seen to have got it and is",
			"people were seen to have got it and are")))
	}
	return all
}
