package vendors

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"viberdeck/model"
)

// fakeCampaign is one of the program's campaigns in the fake store.
type fakeCampaign struct {
	model.Campaign
	waiting   []model.Phone
	notBefore time.Time
}

// fakeStore keeps everything in memory and checks the order of calls that the engine owes the
// cache.
type fakeStore struct {
	mu        sync.Mutex
	forgot    []time.Time // the ages that were asked for
	campaigns []*fakeCampaign
	batches   map[model.BatchID]*model.Batch
	nextBatch model.BatchID
	most      int   // batches claimed without an outcome, at most
	claims    int   // transactions that claimed
	cap       int64 // the daily cap of the last claim
	records   int   // transactions that recorded
	brake     bool
	gate      sync.Mutex // held while a request begins
	waits     []string   // why no call could begin
	recordErr error      // the next recordings fail
	// recoverErr is the error with which the next search for interrupted sends fails.
	recoverErr error
	takes      time.Duration // by one recording
	pauses     []string
	marks      []model.Reply
	blocks     []model.Block
	polls      []model.Poll
	saved      map[string]int // rows by what was saved
	replies    []model.Reply
	reported   int64 // people of a campaign that its vendor has reported before
	health     map[string]string
	activity   []model.Activity
	expected   int64 // people of each campaign
	open       int64
	synced     map[string]int
	tracked    []string
	deletions  []model.Deletion // to be made
	deleted    []model.Deletion // with what became of them
}

func newFakeStore() *fakeStore {
	return &fakeStore{batches: map[model.BatchID]*model.Batch{}, saved: map[string]int{}, health: map[string]string{},
		synced: map[string]int{}}
}

// queue adds a campaign with people 1…n.
func (s *fakeStore) queue(account string, n int) *fakeCampaign {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &fakeCampaign{Campaign: model.Campaign{
		ID: model.CampaignID(len(s.campaigns) + 1), Account: account, State: model.CampaignQueued}}
	for i := range n {
		c.waiting = append(c.waiting, model.Phone(375291000000+int64(c.ID)*10000+int64(i)))
	}
	s.campaigns = append(s.campaigns, c)
	return c
}

// counts returns the batches by state.
func (s *fakeStore) counts() map[model.BatchState]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := map[model.BatchState]int{}
	for _, b := range s.batches {
		m[b.State]++
	}
	return m
}

func (s *fakeStore) waiting(c *fakeCampaign) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(c.waiting)
}

func (s *fakeStore) state(c *fakeCampaign) model.CampaignState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return c.State
}

func (s *fakeStore) healthOf(account string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.health[account]
}

// left returns the number of read marks that have not been reported.
func (s *fakeStore) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.marks)
}

func (s *fakeStore) Forget(_ context.Context, before time.Time, breathe func() error) (model.Forgotten, error) {
	s.mu.Lock()
	s.forgot = append(s.forgot, before)
	s.mu.Unlock()
	return model.Forgotten{}, breathe()
}

func (s *fakeStore) RecoverClaims(context.Context, time.Time) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.recoverErr != nil {
		return 0, s.recoverErr
	}
	n := 0
	for _, b := range s.batches {
		if b.State == model.BatchClaimed {
			b.State = model.BatchUnknown
			n++
		}
	}
	return n, nil
}

func (s *fakeStore) DueCampaigns(ctx context.Context, account string, now time.Time) ([]model.Campaign, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []model.Campaign
	for _, c := range s.campaigns {
		if c.Account == account && (c.State == model.CampaignQueued || c.State == model.CampaignSending) &&
			!now.Before(c.notBefore) && !s.brake {
			due = append(due, c.Campaign)
		}
	}
	return due, ctx.Err()
}

func (s *fakeStore) NextDue(_ context.Context, now time.Time) (at time.Time, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.campaigns {
		if len(c.waiting) > 0 && c.notBefore.After(now) && (!ok || c.notBefore.Before(at)) {
			at, ok = c.notBefore, true
		}
	}
	return at, ok, nil
}

func (s *fakeStore) Overdue(_ context.Context, now time.Time) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.campaigns, func(c *fakeCampaign) bool {
		return len(c.waiting) > 0 && !c.notBefore.After(now)
	}), nil
}

