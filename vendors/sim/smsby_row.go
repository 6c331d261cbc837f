package sim

import (
	"fmt"
)

// smsbySimulation is the row of sms.by in simulations.
func smsbySimulation() simulation {
	return simulation{
		vendor: "smsby",
		mounts: func(s setting, c Credentials) []mount {
			return []mount{{"/smsby", "smsby", newSMSBy(s, c.SMSByToken)}}
		},
		config: func(_ setting, base string, c Credentials) string {
			return fmt.Sprintf(`[[account]]
name = %q
vendor = "smsby"
token = %q
base_url = %q
time_zone = "Europe/Minsk"
`, SMSByAccount, c.SMSByToken, base+"/smsby")
		},
	}
}
