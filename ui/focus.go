package ui

import "viberdeck/model"

// focus is what Campaigns, Recipients and Statistics are about: the campaign that was
// opened, and the one under the cursor.
type focus struct {
	opened model.Campaign // for Recipients and Statistics; ID 0: none
	near   model.Campaign // under the cursor of Campaigns
}
