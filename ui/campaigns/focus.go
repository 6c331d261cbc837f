package campaigns

import "viberdeck/model"

// Focus is what Campaigns, Recipients and Statistics are about: the campaign that was
// opened, and the one under the cursor.
type Focus struct {
	Opened model.Campaign // for Recipients and Statistics; ID 0: none
	near   model.Campaign // under the cursor of Campaigns
}
