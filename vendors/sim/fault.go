package sim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Kind is a way for a call to fail.
type Kind string

// The kinds of faults. "Without effect": the vendor has not acted. "After the effect": the call has
// done its work, the ledger shows it, and only the answer is bad. Go's HTTP client repeats a GET by
// itself if a reused connection ends without an answer, so such a fault may be used up without its
// caller noticing.
const (
	Refuse     Kind = "refuse"      // without effect: the connection is reset before the request is read
	DropBefore Kind = "drop-before" // without effect: the request is read, the connection closed
	DropAfter  Kind = "drop-after"  // after the effect: the connection is closed without an answer
	Delay      Kind = "delay"       // after the effect: the answer is held back for Delay (default 5 s)
	Limit      Kind = "429"         // without effect: HTTP 429, with Retry-After if RetryAfter is set
	HTML500    Kind = "500-html"    // without effect: HTTP 500 with a web page
	Garbage    Kind = "garbage"     // after the effect: HTTP 200 with bytes that are not JSON
	Truncated  Kind = "truncated"   // after the effect: the answer ends half way
	Endless    Kind = "endless"     // after the effect: bytes without end, until the client leaves
	// without effect: the token becomes invalid; SendPulse and Routee issue a new one (that call is
	// exempt), sms.by and Wooxy have no other
	ExpiredToken Kind = "expired-token"
	WrongTypes   Kind = "wrong-types" // after the effect: by turns numbers as strings, lists as objects, null for lists
	SlowDrip     Kind = "slow-drip"   // after the effect: the answer byte by byte, Delay apart (default 100 ms)
)

// Kinds lists the kinds of faults.
func Kinds() []Kind {
	return []Kind{Refuse, DropBefore, DropAfter, Delay, Limit, HTML500, Garbage, Truncated, Endless, ExpiredToken,
		WrongTypes, SlowDrip}
}

// Fault makes matching calls fail. The first fault that matches a call wins.
type Fault struct {
	Vendor      string // empty: every vendor
	Op          string // part of the call's name or path, ignoring case; empty: every call
	Kind        Kind
	Times       int           // how many calls; 0: always
	Probability float64       // share of the matching calls; 0: all of them
	Delay       time.Duration // for Delay and SlowDrip; 0: their defaults
	RetryAfter  time.Duration // for Limit, in whole seconds; 0: no header
}

// faultJSON is a Fault at /faults: durations are Go durations ("2s") or numbers of seconds.
type faultJSON struct {
	Vendor      string  `json:"vendor,omitempty"`
	Op          string  `json:"op,omitempty"`
	Kind        Kind    `json:"kind"`
	Times       int     `json:"times,omitempty"`
	Probability float64 `json:"probability,omitempty"`
	Delay       span    `json:"delay,omitempty"`
	RetryAfter  span    `json:"retry_after,omitempty"`
}

// MarshalJSON writes the format that POST /faults reads.
func (f Fault) MarshalJSON() ([]byte, error) {
	return json.Marshal(faultJSON{f.Vendor, f.Op, f.Kind, f.Times, f.Probability, span(f.Delay), span(f.RetryAfter)})
}

// UnmarshalJSON reads {vendor, op, kind, times, probability, delay, retry_after}; an unknown kind
// is an error.
func (f *Fault) UnmarshalJSON(text []byte) error {
	var j faultJSON
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	if !slices.Contains(Kinds(), j.Kind) {
		return fmt.Errorf("no fault is called %q; there are %v", j.Kind, Kinds())
	}
	*f = Fault{j.Vendor, j.Op, j.Kind, j.Times, j.Probability, time.Duration(j.Delay), time.Duration(j.RetryAfter)}
	return nil
}

// span is a duration in JSON.
type span time.Duration

func (s span) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(s).String()) }

func (s *span) UnmarshalJSON(text []byte) error {
	var seconds float64
	if json.Unmarshal(text, &seconds) == nil {
		*s = span(seconds * float64(time.Second))
		return nil
	}
	var words string
	if err := json.Unmarshal(text, &words); err != nil {
		return err
	}
	d, err := time.ParseDuration(words)
	*s = span(d)
	return err
}

func (f Fault) matches(vendor, op, path string) bool {
	part := strings.ToLower(f.Op)
	if f.Kind == ExpiredToken && op == opAccessToken {
		return false
	}
	return (f.Vendor == "" || f.Vendor == vendor) &&
		(strings.Contains(strings.ToLower(op), part) || strings.Contains(strings.ToLower(path), part))
}

// faultTable holds the faults that are set.
type faultTable struct {
	mu     sync.Mutex
	faults []Fault
	dice   *dice
	taken  int
}

func (t *faultTable) set(faults []Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = slices.Clone(faults)
}

func (t *faultTable) copy() []Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]Fault{}, t.faults...)
}

// take decides whether a call fails, and uses the fault up. The turn counts the faults taken: kinds
// with several variants use another one each turn. Faults that were set take precedence over those
// of the script.
func (t *faultTable) take(vendor, op, path string, script []Fault) (fault Fault, turn int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.faults {
		f := &t.faults[i]
		if !f.matches(vendor, op, path) || !t.lucky(f.Probability) {
			continue
		}
		taken := *f
		if f.Times == 1 {
			t.faults = slices.Delete(t.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		t.taken++
		return taken, t.taken, true
	}
	for _, f := range script {
		if f.matches(vendor, op, path) && t.lucky(f.Probability) {
			t.taken++
			return f, t.taken, true
		}
	}
	return Fault{}, 0, false
}

func (t *faultTable) lucky(probability float64) bool {
	return probability <= 0 || t.dice.chance(probability)
}

// drillTurn is how long the fire drill keeps one kind of fault, and how long it then pauses.
const drillTurn = 20 * time.Second

// drill is the script of the fire drill: all kinds in turn, each for a while and for one call in
// three.
func drill(lived time.Duration) []Fault {
	turn := int(lived / drillTurn)
	if turn%2 == 0 {
		return nil
	}
	kinds := Kinds()
	return []Fault{{Kind: kinds[turn/2%len(kinds)], Probability: 0.34, Delay: 2 * time.Second,
		RetryAfter: 2 * time.Second}}
}
