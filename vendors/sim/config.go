package sim

import (
	"fmt"
	"strings"
)

// Names of the simulated accounts, in Config and in the ledger.
const (
	SMSByAccount     = "minsk"
	SendPulseAccount = "shop-ua"
	RouteeAccount    = "promo-gr"
	WooxyAccount     = "loyalty"
)

// Credentials are accepted by the simulated vendors. They are made up and give no access anywhere
// else.
type Credentials struct {
	SMSByToken            string
	SendPulseClientID     string
	SendPulseClientSecret string
	SendPulseAPIKey       string // a static bearer token, instead of the pair

	RouteeApplicationID     string
	RouteeApplicationSecret string
	WooxyToken              string
}

var fictitious = Credentials{
	SMSByToken:            "sim-smsby-token-0000",
	SendPulseClientID:     "sim-client-id-0000",
	SendPulseClientSecret: "sim-client-secret-0000",
	SendPulseAPIKey:       "sim-api-key-0000",

	RouteeApplicationID:     "sim-application-id-0000",
	RouteeApplicationSecret: "sim-application-secret-0000",
	WooxyToken:              "sim-wooxy-token-0000",
}

// Credentials returns the credentials that this world accepts.
func (w *World) Credentials() Credentials { return fictitious }

// Config returns a configuration file (TOML) for this world served at base, with one account for
// each of Options.Vendors and the given cache file.
func (w *World) Config(base, cachePath string) string {
	base = strings.TrimSuffix(base, "/")
	var file strings.Builder
	fmt.Fprintf(&file, `# Simulated vendors (%s): nothing here leaves this machine.
cache = %q
default_country = "BY"
`, w.setting.scenario, cachePath)
	for _, name := range w.vendors {
		if v, ok := simulationOf(name); ok {
			file.WriteString("\n" + v.config(w.setting, base, w.Credentials()))
		}
	}
	return file.String()
}
