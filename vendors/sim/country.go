package sim

import "strings"

// countryOf is the ISO country of a phone (digits); empty for those the simulated vendors do not
// serve.
func countryOf(phone string) string {
	for _, c := range []struct{ prefix, country string }{
		{"375", "BY"}, {"380", "UA"}, {"357", "CY"}, {"359", "BG"}, {"370", "LT"}, {"371", "LV"}, {"372", "EE"},
		{"995", "GE"},
		{"30", "GR"}, {"40", "RO"}, {"44", "GB"}, {"48", "PL"}, {"49", "DE"}, {"33", "FR"}, {"39", "IT"}, {"1", "US"},
		{"7", "RU"},
	} {
		if strings.HasPrefix(phone, c.prefix) {
			return c.country
		}
	}
	return ""
}
