// Package storetest tests what every store of the program must do, whatever holds its rows: a
// second store gives Run a Maker and knows nothing of the first.
package storetest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
)

// Store is the part of a store on which sends, replies and opt-outs depend: the methods that
// engine, screens and commands call, under the names they use.
type Store interface {
	// Which process sends, and the gate that it checks.
	Take(ctx context.Context) (model.LeadTerm, error)
	TryTake(ctx context.Context) (t model.LeadTerm, led bool, err error)
	RecoverClaims(ctx context.Context, now time.Time) (int, error)
	DueCampaigns(ctx context.Context, account string, now time.Time) ([]model.Campaign, error)
	NextDue(ctx context.Context, now time.Time) (at time.Time, ok bool, err error)
	ClaimBatch(ctx context.Context, id model.CampaignID, claim model.Claim, now time.Time) (b model.Batch, ok bool,
		err error)
	Begin(ctx context.Context, batch model.BatchID, now time.Time) (done func(), why model.Text, err error)
	RecordOutcomes(ctx context.Context, outcomes []model.Outcome) error
	UnknownBatches(ctx context.Context, account string) ([]model.Batch, error)
	SavePolls(ctx context.Context, polls []model.Poll) error

	// What vendors report, and what has not been sent to them yet.
	SaveRecipients(ctx context.Context, account, vendorID string, page []model.Recipient, now time.Time) (illegal int,
		err error)
	SaveReplies(ctx context.Context, account string, replies []model.Reply, now time.Time) (int, error)
	SaveBlacklist(ctx context.Context, account string, entries []model.BlacklistEntry, now time.Time) error
	SaveLists(ctx context.Context, account string, lists []model.List, now time.Time) error
	Blocks(ctx context.Context, account string, limit int) ([]model.Block, error)
	BlocksDone(ctx context.Context, account string, done []model.Block, now time.Time) error
	BlocksKeptHere(ctx context.Context, account string, done []model.Block) error

	// What people read and intend.
	model.ListReader
	model.FigureReader
	model.ReplyEditor
	model.BlacklistEditor
	model.SendEditor
	Count(ctx context.Context, topic model.Topic, q model.PageRequest) (int64, error)
	Thread(ctx context.Context, id model.ReplyID) (model.Thread, error)
	SetUnread(ctx context.Context, operator string, ids []model.ReplyID, unread bool) error
	Claim(ctx context.Context, operator, session string, ids []model.ReplyID) (others int, err error)
	Release(ctx context.Context, operator string, ids []model.ReplyID) (others int, err error)
	OptOut(ctx context.Context, operator string, ids []model.ReplyID) error
	Undo(ctx context.Context, operator string) (model.Text, error)
	Present(ctx context.Context, session, operator string, open model.ReplyID) error
	Setting(ctx context.Context, operator, name string) (value string, ok bool, err error)
	SaveSetting(ctx context.Context, operator, name, value string) error
	NoticesRead(ctx context.Context, operator string, last int64) error

	Close() error
}

// Maker makes an empty store that uses the given clock and knows the accounts minsk (sms.by) and
// shop (SendPulse). Each call of the returned function opens the same store as another process
// would; the Maker makes sure that all are closed when the test ends.
type Maker func(t *testing.T, now func() time.Time) (open func() Store)

// Run tests a store. Each sentence gets a store of its own.
func Run(t *testing.T, maker Maker) {
	for _, group := range [][]sentence{leading(), stopping(), claiming(), recording(), limiting(), repeating(),
		blocking(), triaging(), answering()} {
		for _, s := range group {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				clock := &Clock{}
				clock.Set(Start())
				s.holds(t, &place{clock, maker, maker(t, clock.Now)})
			})
		}
	}
}

// sentence is a statement that holds for every store.
type sentence struct {
	name  string
	holds func(*testing.T, *place)
}

// place is an empty store and its clock.
type place struct {
	clock *Clock
	maker Maker
	store func() Store
}

// open opens the store as another process would.
func (p *place) open() *opened { return &opened{p.store(), p.clock, nil} }

// another returns a separate empty store with the same clock.
func (p *place) another(t *testing.T) *place {
	return &place{p.clock, p.maker, p.maker(t, p.clock.Now)}
}

// opened is the store as one process has it.
type opened struct {
	Store
	clock *Clock
	ids   []model.ReplyID // of the replies that came, in order
}

// Clock is a time that a test moves.
type Clock struct{ now atomic.Int64 }

// Now returns the time.
func (c *Clock) Now() time.Time { return time.UnixMilli(c.now.Load()).UTC() }

// Set moves the clock to a time.
func (c *Clock) Set(at time.Time) { c.now.Store(at.UnixMilli()) }

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) { c.now.Add(d.Milliseconds()) }
