package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"viberdeck/model"
)

// undoStep is what one step of a person changed, for undo.
type undoStep struct {
	// first, if a step takes several transactions, is the first row of the step in the undo log; 0
	// before that is written.
	first *int64

	Replies  []replyChange `json:"replies,omitempty"`
	Label    string        `json:"label,omitempty"`
	LabelOn  bool          `json:"label_on,omitempty"`
	Labelled []int64       `json:"labelled,omitempty"`
	Note     int64         `json:"note,omitempty"`
	Added    []entryRef    `json:"added,omitempty"`   // blacklist entries made
	Removed  []entryRef    `json:"removed,omitempty"` // blacklist entries ended
	Pushes   []pushChange  `json:"pushes,omitempty"`

	Answer     int64   `json:"answer,omitempty"`   // the campaign that answers a reply
	Archived   []int64 `json:"archived,omitempty"` // campaigns archived, or with ArchivedOn false taken out
	ArchivedOn bool    `json:"archived_on,omitempty"`
}

// replyChange is a reply before and after a step.
type replyChange struct {
	ID     int64       `json:"id"`
	Before triageState `json:"before"`
	After  triageState `json:"after"`
}

// entryRef identifies an entry of our blacklist.
type entryRef struct {
	ID  int64 `json:"id"`
	Who int64 `json:"who"`
}

// pushChange is what had to be sent to a vendor about a person before and after a step, and whether
// the vendor listed the person before.
type pushChange struct {
	Account int64 `json:"account"`
	Who     int64 `json:"who"`
	Listed  bool  `json:"listed,omitempty"`
	Before  *push `json:"before,omitempty"`
	After   *push `json:"after,omitempty"`
}

// store puts the step on the operator's undo log, unless nothing changed.
func (j undoStep) store(ctx context.Context, tx *sql.Tx, at time.Time, operator, action string) error {
	if len(j.Replies)+len(j.Labelled)+len(j.Added)+len(j.Removed)+len(j.Pushes)+len(j.Archived) == 0 &&
		j.Note == 0 && j.Answer == 0 {
		return nil
	}
	before, err := json.Marshal(j)
	if err != nil {
		return model.Errorf("undo log: %w", err)
	}
	var id, first int64
	if j.first != nil {
		first = *j.first
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO journal (at, operator, action, before, first) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		millis(at), operator, action, string(before), first).Scan(&id)
	if err == nil && j.first != nil && first == 0 {
		*j.first = id
	}
	return wrap("undo log", err)
}

// Undo undoes the operator's last step and describes what it undid. What colleagues changed since
// stays as they left it, and so does a block that a vendor already knows of. If nothing of the step
// can be undone, that is an error, and the next undo continues with the step before.
func (db *DB) Undo(ctx context.Context, operator string) (model.Text, error) {
	u := undoing{db: db, operator: operator, now: db.now(), replies: map[int64]bool{},
		reached: map[int64]bool{}}
	for {
		began := time.Now()
		err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
			u.tx = tx
			return []model.Topic{model.TopicReplies, model.TopicBlacklist, model.TopicCampaigns, model.TopicOutbox},
				u.piece(ctx)
		})
		if err != nil {
			return model.Text{}, err
		}
		if u.over {
			return u.words(u.action)
		}
		if err := leaveTo(ctx, time.Since(began)); err != nil {
			return model.Text{}, err
		}
	}
}

// undoing undoes one step.
type undoing struct {
	db       *DB
	tx       *sql.Tx
	operator string
	now      time.Time
	action   string
	first    int64          // first row of the step in the undo log
	over     bool           // nothing of the step is left
	replies  map[int64]bool // restored, each once whatever steps it went through
	phones   int            // phones whose entry was restored
	notes    int            // notes removed
	put      int            // campaigns archived or taken out
	others   int            // replies a colleague changed since
	told     int            // replies that the vendor keeps as read
	answers  int            // answers recalled
	left     int            // answers that have left
	reached  map[int64]bool // people whose block a vendor knows of
}

