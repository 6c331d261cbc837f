package cache

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"viberdeck/model"
)

// The steps of the property test: what people, engines, vendors and the host may do.

func (w *world) steps() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){"submit": w.submit, "lead": w.lead, "claim": w.claim, "send": w.send,
		"answer":  w.answer,
		"deliver": w.deliver, "repeat": w.repeat, "crash": w.crash, "brake": w.pullBrake, "block": w.block,
		"pause":  w.pause,
		"resume": w.resume, "recall": w.recall, "resolve": w.resolve, "clock": w.jump, "backup": w.backUp,
		"restore": w.restore}
}

// possible names the steps that make sense now, the likely ones more than once.
func (w *world) possible() (names []string) {
	add := func(times int, name string) {
		for range times {
			names = append(names, name)
		}
	}
	if len(w.flights(false)) > 0 {
		add(4, "send")
		add(2, "brake")
	}
	if len(w.flights(true)) > 0 {
		add(4, "answer")
		add(2, "crash")
	}
	if w.stops.brake {
		add(2, "brake")
	}
	if w.leader() == nil {
		add(6, "lead")
	} else {
		add(3, "deliver")
	}
	if w.keys < 8 {
		add(2, "submit")
	}
	if db := w.procs[0].db; len(w.campaigns(db)) > 0 {
		add(2, "claim")
		add(1, "pause")
		add(2, "resume")
		add(1, "recall")
		add(1, "backup")
		if w.leader() != nil && len(w.unknown(db, "shop")) > 0 {
			add(2, "repeat")
		}
		if len(w.decidable(db)) > 0 {
			add(1, "resolve")
		}
	}
	if w.saved != nil {
		add(1, "restore")
	}
	add(1, "crash")
	add(1, "block")
	add(1, "clock")
	add(1, "lead")
	return names
}

// submit sends a message to some of eight people, under one of two names.
func (w *world) submit(rt *rapid.T) {
	p := w.proc(rt)
	first := rapid.IntRange(0, 7).Draw(rt, "first")
	people := audience(8)[first:min(8, first+rapid.IntRange(1, 5).Draw(rt, "people"))]
	c := model.Campaign{Account: "minsk", Vendor: model.Wooxy,
		Name:    rapid.SampledFrom([]string{"Frost", "Thaw"}).Draw(rt, "name"),
		Message: model.Message{Text: "Hello"}}
	if rapid.Bool().Draw(rt, "shop") {
		c.Account, c.Vendor = "shop", model.Routee
	}
	var hold time.Duration
	switch rapid.SampledFrom([]string{"now", "now", "held", "scheduled"}).Draw(rt, "when") {
	case "held":
		hold = 10 * time.Second
	case "scheduled":
		c.SendAt = w.clock.Now().Add(time.Hour)
		c.LeaveAt = c.SendAt.Add(-time.Minute)
	}
	w.keys++
	key := fmt.Sprintf("k%d", w.keys)
	w.do(fmt.Sprintf("%s submits %s %q at %s to %s", p.name, key, c.Name, c.Account,
		phonesText(model.PeopleOf(people...).Phones())),
		func() error {
			_, err := p.db.Submit(w.t.Context(), "anna", key,
				model.Plan{Campaign: c, People: model.PeopleOf(people...)}, hold, 0)
			return err
		})
}

// lead makes a process the one that sends, if there is no other; the claims of a dead one become
// unknown.
func (w *world) lead(rt *rapid.T) {
	p := w.proc(rt)
	if p.term != nil {
		return
	}
	w.do(p.name+" wants to lead", func() error { return w.take(p) })
}

func (w *world) take(p *runner) error {
	term, led, err := p.db.TryTake(w.t.Context())
	if err != nil || !led {
		return err
	}
	for _, other := range w.procs {
		if other != p && other.term != nil {
			w.rt.Fatalf("two lead")
		}
	}
	p.term = &term
	_, err = p.db.RecoverClaims(w.t.Context(), w.clock.Now())
	return err
}

// claim lets a process claim, whether it leads or not.
func (w *world) claim(rt *rapid.T) {
	p := w.proc(rt)
	w.claimOf(p, pick(rt, "campaign", w.campaigns(p.db)), rapid.IntRange(1, 4).Draw(rt, "a call"))
}

func (w *world) claimOf(p *runner, id model.CampaignID, perCall int) {
	how := model.Claim{PerCall: perCall}
	if must(p.db.Campaign(w.t.Context(), id))(w.t).Vendor == model.Routee { // which takes a name once
		how.AskAgain = time.Hour
	}
	b, ok, err := p.db.ClaimBatch(w.t.Context(), id, how, w.clock.Now())
	w.ok(err)
	if !ok {
		return
	}
	f := &flight{of: p, batch: b, key: w.keyOf(p.db, id)}
	w.rt.Logf("%s claims %s of %s: %s", p.name, b.ID, f.key, phonesText(phonesOf([]model.Batch{b})))
	if p.term == nil {
		w.rt.Fatalf("%s does not lead", p.name)
	}
	p.flights = append(p.flights, f)
}

