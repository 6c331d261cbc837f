package cache

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"viberdeck/model"
)

// Adopt makes this file the one that sends, by a person's decision. If it is a copy or was
// restored, another process may meanwhile have sent the waiting messages, so they become unknown. A
// file that was only moved continues where it was. A great many people become unknown in pieces.
// The file sends only once its records are written, after the last piece, and an interrupted
// adoption can be repeated from where it stopped.
func (db *DB) Adopt(ctx context.Context, operator string) (model.Stakes, error) {
	a := adoption{db: db, operator: operator}
	if err := db.untilOver(ctx, func(tx *sql.Tx, limit int) ([]model.Topic, bool, error) {
		return a.piece(ctx, tx, limit)
	}); err != nil {
		return a.stakes, err
	}
	return a.stakes, db.writeRecords(a.changes)
}

// adoption is one run of Adopt.
type adoption struct {
	db       *DB
	operator string
	stakes   model.Stakes
	newest   model.CampaignID // the last campaign that may have left from another copy
	changes  int64            // after the last piece
}

// piece makes the next people unknown. When none are left it completes the adoption.
func (a *adoption) piece(ctx context.Context, tx *sql.Tx, limit int) (topics []model.Topic, over bool, err error) {
	s, n, err := a.db.standing(ctx, tx, a.db.outside())
	if err != nil {
		return nil, false, err
	}
	switch s.Kind {
	case model.StandingRight:
		return nil, false, conflict("this cache is the one that sends already")
	case model.StandingGone:
		return nil, false, conflict("%s was removed or replaced while it was open; start again", a.db.path)
	}
	a.stakes.Standing, topics = s, append(sendTopics(), model.TopicHealth)
	if s.Kind != model.StandingMoved {
		if more, err := a.leftElsewhere(ctx, tx, limit); err != nil || more {
			return topics, false, err
		}
	}
	a.changes = n + int64(len(topics))
	if _, err := tx.ExecContext(ctx, `UPDATE file SET recorded = 1, behind = 0`); err != nil {
		return nil, false, err
	}
	return topics, true, note(ctx, tx, a.db.now(), a.operator, "adopted", 0,
		"the cache %s (%s); %s", a.db.path, s.Kind, model.Counted(a.stakes.People,
			"person who waited is unknown now", "people who waited are unknown now"))
}

// leftElsewhere moves the next waiting people into batches whose outcome is unknown, one batch for
// each campaign, and reports whether there may be more. A decision being carried out is abandoned:
// the people it made wait may have been sent to elsewhere too.
func (a *adoption) leftElsewhere(ctx context.Context, tx *sql.Tx, limit int) (more bool, err error) {
	if a.newest == 0 {
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM campaign`).Scan(&a.newest); err != nil {
			return false, err
		}
		if err := execAll(ctx, tx, "adopt", step{
			`UPDATE batch SET resolving = '', size = max(size - moved, 0), moved = 0
			WHERE resolving <> ''`, nil}); err != nil {
			return false, err
		}
	}
	for began := time.Now(); limit > 0 && time.Since(began) < pieceTakes; {
		var id model.CampaignID
		var state model.CampaignState
		var list bool
		var people int64 // on the list
		err := tx.QueryRowContext(ctx, `SELECT c.id, c.state, c.list <> '', coalesce(c.list_people, 0) FROM campaign c
			WHERE c.id <= ? AND `+leavingSQL+` ORDER BY c.id LIMIT 1`, a.newest).Scan(&id, &state, &list, &people)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return false, nil
		case err != nil:
			return false, err
		}
		most := limit
		if list { // the list is sent together with the people beside it
			most = math.MaxInt32
			if _, err = elsewhere(ctx, tx, id, people, millis(a.db.now())); err != nil {
				return false, wrap("adopt "+id.String(), err)
			}
		}
		n, over, err := leftOfCampaign(ctx, tx, id, most, millis(a.db.now()))
		if err != nil {
			return false, wrap("adopt "+id.String(), err)
		}
		if list {
			n += people
		}
		a.stakes.People += n
		if !over { // the state, by which it is found, changes with the last of them
			return true, nil
		}
		limit -= max(1, int(n))
		a.stakes.Campaigns++
		if state != model.CampaignPaused { // one that a person paused stays paused
			if _, err := setState(ctx, tx, id, model.CampaignUnknown, model.Text{}); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// leftOfCampaign moves the next waiting people of a campaign into its batch of people who may have
// been sent to elsewhere; over reports that none are left.
func leftOfCampaign(ctx context.Context, tx *sql.Tx, id model.CampaignID, limit int, at int64) (n int64, over bool,
	err error) {
	batch, err := elsewhere(ctx, tx, id, 0, at)
	if err != nil {
		return 0, false, err
	}
	n, err = affected(ctx, tx, "adopt",
		`UPDATE recipient SET batch = ?1, status = ?2 WHERE campaign = ?3 AND batch = -1 AND who IN
		(SELECT who FROM waiting WHERE campaign = ?3 ORDER BY place, who LIMIT ?4)`,
		batch, model.StatusUnknown, id, limit)
	if err != nil {
		return 0, false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE batch SET size = size + ? WHERE id = ?`, n, batch); err != nil {
		return 0, false, err
	}
	err = tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM waiting WHERE campaign = ?)`,
		id).Scan(&over)
	return n, over, err
}

// elsewhere returns the batch of a campaign whose people may have been sent to from another copy,
// and makes one of the given size if there is none.
func elsewhere(ctx context.Context, tx *sql.Tx, id model.CampaignID, size, at int64) (batch int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT id FROM batch WHERE campaign = ? AND elsewhere = 1 AND state = 'unknown'
		ORDER BY id DESC LIMIT 1`, id).Scan(&batch)
	if !errors.Is(err, sql.ErrNoRows) {
		return batch, err
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO batch (campaign, account, number, state, attempt, size, claimed_at, error, elsewhere)
		SELECT c.id, c.account, (SELECT coalesce(max(number), 0) + 1 FROM batch WHERE campaign = c.id),
			'unknown', '', ?2, ?3, ?4, 1 FROM campaign c WHERE c.id = ?1 RETURNING id`,
		id, size, at, model.Say("another copy of this cache may have sent it before this one was adopted")).Scan(&batch)
	return batch, err
}
