package sim

import (
	"fmt"
)

// routeeSimulation is the row of Routee in simulations.
func routeeSimulation() simulation {
	return simulation{
		vendor: "routee",
		mounts: func(s setting, c Credentials) []mount {
			v := newRoutee(s, c)
			return []mount{{"/routee", "routee", v}, {"/routee-auth", "routee", v}}
		},
		config: func(s setting, base string, c Credentials) string {
			spellings := ""
			if s.otherSpellings() {
				spellings = "video_field = \"videoUrl\"\nblacklist_body = \"objects\"\n"
			}
			return fmt.Sprintf(`[[account]]
name = %q
vendor = "routee"
application_id = %q
application_secret = %q
base_url = %q
auth_url = %q
%s[[account.sender]]
id = %q
name = "Example Shop"
[[account.sender]]
id = %q
name = "Παράδειγμα"
`, RouteeAccount, c.RouteeApplicationID, c.RouteeApplicationSecret, base+"/routee", base+"/routee-auth", spellings,
				RouteeSender, RouteeSecondSender)
		},
	}
}
