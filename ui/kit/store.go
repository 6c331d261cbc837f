package kit

import (
	"context"
	"time"

	"viberdeck/model"
)

// Store is the dashboard's access to data and the intents it writes. It is the local cache: nothing
// here uses the network. Every method is called from a command, never from Update or View.
type Store interface {
	Reader
	Historian
	Triage
	model.PreparedEditor
	model.BlacklistEditor
	model.SendEditor
	SettingStore
}

// Reader reads windows of lists. Pages are read by keyset; counts may take longer and are requested
// separately.
type Reader interface {
	model.ListReader
	model.FigureReader
	model.ChangeWatcher
	model.ValueReader
	// Count returns how many rows of a list a request matches.
	Count(ctx context.Context, list model.Topic, q model.PageRequest) (int64, error)
	Campaign(ctx context.Context, id model.CampaignID) (model.Campaign, error)
	// Cuts returns the figures of the campaigns that a request matches, broken down by one
	// dimension. It may take seconds.
	Cuts(ctx context.Context, by model.CutBy, q model.PageRequest) (model.Cuts, error)
	// SenderHealth says how people received what each sender sent since the given time. It may take
	// a second.
	SenderHealth(ctx context.Context, since time.Time) ([]model.SenderHealth, error)
	// LastSender returns the sender of our last campaign through an account, to one of the vendor's
	// lists if one is named.
	LastSender(ctx context.Context, account, list string) (sender string, at time.Time, ok bool, err error)
	Activities(ctx context.Context, id model.CampaignID, limit int) ([]model.Activity, error)
	Thread(ctx context.Context, id model.ReplyID) (model.Thread, error)
	Lists(ctx context.Context, account string) ([]model.List, error)
}

// Historian reports what happened, and records what operators do outside the lists.
type Historian interface {
	// PersonHistory returns everything that happened between us and a phone, newest first, at most
	// limit events.
	PersonHistory(ctx context.Context, phone model.Phone, limit int) (model.PersonHistory, error)
	AddActivity(ctx context.Context, a model.Activity) error
	// News returns what has happened since the given time, except the operator's own actions.
	News(ctx context.Context, operator string, since time.Time, p model.Patience) (model.News, error)
}

// Triage changes the local state of replies. All replies of a call change in one transaction and
// form one undo step.
type Triage interface {
	model.ReplyEditor
	SetUnread(ctx context.Context, operator string, ids []model.ReplyID, unread bool) error
	// Claim takes replies for the operator, or with an empty session gives them back. Replies that
	// a colleague has are left out and counted in the result.
	Claim(ctx context.Context, operator, session string, ids []model.ReplyID, take bool) (others int, err error)
	// OptOut accepts the opt-out of replies: their phones are blocked everywhere and the replies
	// are done.
	OptOut(ctx context.Context, operator string, ids []model.ReplyID) error
	// Chain carries out the steps of a macro; if one is not possible, none is carried out.
	Chain(ctx context.Context, operator, session string, ids []model.ReplyID, m model.Chain) error
	// Undo undoes the operator's last step and says in words what it was. Steps that reached a
	// vendor are not undone; the error says so.
	Undo(ctx context.Context, operator string) (model.Text, error)
}

// SettingStore stores what screens remember between sessions, and who is present.
type SettingStore interface {
	SaveSetting(ctx context.Context, operator, name, value string) error
	Setting(ctx context.Context, operator, name string) (value string, ok bool, err error)
	// Present records that the session is alive and which reply it has open, 0 for none; a session
	// that has been silent for 30 seconds is gone and its claims are free.
	Present(ctx context.Context, session, operator string, open model.ReplyID) error
	Leave(ctx context.Context, session string) error
	// NoticesRead forgets the operator's notices up to the given one, which have been shown.
	NoticesRead(ctx context.Context, operator string, last int64) error
}