func (s *fakeStore) ClaimBatch(ctx context.Context, id model.CampaignID, claim model.Claim, now time.Time) (model.Batch,
	bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return model.Batch{}, false, ctx.Err()
	}
	s.cap = claim.DailyCap
	c := s.campaigns[id-1]
	open := 0
	for _, b := range s.batches {
		if b.State == model.BatchClaimed {
			open++
		}
	}
	if s.brake || c.State == model.CampaignPaused || now.Before(c.notBefore) {
		return model.Batch{}, false, nil
	}
	if len(c.waiting) == 0 {
		if open == 0 {
			c.State = model.CampaignSent
		}
		return model.Batch{}, false, nil
	}
	n := min(claim.PerCall, len(c.waiting))
	s.nextBatch++
	b := &model.Batch{ID: s.nextBatch, Campaign: c.Campaign, State: model.BatchClaimed, ClaimedAt: now, Size: n}
	for _, p := range c.waiting[:n] {
		b.People = append(b.People, model.Recipient{Phone: p})
	}
	c.waiting = c.waiting[n:]
	s.batches[b.ID] = b
	s.claims++
	c.State = model.CampaignSending
	s.most = max(s.most, open+1)
	return *b, true, nil
}

// Begin keeps stops out until done: setting the brake takes the same lock.
func (s *fakeStore) Begin(context.Context, model.BatchID, time.Time) (done func(), why model.Text, err error) {
	s.gate.Lock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.brake {
		s.gate.Unlock()
		return nil, model.Say("the brake is on"), nil
	}
	return s.gate.Unlock, model.Text{}, nil
}

func (s *fakeStore) RecordWait(_ context.Context, id model.CampaignID, why string, notBefore time.Time,
	cause model.Text) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits = append(s.waits, why)
	if c := s.campaigns[id-1]; notBefore.After(c.notBefore) {
		c.notBefore = notBefore
	}
	s.pause(id, cause)
	return nil
}

// setBrake waits for a request that is beginning before it sets the brake.
func (s *fakeStore) setBrake(on bool) {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.brake = on
}

// fails makes recordings fail; with nil, they work again.
func (s *fakeStore) fails(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.recordErr = err
}