// piece undoes what one transaction of the step did, beginning with the last one.
func (u *undoing) piece(ctx context.Context) error {
	var id int64
	var before string
	err := u.tx.QueryRowContext(ctx, `SELECT id, action, before, iif(first = 0, id, first) FROM journal
		WHERE operator = ?1 AND undone = 0 AND (?2 = 0 OR ?2 IN (id, first)) ORDER BY id DESC LIMIT 1`,
		u.operator, u.first).Scan(&id, &u.action, &before, &u.first)
	if errors.Is(err, sql.ErrNoRows) {
		return model.NotFound("there is nothing to undo")
	}
	if err != nil {
		return model.Errorf("undo log: %w", err)
	}
	var j undoStep
	if err := json.Unmarshal([]byte(before), &j); err != nil {
		return model.Errorf("undo log: %w", err)
	}
	if err := u.takeBack(ctx, j); err != nil {
		return err
	}
	u.over = id == u.first
	return execAll(ctx, u.tx, "undo log", step{`UPDATE journal SET undone = 1 WHERE id = ?`, []any{id}})
}

func (u *undoing) takeBack(ctx context.Context, j undoStep) error {
	if err := u.entries(ctx, j); err != nil {
		return err
	}
	if j.Answer != 0 {
		if recalled, err := u.answer(ctx, model.CampaignID(j.Answer)); err != nil || !recalled {
			return err
		}
	}
	for _, c := range j.Replies {
		if err := u.reply(ctx, c); err != nil {
			return err
		}
	}
	for _, id := range j.Labelled {
		query := `INSERT INTO reply_label (reply, label) VALUES (?, ?) ON CONFLICT DO NOTHING`
		if j.LabelOn {
			query = `DELETE FROM reply_label WHERE reply = ? AND label = ?`
		}
		if err := execAll(ctx, u.tx, "label", step{query, []any{id, j.Label}}); err != nil {
			return err
		}
		u.replies[id] = true
	}
	for _, id := range j.Archived {
		changed, err := setArchived(ctx, u.tx, model.CampaignID(id), u.operator, u.now, model.Switch(!j.ArchivedOn))
		if err != nil {
			return err
		}
		if changed {
			u.put++
		} else {
			u.others++
		}
	}
	if j.Note != 0 {
		u.notes++
		return execAll(ctx, u.tx, "note", step{`DELETE FROM note WHERE id = ?`, []any{j.Note}})
	}
	return nil
}

// answer recalls an answer that has not left; one that has left stays, and its reply stays done.
func (u *undoing) answer(ctx context.Context, id model.CampaignID) (recalled bool, err error) {
	c, err := campaignByID(ctx, u.tx, id)
	if err != nil {
		return false, err
	}
	switch c.State {
	case model.CampaignCancelled:
		return true, nil // recalled already; the reply may still have to be opened
	case model.CampaignHeld, model.CampaignNeedsApproval, model.CampaignPaused, model.CampaignQueued:
	default:
		u.left++
		return false, nil
	}
	t, err := count(ctx, u.tx, id)
	if err != nil {
		return false, err
	}
	if _, err = u.db.recall(ctx, u.tx, u.operator, c, t, u.now); model.KindOf(err) == model.KindConflict {
		u.left++
		return false, nil
	}
	if err == nil {
		u.answers++
		err = note(ctx, u.tx, u.now, u.operator, "recalled", id, "undone")
	}
	return err == nil, err
}

// reply restores those parts of a reply that the step changed and that have not changed since.
func (u *undoing) reply(ctx context.Context, c replyChange) error {
	if len(u.reached) > 0 {
		var who int64
		if err := u.tx.QueryRowContext(ctx, `SELECT who FROM reply WHERE id = ?`, c.ID).Scan(&who); err != nil {
			return model.Errorf("reply %d: %w", c.ID, err)
		}
		if u.reached[who] {
			return nil // still blocked, so still done
		}
	}
	r, err := readTriage(ctx, u.tx, model.ReplyID(c.ID))
	if err != nil {
		return err
	}
	var conflict bool
	restore := func(now, after, before triageState, set func()) {
		switch {
		case before == after, now == before:
		case now == after:
			set()
		default:
			conflict = true
		}
	}
	where := func(s triageState) triageState {
		return triageState{State: s.State, SnoozedUntil: s.SnoozedUntil, DoneBy: s.DoneBy, DoneAt: s.DoneAt}
	}
	restore(where(r), where(c.After), where(c.Before), func() {
		r.State, r.SnoozedUntil, r.DoneBy, r.DoneAt = c.Before.State, c.Before.SnoozedUntil, c.Before.DoneBy,
			c.Before.DoneAt
		if r.VendorRead == readReported && c.Before.VendorRead != readReported {
			u.told++
		} else {
			r.VendorRead = c.Before.VendorRead
		}
	})
	restore(triageState{Unread: r.Unread}, triageState{Unread: c.After.Unread}, triageState{Unread: c.Before.Unread},
		func() { r.Unread = c.Before.Unread })
	holder := func(s triageState) triageState { return triageState{ClaimedBy: s.ClaimedBy, Session: s.Session} }
	restore(holder(r), holder(c.After), holder(c.Before),
		func() { r.ClaimedBy, r.Session = c.Before.ClaimedBy, c.Before.Session })
	if conflict {
		u.others++
	} else {
		u.replies[c.ID] = true
	}
	return r.store(ctx, u.tx, model.ReplyID(c.ID))
}

