package cache

import (
	"context"
	"errors"
	"time"

	"viberdeck/model"
)

// RestrictedDB is the cache as one person, identified by a key, may use it. It reads everything.
// Every intent is refused unless the person's role and accounts allow it, and is logged under the
// person's own name, whatever name the caller gives. It belongs to one session: closing it leaves
// the file open for the others.
type RestrictedDB struct {
	*DB
	who    model.Operator
	screen *screenWatcher
}

// As returns the view of a person who comes from the given origin.
func (db *DB) As(ctx context.Context, who model.Operator, from model.Origin) (*RestrictedDB, error) {
	w, err := db.watchForScreen(ctx)
	if err != nil {
		return nil, err
	}
	return &RestrictedDB{DB: &DB{db.shared, from}, who: who, screen: w}, nil
}

// may reports whether the intent is allowed, and logs a refusal.
func (v *RestrictedDB) may(ctx context.Context, i model.Intent) error {
	return v.refused(ctx, i, v.who.May(i))
}

// mayIn is may within an account, "" for all accounts.
func (v *RestrictedDB) mayIn(ctx context.Context, i model.Intent, account string) error {
	return v.refused(ctx, i, v.who.MayIn(i, account))
}

func (v *RestrictedDB) refused(ctx context.Context, i model.Intent, why error) error {
	if why == nil || i == model.IntentKeep {
		return why
	}
	err := v.DB.AddActivity(ctx, model.Activity{At: v.now(), Operator: v.who.Name, Action: "was refused",
		Detail: model.Say("%s: %s", string(i), model.TextOf(why))})
	if err != nil {
		return errors.Join(why, err)
	}
	return why
}

// Close ends the view, not the file: closing any handle of an SQLite file drops the locks that the
// whole process has on it.
func (v *RestrictedDB) Close() error { return nil }

// onReplies is may for all of these replies.
func (v *RestrictedDB) onReplies(ctx context.Context, i model.Intent, ids ...model.ReplyID) error {
	if err := v.may(ctx, i); err != nil || len(v.who.Accounts) == 0 {
		return err
	}
	for _, id := range ids {
		if err := v.inAccountOf(ctx, i, `SELECT a.name FROM reply r JOIN account a ON a.id = r.account WHERE r.id = ?`,
			id); err != nil {
			return err
		}
	}
	return nil
}

