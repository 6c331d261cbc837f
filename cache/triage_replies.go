package cache

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"viberdeck/model"
)

// The values of reply.vendor_read: whether the vendor knows that a reply was read.
const (
	readUnreported = 0
	readToReport   = 1 // the engine will send it
	readReported   = 2
)

// triageState is the part of a reply that people change.
type triageState struct {
	State        model.ReplyState `json:"state"`
	SnoozedUntil int64            `json:"snoozed_until,omitempty"`
	DoneBy       string           `json:"done_by,omitempty"`
	DoneAt       int64            `json:"done_at,omitempty"`
	Unread       bool             `json:"unread,omitempty"`
	ClaimedBy    string           `json:"claimed_by,omitempty"`
	Session      string           `json:"session,omitempty"`
	VendorRead   int              `json:"vendor_read,omitempty"`
}

// wakeWithin is how long readers wait at most until snoozed replies are opened.
const wakeWithin = 50 * time.Millisecond

// wakeSnoozed opens the snoozed replies whose time has come. Everything that reads replies by their
// state calls it first; it writes only if there are any. If that is not possible just now, because
// of another writer or a full disk, they stay snoozed until the next attempt: what is stored can be
// read all the same.
func (db *DB) wakeSnoozed(ctx context.Context) error {
	now := millis(db.now())
	var due bool
	err := db.reader.QueryRowContext(ctx,
		`SELECT EXISTS (SELECT 1 FROM reply WHERE state = 'snoozed' AND snoozed_until <= ?)`, now).Scan(&due)
	if err != nil || !due || db.writer == nil {
		return failure("look for snoozed replies", err)
	}
	brief, cancel := context.WithTimeout(ctx, wakeWithin)
	defer cancel()
	err = db.untilOver(brief, func(tx *sql.Tx, limit int) ([]model.Topic, bool, error) {
		res, err := tx.ExecContext(ctx, `UPDATE reply SET state = 'open', snoozed_until = 0 WHERE id IN
			(SELECT id FROM reply INDEXED BY reply_snoozed WHERE state = 'snoozed' AND snoozed_until <= ? LIMIT ?)`,
			now, limit)
		if err != nil {
			return nil, false, wrap("open snoozed replies", err)
		}
		n, err := res.RowsAffected()
		return []model.Topic{model.TopicReplies}, n < int64(limit), err
	})
	if err == nil || brief.Err() != nil || isFull(err) || isBusy(err) || model.KindOf(err) == model.KindDenied {
		return ctx.Err()
	}
	return err
}

// SetReplyState opens, snoozes (until a future time) or finishes replies, and returns how many were
// not in that state before. The engine notifies the vendor that a reply was read only after the
// reply is done; a reply opened again before that is not reported.
func (db *DB) SetReplyState(ctx context.Context, operator string, ids []model.ReplyID, state model.ReplyState,
	until time.Time) (changed int, err error) {
	now := db.now()
	switch state {
	case model.ReplyOpen, model.ReplyDone:
	case model.ReplySnoozed:
		if !until.After(now) {
			return 0, model.Invalid("until", "a reply can only be snoozed until a time to come")
		}
	default:
		return 0, model.Invalid("state", "%q is not a state of a reply; they are open, snoozed and done", state)
	}
	return db.triage(ctx, operator, string(state), ids, func(r *triageState) {
		switch state {
		case model.ReplyDone:
			r.done(operator, now)
		case model.ReplySnoozed:
			r.snooze(until)
		default:
			r.again()
		}
	})
}

// done finishes a reply: it is read, its claim ends, and the vendor may be notified. The person who
// finished it first stays recorded.
func (r *triageState) done(operator string, now time.Time) {
	if r.State == model.ReplyDone {
		return
	}
	*r = triageState{State: model.ReplyDone, DoneBy: operator, DoneAt: millis(now),
		VendorRead: max(r.VendorRead, readToReport)}
}

// again reopens a reply; a mark that has not been sent to the vendor yet is cancelled.
func (r *triageState) again() {
	r.State, r.SnoozedUntil, r.DoneBy, r.DoneAt = model.ReplyOpen, 0, "", 0
	if r.VendorRead == readToReport {
		r.VendorRead = readUnreported
	}
}

// snooze puts a reply off until a time.
func (r *triageState) snooze(until time.Time) {
	r.again()
	r.State, r.SnoozedUntil = model.ReplySnoozed, millis(until)
}

// SetUnread marks replies as unread or read, here only.
func (db *DB) SetUnread(ctx context.Context, operator string, ids []model.ReplyID, unread bool) error {
	action := "read"
	if unread {
		action = "unread"
	}
	_, err := db.triage(ctx, operator, action, ids, func(r *triageState) { r.Unread = unread })
	return err
}

