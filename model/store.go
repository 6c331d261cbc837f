package model

import (
	"context"
	"time"
)

// What the dashboard and the command line both need of the local cache. None of it touches a
// network.

// ListReader reads windows of the lists, by keyset.
type ListReader interface {
	Campaigns(ctx context.Context, q PageRequest) (Page[Campaign], error)
	Recipients(ctx context.Context, q PageRequest) (Page[Recipient], error)
	Replies(ctx context.Context, q PageRequest) (Page[Reply], error)
	Senders(ctx context.Context, q PageRequest) (Page[Sender], error)
	Blacklist(ctx context.Context, q PageRequest) (Page[BlacklistEntry], error)
	Outbox(ctx context.Context, q PageRequest) (Page[OutboxRow], error)
	Log(ctx context.Context, q PageRequest) (Page[LogEntry], error)
}

// FigureReader reads the figures of one campaign, and of everything.
type FigureReader interface {
	Statistics(ctx context.Context, id CampaignID) (Statistics, error)
	// Countries counts the people of a campaign by country, "?" where a number has none.
	Countries(ctx context.Context, id CampaignID) (map[string]int64, error)
	// Resending gives who would get an unknown batch again if a person decided so now.
	Resending(ctx context.Context, id BatchID) (Resend, error)
	Progress(ctx context.Context, id CampaignID) (Progress, error)
	Overview(ctx context.Context, operator string) (Overview, error)
	// Attention gives all that may need a person. It may take a second.
	Attention(ctx context.Context, p Patience) (Attention, error)
	// Handover gives the state of the work for whoever goes on with it. It may take a second.
	Handover(ctx context.Context, p Patience) (Handover, error)
}

// ChangeWatcher says what has changed.
type ChangeWatcher interface {
	// Changed waits until a topic changes, in this or another process, or the context ends. It
	// gives the topics that changed since the last call, merged.
	Changed(ctx context.Context) ([]Topic, error)
}

// ReplyEditor changes the local state of replies. All of a call's replies change in one transaction
// and are one step of undo.
type ReplyEditor interface {
	// SetReplyState says how many of the replies were not in that state before.
	SetReplyState(ctx context.Context, operator string, ids []ReplyID, state ReplyState, until time.Time) (int, error)
	Label(ctx context.Context, operator string, ids []ReplyID, label string, on bool) error
	AddNote(ctx context.Context, operator string, id ReplyID, text string) error
}

// PreparedEditor keeps the answers that are prepared for everybody.
type PreparedEditor interface {
	// Answerbook gives the prepared answers written in the program, how often which were used, and
	// the columns of the reply's person. With reply 0 it is about none in particular.
	Answerbook(ctx context.Context, reply ReplyID) (Answerbook, error)
	// SavePrepared keeps an answer in place of one that has the same name.
	SavePrepared(ctx context.Context, operator string, a PreparedAnswer) error
	DeletePrepared(ctx context.Context, operator, name string) error
}

// BlacklistEditor changes the blacklist of ours and notes what vendors have yet to be told.
type BlacklistEditor interface {
	Block(ctx context.Context, operator string, phones []Phone, reason string, only []string,
		source BlacklistSource) (added int, err error)
	// NotBlocked gives those of the phones that Block would add.
	NotBlocked(ctx context.Context, phones []Phone, only []string) ([]Phone, error)
	// CompareBlacklist gives the phones that are blocked through an account here, at its vendor as
	// it was read last, or at both.
	CompareBlacklist(ctx context.Context, account string) ([]ComparedBlock, error)
	// PushBlocks notes that an account's vendor must be told of entries of ours, and gives how many
	// that are.
	PushBlocks(ctx context.Context, operator, account string, phones []Phone) (int, error)
	// StillReached gives the campaigns that lie at their vendors for a time to come and go to one
	// of the people all the same, or may.
	StillReached(ctx context.Context, phones []Phone) ([]Campaign, error)
	Unblock(ctx context.Context, operator string, phones []Phone, reason string, only []string) (removed int, err error)
	// BlockContacts and UnblockContacts do the same for contacts that are not phones, in the
	// accounts of only, of which there must be one.
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
	// gives the first campaign's id.
	Submit(ctx context.Context, operator, key string, plan Plan, hold time.Duration, approveAbove int64) (CampaignID,
		error)
	Pause(ctx context.Context, operator string, id CampaignID) error
	Resume(ctx context.Context, operator string, id CampaignID) error
	Recall(ctx context.Context, operator string, id CampaignID) error
	Approve(ctx context.Context, operator string, id CampaignID) error
	// Archive puts campaigns away, or takes them out again, here only: lists show them when the
	// filter says is:archived. It is one step of Undo. When one of them is not over, nothing is put
	// away.
	Archive(ctx context.Context, operator string, ids []CampaignID, on bool) error
	// DeleteHandedOver asks that a campaign which lies at its vendor for a time to come is deleted
	// there; the engine does so.
	DeleteHandedOver(ctx context.Context, operator string, id CampaignID) error
	Resolve(ctx context.Context, operator string, id BatchID, as Resolution) error
	SetBrake(ctx context.Context, operator string, on bool, reason string) error
}
