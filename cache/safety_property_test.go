package cache

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"viberdeck/model"
)

// Whatever people, vendors, crashes, a second engine, the clock and a restored file do, in whatever
// order: this program never sends a person a message twice, nothing begins after a stop has
// returned, the people counted are exactly those in the vendor's ledger, and counters equal rows. A
// failure shrinks to a script of what was done.
func TestPropertyNobodyGetsAMessageTwiceAndNothingBeginsAfterAStop(t *testing.T) {
	t.Parallel()
	few(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt)
		defer w.end()
		rt.Repeat(map[string]func(*rapid.T){
			"": func(*rapid.T) { w.judge() },
			"step": func(rt *rapid.T) {
				step := rapid.SampledFrom(w.possible()).Draw(rt, "step")
				w.steps()[step](rt)
			},
		})
		w.finish()
	})
}

// few limits the checks to what an everyday test can afford, unless more were requested.
func few(t *testing.T) {
	set := func(name, value string) {
		if f := flag.Lookup(name); f.Value.String() == f.DefValue {
			if err := f.Value.Set(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	set("rapid.steps", "60")
	switch {
	case os.Getenv("VIBERDECK_SOAK") != "":
		set("rapid.checks", "2000")
	case underRace:
		set("rapid.checks", "3")
	default:
		set("rapid.checks", "30")
	}
}

// world is a cache that two processes use, and the vendors' ledger. The account shop takes a name
// once and refuses it the second time (Routee); minsk takes everything (Wooxy).
type world struct {
	t     *testing.T
	rt    *rapid.T
	root  string
	path  string
	clock *clock
	procs [2]*runner
	// sent is the ledger: the people who got the message of each campaign, by the key of its
	// submit.
	sent  map[string]map[model.Phone]int
	names map[string]string // who has a name at shop, by the key of its submit
	keys  int               // campaigns that were ever submitted
	stops halts
	saved *halts // the state when the backup was made; nil: there is none
}

// halts holds what people have stopped, as far as their calls have returned.
type halts struct {
	brake   bool
	stopped map[string]bool // campaigns, by the key of their submit
	blocked map[model.Phone]bool
}

func (s halts) clone() halts {
	return halts{s.brake, maps.Clone(s.stopped), maps.Clone(s.blocked)}
}

// runner is one process: the cache as it has it open, its term, and the calls that are under way.
type runner struct {
	name    string
	db      *DB
	term    *model.LeadTerm
	flights []*flight
}

// flight is a claimed batch and, once it has begun, what the vendor did with it.
type flight struct {
	of    *runner
	batch model.Batch
	key   string
	fate  string // "": it has not begun
}

// flights returns the calls that have begun, or those that have not.
func (w *world) flights(begun bool) (found []*flight) {
	for _, p := range w.procs {
		for _, f := range p.flights {
			if (f.fate != "") == begun {
				found = append(found, f)
			}
		}
	}
	return found
}

// leader is the process that leads, nil if none does.
func (w *world) leader() *runner {
	for _, p := range w.procs {
		if p.term != nil {
			return p
		}
	}
	return nil
}

// The fates of a call.
const (
	fateTaken   = "taken"
	fateRefused = "refused"
	fateNever   = "never arrived"
)

func newWorld(t *testing.T, rt *rapid.T) *world {
	root, err := os.MkdirTemp(t.TempDir(), "world")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, rt: rt, root: root, path: filepath.Join(root, "cache.db"), clock: &clock{},
		sent: map[string]map[model.Phone]int{}, names: map[string]string{},
		stops: halts{stopped: map[string]bool{}, blocked: map[model.Phone]bool{}}}
	w.clock.Set(start())
	w.ok(os.WriteFile(w.path, must(empty())(t), 0o600))
	for i, name := range []string{"p", "q"} {
		w.procs[i] = &runner{name: name}
		w.open(w.procs[i])
	}
	w.do("p leads", func() error { return w.take(w.procs[0]) })
	return w
}

func (w *world) open(p *runner) {
	db, err := Open(w.t.Context(), w.path, Options{Now: w.clock.Now, StateDir: filepath.Join(w.root, "state")})
	w.ok(err)
	w.ok(db.Accounts(w.t.Context(), []model.Account{
		{Name: "minsk", Vendor: model.Wooxy}, {Name: "shop", Vendor: model.Routee}}))
	p.db = db
}

// end closes everything.
func (w *world) end() {
	for _, p := range w.procs {
		w.die(p)
	}
	_ = os.RemoveAll(w.root)
}

// die ends a process as kill -9 does: its term stays open, its calls have no outcome.
func (w *world) die(p *runner) {
	if p.term != nil {
		w.ok(p.term.End())
		_, err := p.db.writer.ExecContext(w.t.Context(), `UPDATE term SET ended_at = 0 WHERE number = ?`, p.term.Number)
		w.ok(err)
	}
	w.ok(p.db.Close())
	p.term, p.flights = nil, nil
}

// ok fails on an error that no step may return.
func (w *world) ok(err error) {
	if err != nil {
		w.rt.Helper()
		w.rt.Fatalf("%v", err)
	}
}

// do takes a step of the script. A conflict is a valid answer: the step cannot be done now.
func (w *world) do(step string, fn func() error) bool {
	w.rt.Helper()
	err := fn()
	if model.KindOf(err) == model.KindConflict {
		w.rt.Logf("%s: no, %v", step, err)
		return false
	}
	w.rt.Log(step)
	w.ok(err)
	return true
}

// pick draws one of several values.
func pick[T any](rt *rapid.T, what string, some []T) T {
	return some[rapid.IntRange(0, len(some)-1).Draw(rt, what)]
}

func (w *world) proc(rt *rapid.T) *runner { return pick(rt, "process", w.procs[:]) }

// keyOf returns the key under which a campaign was submitted.
func (w *world) keyOf(db *DB, id model.CampaignID) (key string) {
	w.ok(db.reader.QueryRowContext(w.t.Context(), `SELECT submit_key FROM campaign WHERE id = ?`, id).Scan(&key))
	return key
}

// campaigns returns the ids of the campaigns in the file.
func (w *world) campaigns(db *DB) []model.CampaignID {
	ids, err := campaignIDs(w.t.Context(), db.reader, `SELECT id FROM campaign ORDER BY id`)
	w.ok(err)
	return ids
}

func phonesText(phones []model.Phone) string {
	all := make([]string, len(phones))
	for i, p := range phones {
		all[i] = fmt.Sprint(int64(p) % 100)
	}
	return strings.Join(all, " ")
}

// judge compares the program's report with the ledger, person by person.
func (w *world) judge() {
	db := w.procs[0].db
	standing, err := db.Standing(w.t.Context())
	w.ok(err)
	for key, people := range w.sent {
		for phone, n := range people {
			if n > 1 {
				w.rt.Fatalf("%d got %s %d times", int64(phone)%100, key, n)
			}
		}
	}
	type row struct {
		key    string
		who    int64
		status model.DeliveryStatus
		batch  int64
	}
	rows, err := all(w.t.Context(), db.reader, "judge", func(scan scanner) (r row, err error) {
		return r, scan(&r.key, &r.who, &r.status, &r.batch)
	}, `SELECT c.submit_key, r.who, r.status, r.batch FROM recipient r JOIN campaign c ON c.id = r.campaign`)
	w.ok(err)
	for _, r := range rows {
		got := w.sent[r.key][model.Phone(r.who)] > 0
		switch r.status {
		case model.StatusAccepted:
			if !got {
				w.rt.Fatalf("%d of %s is counted as sent, and the vendor has nothing", r.who%100, r.key)
			}
		case model.StatusUnknown:
		case model.StatusQueued:
			if got && r.batch <= 0 && standing.MaySend() {
				w.rt.Fatalf("%d got %s and waits", r.who%100, r.key)
			}
		default:
			if got && standing.MaySend() {
				w.rt.Fatalf("%d got %s and is %s", r.who%100, r.key, r.status)
			}
		}
	}
	wrong, err := all(w.t.Context(), db.reader, "judge", single[string], `SELECT campaign || ' ' || status FROM
		(SELECT campaign, status, count(*) AS n FROM recipient GROUP BY 1, 2) FULL JOIN
		(SELECT campaign, status, n AS kept FROM recipient_count WHERE n <> 0) USING (campaign, status) WHERE n IS NOT kept`)
	w.ok(err)
	if len(wrong) > 0 {
		w.rt.Fatalf("counters differ from rows: %v", wrong)
	}
	wrong, err = all(w.t.Context(), db.reader, "judge", single[string], `SELECT campaign || ' ' || who FROM
		(SELECT campaign, place, who, 1 AS waits FROM recipient WHERE batch = -1) FULL JOIN
		(SELECT campaign, place, who, 1 AS ordered FROM waiting) USING (campaign, place, who) WHERE waits IS NOT ordered`)
	w.ok(err)
	if len(wrong) > 0 {
		w.rt.Fatalf("who waits is not who stands in the order: %v", wrong)
	}
}

// finish lets everything end in order, and requires every recipient to be final, unknown or waiting
// for a person's decision, each in exactly one figure.
func (w *world) finish() {
	for _, p := range w.procs {
		w.die(p)
		w.open(p)
	}
	p := w.procs[0]
	w.do("in the end p leads", func() error { return w.take(p) })
	for more := true; more; {
		more = w.pass(p, func() string { return "arrives" })
	}
	w.judge()
	for _, id := range w.campaigns(p.db) {
		g, err := p.db.Progress(w.t.Context(), id)
		w.ok(err)
		var rows int64
		w.ok(p.db.reader.QueryRowContext(w.t.Context(), `SELECT count(*) FROM recipient WHERE campaign = ?`,
			id).Scan(&rows))
		if g.Total != rows || g.InFlight != 0 {
			w.rt.Fatalf("%s has %d people and says %+v", id, rows, g)
		}
		if final := slices.Contains([]model.CampaignState{
			model.CampaignSent, model.CampaignPartlySent, model.CampaignFailed,
			model.CampaignCancelled}, g.State); final && g.Waiting+g.Unknown > 0 {
			w.rt.Fatalf("%s is %s, and %d wait, %d are unknown", id, g.State, g.Waiting, g.Unknown)
		}
	}
}
