package cache

import (
	"context"
	"database/sql"
	"math"
	"strings"
	"time"

	"viberdeck/model"
)

const (
	// keptRequests is how many requests to vendors are kept in the log.
	keptRequests = 20_000
	// loggedBytes is how many bytes of a request's name and of its result are kept in the log.
	loggedBytes = 512
)

// Polls returns what is to be polled about the account's campaigns at the vendor by the given time,
// or for zero at any time, newest first. The open rows of a campaign that is no longer polled, or
// whose people are unknown, are not known.
func (db *DB) Polls(ctx context.Context, account string, by time.Time) ([]model.Poll, error) {
	last := int64(math.MaxInt64)
	if !by.IsZero() {
		last = millis(by)
	}
	return all(ctx, db.reader, "read what to ask", func(row scanner) (model.Poll, error) {
		p := model.Poll{Account: account}
		var created, sendAt, lifetime, last, next int64
		err := row(&p.VendorID, &p.Campaign, &p.State, &created, &sendAt, &lifetime, &last, &next, &p.Stopped,
			&p.OpenRows)
		p.CreatedAt, p.SendAt, p.Lifetime = timeOf(created), timeOf(sendAt), ofSeconds(lifetime)
		p.LastAt, p.NextAt = timeOf(last), timeOf(next)
		return p, err
	}, `SELECT f.vendor_id, f.campaign, CASE WHEN f.state = '' THEN c.state ELSE f.state END, c.created_at, c.send_at,
		c.lifetime, f.poll_last, f.poll_next, f.poll_stopped,
		CASE WHEN f.poll_stopped = 1 THEN -1 ELSE coalesce((SELECT sum(CASE WHEN (1 << status) & ?2 <> 0 THEN n
			ELSE 0 END) FROM recipient_count WHERE campaign = f.campaign), -1) END
		FROM campaign_ref f JOIN campaign c ON c.id = f.campaign JOIN account a ON a.id = f.account
		WHERE a.name = ?1 AND f.reference = 0 AND f.poll_next <= ?3
		ORDER BY c.sort_at DESC, c.id DESC, f.vendor_id`, account, openStatuses(), last)
}

// NextPoll returns when the next campaign of the account is to be polled; zero: there is none.
func (db *DB) NextPoll(ctx context.Context, account string) (time.Time, error) {
	var next sql.NullInt64
	err := db.reader.QueryRowContext(ctx, `SELECT min(poll_next) FROM campaign_ref WHERE reference = 0
		AND account = (SELECT id FROM account WHERE name = ?)`, account).Scan(&next)
	if err != nil || !next.Valid {
		return time.Time{}, failure("read what to ask", err)
	}
	return time.UnixMilli(next.Int64).UTC(), nil // 0, never asked, is a time that is over
}

// SavePolls stores when campaigns were polled and when each is polled next.
func (db *DB) SavePolls(ctx context.Context, polls []model.Poll) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		for _, p := range polls {
			if err := execAll(ctx, tx, model.Say("keep when %s is asked about", p.VendorID),
				step{`UPDATE campaign_ref SET poll_last = ?, poll_next = ?, poll_stopped = ? WHERE account = (SELECT id
					FROM account WHERE name = ?) AND vendor_id = ?`,
					[]any{millis(p.LastAt), millis(p.NextAt), p.Stopped, p.Account, p.VendorID}},
				step{`UPDATE campaign SET poll_last = max(poll_last, ?) WHERE id = (SELECT f.campaign FROM campaign_ref f
					JOIN account a ON a.id = f.account WHERE a.name = ? AND f.vendor_id = ?)`,
					[]any{millis(p.LastAt), p.Account, p.VendorID}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetHealth stores whether an account answers and since when, with the reason if it does not, and
// when it was read completely.
func (db *DB) SetHealth(ctx context.Context, h model.Health, now time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		id, err := accountID(ctx, tx, h.Account)
		if err != nil {
			return nil, err
		}
		res, err := tx.ExecContext(ctx,
			`INSERT INTO health (account, online, since, synced_at, error) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET online = excluded.online, error = excluded.error,
				synced_at = max(health.synced_at, excluded.synced_at),
				since = CASE WHEN health.online = excluded.online THEN health.since ELSE excluded.since END
			WHERE (health.online, health.error) IS NOT (excluded.online, excluded.error) OR excluded.synced_at > health.synced_at`,
			id, h.Online, millis(now), millis(h.SyncedAt), h.Error)
		if err != nil {
			return nil, wrap(model.Say("health of %s", h.Account), err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return nil, err
		}
		return []model.Topic{model.TopicHealth}, nil
	})
}

// LogRequests adds requests to the log and forgets the oldest beyond the last 20 000.
func (db *DB) LogRequests(ctx context.Context, entries []model.LogEntry) error {
	if len(entries) == 0 {
		return nil
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		for _, e := range entries {
			id, err := accountID(ctx, tx, e.Account)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx,
				`INSERT INTO request_log (at, account, method, status, duration, try, result, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				millis(e.At), id, short(e.Method), e.Status, e.Duration.Microseconds(), e.Try, e.Result.Clean(short),
				e.Bytes); err != nil {
				return model.Errorf("log a request: %w", err)
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM request_log WHERE id <= (SELECT max(id) FROM request_log) - ?`,
			keptRequests)
		return wrap("log requests", err)
	}, model.TopicLog)
}

// short returns as much of the beginning of a text as the log has room for.
func short(s string) string {
	if len(s) <= loggedBytes {
		return s
	}
	return strings.ToValidUTF8(s[:loggedBytes-len("…")], "") + "…"
}

// AddActivity adds a line to the activity log.
func (db *DB) AddActivity(ctx context.Context, a model.Activity) error {
	topic := model.TopicLog
	if a.Campaign != 0 {
		topic = model.TopicCampaigns
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		return note(ctx, tx, a.At, a.Operator, a.Action, a.Campaign, "%s", a.Detail)
	}, topic)
}
