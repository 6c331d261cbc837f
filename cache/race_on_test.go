//go:build race

package cache

// underRace tells that the race detector is on: SQLite is then some fifty times slower.
const underRace = true
