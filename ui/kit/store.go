package kit

import (
	"context"
	"time"

	"viberdeck/model"
)

// Store is what the dashboard reads and the intents it writes. It is the local cache: nothing here
// touches a network. Every method is called from a command, never from Update or View.
type Store interface {
	Reader
	Historian
	Triage
	model.PreparedEditor
	model.BlacklistEditor
	model.SendEditor
	SettingStore
}

// Reader reads windows of lists. Pages are read by keyset; counts may take longer and are asked for
// apart.
type Reader interface {
	model.ListReader
	model.FigureReader
	model.ChangeWatcher
	model.ValueReader
	// Count gives how many rows of a list a request matches.
	Count(ctx context.Context, list model.Topic, q model.PageRequest) (int64, error)
	Campaign(ctx context.Context, id model.CampaignID) (model.Campaign, error)
	// Cuts gives the figures of the campaigns a request matches, cut by one thing. It may take
	// seconds.
	Cuts(ctx context.Context, by model.CutBy, q model.PageRequest) (model.Cuts, error)
	// SenderHealth says how people took what each sender sent since the given time. It may take a
	// second.
	SenderHealth(ctx context.Context, since time.Time) ([]model.SenderHealth, error)
	// LastSender gives the sender of the last campaign of ours through an account, to one of the
	// vendor's lists if one is named.
	LastSender(ctx context.Context, account, list string) (sender string, at time.Time, ok bool, err error)
	Activities(ctx context.Context, id model.CampaignID, limit int) ([]model.Activity, error)
	Thread(ctx context.Context, id model.ReplyID) (model.Thread, error)
	Lists(ctx context.Context, account string) ([]model.List, error)
}

// Historian says what happened, and writes down what operators do beside the lists.
type Historian interface {
	// PersonHistory gives everything that happened between us and a phone, newest first, at most
	// limit events.
	PersonHistory(ctx context.Context, phone model.Phone, limit int) (model.PersonHistory, error)
	AddActivity(ctx context.Context, a model.Activity) error
	// News gives what happened since the given time that the operator has not done.
	News(ctx context.Context, operator string, since time.Time, p model.Patience) (model.News, error)
}

// Triage changes the local state of replies. All of a call's replies change in one transaction and
// are one step of undo.
type Triage interface {
	model.ReplyEditor
	SetUnread(ctx context.Context, operator string, ids []model.ReplyID, unread bool) error
	// Claim takes replies for the operator, or with an empty session gives them back. Replies a
	// colleague has are left out and their number is returned.
	Claim(ctx context.Context, operator, session string, ids []model.ReplyID, take bool) (others int, err error)
	// OptOut accepts the opt-out of replies: their phones are blocked everywhere and the replies
	// are done.
	OptOut(ctx context.Context, operator string, ids []model.ReplyID) error
	// Chain carries out the steps of a macro; where one is not possible none is.
	Chain(ctx context.Context, operator, session string, ids []model.ReplyID, m model.Chain) error
	// Undo takes back the operator's last step and says in words what it took back. Steps that
	// reached a vendor are not undone; the error says so.
	Undo(ctx context.Context, operator string) (model.Text, error)
}

// SettingStore keeps what screens remember between sessions and who is here.
type SettingStore interface {
	SaveSetting(ctx context.Context, operator, name, value string) error
	Setting(ctx context.Context, operator, name string) (value string, ok bool, err error)
	// Present says that the session is alive and which reply it has open, 0 for none; a session not
	// heard of for 30 seconds is gone and its claims are free.
	Present(ctx context.Context, session, operator string, open model.ReplyID) error
	Leave(ctx context.Context, session string) error
	// NoticesRead forgets the operator's notices up to the given one, which were shown.
	NoticesRead(ctx context.Context, operator string, last int64) error
}
