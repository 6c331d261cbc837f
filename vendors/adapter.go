// Package vendors is the batched vendor layer: the contract every vendor's adapter keeps, the
// engine that claims, calls and records, and the wrappers around HTTP (rate, retry, circuit
// breaker, redaction) that all adapters share.
package vendors

import (
	"context"
	"iter"

	"viberdeck/model"
)

// Adapter is one account at one vendor. What else it can do it says by implementing the small
// interfaces below, and in words by its capabilities. All methods are safe for concurrent use,
// return *model.Error for what a person can act on, and sanitise every text that came from outside.
type Adapter interface {
	Account() model.Account // without secrets
	Capabilities() model.Capabilities
}

// CampaignLister reads the vendor's campaigns page by page, the newest first where the vendor lets
// us choose.
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
// other readers it may give what it could read beside an error that says what is missing.
type ReplyReader interface {
	Replies(ctx context.Context, vendorID string) ([]model.Reply, error)
}

// ReadMarker marks replies read at the vendor; afterwards the vendor no longer returns them. A
// FewerMarkedError says that the vendor did so of fewer than it was asked for.
type ReadMarker interface {
	MarkRead(ctx context.Context, vendorIDs []string) error
}

// FewerMarkedError says that a vendor marked fewer replies as read than it was asked for. Those
// marked before do not count there, so that asking again changes nothing.
type FewerMarkedError struct{ Said model.Text }

func (e *FewerMarkedError) Error() string { return e.Said.String() }

// Text gives it as a sentence.
func (e *FewerMarkedError) Text() model.Text { return e.Said }

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

// ListReader reads the lists of people kept at the vendor.
type ListReader interface {
	Lists(ctx context.Context) ([]model.List, error)
}

// BalanceReader reads the money left.
type BalanceReader interface {
	Balance(ctx context.Context) ([]model.Balance, error)
}

// Dispatcher sends batches. Ready waits until one call can begin at once: with a login done, a slot
// and a place in the rate. Only then is a batch claimed. Send makes exactly one paid call and never
// repeats it; each of its requests asks the permit's gate in the moment it is written. The permit
// may be nil: then the limits are waited for, and no gate is asked.
//
// A nil error means that the vendor answered; the outcome says what became of whom. With an error
// its model.Fate reports whether the vendor cannot have acted (FateNotSent), refused (FateRefused)
// or may have acted (FateUnknown).
type Dispatcher interface {
	// PerCall is how many people of this campaign one call may carry, at least 1.
	PerCall(c model.Campaign) int
	Ready(ctx context.Context) (*Permit, error)
	Send(ctx context.Context, p *Permit, b model.Batch) (model.Outcome, error)
}

// Checker knows the rules of a vendor that capabilities cannot say as data. Check gives all
// breaches at once, joined, and makes no request; it is called beside model.CheckCampaign before
// anything is stored, and Send calls it again.
type Checker interface {
	Check(c model.Campaign) error
}

// ListPreparer prepares a send to a list at the vendor without spending money and says how many
// people it has, and what it will cost where the vendor says so. The id, if any, is stored as the
// campaign's vendor id and is what Send later confirms.
type ListPreparer interface {
	PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error)
}

// Settler looks for evidence of what became of a batch whose answer was lost. The outcome is
// accepted or refused only if the evidence is conclusive; otherwise it stays unknown and its
// Evidence says what was looked at.
type Settler interface {
	Settle(ctx context.Context, b model.Batch) (model.Outcome, error)
}

// Repeater settles a batch whose answer was lost by making its paid call again, at a vendor that
// takes the same call once only. It passes the same gate as the first. The outcome is as that of
// Settler.
type Repeater interface {
	Dispatcher
	Repeat(ctx context.Context, p *Permit, b model.Batch) (model.Outcome, error)
}

// ScheduledDeleter deletes a campaign at the vendor that is scheduled and has not begun.
type ScheduledDeleter interface {
	DeleteScheduled(ctx context.Context, vendorID string) error
}

// Tracker reads what became of a batch by the reference that sending it returned, for vendors whose
// campaigns get their own ids only later.
type Tracker interface {
	// Track gives the further ids of the campaign and the people's statuses; People it names as
	// rejected were refused.
	Track(ctx context.Context, ref string) (Tracked, error)
}

// Tracked is what became of a batch.
type Tracked struct {
	VendorIDs []string
	People    []model.Recipient
	// Refused says in words why the vendor, after having taken the call, refused everybody of the
	// batch whom People does not name; "" if it did not.
	Refused model.Text
}

// WebhookKeeper makes, lists and removes the addresses that the vendor reports of the events of an
// account.
type WebhookKeeper interface {
	// CreateWebhook gives the id, "" where the vendor names none. It is made once and never
	// repeated.
	CreateWebhook(ctx context.Context, w model.Webhook) (id string, err error)
	Webhooks(ctx context.Context) ([]model.Webhook, error)
	RemoveWebhook(ctx context.Context, id string) error
}