// Claim claims replies for the operator; without a session, which would hold the claim, it releases
// them. Replies of a colleague whose session is still present are left alone, and counted in
// others.
func (db *DB) Claim(ctx context.Context, operator, session string, ids []model.ReplyID) (others int, err error) {
	if session == "" {
		return db.Release(ctx, operator, ids)
	}
	return db.setClaim(ctx, operator, "claim", ids, claimedBy(operator, session))
}

// Release ends the claims of replies, except for those of a colleague as in Claim.
func (db *DB) Release(ctx context.Context, operator string, ids []model.ReplyID) (others int, err error) {
	return db.setClaim(ctx, operator, "release", ids, claimedBy("", ""))
}

// claimedBy claims a reply for an operator, or for nobody.
func claimedBy(operator, session string) func(*triageState) {
	return func(r *triageState) { r.ClaimedBy, r.Session = operator, session }
}

func (db *DB) setClaim(ctx context.Context, operator, action string, ids []model.ReplyID,
	set func(*triageState)) (others int, err error) {
	step := undoable{operator, action, new(int64)}
	err = inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[model.ReplyID]) ([]model.Topic, error) {
		left, err := db.claim(ctx, tx, step, part, set)
		others += left
		return []model.Topic{model.TopicReplies}, err
	})
	return others, err
}

func (db *DB) claim(ctx context.Context, tx *sql.Tx, step undoable, ids iter.Seq[model.ReplyID],
	set func(*triageState)) (others int, err error) {
	here, err := texts(ctx, tx, `SELECT session FROM presence WHERE seen_at >= ?`, millis(db.now().Add(-presenceLasts)))
	if err != nil {
		return 0, err
	}
	present := map[string]bool{}
	for _, s := range here {
		present[s] = true
	}
	_, _, err = db.changeReplies(ctx, tx, step, ids, func(r *triageState) {
		if r.ClaimedBy != "" && r.ClaimedBy != step.operator && present[r.Session] {
			others++
			return
		}
		set(r)
	})
	return others, err
}

// Label puts a label on replies or takes it off.
func (db *DB) Label(ctx context.Context, operator string, ids []model.ReplyID, label string, on model.Switch) error {
	label, err := model.Label(label)
	if err != nil {
		return err
	}
	step := undoable{operator, model.Say("label %s", label).Stored(), new(int64)}
	if !on {
		step.action = model.Say("no label %s", label).Stored()
	}
	return inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[model.ReplyID]) ([]model.Topic, error) {
		return db.label(ctx, tx, step, part, label, on)
	})
}

func (db *DB) label(ctx context.Context, tx *sql.Tx, step undoable, ids iter.Seq[model.ReplyID], label string,
	on model.Switch) ([]model.Topic, error) {
	query := `INSERT INTO reply_label (reply, label) VALUES (?, ?) ON CONFLICT DO NOTHING`
	if !on {
		query = `DELETE FROM reply_label WHERE reply = ? AND label = ?`
	}
	j := undoStep{first: step.first, Label: label, LabelOn: bool(on)}
	for id := range ids {
		if _, err := readTriage(ctx, tx, id); err != nil {
			return nil, err
		}
		res, err := tx.ExecContext(ctx, query, id, label)
		if err != nil {
			return nil, model.Errorf("label %s: %w", id, err)
		}
		if n, err := res.RowsAffected(); err != nil {
			return nil, err
		} else if n > 0 {
			j.Labelled = append(j.Labelled, int64(id))
		}
	}
	if len(j.Labelled) == 0 {
		return nil, nil
	}
	return []model.Topic{model.TopicReplies}, j.store(ctx, tx, db.now(), step.operator, step.action)
}

// AddNote adds a note to a reply. It never leaves the host.
func (db *DB) AddNote(ctx context.Context, operator string, id model.ReplyID, text string) error {
	text, err := model.NoteText(text)
	if err != nil {
		return err
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		return db.addNote(ctx, tx, undoable{operator, "note", new(int64)}, id, text)
	}, model.TopicReplies)
}

func (db *DB) addNote(ctx context.Context, tx *sql.Tx, step undoable, id model.ReplyID, text string) error {
	if _, err := readTriage(ctx, tx, id); err != nil {
		return err
	}
	var n int64
	err := tx.QueryRowContext(ctx, `INSERT INTO note (reply, at, by, text) VALUES (?, ?, ?, ?) RETURNING id`, id,
		millis(db.now()), step.operator, text).Scan(&n)
	if err != nil {
		return model.Errorf("note on %s: %w", id, err)
	}
	return undoStep{first: step.first, Note: n}.store(ctx, tx, db.now(), step.operator, step.action)
}

