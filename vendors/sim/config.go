package sim

import (
	"fmt"
	"strings"
)

// Names of the simulated accounts, in Config and in the ledger.
const (
	SMSByAccount     = "minsk"
	SendPulseAccount = "shop-ua"
)

// Credentials are what the simulated vendors accept. They are made up and open nothing.
type Credentials struct {
	SMSByToken            string
	SendPulseClientID     string
	SendPulseClientSecret string
	SendPulseAPIKey       string // a static bearer, instead of the pair
}

var fictitious = Credentials{
	SMSByToken:            "sim-smsby-token-0000",
	SendPulseClientID:     "sim-client-id-0000",
	SendPulseClientSecret: "sim-client-secret-0000",
	SendPulseAPIKey:       "sim-api-key-0000",
}

// Credentials returns what the vendors of this world accept.
func (w *World) Credentials() Credentials { return fictitious }

// Config is a configuration file (TOML) for this world served at base, with one account per vendor and the given cache file.
func (w *World) Config(base, cachePath string) string {
	base = strings.TrimSuffix(base, "/")
	return fmt.Sprintf(`# Simulated vendors (%s): nothing here leaves this machine.
cache = %q
default_country = "BY"

[[account]]
name = %q
vendor = "smsby"
token = %q
base_url = %q
time_zone = "Europe/Minsk"

[[account]]
name = %q
vendor = "sendpulse"
client_id = %q
client_secret = %q
base_url = %q
time_zone = "UTC"
`, w.setting.scenario, cachePath,
		SMSByAccount, fictitious.SMSByToken, base+"/smsby",
		SendPulseAccount, fictitious.SendPulseClientID, fictitious.SendPulseClientSecret, base+"/sendpulse")
}
