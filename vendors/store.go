package vendors

import (
	"context"
	"time"

	"viberdeck/model"
)

// Outbox is the part of the cache that holds the messages to send. Every method is one transaction;
// those that come before a call are durable when they return.
type Outbox interface {
	// RecoverClaims turns claims without an outcome into unknown ones. Only the process that leads
	// may call it. It returns the number of batches.
	RecoverClaims(ctx context.Context, now time.Time) (int, error)
	// DueCampaigns returns the campaigns of the account from which people may leave now, oldest
	// first: held ones whose recall window has ended and queued or sending ones. A held one becomes
	// queued. It returns none while the brake is on.
	DueCampaigns(ctx context.Context, account string, now time.Time) ([]model.Campaign, error)
	// NextDue returns when the next held or given-back campaign of any account becomes due.
	NextDue(ctx context.Context, now time.Time) (at time.Time, ok bool, err error)
	// Overdue reports whether a campaign of any account is due and held back by something other
	// than the brake.
	Overdue(ctx context.Context, now time.Time) (bool, error)
	// ClaimBatch commits, durably and in one transaction, one batch of the campaign, after checking
	// everything that may prevent it (see the cache's gate); ok is false if no message may leave
	// now. The campaign's state is then derived from its rows.
	ClaimBatch(ctx context.Context, id model.CampaignID, claim model.Claim, now time.Time) (b model.Batch, ok bool,
		err error)
	// Begin repeats these checks at the moment when the call of a claimed batch, or the repeated
	// call of an unknown one, is about to be written. If it may leave, why is "" and no stop can be
	// committed before done is called.
	Begin(ctx context.Context, batch model.BatchID, now time.Time) (done func(), why model.Text, err error)
	// RecordWait records why no call of the campaign could begin, and the wait that the vendor
	// asked for; zero: none. With a cause it pauses the campaign.
	RecordWait(ctx context.Context, id model.CampaignID, why string, notBefore time.Time, cause model.Text) error
	// RecordOutcomes commits the outcomes of batches and their consequences, durably and in one
	// transaction.
	RecordOutcomes(ctx context.Context, outcomes []model.Outcome) error
	// UnknownBatches returns the batches of the account whose outcome is unknown, with their
	// people.
	UnknownBatches(ctx context.Context, account string) ([]model.Batch, error)
	// KnownBefore returns what was known about the account's campaigns at the vendor when the batch
	// was claimed.
	KnownBefore(ctx context.Context, batch model.BatchID) (model.KnownBefore, error)
	// TrackedRefs returns accepted batches of the account whose reference has not yet been resolved
	// to campaign ids or whose people are not final, newest first.
	TrackedRefs(ctx context.Context, account string, now time.Time) ([]model.Batch, error)
	// SaveTracked stores the progress of an accepted batch.
	SaveTracked(ctx context.Context, batch model.BatchID, got model.Tracked, now time.Time) error
	// PauseCampaign stops further claims of the campaign; the cause is a sentence for a person.
	PauseCampaign(ctx context.Context, id model.CampaignID, cause model.Text, now time.Time) error
}

