package sim

import (
	"fmt"
)

// sendPulseSimulation is the row of SendPulse in simulations.
func sendPulseSimulation() simulation {
	return simulation{
		vendor: "sendpulse",
		mounts: func(s setting, c Credentials) []mount {
			return []mount{{"/sendpulse", "sendpulse", newSendPulse(s, c)}}
		},
		config: func(_ setting, base string, c Credentials) string {
			return fmt.Sprintf(`[[account]]
name = %q
vendor = "sendpulse"
client_id = %q
client_secret = %q
base_url = %q
time_zone = "UTC"
`, SendPulseAccount, c.SendPulseClientID, c.SendPulseClientSecret, base+"/sendpulse")
		},
	}
}
