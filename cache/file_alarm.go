package cache

import (
	"context"
	"database/sql"
	"time"

	"viberdeck/model"
)

// SetAlarm records a problem of this host under a name unique to it; an empty text clears it.
func (db *DB) SetAlarm(ctx context.Context, name string, text model.Text, now time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		changed, err := setAlarm(ctx, tx, name, text, now)
		if err != nil || !changed {
			return nil, err
		}
		return []model.Topic{model.TopicHealth}, nil
	})
}

func setAlarm(ctx context.Context, tx *sql.Tx, name string, text model.Text, now time.Time) (changed bool, err error) {
	query, args := `DELETE FROM alarm WHERE name = ?`, []any{name}
	if !text.IsZero() {
		query = `INSERT INTO alarm (name, text, since) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET text = excluded.text WHERE text <> excluded.text`
		args = []any{name, text, millis(now)}
	}
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return false, wrap("raise an alarm", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// alarms reads the problems of this host, the oldest first.
func alarms(ctx context.Context, q querier) ([]model.Alarm, error) {
	return all(ctx, q, "read alarms", func(row scanner) (model.Alarm, error) {
		var a model.Alarm
		var since int64
		err := row(&a.Name, &a.Text, &since)
		a.Since = timeOf(since)
		return a, err
	}, `SELECT name, text, since FROM alarm ORDER BY since, name`)
}
