package ui

import "viberdeck/model"

// focus is what Campaigns, Recipients and Statistics are about: the campaign one of them has
// opened, and the one that a glance from the list would open.
type focus struct {
	opened model.Campaign // for Recipients and Statistics; ID 0: none
	near   model.Campaign // under the cursor of Campaigns
}
