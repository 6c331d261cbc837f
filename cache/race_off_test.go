//go:build !race

package cache

// underRace tells that the race detector is on.
const underRace = false
