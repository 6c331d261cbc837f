package cli

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"

	"viberdeck/model"
)

// openings says what the configuration opens to others on the network: it is allowed, and wants a
// word.
func openings(c model.Config) []finding {
	var found []finding
	for _, a := range c.Accounts {
		addresses := maps.Clone(a.Settings)
		if addresses == nil {
			addresses = model.Settings{}
		}
		addresses["base_url"] = a.BaseURL
		for _, key := range slices.Sorted(maps.Keys(addresses)) {
			if at, err := url.Parse(addresses[key]); err == nil && at.Scheme == "http" && !loopback(at.Hostname()) {
				found = append(found, finding{a.Name + "." + key, false, fmt.Sprintf(
					"http://%s carries credentials and phones unencrypted over the network; use https://", at.Host)})
			}
		}
	}
	if everywhere(c.Callbacks.Listen) {
		found = append(found, finding{"callbacks.listen", false, fmt.Sprintf(
			"%s takes callbacks unencrypted from every network of this host; listen on 127.0.0.1 behind a TLS proxy",
			c.Callbacks.Listen)})
	}
	if everywhere(c.Serve.MetricsAddress()) {
		found = append(found, finding{"serve.metrics", false, fmt.Sprintf(
			"%s tells figures to every network of this host; listen on 127.0.0.1 or an address of your own network",
			c.Serve.Metrics)})
	}
	return found
}

// everywhere reports whether an address to listen at is that of every network of this host.
func everywhere(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && (host == "" || net.ParseIP(host).IsUnspecified())
}

// loopback reports whether a host is this one.
func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
