package model

import (
	"context"
	"time"
)

// The parts of the local cache that both the dashboard and the command line need. None of them
// touches a network.

// FigureReader reads the figures of one campaign, and of all.
type FigureReader interface {
	Statistics(ctx context.Context, id CampaignID) (Statistics, error)
	// Countries counts the people of a campaign by country, "?" if a number has none.
	Countries(ctx context.Context, id CampaignID) (map[string]int64, error)
	// Resending returns the people who would get an unknown batch again if a person decided so now.
	Resending(ctx context.Context, id BatchID) (Resend, error)
	Progress(ctx context.Context, id CampaignID) (Progress, error)
	Overview(ctx context.Context, operator string) (Overview, error)
	// Attention returns everything that may need a person. It may take a second.
	Attention(ctx context.Context, p Patience) (Attention, error)
	// Handover returns the state of the work for the person who takes over. It may take a second.
	Handover(ctx context.Context, p Patience) (Handover, error)
}

// ChangeWatcher reports changes.
type ChangeWatcher interface {
	// Changed waits until a topic changes, in this or another process, or the context ends. It
	// returns the topics that changed since the last call, merged.
	Changed(ctx context.Context) ([]Topic, error)
}

// Switch says whether something is put on or taken off: the brake, a label, the archive.
type Switch bool

// The positions of a switch.
const (
	On  Switch = true
	Off Switch = false
)

// ReplyEditor changes the local state of replies. All replies of a call change in one transaction
// and are one undo step.
type ReplyEditor interface {
	// SetReplyState returns how many of the replies were not in that state before.
	SetReplyState(ctx context.Context, operator string, ids []ReplyID, state ReplyState, until time.Time) (int, error)
	Label(ctx context.Context, operator string, ids []ReplyID, label string, on Switch) error
	AddNote(ctx context.Context, operator string, id ReplyID, text string) error
}

// PreparedEditor edits the answers prepared for everybody.
type PreparedEditor interface {
	// Answerbook returns the prepared answers written in the program, how often each was used, and
	// the columns of the reply's person. With reply 0 it is not about a particular reply.
	Answerbook(ctx context.Context, reply ReplyID) (Answerbook, error)
	// SavePrepared stores an answer; it replaces one with the same name.
	SavePrepared(ctx context.Context, operator string, a PreparedAnswer) error
	DeletePrepared(ctx context.Context, operator, name string) error
}

// BlacklistEditor changes our own blacklist and notes what must be sent to vendors.
type BlacklistEditor interface {
	Block(ctx context.Context, operator string, phones []Phone, reason string, only []string,
		source BlacklistSource) (added int, err error)
	// BlockAll is Block for phones with reasons of their own, whose vendors may be notified later.
	BlockAll(ctx context.Context, operator string, b Blocking) (added int, err error)
	// NotBlocked returns those of the phones that Block would add.
	NotBlocked(ctx context.Context, phones []Phone, only []string) ([]Phone, error)
	// CompareBlacklist returns the phones that are blocked through an account here, at its vendor
	// as last read, or at both.
	CompareBlacklist(ctx context.Context, account string) ([]ComparedBlock, error)
	// PushBlocks queues our entries to be sent to an account's vendor, and returns how many.
	PushBlocks(ctx context.Context, operator, account string, phones []Phone) (int, error)
	// StillReached returns the campaigns that their vendors hold for a later time and that will
	// reach one of the people all the same, or may.
	StillReached(ctx context.Context, phones []Phone) ([]Campaign, error)
	Unblock(ctx context.Context, operator string, phones []Phone, reason string, only []string) (removed int, err error)
	// BlockContacts and UnblockContacts do the same for contacts that are not phones, in the
	// accounts of only, which must name at least one.
	BlockContacts(
		ctx context.Context,
		operator string,
		contacts []string,
		reason string,
		only []string,
	) (added int, err error)
	UnblockContacts(
		ctx context.Context,
		operator string,
		contacts []string,
		reason string,
		only []string,
	) (removed int, err error)
}

// SendEditor holds the intents about sends.
type SendEditor interface {
	PlanReader
	// Submit stores a planned campaign and its people, queued or held until its recall window ends,
	// in one transaction. The key makes it harmless to repeat: a second call with the same key
	// returns the first campaign's id.
	Submit(ctx context.Context, operator, key string, plan Plan, hold time.Duration, approveAbove int64) (CampaignID,
		error)
	Pause(ctx context.Context, operator string, id CampaignID) error
	Resume(ctx context.Context, operator string, id CampaignID) error
	Recall(ctx context.Context, operator string, id CampaignID) error
	Approve(ctx context.Context, operator string, id CampaignID) error
	// Archive archives campaigns, or takes them out again, here only: lists show them if the filter
	// says is:archived. It is one undo step. If any of them is not over, nothing is archived.
	Archive(ctx context.Context, operator string, ids []CampaignID, on Switch) error
	// DeleteHandedOver requests that a campaign that its vendor holds for a later time be deleted
	// there; the engine does so.
	DeleteHandedOver(ctx context.Context, operator string, id CampaignID) error
	Resolve(ctx context.Context, operator string, id BatchID, as Resolution) error
	SetBrake(ctx context.Context, operator string, on Switch, reason string) error
}
