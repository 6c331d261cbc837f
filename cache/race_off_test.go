//go:build !race

package cache

// underRace says that the race detector is on.
const underRace = false

// manyRows is how many rows the lists have that seedLists fills.
const manyRows = 1000