// onCampaigns is may for all of these campaigns.
func (v *RestrictedDB) onCampaigns(ctx context.Context, i model.Intent, ids ...model.CampaignID) error {
	if err := v.may(ctx, i); err != nil || len(v.who.Accounts) == 0 {
		return err
	}
	for _, id := range ids {
		if err := v.inAccountOf(ctx, i, `SELECT a.name FROM campaign c JOIN account a ON a.id = c.account
			WHERE c.id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

// inAccountOf looks up the account of a row, which never changes. A missing row is left to the
// intent itself to refuse.
func (v *RestrictedDB) inAccountOf(ctx context.Context, i model.Intent, query string, id any) error {
	names, err := texts(ctx, v.reader, query, id)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := v.mayIn(ctx, i, name); err != nil {
			return err
		}
	}
	return nil
}

// inAll is may in each of the accounts, or in all accounts if none is named.
func (v *RestrictedDB) inAll(ctx context.Context, i model.Intent, accounts []string) error {
	if len(accounts) == 0 {
		return v.mayIn(ctx, i, "")
	}
	for _, a := range accounts {
		if err := v.mayIn(ctx, i, a); err != nil {
			return err
		}
	}
	return nil
}

// SetReplyState is DB.SetReplyState as far as the person may.
func (v *RestrictedDB) SetReplyState(ctx context.Context, _ string, ids []model.ReplyID, state model.ReplyState,
	until time.Time) (int, error) {
	if err := v.onReplies(ctx, model.IntentTriage, ids...); err != nil {
		return 0, err
	}
	return v.DB.SetReplyState(ctx, v.who.Name, ids, state, until)
}

// SetUnread is DB.SetUnread as far as the person may.
func (v *RestrictedDB) SetUnread(ctx context.Context, _ string, ids []model.ReplyID, unread bool) error {
	if err := v.onReplies(ctx, model.IntentTriage, ids...); err != nil {
		return err
	}
	return v.DB.SetUnread(ctx, v.who.Name, ids, unread)
}

// Claim is DB.Claim as far as the person may.
func (v *RestrictedDB) Claim(ctx context.Context, _, session string, ids []model.ReplyID) (int, error) {
	if err := v.onReplies(ctx, model.IntentTriage, ids...); err != nil {
		return 0, err
	}
	return v.DB.Claim(ctx, v.who.Name, session, ids)
}

// Release is DB.Release as far as the person may.
func (v *RestrictedDB) Release(ctx context.Context, _ string, ids []model.ReplyID) (int, error) {
	if err := v.onReplies(ctx, model.IntentTriage, ids...); err != nil {
		return 0, err
	}
	return v.DB.Release(ctx, v.who.Name, ids)
}

// Label is DB.Label as far as the person may.
func (v *RestrictedDB) Label(ctx context.Context, _ string, ids []model.ReplyID, label string, on model.Switch) error {
	if err := v.onReplies(ctx, model.IntentTriage, ids...); err != nil {
		return err
	}
	return v.DB.Label(ctx, v.who.Name, ids, label, on)
}

// AddNote is DB.AddNote as far as the person may.
func (v *RestrictedDB) AddNote(ctx context.Context, _ string, id model.ReplyID, text string) error {
	if err := v.onReplies(ctx, model.IntentTriage, id); err != nil {
		return err
	}
	return v.DB.AddNote(ctx, v.who.Name, id, text)
}

// SavePrepared is DB.SavePrepared as far as the person may.
func (v *RestrictedDB) SavePrepared(ctx context.Context, _ string, a model.PreparedAnswer) error {
	if err := v.may(ctx, model.IntentTriage); err != nil {
		return err
	}
	return v.DB.SavePrepared(ctx, v.who.Name, a)
}

// DeletePrepared is DB.DeletePrepared as far as the person may.
func (v *RestrictedDB) DeletePrepared(ctx context.Context, _, name string) error {
	if err := v.may(ctx, model.IntentTriage); err != nil {
		return err
	}
	return v.DB.DeletePrepared(ctx, v.who.Name, name)
}

// OptOut is DB.OptOut as far as the person may.
func (v *RestrictedDB) OptOut(ctx context.Context, _ string, ids []model.ReplyID) error {
	if err := v.onReplies(ctx, model.IntentBlock, ids...); err != nil {
		return err
	}
	return v.DB.OptOut(ctx, v.who.Name, ids)
}

// Chain is DB.Chain as far as the person may do each of its steps.
func (v *RestrictedDB) Chain(ctx context.Context, _, session string, ids []model.ReplyID, m model.Chain) error {
	if err := v.mayChain(ctx, ids, m); err != nil {
		return err
	}
	return v.DB.Chain(ctx, v.who.Name, session, ids, m)
}

// mayChain is may for each step on all of these replies.
func (v *RestrictedDB) mayChain(ctx context.Context, ids []model.ReplyID, m model.Chain) error {
	if m.Has(model.MacroOptOut) {
		if err := v.onReplies(ctx, model.IntentBlock, ids...); err != nil {
			return err
		}
	}
	return v.onReplies(ctx, model.IntentTriage, ids...)
}

// Undo is DB.Undo as far as the person may.
func (v *RestrictedDB) Undo(ctx context.Context, _ string) (model.Text, error) {
	if err := v.may(ctx, model.IntentTriage); err != nil {
		return model.Text{}, err
	}
	return v.DB.Undo(ctx, v.who.Name)
}
