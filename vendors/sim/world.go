package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// The scenarios.
const (
	Calm      = "calm"       // a small shop: 15 mailings, 15 campaigns, some 40 replies
	Busy      = "busy"       // an agency: 150 mailings, one to 20 000 people, 265 campaigns, some 600 replies
	FireDrill = "fire-drill" // calm, with faults in turn, hostile texts and undocumented statuses
	// OtherSpellings is calm, but where Routee's sources spell a field or a body in two ways, it
	// accepts only the less usual one.
	OtherSpellings = "other-spellings"
)

// Scenarios lists the scenarios, the default first.
func Scenarios() []string { return []string{Calm, Busy, FireDrill, OtherSpellings} }

// Options configure a world; the zero value is a calm one.
type Options struct {
	Scenario string           // one of Scenarios; anything else is Calm
	Seed     uint64           // the same seed gives the same history and the same fate of each message
	Speed    float64          // simulated seconds per real second; default 1
	Now      func() time.Time // the clock; default time.Now
	// PerSecond is how many requests per second SendPulse accepts before it answers 429; default
	// the documented 10.
	PerSecond float64
	// Vendors are the vendors for which Config writes accounts; default smsby and sendpulse. All of
	// AllVendors are served anyway.
	Vendors []string
	// Young accounts at sms.by and SendPulse, which list all campaigns, have none of the past:
	// there is nothing to read but what a client sends.
	Young bool
	// LoseAnswer loses the answer to the first sending call at Wooxy.
	LoseAnswer bool
}

// World is all vendors with their people, alive since New. It is safe for concurrent use.
type World struct {
	setting setting
	mounts  []mount
	faults  faultTable
	log     requestLog
	crowd   crowd
	vendors []string // the vendors in Config

	mu sync.Mutex // the vendors handle one call at a time
}

// New makes a world with a seeded history that ends now.
func New(o Options) *World {
	if !slices.Contains(Scenarios(), o.Scenario) {
		o.Scenario = Calm
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.PerSecond <= 0 {
		o.PerSecond = sendPulseRate
	}
	s := setting{
		perSecond: o.PerSecond,
		clock:     clock{now: o.Now, start: o.Now(), speed: o.Speed},
		seed:      o.Seed,
		scenario:  o.Scenario,
		young:     o.Young,
		book:      &book{},
		post:      newPostbox(),
	}
	if len(o.Vendors) == 0 {
		o.Vendors = []string{"smsby", "sendpulse"}
	}
	w := &World{
		vendors: o.Vendors,
		setting: s,
		faults:  faultTable{dice: throw(o.Seed, "faults")},
	}
	for _, v := range simulations() {
		w.mounts = append(w.mounts, v.mounts(s, fictitious)...)
	}
	if o.LoseAnswer {
		w.SetFaults(Fault{Vendor: "wooxy", Op: "viber/batch", Kind: DropAfter, Times: 1})
	}
	return w
}

// Ledger returns what the vendors have accepted so far.
func (w *World) Ledger() Ledger {
	l := w.setting.book.copy()
	l.AtOnce = w.crowd.peaks()
	return l
}

// Requests lists the newest requests, oldest first, in the order in which they were answered.
func (w *World) Requests() []Request { return w.log.copy() }

// SetFaults replaces the faults; without arguments it clears them. The fire drill's own faults
// continue.
func (w *World) SetFaults(faults ...Fault) { w.faults.set(faults) }

// Handler serves all vendors and /ledger, /requests and /faults.
func (w *World) Handler() http.Handler { return http.HandlerFunc(w.handle) }

func (w *World) handle(rw http.ResponseWriter, r *http.Request) {
	for _, m := range w.mounts {
		if rest, ok := strings.CutPrefix(r.URL.Path, m.prefix+"/"); ok {
			w.serveVendor(m, "/"+strings.Trim(rest, "/"), rw, r)
			return
		}
	}
	switch strings.TrimSuffix(r.URL.Path, "/") {
	case "/ledger":
		ledger := w.Ledger()
		show(rw, struct {
			Ledger
			Counts map[string]map[string]int `json:"counts"`
		}{ledger, ledger.Counts()})
	case "/requests":
		show(rw, w.Requests())
	case "/faults":
		w.serveFaults(rw, r)
	default:
		var places strings.Builder
		for _, m := range w.mounts {
			places.WriteString(m.prefix + "/ ")
		}
		http.Error(rw, "simulated vendors: "+places.String()+"and /ledger /requests /faults", http.StatusNotFound)
	}
}

func show(rw http.ResponseWriter, body any) { reply{status: http.StatusOK, body: body}.write(rw) }

// serveFaults: GET lists, POST (one fault or a list) replaces, DELETE clears.
func (w *World) serveFaults(rw http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodDelete:
		w.SetFaults()
	case http.MethodPost, http.MethodPut:
		text, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxBody))
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		var faults []Fault
		if err := json.Unmarshal(text, &faults); err != nil {
			var one Fault
			if json.Unmarshal(text, &one) != nil {
				http.Error(rw, err.Error(), http.StatusBadRequest)
				return
			}
			faults = []Fault{one}
		}
		w.SetFaults(faults...)
	}
	show(rw, w.faults.copy())
}

// maxBody is the maximum size of a request.
const maxBody = 64 << 20

// serveVendor handles one call. It is logged before its answer leaves, so that a client that has
// the answer finds the call in the log.
func (w *World) serveVendor(m mount, path string, rw http.ResponseWriter, r *http.Request) {
	now := w.setting.clock.now()
	atOnce, leave := w.crowd.enter(m.name)
	defer leave()
	entry := Request{At: now.UTC(), Vendor: m.name, AtOnce: atOnce, Op: m.vendor.operation(r.Method, path),
		Method: r.Method, Path: m.prefix + path}
	var script []Fault
	if w.setting.drill() {
		script = drill(w.setting.clock.lived(now))
	}
	fault, turn, faulty := w.faults.take(m.name, entry.Op, path, script)
	var rep reply
	if !faulty || fault.Kind != Refuse {
		rep = w.ask(m.vendor, rw, r, &call{op: entry.Op, method: r.Method, path: path, header: r.Header, now: now,
			atOnce: atOnce}, fault.Kind)
	}
	entry.Status, entry.Fault = fault.Kind.status(rep), fault.Kind
	w.log.add(entry)
	if faulty {
		misbehave(rw, r, fault, turn, rep, leave)
		return
	}
	leave()
	rep.write(rw)
}

// ask reads the request and lets the vendor answer it, with or without effect depending on the kind
// of fault (empty: none).
func (w *World) ask(v vendor, rw http.ResponseWriter, r *http.Request, c *call, kind Kind) reply {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxBody))
	if err == nil {
		c.params, err = decodeParams(r.Header.Get("Content-Type"), r.URL.RawQuery, body)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case kind == ExpiredToken:
		return v.expire(c)
	case kind == Limit:
		return v.limited()
	case !kind.hasEffect():
		return reply{}
	case err != nil:
		return v.unreadable(err)
	}
	return v.serve(c)
}
