package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"time"

	"viberdeck/model"
)

// appliesAtSQL reports whether an entry b of our blacklist applies at an account: the parameter
// with the account's name and two brackets follow.
const appliesAtSQL = `b.removed_at = 0 AND (b.only = '' OR EXISTS (SELECT 1 FROM json_each(b.only) o WHERE o.value = `

// Block puts phones on the blacklist, everywhere or, with only, for some accounts, and notes which
// vendors have not been notified yet. Phones that are already blocked as widely are left as they
// are; added counts the others. It is one undo step.
func (db *DB) Block(ctx context.Context, operator string, phones []model.Phone, reason string, only []string,
	source model.BlacklistSource) (added int, err error) {
	return db.BlockAll(ctx, operator, model.Blocking{Phones: phones, Reason: reason, Only: only, Source: source})
}

// BlockAll is Block for phones with reasons of their own. Vendors are notified after the delay, so
// that an undo within it leaves no trace there.
func (db *DB) BlockAll(ctx context.Context, operator string, all model.Blocking) (added int, err error) {
	source := cmp.Or(all.Source, model.SourceOperator)
	reason, _ := model.Reason(all.Reason) // vendors often give none
	return changeBlacklist(ctx, db, "block", operator, all.Phones, reason, all.Only, func(b *blocking,
		p model.Phone) (bool, error) {
		if p <= 0 {
			return false, model.Invalid("phone", "there is no phone to block")
		}
		b.delay = all.Delay
		why, _ := model.Reason(all.ReasonOf(p))
		return b.add(ctx, entry{who: int64(p), only: all.Only, reason: model.Data(why), source: source})
	})
}

// BlockContacts is Block for contacts that are not phones. Such a contact identifies a person only
// within an account, so only must name at least one.
func (db *DB) BlockContacts(ctx context.Context, operator string, contacts []string, reason string,
	only []string) (added int, err error) {
	if len(only) == 0 {
		return 0, model.Invalid("account",
			"a contact that is not a phone means something only in its account: name the account")
	}
	reason, _ = model.Reason(reason)
	return changeBlacklist(ctx, db, "block", operator, contacts, reason, only, func(b *blocking,
		contact string) (bool, error) {
		who, err := contactWho(ctx, b.tx, contact)
		if err != nil {
			return false, err
		}
		return b.add(ctx, entry{who: who, only: only, reason: model.Data(reason), source: model.SourceOperator})
	})
}

// Unblock takes phones off the blacklist, everywhere or, with only, for some accounts, and notes
// that their vendors must take them off their own lists. A reason is required, and the history is
// kept. removed counts the phones that were blocked. It is one undo step.
func (db *DB) Unblock(ctx context.Context, operator string, phones []model.Phone, reason string,
	only []string) (removed int, err error) {
	if reason, err = model.Reason(reason); err != nil {
		return 0, err
	}
	return changeBlacklist(ctx, db, "unblock", operator, phones, reason, only, func(b *blocking,
		p model.Phone) (bool, error) {
		return b.remove(ctx, int64(p), reason, only)
	})
}

// UnblockContacts is Unblock for contacts that are not phones.
func (db *DB) UnblockContacts(ctx context.Context, operator string, contacts []string, reason string,
	only []string) (removed int, err error) {
	if reason, err = model.Reason(reason); err != nil {
		return 0, err
	}
	return changeBlacklist(ctx, db, "unblock", operator, contacts, reason, only, func(b *blocking,
		contact string) (bool, error) {
		who, err := contactWho(ctx, b.tx, contact)
		if err != nil {
			return false, err
		}
		return b.remove(ctx, who, reason, only)
	})
}

// changeBlacklist changes the blacklist for people, in pieces and as one undo step. change does it
// for one of them and reports whether that changed anything; changed counts those people.
func changeBlacklist[T any](ctx context.Context, db *DB, action, operator string, people []T,
	reason string, only []string, change func(*blocking, T) (bool, error)) (changed int, err error) {
	now := db.now()
	var first int64
	err = inPieces(ctx, db, people, func(tx *sql.Tx, part iter.Seq[T]) ([]model.Topic, error) {
		b, err := newBlocking(ctx, tx, operator, now, only)
		if err != nil {
			return nil, err
		}
		b.first = &first
		n := 0
		for person := range part {
			ok, err := change(b, person)
			if err != nil {
				return nil, err
			}
			if ok {
				n++
			}
		}
		topics, err := b.finish(ctx, action, n, reason)
		changed += n
		return topics, err
	})
	return changed, err
}

