package model

import "time"

// Resend is what a batch whose outcome is unknown would be if it were sent again now.
type Resend struct {
	Campaign Campaign
	People   int64 // who get it again
	// Blocked are on the blacklist by now and Seen have been reported by the vendor meanwhile: they
	// do not get it.
	Blocked, Seen int64
	Countries     map[string]int64 // of People by ISO code, "?" where a number has none; nil for a list
	Price         Estimate
	Evidence      Text // what was found about the batch at the vendor
}

// Estimated prices it from what the account's vendor reported and what the configuration says.
func (r Resend) Estimated(facts PriceFacts, configured []ConfigPrice, zone *time.Location) Resend {
	r.Price = EstimateOf(Plan{Campaign: r.Campaign, Recipients: Known(r.People), Countries: r.Countries}, facts,
		configured, zone)
	return r
}

// LeftOut says who of the batch does not get it again and why, nothing if everybody does.
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
