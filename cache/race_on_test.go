//go:build race

package cache

// underRace says that the race detector is on: SQLite is then some fifty times slower.
const underRace = true

// manyRows is how many rows the lists have that seedLists fills: enough for some pages.
const manyRows = 300
