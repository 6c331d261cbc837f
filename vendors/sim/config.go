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
	for _, vendor := range w.vendors {
		own := account(vendor, base, w.Credentials())
		if vendor == "routee" && w.setting.otherSpellings() {
			own = strings.Replace(own, "[[account.sender]]",
				"video_field = \"videoUrl\"\nblacklist_body = \"objects\"\n[[account.sender]]", 1)
		}
		file.WriteString("\n" + own)
	}
	return file.String()
}

// account is one vendor's part of the configuration; empty for an unknown vendor.
func account(vendor, base string, c Credentials) string {
	switch vendor {
	case "smsby":
		return fmt.Sprintf(`[[account]]
name = %q
vendor = "smsby"
token = %q
base_url = %q
time_zone = "Europe/Minsk"
`, SMSByAccount, c.SMSByToken, base+"/smsby")
	case "sendpulse":
		return fmt.Sprintf(`[[account]]
name = %q
vendor = "sendpulse"
client_id = %q
client_secret = %q
base_url = %q
time_zone = "UTC"
`, SendPulseAccount, c.SendPulseClientID, c.SendPulseClientSecret, base+"/sendpulse")
	case "routee":
		return fmt.Sprintf(`[[account]]
name = %q
vendor = "routee"
application_id = %q
application_secret = %q
base_url = %q
auth_url = %q
[[account.sender]]
id = %q
name = "Example Shop"
[[account.sender]]
id = %q
name = "Παράδειγμα"
`, RouteeAccount, c.RouteeApplicationID, c.RouteeApplicationSecret, base+"/routee",
			base+"/routee-auth",
			RouteeSender, RouteeSecondSender)
	case "wooxy":
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
`, WooxyAccount, c.WooxyToken, base+"/wooxy", WooxyList, WooxyTemplate, WooxyBonusTemplate,
			WooxyTemplateNotApproved)
	}
	return ""
}
