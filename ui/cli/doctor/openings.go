package doctor

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"

	"viberdeck/model"
)

// Openings lists what the configuration opens to others on the network: that is allowed, but worth
// mentioning.
func Openings(c model.Config) []Finding {
	var found []Finding
	for _, a := range c.Accounts {
		addresses := maps.Clone(a.Settings)
		if addresses == nil {
			addresses = model.Settings{}
		}
		addresses["base_url"] = a.BaseURL
		for _, key := range slices.Sorted(maps.Keys(addresses)) {
			if at, err := url.Parse(addresses[key]); err == nil && at.Scheme == "http" && !loopback(at.Hostname()) {
				found = append(found, Finding{a.Name + "." + key, false, fmt.Sprintf(
					"http://%s carries credentials and phones unencrypted over the network; use https://", at.Host)})
			}
		}
	}
	if everywhere(c.Callbacks.Listen) {
		found = append(found, Finding{"callbacks.listen", false, fmt.Sprintf(
			"%s takes callbacks unencrypted from every network of this host; listen on 127.0.0.1 behind a TLS proxy",
			c.Callbacks.Listen)})
	}
	if everywhere(c.Serve.MetricsAddress()) {
		found = append(found, Finding{"serve.metrics", false, fmt.Sprintf(
			"%s shows figures to every network of this host; listen on 127.0.0.1 or an address of your own network",
			c.Serve.Metrics)})
	}
	return found
}

// everywhere reports whether a listen address covers every network of this host.
func everywhere(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && (host == "" || net.ParseIP(host).IsUnspecified())
}

// loopback reports whether a host is this one.
func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
