package cache

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"viberdeck/model"
)

const (
	// repeatedWithin is how long the same body from the same account counts as a repetition.
	repeatedWithin = 24 * time.Hour
	// doneKept is how long a callback is kept after its news was applied: longer than any vendor
	// repeats itself.
	doneKept = 7 * 24 * time.Hour
	// unreadKept is how many callbacks that could not be understood are kept.
	unreadKept = 10_000
	// unreadBytes is how many bytes these may take together.
	unreadBytes = 64 << 20
	// callbackKeyName is where the key of the callback addresses is kept.
	callbackKeyName = "callback-key"
	callbackKeySize = 32
)

// CallbackKey returns the key from which the secret parts of the callback addresses are derived. It
// is made, at random, the first time it is needed, and never changes: vendors know the addresses.
func (db *DB) CallbackKey(ctx context.Context) ([]byte, error) {
	kept, ok, err := db.Setting(ctx, "", callbackKeyName)
	if err != nil {
		return nil, err
	}
	if !ok {
		fresh := make([]byte, callbackKeySize)
		if _, err := rand.Read(fresh); err != nil {
			return nil, model.Errorf("make a key for callbacks: %w", err)
		}
		// Another process may have been first: the stored key counts.
		err := db.write(ctx, func(tx *sql.Tx) error {
			return execAll(ctx, tx, "keep the key of callbacks",
				step{`INSERT INTO keep (operator, name, value, at) VALUES ('', ?, ?, ?) ON CONFLICT DO NOTHING`,
					[]any{callbackKeyName, hex.EncodeToString(fresh), millis(db.now())}})
		})
		if err != nil {
			return nil, err
		}
		if kept, _, err = db.Setting(ctx, "", callbackKeyName); err != nil {
			return nil, err
		}
	}
	key, err := hex.DecodeString(kept)
	if err != nil || len(key) != callbackKeySize {
		return nil, model.Errorf("the key of callbacks in the cache is damaged: %s", model.Characters(len(kept)))
	}
	return key, nil
}

// renewalsName is the name under which the number of an account's address changes is stored.
func renewalsName(account string) string { return "callback-renewals " + account }

// CallbackRenewals returns how often the callback address of an account was changed.
func (db *DB) CallbackRenewals(ctx context.Context, account string) (int, error) {
	kept, ok, err := db.Setting(ctx, "", renewalsName(account))
	if err != nil || !ok {
		return 0, err
	}
	n, err := strconv.Atoi(kept)
	return n, wrap("read the callback address of "+account, err)
}

// RenewCallback changes the callback address of an account: callbacks to the old one are rejected.
// It clears the alarm about it.
func (db *DB) RenewCallback(ctx context.Context, operator, account string) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		err := execAll(ctx, tx, "renew a callback address",
			step{`INSERT INTO keep (operator, name, value, at) VALUES ('', ?, '1', ?)
				ON CONFLICT DO UPDATE SET value = value + 1, at = excluded.at`,
				[]any{renewalsName(account), millis(db.now())}})
		if err != nil {
			return err
		}
		if _, err := setAlarm(ctx, tx, "callbacks of "+account, model.Text{}, db.now()); err != nil {
			return err
		}
		return note(ctx, tx, db.now(), operator, "renewed", 0, "the callback address of %s", account)
	}, model.TopicHealth)
}

// StoreCallbacks stores callbacks as they came, durably and in one transaction. It reports for each
// whether the same body came for the same account within the last 24 hours; if so, it is not stored
// again.
func (db *DB) StoreCallbacks(ctx context.Context, arrived []model.Callback) (repeated []bool, err error) {
	err = db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		repeated = make([]bool, len(arrived))
		for i, c := range arrived {
			account, err := accountID(ctx, tx, c.Account)
			if err != nil {
				return nil, err
			}
			hash := callbackHash(c)
			err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM callback WHERE hash = ? AND received_at > ?)`,
				hash, millis(c.ReceivedAt.Add(-repeatedWithin))).Scan(&repeated[i])
			if err != nil {
				return nil, wrap("store a callback", err)
			}
			if repeated[i] {
				continue
			}
			body := c.Body
			if body == nil {
				body = []byte{}
			}
			if _, err := tx.ExecContext(ctx,
				`INSERT INTO callback (account, vendor, hash, received_at, body) VALUES (?, ?, ?, ?, ?)`,
				account, c.Vendor, hash, millis(c.ReceivedAt), body); err != nil {
				return nil, wrap("store a callback", err)
			}
		}
		return nil, nil
	})
	return repeated, err
}

func callbackHash(c model.Callback) []byte {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%d:%s", len(c.Account), c.Account) // writing to a hash never fails
	_, _ = h.Write(c.Body)
	return h.Sum(nil)
}

// NextCallbacks returns callbacks whose news has not been applied yet, in order of arrival.
func (db *DB) NextCallbacks(ctx context.Context, limit int) ([]model.Callback, error) {
	return all(ctx, db.reader, "read callbacks", func(row scanner) (model.Callback, error) {
		var c model.Callback
		var at int64
		err := row(&c.ID, &c.Account, &c.Vendor, &c.Body, &at, &c.Released)
		c.ReceivedAt = timeOf(at)
		return c, err
	}, `SELECT c.id, a.name, c.vendor, c.body, c.received_at, c.released FROM callback c JOIN account a ON a.id = c.account
		WHERE c.state = 'new' ORDER BY c.id LIMIT ?`, limit)
}

// KeepCallback sets aside a callback whose news cannot be applied; the note says why.
func (db *DB) KeepCallback(ctx context.Context, id int64, note string) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		return nil, endCallback(ctx, tx, id, note)
	})
}

// endCallback marks a callback as needing no further work; with a note it is kept.
func endCallback(ctx context.Context, tx *sql.Tx, id int64, note string) error {
	_, err := tx.ExecContext(ctx,
		`UPDATE callback SET state = CASE ?1 WHEN '' THEN 'done' ELSE 'kept' END, note = ?1 WHERE id = ?2`, note, id)
	return wrap("end a callback", err)
}

// ForgetCallbacks removes callbacks that have served their purpose: those done a week ago, and of
// those that could not be understood all but the newest 10 000 and 64 MB.
func (db *DB) ForgetCallbacks(ctx context.Context, now time.Time) error {
	// The oldest go first, so that each piece judges the rest as the one before it did.
	for _, old := range []step{
		{`state = 'done' AND received_at < ?`, []any{millis(now.Add(-doneKept))}},
		{`state = 'kept' AND id <= (SELECT id FROM callback WHERE state = 'kept' ORDER BY id DESC LIMIT 1 OFFSET ?)`,
			[]any{unreadKept}},
		{`id IN (SELECT id FROM (SELECT id, sum(length(body)) OVER (ORDER BY id DESC) AS bytes
			FROM callback WHERE state = 'kept') WHERE bytes > ?)`, []any{unreadBytes}}} {
		err := db.untilOver(ctx, func(tx *sql.Tx, limit int) ([]model.Topic, bool, error) {
			n, err := affected(ctx, tx, "remove what is old",
				`DELETE FROM callback WHERE id IN (SELECT id FROM callback WHERE `+old.sql+
					` ORDER BY id LIMIT ?)`, append(old.args, quarter(limit))...)
			return nil, n == 0, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
