package sim

import (
	"fmt"
)

// wooxySimulation is the row of Wooxy in simulations.
func wooxySimulation() simulation {
	return simulation{
		vendor: "wooxy",
		mounts: func(s setting, c Credentials) []mount {
			return []mount{{"/wooxy", "wooxy", newWooxy(s, c.WooxyToken)}}
		},
		config: func(_ setting, base string, c Credentials) string {
			return fmt.Sprintf(`[[account]]
name = %q
vendor = "wooxy"
access_token = %q
base_url = %q
contact_list = %q
[[account.template]]
id = %q
name = "Welcome"
[[account.template]]
id = %q
name = "Bonus points"
[[account.template]]
id = %q
name = "Not approved"
`, WooxyAccount, c.WooxyToken, base+"/wooxy", WooxyList, WooxyTemplate, WooxyBonusTemplate, WooxyTemplateNotApproved)
		},
	}
}
