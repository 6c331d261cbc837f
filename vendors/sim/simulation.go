package sim

import "slices"

// simulation is what this package knows about one vendor: its row in simulations.
type simulation struct {
	vendor string // its name in the configuration
	// mounts are the addresses below which it is served, each with the vendor behind it.
	mounts func(s setting, c Credentials) []mount
	// config is its account in a configuration file for a world that is served at base.
	config func(s setting, base string, c Credentials) string
}

// simulations are the simulated vendors in the order of their accounts in Config. A new one needs
// its files and a row here.
func simulations() []simulation {
	return []simulation{smsbySimulation(), sendPulseSimulation(), routeeSimulation(), wooxySimulation()}
}

func simulationOf(vendor string) (simulation, bool) {
	all := simulations()
	i := slices.IndexFunc(all, func(v simulation) bool { return v.vendor == vendor })
	if i < 0 {
		return simulation{}, false
	}
	return all[i], true
}

// AllVendors lists the simulated vendors in the order of their accounts in Config.
func AllVendors() []string {
	var names []string
	for _, v := range simulations() {
		names = append(names, v.vendor)
	}
	return names
}
