package campaigns

import "viberdeck/model"

// Focus is the subject of Campaigns, Recipients and Statistics: the open campaign, and the one
// under the cursor.
type Focus struct {
	Opened model.Campaign // for Recipients and Statistics; ID 0: none
	near   model.Campaign // under the cursor of Campaigns
}