// blocking changes the blacklist in one transaction and collects what undo needs.
type blocking struct {
	undoStep
	tx       *sql.Tx
	operator string
	now      time.Time
	delay    time.Duration // before vendors are notified
	accounts map[string]int64
}

// entry is one of our blacklist entries.
type entry struct {
	id     int64
	who    int64
	only   []string // empty: everywhere
	reason model.Text
	source model.BlacklistSource
	reply  model.ReplyID
}

func newBlocking(ctx context.Context, tx *sql.Tx, operator string, now time.Time, only []string) (*blocking, error) {
	b := &blocking{tx: tx, operator: operator, now: now, accounts: map[string]int64{}}
	names, err := texts(ctx, tx, `SELECT name FROM account`)
	if err != nil {
		return nil, err
	}
	for _, name := range append(names, only...) {
		if b.accounts[name], err = accountID(ctx, tx, name); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// finish logs the step, such as "block", and records it for undo, if it changed anything.
func (b *blocking) finish(ctx context.Context, action string, people int, reason string) ([]model.Topic, error) {
	if people == 0 {
		return nil, nil
	}
	if err := note(ctx, b.tx, b.now, b.operator, action+"ed", 0, "%s: %s", model.Persons(people), reason); err != nil {
		return nil, err
	}
	return []model.Topic{model.TopicBlacklist, model.TopicReplies}, b.store(ctx, b.tx, b.now, b.operator, action)
}

// add blocks a person; it reports false when one of our entries already applies as widely. A
// narrower entry is replaced.
func (b *blocking) add(ctx context.Context, e entry) (bool, error) {
	old, err := b.active(ctx, e.who)
	if err != nil {
		return false, err
	}
	if old != nil {
		if len(old.only) == 0 || len(e.only) > 0 &&
			!slices.ContainsFunc(e.only, func(name string) bool { return !slices.Contains(old.only, name) }) {
			return false, nil
		}
		if len(e.only) > 0 {
			e.only = append(slices.Clone(old.only), e.only...)
		}
		if err := b.retire(ctx, old, "replaced by a wider entry"); err != nil {
			return false, err
		}
	}
	if err := b.insert(ctx, e); err != nil {
		return false, err
	}
	return true, b.queuePushes(ctx, e.who, e.only, func(listed bool, _ *push) *push {
		if listed {
			return nil
		}
		return &push{Reason: e.reason.String()}
	})
}

// remove unblocks a person; it reports false when the person is not blocked.
func (b *blocking) remove(ctx context.Context, who int64, reason string, only []string) (bool, error) {
	old, err := b.active(ctx, who)
	if err != nil {
		return false, err
	}
	if old != nil && len(only) > 0 && len(old.only) == 0 {
		return false, model.Invalid("account",
			"%s is blocked everywhere; unblock it everywhere, then block it where it should be", phoneOf(who))
	}
	retired := false
	if old != nil {
		left := slices.DeleteFunc(slices.Clone(old.only), func(name string) bool { return slices.Contains(only, name) })
		if retired = len(only) == 0 || len(left) < len(old.only); retired {
			if err := b.retire(ctx, old, reason); err != nil {
				return false, err
			}
		}
		if retired && len(only) > 0 && len(left) > 0 {
			if err := b.insert(ctx, entry{who: who, only: left, reason: old.reason, source: old.source,
				reply: old.reply}); err != nil {
				return false, err
			}
		}
	}
	found := retired
	err = b.queuePushes(ctx, who, only, func(listed bool, pending *push) *push {
		found = found || listed
		if listed || retired && (pending == nil || pending.Remove) {
			return &push{Remove: true, Reason: reason}
		}
		return nil // the vendor has never been notified
	})
	return found, err
}

// active returns our entry that applies to a person, nil if there is none.
func (b *blocking) active(ctx context.Context, who int64) (*entry, error) {
	e := entry{who: who}
	var only string
	err := b.tx.QueryRowContext(ctx,
		`SELECT id, only, reason, source, reply FROM blacklist WHERE who = ? AND removed_at = 0`, who).
		Scan(&e.id, &only, &e.reason, &e.source, &e.reply)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, model.Errorf("blacklist entry: %w", err)
	}
	return &e, jsonOf(only, &e.only)
}

func (b *blocking) insert(ctx context.Context, e entry) error {
	only, err := jsonArg(e.only)
	if err != nil {
		return err
	}
	res, err := b.tx.ExecContext(ctx,
		`INSERT INTO blacklist (who, only, reason, added_by, added_at, source, reply) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		e.who, only, e.reason, b.operator, millis(b.now), e.source, e.reply)
	if err != nil {
		return model.Errorf("blacklist entry: %w", err)
	}
	id, err := res.LastInsertId()
	b.Added = append(b.Added, entryRef{ID: id, Who: e.who})
	return wrap("blacklist entry", err)
}

// retire ends an entry, which is kept as history.
func (b *blocking) retire(ctx context.Context, e *entry, reason string) error {
	b.Removed = append(b.Removed, entryRef{ID: e.id, Who: e.who})
	_, err := b.tx.ExecContext(ctx,
		`UPDATE blacklist SET removed_at = ?, removed_by = ?, removed_reason = ? WHERE id = ?`,
		millis(b.now), b.operator, reason, e.id)
	return wrap("blacklist entry", err)
}

// push is a change to a person's entry that has not been sent to a vendor yet.
type push struct {
	Remove    bool   `json:"remove,omitempty"`
	Reason    string `json:"reason,omitempty"`
	NotBefore int64  `json:"not_before,omitempty"` // milliseconds; not sent before then
}

// queuePushes decides, for each account or only for some, what must be sent to its vendor, given
// whether the person is on the vendor's own list and what is pending already. The engine knows
// which vendors keep a list and drops the rest.
func (b *blocking) queuePushes(ctx context.Context, who int64, only []string,
	decide func(listed bool, pending *push) *push) error {
	if who < 0 {
		return nil // vendors' lists hold phones only
	}
	for name, account := range b.accounts {
		if len(only) > 0 && !slices.Contains(only, name) {
			continue
		}
		var listed bool
		if err := b.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM vendor_block WHERE account = ? AND who = ?)`,
			account, who).Scan(&listed); err != nil {
			return model.Errorf("vendor's blacklist: %w", err)
		}
		before, err := readPush(ctx, b.tx, account, who)
		if err != nil {
			return err
		}
		after := decide(listed, before)
		if after != nil && !after.Remove && b.delay > 0 {
			after.NotBefore = millis(b.now.Add(b.delay))
		}
		if after == nil && before == nil {
			continue
		}
		if err := storePush(ctx, b.tx, account, who, after); err != nil {
			return err
		}
		b.Pushes = append(b.Pushes, pushChange{Account: account, Who: who, Listed: listed, Before: before,
			After: after})
	}
	return nil
}

func readPush(ctx context.Context, tx *sql.Tx, account, who int64) (*push, error) {
	var p push
	err := tx.QueryRowContext(ctx, `SELECT remove, reason, not_before FROM block_push WHERE account = ? AND who = ?`,
		account,
		who).Scan(&p.Remove, &p.Reason, &p.NotBefore)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &p, wrap("what to report to vendors", err)
}

// storePush stores what must be sent to an account's vendor; nil means nothing.
func storePush(ctx context.Context, tx *sql.Tx, account, who int64, p *push) error {
	if p == nil {
		return execAll(ctx, tx, "what to report to vendors",
			step{`DELETE FROM block_push WHERE account = ? AND who = ?`, []any{account, who}})
	}
	return execAll(ctx, tx, "what to report to vendors",
		step{`INSERT INTO block_push (account, who, remove, reason, not_before) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET remove = excluded.remove, reason = excluded.reason, not_before = excluded.not_before`,
			[]any{account, who, p.Remove, p.Reason, p.NotBefore}})
}
