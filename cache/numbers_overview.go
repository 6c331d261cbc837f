package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// Overview returns what the status line shows. The other people present do not include the
// operator's own sessions.
func (db *DB) Overview(ctx context.Context, operator string) (model.Overview, error) {
	o := model.Overview{At: db.now(), Space: db.space()}
	if err := db.wakeSnoozed(ctx); err != nil {
		return o, err
	}
	seen := millis(o.At.Add(-presenceLasts))
	outside := db.outside()
	err := db.read(ctx, func(tx *sql.Tx) error {
		var err error
		if o.Accounts, err = readHealth(ctx, tx); err != nil {
			return err
		}
		var since int64
		if err := tx.QueryRowContext(ctx, `SELECT
			(SELECT count(*) FROM batch WHERE account IN (SELECT id FROM account) AND state = 'claimed') +
				(SELECT count(*) FROM campaign c WHERE ours = 1 AND state IN ('held', 'queued', 'sending') AND `+
			leavesSQL+`),
			(SELECT count(*) FROM campaign c WHERE ours = 1 AND state = 'held' AND `+leavesSQL+`),
			(SELECT count(*) FROM batch WHERE account IN (SELECT id FROM account) AND state = 'unknown'),
			(SELECT count(*) FROM reply WHERE state = 'open'), (SELECT count(*) FROM reply WHERE unread = 1),
			b.active, b.by, b.reason, b.since FROM brake b`).
			Scan(&o.Sending, &o.Held, &o.Unknown, &o.OpenReplies, &o.UnreadReplies, &o.Brake.On, &o.Brake.By,
				&o.Brake.Reason, &since); err != nil {
			return model.Errorf("overview: %w", err)
		}
		o.Brake.Since = timeOf(since)
		if err := newestReplies(ctx, tx, &o); err != nil {
			return err
		}
		term, err := lastTerm(ctx, tx)
		if err != nil {
			return err
		}
		if o.Alarms, err = alarms(ctx, tx); err != nil {
			return err
		}
		o.Engine = term.run(db.self, o.At)
		if o.Standing, _, err = db.standing(ctx, tx, outside); err != nil {
			return err
		}
		o.Operators, err = texts(ctx, tx,
			`SELECT DISTINCT operator FROM presence WHERE seen_at >= ? AND operator NOT IN ('', ?)
			ORDER BY operator`, seen, operator)
		if err != nil {
			return err
		}
		if o.Readers, err = whoReads(ctx, tx, seen, operator); err != nil {
			return err
		}
		if o.Recallable, err = recallable(ctx, tx); err != nil {
			return err
		}
		o.Notices, err = notices(ctx, tx, operator)
		return err
	})
	return o, err
}

// newestReplies reads what shows that replies have arrived since an earlier overview.
func newestReplies(ctx context.Context, q querier, o *model.Overview) error {
	err := q.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM reply`).Scan(&o.LastReply)
	if err != nil {
		return wrap("read the last reply", err)
	}
	o.NewestOpen, err = all(ctx, q, "read the newest replies", func(row scanner) (id model.ReplyID, err error) {
		return id, row(&id)
	}, `SELECT id FROM reply WHERE state = 'open' ORDER BY received_at DESC, id DESC LIMIT 100`)
	return err
}

// whoReads returns which replies the others have open.
func whoReads(ctx context.Context, q querier, seen int64, operator string) ([]model.Reader, error) {
	return all(ctx, q, "read who reads", func(row scanner) (model.Reader, error) {
		var r model.Reader
		err := row(&r.Operator, &r.Reply)
		return r, err
	}, `SELECT DISTINCT operator, reply FROM presence WHERE seen_at >= ? AND operator NOT IN ('', ?) AND reply <> 0
		ORDER BY operator, reply`, seen, operator)
}

// readHealth returns every account with the state of its connection.
func readHealth(ctx context.Context, q querier) ([]model.Health, error) {
	accounts, err := all(ctx, q, "read health", func(row scanner) (model.Health, error) {
		var h model.Health
		var since, synced int64
		err := row(&h.Account, &h.Vendor, &h.Known, &h.Online, &since, &synced, &h.Error)
		h.Since, h.SyncedAt = timeOf(since), timeOf(synced)
		return h, err
	}, `SELECT a.name, a.vendor, h.account IS NOT NULL, coalesce(h.online, 0), coalesce(h.since, 0),
		coalesce(h.synced_at, 0), coalesce(h.error, '') FROM account a LEFT JOIN health h ON h.account = a.id ORDER BY a.name`)
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	for i, h := range accounts {
		place[h.Account] = i
	}
	balances, err := readBalances(ctx, q)
	for _, b := range balances {
		h := &accounts[place[b.Account]]
		h.Balances = append(h.Balances, b)
	}
	return accounts, err
}

func readBalances(ctx context.Context, q querier) ([]model.Balance, error) {
	return all(ctx, q, "read balances", func(row scanner) (model.Balance, error) {
		var b model.Balance
		var amount sql.NullString
		var currency string
		var asOf int64
		err := row(&b.Account, &b.Name, &amount, &currency, &asOf)
		b.Amount, b.AsOf = moneyOf(amount, currency), timeOf(asOf)
		return b, err
	}, `SELECT a.name, b.name, b.amount, b.currency, b.as_of FROM balance b
		JOIN account a ON a.id = b.account ORDER BY a.name, b.name`)
}