// SyncStore is the part of the cache to which synchronisation writes. All methods may be repeated
// with the same data.
type SyncStore interface {
	SaveCampaigns(ctx context.Context, account string, page []model.Campaign, now time.Time) error
	// CampaignsListed takes the ids of a complete list of the account's campaigns. It removes
	// nothing; the error is model.Shrunk if the list lacks more than a few that it had before.
	CampaignsListed(ctx context.Context, account string, ids []string) error
	SaveStatistics(ctx context.Context, account, vendorID string, s model.Statistics) error
	// SaveRecipients stores statuses; illegal steps are skipped and returned for the log.
	SaveRecipients(ctx context.Context, account, vendorID string, page []model.Recipient, now time.Time) (illegal int,
		err error)
	// SaveReplies stores replies that are new and returns how many were.
	SaveReplies(ctx context.Context, account string, replies []model.Reply, now time.Time) (int, error)
	SaveSenders(ctx context.Context, account string, senders []model.Sender, now time.Time) error
	// SaveBlacklist replaces what is known about the vendor's own list. Our own entries stay.
	SaveBlacklist(ctx context.Context, account string, entries []model.BlacklistEntry, now time.Time) error
	// SavePartial stores rows of lists that were not read in full: it removes nothing already
	// known.
	SavePartial(ctx context.Context, account string, some model.VendorLists, now time.Time) error
	SaveLists(ctx context.Context, account string, lists []model.List, now time.Time) error
	SaveBalance(ctx context.Context, account string, balances []model.Balance, now time.Time) error
	// PeopleOf returns how many people of the vendor's campaign are known here (0: unknown), and
	// for how many of the whole campaign more news is expected.
	PeopleOf(ctx context.Context, account, vendorID string, id model.CampaignID) (expected, open int64, err error)
	// Reported counts the people of a campaign that its vendor has reported before; 0 if the
	// campaign consists of several at the vendor.
	Reported(ctx context.Context, id model.CampaignID) (int64, error)
	// Polls returns the polls of the account's campaigns that are due by the given time (zero:
	// all), newest first.
	Polls(ctx context.Context, account string, by time.Time) ([]model.Poll, error)
	// NextPoll returns when the next campaign of the account is due to be polled; zero: none.
	NextPoll(ctx context.Context, account string) (time.Time, error)
	// SavePolls remembers when campaigns were asked about and when each is due next, in one
	// transaction.
	SavePolls(ctx context.Context, polls []model.Poll) error
	// SetHealth stores whether an account answers, with the reason if it does not, and when it was
	// read completely.
	SetHealth(ctx context.Context, h model.Health, now time.Time) error
	LogRequests(ctx context.Context, entries []model.LogEntry) error
	AddActivity(ctx context.Context, a model.Activity) error
}

// Intents are decisions of people here that have not yet been sent to the vendors.
type Intents interface {
	// ReadMarks returns replies of the account that a person is done with and that are not yet
	// marked as read at the vendor.
	ReadMarks(ctx context.Context, account string, limit int) ([]model.Reply, error)
	ReadMarksDone(ctx context.Context, ids []model.ReplyID, now time.Time) error
	// Blocks returns blacklist changes that have not yet been sent to the vendor.
	Blocks(ctx context.Context, account string, limit int) ([]model.Block, error)
	// NextBlock returns when the next change that Blocks does not return yet can no longer be
	// undone; zero: none.
	NextBlock(ctx context.Context, account string, now time.Time) (time.Time, error)
	// BlocksDone notes that the vendor received changes, BlocksKeptHere that it has no list that
	// could receive them.
	BlocksDone(ctx context.Context, account string, done []model.Block, now time.Time) error
	BlocksKeptHere(ctx context.Context, account string, done []model.Block) error
	// QueueMissingBlocks compares our blacklist with the vendor's where the campaign's list is
	// stored, and counts the changes that must be sent to the vendor before the list may leave.
	QueueMissingBlocks(ctx context.Context, id model.CampaignID) (owed int64, err error)
}

// Deletions are campaigns that were handed over to a vendor and must be deleted there.
type Deletions interface {
	Deletions(ctx context.Context, account string) ([]model.Deletion, error)
	// DeletionBegins records durably, before the call, that the vendor is being asked.
	DeletionBegins(ctx context.Context, batch model.BatchID) error
	DeletionEnds(ctx context.Context, d model.Deletion, now time.Time) error
}

// Housekeeper removes data that is too old to keep.
type Housekeeper interface {
	// Forget removes personal data older than before (zero: none) and what can no longer be undone,
	// in small transactions. It calls breathe between them and ends with its error. Figures stay.
	Forget(ctx context.Context, before time.Time, breathe func() error) (model.Forgotten, error)
}

// Store is everything the engine needs from the cache.
type Store interface {
	Outbox
	SyncStore
	Intents
	Deletions
	Housekeeper
}