func (s *fakeStore) RecordOutcomes(ctx context.Context, outcomes []model.Outcome) error {
	if s.takes > 0 {
		<-time.After(s.takes)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.recordErr != nil {
		return s.recordErr
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.records++
	for _, o := range outcomes {
		b := s.batches[o.Batch]
		if b == nil || b.State != model.BatchClaimed && b.State != model.BatchUnknown {
			return fmt.Errorf("batch %d has an outcome already", o.Batch)
		}
		if o.State == model.BatchQueued {
			c := s.campaigns[b.Campaign.ID-1]
			for _, p := range b.People {
				c.waiting = append(c.waiting, p.Phone)
			}
			if o.NotBefore.After(c.notBefore) {
				c.notBefore = o.NotBefore
			}
			delete(s.batches, o.Batch)
			s.pause(b.Campaign.ID, o.Pause)
			continue
		}
		b.State, b.Err, b.Evidence, b.VendorRef = o.State, o.Err, o.Evidence, o.VendorRef
		s.pause(b.Campaign.ID, o.Pause)
	}
	return nil
}

func (s *fakeStore) UnknownBatches(_ context.Context, account string) ([]model.Batch, error) {
	return s.batchesOf(account, model.BatchUnknown), nil
}

func (s *fakeStore) batchesOf(account string, state model.BatchState) []model.Batch {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.Batch
	for _, b := range s.batches {
		if b.State == state && b.Campaign.Account == account {
			out = append(out, *b)
		}
	}
	slices.SortFunc(out, func(a, b model.Batch) int { return int(b.ID - a.ID) })
	return out
}

func (s *fakeStore) TrackedRefs(_ context.Context, account string, _ time.Time) ([]model.Batch, error) {
	return s.batchesOf(account, model.BatchAccepted), nil
}

func (s *fakeStore) SaveTracked(_ context.Context, batch model.BatchID, got model.Tracked, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tracked = append(s.tracked, fmt.Sprint(batch, got.VendorIDs))
	return nil
}

func (s *fakeStore) PauseCampaign(ctx context.Context, id model.CampaignID, cause model.Text, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pause(id, cause)
	return ctx.Err()
}

func (s *fakeStore) pause(id model.CampaignID, cause model.Text) {
	if cause.IsZero() {
		return
	}
	s.campaigns[id-1].State = model.CampaignPaused
	s.pauses = append(s.pauses, cause.String())
}

func (s *fakeStore) save(what string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved[what] += n
}

func (s *fakeStore) rows(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.saved[what]
}

func (s *fakeStore) SaveCampaigns(_ context.Context, account string, page []model.Campaign, _ time.Time) error {
	s.save("campaigns", len(page))
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range page {
		if !slices.ContainsFunc(s.polls, func(p model.Poll) bool {
			return p.Account == account && p.VendorID == c.VendorID
		}) {
			s.polls = append(s.polls, model.Poll{
				Account: account, VendorID: c.VendorID, State: c.State, CreatedAt: c.CreatedAt, SendAt: c.SendAt,
				OpenRows: -1})
		}
	}
	return nil
}

func (s *fakeStore) SaveStatistics(_ context.Context, _, vendorID string, _ model.Statistics) error {
	s.save("statistics", 1)
	s.save("statistics "+vendorID, 1)
	return nil
}

func (s *fakeStore) SaveRecipients(_ context.Context, _, _ string, page []model.Recipient, _ time.Time) (int, error) {
	s.save("recipients", len(page))
	return 0, nil
}

func (s *fakeStore) SaveReplies(_ context.Context, _ string, replies []model.Reply, _ time.Time) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := 0
	for _, r := range replies {
		if !slices.ContainsFunc(s.replies, func(o model.Reply) bool { return o.VendorID == r.VendorID }) {
			s.replies = append(s.replies, r)
			fresh++
		}
	}
	return fresh, nil
}

func (s *fakeStore) SaveSenders(_ context.Context, _ string, rows []model.Sender, _ time.Time) error {
	s.save("senders", len(rows))
	return nil
}

func (s *fakeStore) SaveBlacklist(_ context.Context, _ string, rows []model.BlacklistEntry, _ time.Time) error {
	s.save("blacklist", len(rows))
	s.save("blacklists", 1)
	return nil
}

func (s *fakeStore) CampaignsListed(context.Context, string, []string) error { return nil }

func (s *fakeStore) SavePartial(_ context.Context, _ string, some model.VendorLists, _ time.Time) error {
	s.save("some", len(some.Senders)+len(some.Lists)+len(some.Blacklist))
	return nil
}

func (s *fakeStore) SaveLists(_ context.Context, _ string, rows []model.List, _ time.Time) error {
	s.save("lists", len(rows))
	return nil
}

func (s *fakeStore) SaveBalance(_ context.Context, _ string, rows []model.Balance, _ time.Time) error {
	s.save("balance", len(rows))
	return nil
}

func (s *fakeStore) Reported(context.Context, model.CampaignID) (int64, error) {
	return s.reported, nil
}

func (s *fakeStore) PeopleOf(context.Context, string, string, model.CampaignID) (expected, open int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.expected, s.open, nil
}

func (s *fakeStore) NextPoll(_ context.Context, account string) (next time.Time, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.polls {
		if at := p.NextAt; p.Account == account {
			next = earlier(next, at.Add(time.Nanosecond)) // zero is a valid time here
		}
	}
	return next, nil
}

func (s *fakeStore) Polls(_ context.Context, account string, by time.Time) ([]model.Poll, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.Poll
	for _, p := range s.polls {
		if p.Account == account && (by.IsZero() || !p.NextAt.After(by)) {
			out = append(out, p)
		}
	}
	return out, nil
}

func (s *fakeStore) SavePolls(_ context.Context, polls []model.Poll) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved["poll commits"]++
	for _, p := range polls {
		i := slices.IndexFunc(s.polls, func(known model.Poll) bool {
			return known.Account == p.Account && known.VendorID == p.VendorID
		})
		if i < 0 {
			return errors.New("no such campaign")
		}
		s.polls[i] = p
	}
	return nil
}

func (s *fakeStore) SetHealth(_ context.Context, h model.Health, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.health[h.Account] = h.Error.String()
	if h.Online {
		s.health[h.Account] = strings.TrimSuffix("online: "+h.Error.String(), ": ")
	}
	if !h.SyncedAt.IsZero() {
		s.synced[h.Account]++
	}
	return nil
}