// deliver lets the leader do what is due, as its engine would. Some calls have not begun at its
// end, some are not answered, some answers are lost.
func (w *world) deliver(rt *rapid.T) {
	w.pass(w.leader(), func() string {
		return rapid.SampledFrom([]string{"arrives", "begins", "waits", "is lost"}).Draw(rt, "answer")
	})
}

// pass claims one batch of each campaign that is due and takes it as far as specified, and reports
// whether there was one.
func (w *world) pass(p *runner, upTo func() string) (more bool) {
	for _, account := range []string{"minsk", "shop"} {
		due, err := p.db.DueCampaigns(w.t.Context(), account, w.clock.Now())
		w.ok(err)
		for _, c := range due {
			more = true
			before := len(p.flights)
			w.claimOf(p, c.ID, 3)
			for _, f := range slices.Clone(p.flights[before:]) {
				if end := upTo(); end != "waits" && w.begin(p, f, fateTaken) && end != "begins" {
					w.answered(p, f, end == "arrives")
				}
			}
		}
	}
	return more
}

// send lets a claimed call begin.
func (w *world) send(rt *rapid.T) {
	f := pick(rt, "call", w.flights(false))
	w.begin(f.of, f, rapid.SampledFrom([]string{fateTaken, fateTaken, fateRefused, fateNever}).Draw(rt, "fate"))
}

// begin asks the gate at the last moment; if the call may begin, the vendor acts according to fate.
func (w *world) begin(p *runner, f *flight, fate string) bool {
	done, why, err := p.db.Begin(w.t.Context(), f.batch.ID, w.clock.Now())
	w.ok(err)
	if done == nil {
		w.rt.Logf("%s keeps %s here: %s", p.name, f.batch.ID, why)
		w.record(p, f, model.Outcome{State: model.BatchQueued})
		return false
	}
	done()
	f.fate = w.vendor(f, fate)
	w.rt.Logf("%s sends %s of %s: %s", p.name, f.batch.ID, f.key, f.fate)
	return true
}

// vendor enters a call in the ledger, or does not. Nothing that people have stopped may get here.
func (w *world) vendor(f *flight, fate string) string {
	if w.stops.brake {
		w.rt.Fatalf("%s begins under the brake", f.batch.ID)
	}
	if w.stops.stopped[f.key] {
		w.rt.Fatalf("%s begins although %s was stopped", f.batch.ID, f.key)
	}
	for _, phone := range phonesOf([]model.Batch{f.batch}) {
		if w.stops.blocked[phone] {
			w.rt.Fatalf("%s begins although %d is blocked", f.batch.ID, int64(phone)%100)
		}
	}
	if fate != fateTaken {
		return fate
	}
	if f.batch.Campaign.Account == "shop" {
		name := f.batch.Campaign.Name + " " + f.batch.Tag
		if owner, there := w.names[name]; there {
			return "the name is that of " + owner
		}
		w.names[name] = f.key
	}
	if w.sent[f.key] == nil {
		w.sent[f.key] = map[model.Phone]int{}
	}
	for _, phone := range phonesOf([]model.Batch{f.batch}) {
		w.sent[f.key][phone]++
	}
	return fateTaken
}

// answer brings a call that has begun to its end: its answer arrives or is lost.
func (w *world) answer(rt *rapid.T) {
	f := pick(rt, "call", w.flights(true))
	w.answered(f.of, f, rapid.Bool().Draw(rt, "arrives"))
}

func (w *world) answered(p *runner, f *flight, arrives bool) {
	o := model.Outcome{State: model.BatchUnknown, Err: model.Say("the answer was lost")}
	if arrives {
		switch f.fate {
		case fateTaken:
			o = model.Outcome{State: model.BatchAccepted, VendorIDs: []string{fmt.Sprintf("%s-%d", f.key, f.batch.ID)}}
		case fateNever:
			o = model.Outcome{State: model.BatchQueued, Err: model.Say("the connection was refused")}
		default:
			o = model.Outcome{State: model.BatchRefused, Err: model.Say("%s", f.fate)}
		}
	}
	w.rt.Logf("%s hears of %s: %s", p.name, f.batch.ID, o.State)
	w.record(p, f, o)
}

func (w *world) record(p *runner, f *flight, o model.Outcome) {
	o.Batch, o.At = f.batch.ID, w.clock.Now()
	w.ok(p.db.RecordOutcomes(w.t.Context(), []model.Outcome{o}))
	p.flights = slices.DeleteFunc(p.flights, func(other *flight) bool { return other == f })
}

