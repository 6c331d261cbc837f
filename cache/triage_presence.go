package cache

import (
	"context"
	"database/sql"
	"errors"

	"viberdeck/model"
)

// SaveSetting stores a value for the operator (a view, a filter, a draft) under a name; an empty
// value removes it.
func (db *DB) SaveSetting(ctx context.Context, operator, name, value string) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		if value == "" {
			return execAll(ctx, tx, model.Say("forget %s", name),
				step{`DELETE FROM keep WHERE operator = ? AND name = ?`, []any{operator, name}})
		}
		return execAll(ctx, tx, model.Say("keep %s", name),
			step{`INSERT INTO keep (operator, name, value, at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at`,
				[]any{operator, name, value, millis(db.now())}})
	})
}

// Setting returns the value stored for the operator under the name.
func (db *DB) Setting(ctx context.Context, operator, name string) (value string, ok bool, err error) {
	err = db.reader.QueryRowContext(ctx, `SELECT value FROM keep WHERE operator = ? AND name = ?`, operator,
		name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, failure(model.Say("read %s", name), err)
}

// Present records that the session is alive and which reply it has open (0: none). Sessions that
// were not heard of for 30 seconds are gone, and their claims are released.
func (db *DB) Present(ctx context.Context, session, operator string, open model.ReplyID) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		now := db.now()
		var known bool // and with this reply open
		err := tx.QueryRowContext(ctx,
			`SELECT EXISTS (SELECT 1 FROM presence WHERE session = ? AND seen_at >= ? AND reply = ?)`,
			session, millis(now.Add(-presenceLasts)), open).Scan(&known)
		if err != nil {
			return nil, wrap("say who is here", err)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO presence (session, operator, seen_at, reply) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET operator = excluded.operator, seen_at = excluded.seen_at, reply = excluded.reply`,
			session, operator, millis(now), open)
		if err != nil {
			return nil, wrap("say who is here", err)
		}
		topics, err := sweep(ctx, tx, millis(now.Add(-presenceLasts)))
		if !known {
			topics = append(topics, model.TopicHealth)
		}
		return topics, err
	})
}

// Leave records that the session has ended.
func (db *DB) Leave(ctx context.Context, session string) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		if _, err := tx.ExecContext(ctx, `UPDATE presence SET seen_at = -1 WHERE session = ?`, session); err != nil {
			return nil, wrap("say who is here", err)
		}
		return sweep(ctx, tx, 0)
	})
}

// sweep removes the sessions not heard of since the given time and releases their claims.
func sweep(ctx context.Context, tx *sql.Tx, since int64) ([]model.Topic, error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM presence WHERE seen_at < ?`, since)
	if err != nil {
		return nil, wrap("say who is here", err)
	}
	gone, err := res.RowsAffected()
	if err != nil {
		return nil, err
	}
	res, err = tx.ExecContext(ctx, `UPDATE reply SET claimed_by = '', claimed_session = '' WHERE claimed_session <> ''
		AND claimed_session NOT IN (SELECT session FROM presence)`)
	if err != nil {
		return nil, wrap("free claims", err)
	}
	freed, err := res.RowsAffected()
	if err != nil {
		return nil, err
	}
	var topics []model.Topic
	if gone > 0 {
		topics = append(topics, model.TopicHealth)
	}
	if freed > 0 {
		topics = append(topics, model.TopicReplies)
	}
	return topics, nil
}