func (s *fakeStore) LogRequests(_ context.Context, entries []model.LogEntry) error {
	s.save("log", len(entries))
	return nil
}
func (s *fakeStore) AddActivity(_ context.Context, a model.Activity) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.activity = append(s.activity, a)
	return nil
}

func (s *fakeStore) ReadMarks(_ context.Context, account string, limit int) ([]model.Reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.Reply
	for _, r := range s.marks {
		if r.Account == account && len(out) < limit {
			out = append(out, r)
		}
	}
	return out, nil
}

func (s *fakeStore) ReadMarksDone(_ context.Context, ids []model.ReplyID, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.marks = slices.DeleteFunc(s.marks, func(r model.Reply) bool { return slices.Contains(ids, r.ID) })
	return nil
}

func (s *fakeStore) Blocks(_ context.Context, _ string, limit int) ([]model.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.blocks[:min(limit, len(s.blocks))]), nil
}

func (s *fakeStore) NextBlock(context.Context, string, time.Time) (time.Time, error) {
	return time.Time{}, nil
}

func (s *fakeStore) KnownBefore(_ context.Context, id model.BatchID) (model.KnownBefore, error) {
	return model.KnownBefore{IDs: map[string]bool{"before " + id.String(): true}}, nil
}

func (s *fakeStore) QueueMissingBlocks(context.Context, model.CampaignID) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int64(len(s.blocks)), nil
}

func (s *fakeStore) BlocksDone(ctx context.Context, account string, done []model.Block, _ time.Time) error {
	return s.BlocksKeptHere(ctx, account, done)
}

func (s *fakeStore) BlocksKeptHere(_ context.Context, _ string, done []model.Block) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks = slices.DeleteFunc(s.blocks, func(b model.Block) bool { return slices.Contains(done, b) })
	return nil
}

// plainFake is an account whose vendor can do nothing.
type plainFake struct {
	undocumented []model.Action
	lacks        model.Action // beside sending
	name         string
	readOnly     bool
	calls        int // at once
}

func (f *plainFake) Account() model.Account {
	return model.Account{Name: f.name, ReadOnly: f.readOnly}
}

func (f *plainFake) Capabilities() model.Capabilities {
	return model.Capabilities{Limits: model.Limits{CallsAtOnce: f.calls}, Undocumented: f.undocumented,
		Lacks: map[model.Action]string{model.ActSend: "it has no method for it", f.lacks: "it has no method for it"}}
}

// senderFake sends through a function and counts.
type senderFake struct {
	plainFake
	perCall int
	ready   func(context.Context) (*Permit, error) // nil: at once
	send    func(context.Context, model.Batch) (model.Outcome, error)

	mu    sync.Mutex
	now   int
	most  int
	sent  map[model.Phone]int
	order []model.Phone
}

func newSender(name string, calls, perCall int, send func(context.Context, model.Batch) (model.Outcome,
	error)) *senderFake {
	return &senderFake{plainFake: plainFake{name: name, calls: calls}, perCall: perCall, send: send,
		sent: map[model.Phone]int{}}
}

func (f *senderFake) PerCall(model.Campaign) int { return f.perCall }

// Ready waits as long as ready says, like a client whose slots are taken.
func (f *senderFake) Ready(ctx context.Context) (*Permit, error) {
	if f.ready == nil {
		return NewPermit(nil), ctx.Err()
	}
	return f.ready(ctx)
}

func (f *senderFake) Send(ctx context.Context, p *Permit, b model.Batch) (model.Outcome, error) {
	done, err := p.Begin(ctx)
	if err != nil {
		return model.Outcome{}, err
	}
	done()
	f.mu.Lock()
	f.now++
	f.most = max(f.most, f.now)
	f.mu.Unlock()
	var out model.Outcome
	out, err = f.send(ctx, b)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now--
	if model.FateOf(err) == model.FateUnknown { // nil too: the vendor has them
		for _, p := range b.People {
			f.sent[p.Phone]++
			f.order = append(f.order, p.Phone)
		}
	}
	return out, err
}

// people is how many people have got something.
func (f *senderFake) people() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.sent)
}

// takes accepts every batch after a while.
func takes(d time.Duration) func(context.Context, model.Batch) (model.Outcome, error) {
	return func(ctx context.Context, b model.Batch) (model.Outcome, error) {
		select {
		case <-time.After(d):
		case <-ctx.Done():
			return model.Outcome{}, ctx.Err()
		}
		return model.Outcome{State: model.BatchAccepted, VendorRef: "ref-" + b.ID.String()}, nil
	}
}

