//go:build race

package cache

// underRace reports whether the race detector is on: SQLite is then some fifty times slower.
const underRace = true

// manyRows is the number of rows in each list that seedLists fills: enough for some pages.
const manyRows = 300