// OptOut accepts the opt-out of replies: their phones are blocked here at once and everywhere, and
// the replies are done. Vendors are notified only after model.OptOutDelay, so that an undo within
// it leaves no trace there.
func (db *DB) OptOut(ctx context.Context, operator string, ids []model.ReplyID) error {
	step := undoable{operator, "opt-out", new(int64)}
	return inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[model.ReplyID]) ([]model.Topic, error) {
		return db.optOut(ctx, tx, step, part)
	})
}

func (db *DB) optOut(ctx context.Context, tx *sql.Tx, step undoable, ids iter.Seq[model.ReplyID]) ([]model.Topic,
	error) {
	now := db.now()
	b, err := newBlocking(ctx, tx, step.operator, now, nil)
	if err != nil {
		return nil, err
	}
	b.first = step.first
	b.delay = model.OptOutDelay
	people := map[model.CampaignID]int{}
	for id := range ids {
		var campaign model.CampaignID
		e := entry{reply: id, source: model.SourceReply, reason: model.Say("opt-out")}
		var words string
		err := tx.QueryRowContext(ctx, `SELECT who, campaign, optout FROM reply WHERE id = ?`, id).Scan(&e.who,
			&campaign, &words)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, noReply(id)
		}
		if err != nil {
			return nil, model.Errorf("opt-out of %s: %w", id, err)
		}
		if words != "" {
			e.reason = model.Say("opt-out: %s", words)
		}
		if added, err := b.add(ctx, e); err != nil {
			return nil, err
		} else if added {
			people[campaign]++
		}
		b.Replies, err = updateReply(ctx, tx, id, func(r *triageState) { r.done(step.operator, now) }, b.Replies)
		if err != nil {
			return nil, err
		}
	}
	for campaign, n := range people {
		if err := note(ctx, tx, now, step.operator, "opt-out", campaign, "%s", model.Persons(n)); err != nil {
			return nil, err
		}
	}
	return []model.Topic{model.TopicReplies, model.TopicBlacklist}, b.store(ctx, tx, now, step.operator, step.action)
}

// triage changes replies as one undo step, and returns how many changed. If none changed, there is
// no step.
func (db *DB) triage(ctx context.Context, operator, action string, ids []model.ReplyID,
	change func(*triageState)) (changed int, err error) {
	step := undoable{operator, action, new(int64)}
	err = inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[model.ReplyID]) ([]model.Topic, error) {
		n, topics, err := db.changeReplies(ctx, tx, step, part, change)
		changed += n
		return topics, err
	})
	return changed, err
}

// undoable identifies a step in the undo log: its operator, its name, and its first row, 0 before
// that is written.
type undoable struct {
	operator, action string
	first            *int64
}

func (db *DB) changeReplies(ctx context.Context, tx *sql.Tx, step undoable, ids iter.Seq[model.ReplyID],
	change func(*triageState)) (int, []model.Topic, error) {
	var changed []replyChange
	for id := range ids {
		var err error
		if changed, err = updateReply(ctx, tx, id, change, changed); err != nil {
			return 0, nil, err
		}
	}
	if len(changed) == 0 {
		return 0, nil, nil
	}
	return len(changed), []model.Topic{model.TopicReplies}, undoStep{first: step.first, Replies: changed}.store(ctx,
		tx, db.now(), step.operator, step.action)
}

// updateReply changes one reply and appends it to the changed ones if it differs afterwards.
func updateReply(ctx context.Context, tx *sql.Tx, id model.ReplyID, change func(*triageState),
	changed []replyChange) ([]replyChange, error) {
	before, err := readTriage(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	after := before
	if change(&after); after == before {
		return changed, nil
	}
	return append(changed, replyChange{int64(id), before, after}), after.store(ctx, tx, id)
}

func readTriage(ctx context.Context, tx *sql.Tx, id model.ReplyID) (triageState, error) {
	var r triageState
	err := tx.QueryRowContext(ctx,
		`SELECT state, snoozed_until, done_by, done_at, unread, claimed_by, claimed_session, vendor_read FROM reply WHERE id = ?`, id).
		Scan(&r.State, &r.SnoozedUntil, &r.DoneBy, &r.DoneAt, &r.Unread, &r.ClaimedBy, &r.Session, &r.VendorRead)
	if errors.Is(err, sql.ErrNoRows) {
		return r, noReply(id)
	}
	return r, wrap(model.Say("reply %s", id), err)
}

func (r triageState) store(ctx context.Context, tx *sql.Tx, id model.ReplyID) error {
	_, err := tx.ExecContext(ctx,
		`UPDATE reply SET state = ?, snoozed_until = ?, done_by = ?, done_at = ?, unread = ?, claimed_by = ?,
		claimed_session = ?, vendor_read = ? WHERE id = ?`,
		r.State, r.SnoozedUntil, r.DoneBy, r.DoneAt, r.Unread, r.ClaimedBy, r.Session, r.VendorRead, id)
	return wrap(model.Say("reply %s", id), err)
}