// fails refuses every batch with the same error.
func fails(err error) func(context.Context, model.Batch) (model.Outcome, error) {
	return func(context.Context, model.Batch) (model.Outcome, error) { return model.Outcome{}, err }
}

// readerFake is a vendor whose lists can be read and which accepts notifications.
type readerFake struct {
	plainFake
	pages    [][]model.Campaign
	people   []model.Recipient
	replies  []model.Reply
	err      error                 // every request fails
	failing  func(op string) error // or some do
	slow     time.Duration
	state    model.CampaignState
	readErr  func(ids []string) error
	mu       sync.Mutex
	asked    map[string]int
	marked   [][]string
	blocked  []model.Phone
	unlocked []model.Phone
}

func (f *readerFake) ask(ctx context.Context, op string) error {
	f.mu.Lock()
	if f.asked == nil {
		f.asked = map[string]int{}
	}
	f.asked[op]++
	f.mu.Unlock()
	if f.slow > 0 {
		select {
		case <-time.After(f.slow):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if f.failing != nil {
		if err := f.failing(op); err != nil {
			return err
		}
	}
	return f.err
}

func (f *readerFake) times(op string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked[op]
}

func (f *readerFake) all() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return fmt.Sprint(f.asked)
}

func (f *readerFake) Campaigns(ctx context.Context) iter.Seq2[[]model.Campaign, error] {
	return func(yield func([]model.Campaign, error) bool) {
		for _, page := range f.pages {
			if err := f.ask(ctx, "campaigns"); err != nil {
				yield(nil, err)
				return
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

func (f *readerFake) Statistics(ctx context.Context, id string) (model.Statistics, error) {
	return model.Statistics{State: f.state}, f.ask(ctx, "statistics "+id)
}

func (f *readerFake) Recipients(ctx context.Context, id string) iter.Seq2[[]model.Recipient, error] {
	return func(yield func([]model.Recipient, error) bool) {
		err := f.ask(ctx, "recipients "+id)
		yield(f.people, err)
	}
}

func (f *readerFake) Replies(ctx context.Context, id string) ([]model.Reply, error) {
	err := f.ask(ctx, "replies "+id)
	return slices.Clone(f.replies), err
}

func (f *readerFake) Senders(ctx context.Context) ([]model.Sender, error) {
	return []model.Sender{{ID: "1"}}, f.ask(ctx, "senders")
}

func (f *readerFake) Blacklist(ctx context.Context) iter.Seq2[[]model.BlacklistEntry, error] {
	return func(yield func([]model.BlacklistEntry, error) bool) {
		for range 2 {
			if err := f.ask(ctx, "blacklist"); err != nil {
				yield(nil, err)
				return
			}
			if !yield([]model.BlacklistEntry{{Phone: 375291000001}}, nil) {
				return
			}
		}
	}
}

func (f *readerFake) Balance(ctx context.Context) ([]model.Balance, error) {
	return []model.Balance{{}}, f.ask(ctx, "balance")
}

func (f *readerFake) MarkRead(ctx context.Context, ids []string) error {
	if err := f.ask(ctx, "mark"); err != nil {
		return err
	}
	if f.readErr != nil {
		if err := f.readErr(ids); err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.marked = append(f.marked, ids)
	return nil
}

func (f *readerFake) Block(ctx context.Context, phones []model.Phone, _ string) error {
	if err := f.ask(ctx, "block"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.blocked = append(f.blocked, phones...)
	return nil
}

func (f *readerFake) Unblock(ctx context.Context, phones []model.Phone) error {
	if err := f.ask(ctx, "unblock"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unlocked = append(f.unlocked, phones...)
	return nil
}

func (s *fakeStore) Deletions(context.Context, string) ([]model.Deletion, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.deletions), nil
}

func (s *fakeStore) DeletionBegins(_ context.Context, batch model.BatchID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.deletions {
		if s.deletions[i].Batch == batch {
			s.deletions[i].Tries++
		}
	}
	return nil
}

func (s *fakeStore) DeletionEnds(_ context.Context, d model.Deletion, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deletions = slices.DeleteFunc(s.deletions, func(o model.Deletion) bool { return o.Batch == d.Batch })
	s.deleted = append(s.deleted, d)
	return nil
}
