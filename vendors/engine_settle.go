package vendors

import (
	"cmp"
	"context"
	"errors"
	"time"

	"viberdeck/model"
)

const (
	// settleAge is how old an unknown batch must be before the vendor is asked about it: its lists
	// lag behind its answers.
	settleAge = 20 * time.Second
	// settleOnce is settleAge for Once, where someone is waiting: it asks at once, and a second
	// time about batches younger than this.
	settleOnce = 3 * time.Second
	// upkeepPause is the wait after failing to pass a change on to a vendor.
	upkeepPause = 15 * time.Second
)

// upkeep settles unknown batches, follows accepted ones and passes changes on, for one account.
// Only one goroutine uses it.
type upkeep struct {
	a        *account
	settleAt map[model.BatchID]time.Time // when to ask again about each unknown batch
	askedAt  map[model.BatchID]time.Time // when each was last asked about
	trackAt  map[model.BatchID]time.Time
	lookedAt time.Time // last look at unknown and tracked batches
	lookAt   time.Time // when to look at them again; zero: there are none
	pushAt   time.Time // when to pass changes on: after a failure, or when they can no longer be undone
	misses   int
}

func newUpkeep(a *account) *upkeep {
	return &upkeep{a: a, settleAt: make(map[model.BatchID]time.Time),
		askedAt: make(map[model.BatchID]time.Time), trackAt: make(map[model.BatchID]time.Time)}
}

func (a *account) upkeepLoop(ctx context.Context) error {
	u := newUpkeep(a)
	for {
		if !a.readOnly() {
			u.pushNow(ctx)
		}
		u.lookNow(ctx)
		if err := a.wanted.wait(ctx, a.e.until(earlier(u.pushAt, u.lookAt))); err != nil {
			return err
		}
	}
}

// pushNow passes pending changes on to the vendor, unless that has just failed, and schedules the
// next time.
func (u *upkeep) pushNow(ctx context.Context) {
	if u.misses > 0 && time.Now().Before(u.pushAt) {
		return
	}
	_, _, err := u.push(ctx)
	if err == nil {
		u.misses = 0
		u.pushAt, err = u.a.e.o.Store.NextBlock(ctx, u.a.name, time.Now())
	}
	if err == nil || ctx.Err() != nil {
		return
	}
	u.a.warn("notify the vendor", err)
	u.a.saveHealth(ctx, err, false)
	u.pushAt = time.Now().Add(max(retryAfterOf(err), min(upkeepPause<<min(u.misses, 5), longestRest)))
	u.misses++
}

// lookNow asks about unknown batches and follows accepted ones, but not too often, and schedules
// the next time.
func (u *upkeep) lookNow(ctx context.Context) {
	if soonest := u.lookedAt.Add(settleAge / 2); time.Now().Before(soonest) {
		u.lookAt = soonest // the event that woke this loop may concern one of them
		return
	}
	u.lookAt = time.Time{}
	if _, err := u.settle(ctx, settleAge); err != nil && ctx.Err() == nil {
		u.a.warn("settle unknown outcomes", err)
		u.again(time.Now())
	}
	if err := u.track(ctx); err != nil && ctx.Err() == nil {
		u.a.warn("follow what was sent", err)
		u.again(time.Now())
	}
	u.lookedAt = time.Now()
	if soonest := u.lookedAt.Add(settleAge / 2); !u.lookAt.IsZero() && u.lookAt.Before(soonest) {
		u.lookAt = soonest
	}
}

// again schedules a look at batches for the given time.
func (u *upkeep) again(at time.Time) { u.lookAt = earlier(u.lookAt, at) }

// push passes read marks, blocks and deletions on to the vendor. A failure of one does not hold
// back the others.
func (u *upkeep) push(ctx context.Context) (marks, blocks int, err error) {
	marks, err = u.a.pushMarks(ctx)
	if err != nil && accountUnusable(err) {
		return marks, 0, err
	}
	blocks, blockErr := u.a.pushBlocks(ctx)
	return marks, blocks, cmp.Or(err, blockErr, u.a.pushDeletions(ctx))
}

// settles reports whether the outcome of a batch whose answer was lost can be determined.
func (a *account) settles() bool {
	_, asks := a.adapter.(Settler)
	_, repeats := a.adapter.(Repeater)
	return asks || repeats
}

