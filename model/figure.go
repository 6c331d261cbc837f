package model

import (
	"encoding/json"
	"strconv"
)

// Figure is a count that may be unknown. The zero value is unknown: a dash on screen and null in
// JSON, never 0.
type Figure struct {
	N     int64
	Known bool
}

// Known returns the figure n.
func Known(n int64) Figure { return Figure{N: n, Known: true} }

// String returns the number or a dash.
func (f Figure) String() string {
	if !f.Known {
		return "—"
	}
	return strconv.FormatInt(f.N, 10)
}

// Share returns f as a part of whole in percent; ok is false when either is unknown or whole is 0.
func (f Figure) Share(whole Figure) (percent float64, ok bool) {
	if !f.Known || !whole.Known || whole.N == 0 {
		return 0, false
	}
	return 100 * float64(f.N) / float64(whole.N), true
}

// MarshalJSON writes the number or null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.Known {
		return []byte("null"), nil
	}
	return json.Marshal(f.N)
}
