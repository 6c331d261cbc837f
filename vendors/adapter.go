// Package vendors is the batched vendor layer: the contract that every adapter implements, the
// engine that claims, calls and records, and the wrappers around HTTP (rate, retry, circuit
// breaker, redaction) that all adapters share.
package vendors

import (
	"context"
	"iter"
	"time"

	"viberdeck/model"
)

// Adapter is one account at one vendor. Its other abilities are the small interfaces below that it
// implements, and its capabilities describe them in words. All methods are safe for concurrent use,
// return *model.Error for problems a person can act on, and sanitise all text from outside.
type Adapter interface {
	Account() model.Account // without secrets
	Capabilities() model.Capabilities
}

// CampaignLister reads the vendor's campaigns page by page, newest first where the vendor supports
// an order.
type CampaignLister interface {
	Campaigns(ctx context.Context) iter.Seq2[[]model.Campaign, error]
}

// StatisticsReader reads the totals of one campaign.
type StatisticsReader interface {
	Statistics(ctx context.Context, vendorID string) (model.Statistics, error)
}

// RecipientReader reads the people of one campaign with their delivery statuses, in pages.
type RecipientReader interface {
	Recipients(ctx context.Context, vendorID string) iter.Seq2[[]model.Recipient, error]
}

// ReplyReader reads the unread replies to one campaign. Reading changes nothing at the vendor. Like
// other readers, it may return what it could read together with an error that says what is missing.
type ReplyReader interface {
	Replies(ctx context.Context, vendorID string) ([]model.Reply, error)
}

// ReadMarker marks replies read at the vendor; afterwards the vendor no longer returns them. A
// FewerMarkedError says that the vendor marked fewer than requested.
type ReadMarker interface {
	MarkRead(ctx context.Context, vendorIDs []string) error
}

// FewerMarkedError says that a vendor marked fewer replies as read than requested. Replies that
// were already marked do not count there, so repeating the call changes nothing.
type FewerMarkedError struct{ Sentence model.Text }

func (e *FewerMarkedError) Error() string { return e.Sentence.String() }

// Text returns the error as a sentence.
func (e *FewerMarkedError) Text() model.Text { return e.Sentence }

// SenderLister reads the senders of the account.
type SenderLister interface {
	Senders(ctx context.Context) ([]model.Sender, error)
}

// BlacklistReader reads the vendor's own blacklist in pages.
type BlacklistReader interface {
	Blacklist(ctx context.Context) iter.Seq2[[]model.BlacklistEntry, error]
}

// BlacklistWriter changes the vendor's own blacklist. Both methods may be repeated without harm.
type BlacklistWriter interface {
	Block(ctx context.Context, phones []model.Phone, reason string) error
	Unblock(ctx context.Context, phones []model.Phone) error
}

// ListReader reads the lists of people stored at the vendor.
type ListReader interface {
	Lists(ctx context.Context) ([]model.List, error)
}

// BalanceReader reads the remaining balance.
type BalanceReader interface {
	Balance(ctx context.Context) ([]model.Balance, error)
}

// Dispatcher sends batches. Ready waits until one call can begin at once: the login is done, and a
// slot and a place in the rate are taken. Only then is a batch claimed. Send makes exactly one paid
// call and never repeats it; each of its requests asks the permit's gate at the moment it is
// written. The permit may be nil: then Send waits for the limits and asks no gate.
//
// A nil error means that the vendor answered, and the outcome holds the result for each person.
// With an error, its model.Fate reports whether the vendor cannot have acted (FateNotSent), refused
// (FateRefused) or may have acted (FateUnknown).
type Dispatcher interface {
	// PerCall is how many people of this campaign fit in one call, at least 1.
	PerCall(c model.Campaign) int
	Ready(ctx context.Context) (*Permit, error)
	Send(ctx context.Context, p *Permit, b model.Batch) (model.Outcome, error)
}

// Checker knows the rules of a vendor that capabilities cannot express as data. Check returns all
// violations at once, joined, and makes no request. It is called together with model.CheckCampaign
// before anything is stored, and Send calls it again.
type Checker interface {
	Check(c model.Campaign) error
}

// ListPreparer prepares a send to a list at the vendor without spending money. It returns the
// number of people on the list, and the price if the vendor reports one. The id, if any, is stored
// as the campaign's vendor id and is what Send later confirms.
type ListPreparer interface {
	PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error)
}

// Settler looks for evidence of the outcome of a batch whose answer was lost. The outcome is
// accepted or refused only if the evidence is conclusive; otherwise it stays unknown and its
// Evidence lists what was checked.
type Settler interface {
	Settle(ctx context.Context, b model.Batch) (model.Outcome, error)
}

// Repeater settles a batch whose answer was lost by repeating its paid call, at a vendor that
// accepts the same call only once. It passes the same gate as the first call. The outcome follows
// the rules of Settler.
type Repeater interface {
	Dispatcher
	Repeat(ctx context.Context, p *Permit, b model.Batch) (model.Outcome, error)
}

// ScheduledDeleter deletes a scheduled campaign at the vendor before it begins.
type ScheduledDeleter interface {
	DeleteScheduled(ctx context.Context, vendorID string) error
}

// Tracker reads the outcome of a batch by the reference that sending it returned, for vendors that
// assign campaign ids only later.
type Tracker interface {
	// Track returns the further ids of the campaign and the people's statuses. Those that People
	// lists as rejected were refused.
	Track(ctx context.Context, ref string) (model.Tracked, error)
}

// WebhookRegistrar creates, lists and removes the addresses to which the vendor posts the events of
// an account.
type WebhookRegistrar interface {
	// CreateWebhook returns the id, "" where the vendor has none. The call is made once and never
	// repeated.
	CreateWebhook(ctx context.Context, w model.Webhook) (id string, err error)
	Webhooks(ctx context.Context) ([]model.Webhook, error)
	RemoveWebhook(ctx context.Context, id string) error
}

// Answering is implemented by adapters that know when their vendor last answered anything.
type Answering interface {
	LastAnswer() time.Time // zero: never
}