// settle asks for the outcomes of unknown batches of at least that age, where the vendor can report
// them, and returns how many it settled. A batch about which nothing was found is asked about again
// later, at growing intervals.
func (u *upkeep) settle(ctx context.Context, age time.Duration) (int, error) {
	if !u.a.settles() {
		return 0, nil
	}
	batches, err := u.a.e.o.Store.UnknownBatches(ctx, u.a.name)
	if err != nil {
		return 0, model.Errorf("look for unknown batches: %w", err)
	}
	if len(batches) > 0 {
		u.a.followNew(ctx) // what the vendor did with other calls is not evidence for these
	}
	settled := 0
	for _, b := range batches {
		now := time.Now()
		if young := b.ClaimedAt.Add(age); now.Before(young) {
			u.again(young)
			continue
		}
		if now.Before(u.settleAt[b.ID]) {
			u.again(u.settleAt[b.ID])
			continue
		}
		got, err := u.settleOne(ctx, b)
		u.askedAt[b.ID] = now
		u.settleAt[b.ID] = now.Add(jitter(min(max(now.Sub(b.ClaimedAt)/2, settleAge), time.Hour)))
		u.again(u.settleAt[b.ID])
		if err != nil {
			if accountUnusable(err) {
				return settled, err
			}
			u.a.warn("settle "+b.ID.String(), err)
			continue
		}
		got.Batch = b.ID
		if got.At.IsZero() {
			got.At = now
		}
		if got.State != model.BatchAccepted && got.State != model.BatchRefused {
			got.State = model.BatchUnknown
		} else {
			settled++
			delete(u.settleAt, b.ID)
		}
		if err := u.a.e.recordOutcomes(ctx, []model.Outcome{got}); err != nil {
			return settled, err
		}
	}
	return settled, nil
}

// settleOne asks about one batch. If asking means repeating the call, it passes the gate as the
// first call did.
func (u *upkeep) settleOne(ctx context.Context, b model.Batch) (model.Outcome, error) {
	repeater, ok := u.a.adapter.(Repeater)
	if !ok {
		var err error
		if b.Known, err = u.a.e.o.Store.KnownBefore(ctx, b.ID); err != nil {
			return model.Outcome{}, err
		}
		return u.a.adapter.(Settler).Settle(ctx, b)
	}
	if u.a.readOnly() {
		return model.Outcome{}, nil
	}
	permit, err := repeater.Ready(ctx)
	if err != nil {
		return model.Outcome{}, err
	}
	defer permit.Release()
	permit.Guard(u.a.gate(b.ID))
	// Once begun, the call is finished and recorded even if the engine is asked to stop.
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	o, err := repeater.Repeat(call, permit, u.a.addressed(call, b))
	if errors.Is(err, errGateRefused) {
		why := model.TextOf(err)
		if e, ok := errors.AsType[*model.Error](err); ok {
			why = e.Text
		}
		return model.Outcome{Evidence: model.Say("it is not asked by repeating the request: %s", why)}, nil
	}
	return o, err
}

// track follows accepted batches whose campaign ids or people's statuses become known only later.
func (u *upkeep) track(ctx context.Context) error {
	tracker, ok := u.a.adapter.(Tracker)
	if !ok {
		return nil
	}
	now := time.Now()
	batches, err := u.a.e.o.Store.TrackedRefs(ctx, u.a.name, now)
	if err != nil {
		return model.Errorf("look for what to follow: %w", err)
	}
	for _, b := range batches {
		if now.Before(u.trackAt[b.ID]) {
			u.again(u.trackAt[b.ID])
			continue
		}
		err := u.a.follow(ctx, tracker, b)
		u.trackAt[b.ID] = time.Now().Add(askEvery(now.Sub(b.ClaimedAt)))
		u.again(u.trackAt[b.ID])
		if err != nil {
			if accountUnusable(err) || model.KindOf(err) == model.KindInternal {
				return err
			}
			u.a.warn("follow "+b.ID.String(), err)
		}
	}
	return nil
}

// follow asks for the outcome of one batch and stores it. A vendor that refuses to report it is
// mentioned once.
func (a *account) follow(ctx context.Context, tracker Tracker, b model.Batch) error {
	got, err := tracker.Track(ctx, b.VendorRef)
	if ctx.Err() == nil && !accountUnusable(err) {
		a.notReported(ctx, "follow "+b.ID.String(), b.Campaign.ID, err)
	}
	if err != nil {
		return err
	}
	if err := a.e.o.Store.SaveTracked(ctx, b.ID, got, time.Now()); err != nil {
		return model.Errorf("save the outcome of %s: %w", b.ID, err)
	}
	return nil
}
