//go:build !race

package cache

// underRace reports whether the race detector is on.
const underRace = false

// manyRows is the number of rows in each list that seedLists fills.
const manyRows = 1000