// entries restores the blacklist. A block that a vendor knows of stays; taking a phone off is
// always undone, and a vendor that has already taken it off is asked to block it again.
func (u *undoing) entries(ctx context.Context, j undoStep) error {
	for _, c := range j.Pushes {
		if c.After == nil || c.After.Remove {
			continue
		}
		now, err := readPush(ctx, u.tx, c.Account, c.Who)
		if err != nil {
			return err
		}
		listed, err := u.listed(ctx, c)
		if err != nil {
			return err
		}
		u.reached[c.Who] = u.reached[c.Who] || now == nil && listed
	}
	people := map[int64]bool{}
	for _, c := range j.Pushes {
		people[c.Who] = true
	}
	for _, e := range j.Added {
		people[e.Who] = true
		if u.reached[e.Who] {
			continue
		}
		if err := execAll(ctx, u.tx, "blacklist entry",
			step{`UPDATE blacklist SET removed_at = ?, removed_by = ?, removed_reason = ?
			WHERE id = ? AND removed_at = 0`, []any{
				millis(u.now), u.operator, model.Say("undone"), e.ID}}); err != nil {
			return err
		}
	}
	for _, e := range j.Removed {
		people[e.Who] = true
		if u.reached[e.Who] {
			continue
		}
		if err := u.restore(ctx, e); err != nil {
			return err
		}
	}
	for who := range people {
		if !u.reached[who] {
			u.phones++
		}
	}
	for _, c := range j.Pushes {
		if err := u.push(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// restore brings an entry back as it was, unless another one applies by now. A row that begins at
// the undo and ends at the removal keeps both in the person's history.
func (u *undoing) restore(ctx context.Context, e entryRef) error {
	const ended = ` WHERE id = ?1 AND removed_at > 0
		AND NOT EXISTS (SELECT 1 FROM blacklist WHERE who = ?2 AND removed_at = 0)`
	return execAll(ctx, u.tx, "blacklist entry",
		step{`INSERT INTO blacklist (who, only, reason, added_by, added_at, source, removed_at, removed_by, removed_reason)
			SELECT who, only, ?3, ?4, ?5, ?6, removed_at, removed_by, removed_reason FROM blacklist` + ended,
			[]any{e.ID, e.Who, model.Say("the removal was undone"), u.operator, millis(u.now), model.SourceOperator}},
		step{`UPDATE blacklist SET removed_at = 0, removed_by = '', removed_reason = ''` + ended, []any{e.ID, e.Who}})
}

func (u *undoing) listed(ctx context.Context, c pushChange) (bool, error) {
	var listed bool
	err := u.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM vendor_block WHERE account = ? AND who = ?)`,
		c.Account, c.Who).Scan(&listed)
	return listed, wrap("vendor's blacklist", err)
}

// push restores what had to be sent to a vendor.
func (u *undoing) push(ctx context.Context, c pushChange) error {
	if u.reached[c.Who] {
		return nil
	}
	now, err := readPush(ctx, u.tx, c.Account, c.Who)
	if err != nil {
		return err
	}
	if c.After != nil && c.After.Remove && now == nil {
		listed, err := u.listed(ctx, c)
		if err != nil {
			return err
		}
		if c.Listed && !listed {
			return storePush(ctx, u.tx, c.Account, c.Who, &push{Reason: "blocked again"})
		}
	}
	return storePush(ctx, u.tx, c.Account, c.Who, c.Before)
}