// repeat repeats an unknown call where the vendor accepts a name once: a taken name proves that the
// first call arrived.
func (w *world) repeat(rt *rapid.T) {
	p := w.leader()
	b := pick(rt, "batch", w.unknown(p.db, "shop"))
	f := &flight{batch: b, key: w.keyOf(p.db, b.Campaign.ID)}
	done, why, err := p.db.Begin(w.t.Context(), b.ID, w.clock.Now())
	w.ok(err)
	if done == nil {
		rt.Logf("%s does not repeat %s: %s", p.name, b.ID, why)
		return
	}
	done()
	fate := w.vendor(f, fateTaken)
	rt.Logf("%s repeats %s of %s: %s", p.name, b.ID, f.key, fate)
	w.record(p, f, model.Outcome{State: model.BatchAccepted})
}

func (w *world) unknown(db *DB, accounts ...string) (found []model.Batch) {
	for _, account := range accounts {
		batches, err := db.UnknownBatches(w.t.Context(), account)
		w.ok(err)
		found = append(found, batches...)
	}
	return found
}

// crash ends a process; it starts again.
func (w *world) crash(rt *rapid.T) {
	p := w.proc(rt)
	rt.Logf("%s crashes", p.name)
	w.die(p)
	w.open(p)
}

func (w *world) pullBrake(rt *rapid.T) {
	on := !w.stops.brake
	p := w.proc(rt)
	w.do(fmt.Sprintf("%s sets the brake to %t", p.name, on), func() error {
		return p.db.SetBrake(w.t.Context(), "anna", model.Switch(on), "")
	})
	w.stops.brake = on
}

// block blocks a person, or unblocks one who is blocked.
func (w *world) block(rt *rapid.T) {
	p := w.proc(rt)
	phone := audience(8)[rapid.IntRange(0, 7).Draw(rt, "who")].Phone
	on := !w.stops.blocked[phone]
	w.do(fmt.Sprintf("%s blocks %d: %t", p.name, int64(phone)%100, on), func() error {
		if on {
			_, err := p.db.Block(w.t.Context(), "anna", []model.Phone{phone}, "asked", nil, "")
			return err
		}
		_, err := p.db.Unblock(w.t.Context(), "anna", []model.Phone{phone}, "asked", nil)
		return err
	})
	w.stops.blocked[phone] = on
}

func (w *world) pause(rt *rapid.T)  { w.decide(rt, "pauses", (*DB).Pause, true) }
func (w *world) resume(rt *rapid.T) { w.decide(rt, "resumes", (*DB).Resume, false) }
func (w *world) recall(rt *rapid.T) { w.decide(rt, "recalls", (*DB).Recall, true) }

// decision is a method of the cache by which a person decides about a campaign.
type decision = func(db *DB, ctx context.Context, operator string, id model.CampaignID) error

// decide takes a person's decision about a campaign.
func (w *world) decide(rt *rapid.T, what string, fn decision, stops bool) {
	p := w.proc(rt)
	id := pick(rt, "campaign", w.campaigns(p.db))
	key := w.keyOf(p.db, id)
	if w.do(fmt.Sprintf("%s %s %s", p.name, what, key), func() error { return fn(p.db, w.t.Context(), "anna", id) }) {
		w.stops.stopped[key] = stops
	}
}

// got counts the people of a batch who are in the ledger.
func (w *world) got(db *DB, b model.Batch) (n int) {
	for _, phone := range phonesOf([]model.Batch{b}) {
		n += w.sent[w.keyOf(db, b.Campaign.ID)][phone]
	}
	return n
}

// decidable returns the unknown batches that a person who looks at the vendor can decide
// unambiguously.
func (w *world) decidable(db *DB) []model.Batch {
	return slices.DeleteFunc(w.unknown(db, "minsk", "shop"), func(b model.Batch) bool {
		got := w.got(db, b)
		return got > 0 && got < len(phonesOf([]model.Batch{b}))
	})
}

// resolve lets a person who has looked at the vendor decide an unknown batch truthfully.
func (w *world) resolve(rt *rapid.T) {
	p := w.proc(rt)
	b := pick(rt, "batch", w.decidable(p.db))
	key, as := w.keyOf(p.db, b.Campaign.ID), model.ResolveAccepted
	if w.got(p.db, b) == 0 {
		as = rapid.SampledFrom([]model.Resolution{model.ResolveResend, model.ResolveDropped}).Draw(rt, "as")
	}
	if w.do(fmt.Sprintf("%s resolves %s of %s as %s", p.name, b.ID, key, as), func() error {
		return p.db.Resolve(w.t.Context(), "anna", b.ID, as)
	}) && as == model.ResolveResend {
		if c := must(p.db.Campaign(w.t.Context(), b.Campaign.ID))(w.t); c.State != model.CampaignPaused {
			w.stops.stopped[key] = false // the decision outlives a recall of the rest
		}
	}
}
