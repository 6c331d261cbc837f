package cache

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"viberdeck/model"
)

// SaveSenders replaces what is known of the account's senders.
func (db *DB) SaveSenders(ctx context.Context, account string, senders []model.Sender, now time.Time) error {
	rows := make([]vendorRow, 0, len(senders))
	for _, s := range senders {
		if s.State == "" {
			s.State = model.SenderUnknown
		}
		rows = append(rows, vendorRow{s.ID, ageOf(s.AsOf, now),
			[]any{s.Name, s.State, s.VendorState, s.Country, s.Traffic, s.Comment, s.FromConfig}})
	}
	return db.replace(ctx, account, model.TopicSenders, vendorTable{name: "sender", key: "id", age: "as_of",
		columns: []string{"name", "state", "vendor_state", "country", "traffic", "comment", "from_config"}}, rows)
}

// SaveLists replaces what is known of the lists kept at the account's vendor.
func (db *DB) SaveLists(ctx context.Context, account string, lists []model.List, _ time.Time) error {
	rows := make([]vendorRow, 0, len(lists))
	for _, l := range lists {
		rows = append(rows, vendorRow{l.ID, 0, []any{l.Name, figureArg(l.People)}})
	}
	return db.replace(ctx, account, model.TopicSenders,
		vendorTable{name: "vendor_list", key: "id", columns: []string{"name", "people"}}, rows)
}

// SaveBalance replaces what is known of the account's money.
func (db *DB) SaveBalance(ctx context.Context, account string, balances []model.Balance, now time.Time) error {
	rows := make([]vendorRow, 0, len(balances))
	for _, b := range balances {
		rows = append(rows, vendorRow{b.Name, ageOf(b.AsOf, now), []any{amountArg(b.Amount), b.Amount.Currency}})
	}
	return db.replace(ctx, account, model.TopicHealth,
		vendorTable{name: "balance", key: "name", age: "as_of", columns: []string{"amount", "currency"}}, rows)
}

// SaveBlacklist replaces what is known of the vendor's own list. Entries of ours stay; one that the
// vendor lists already need not be told to it any more.
func (db *DB) SaveBlacklist(ctx context.Context, account string, entries []model.BlacklistEntry, _ time.Time) error {
	rows := make([]vendorRow, 0, len(entries))
	for _, e := range entries {
		if e.Phone != 0 {
			rows = append(rows, vendorRow{int64(e.Phone), 0, []any{e.Reason, millis(e.AddedAt)}})
		}
	}
	if err := db.replace(ctx, account, model.TopicBlacklist,
		vendorTable{name: "vendor_block", key: "who", columns: []string{"reason", "added_at"}}, rows); err != nil {
		return err
	}
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		if _, err := tx.ExecContext(ctx,
			`UPDATE account SET keeps_blacklist = 1 WHERE name = ? AND keeps_blacklist = 0`, account); err != nil {
			return nil, wrap("save the blacklist of "+account, err)
		}
		res, err := tx.ExecContext(ctx,
			`DELETE FROM block_push WHERE remove = 0 AND account = (SELECT id FROM account WHERE name = ?)
			AND EXISTS (SELECT 1 FROM vendor_block v WHERE v.account = block_push.account AND v.who = block_push.who)`,
			account)
		if err != nil {
			return nil, wrap("save the blacklist of "+account, err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return nil, err
		}
		return []model.Topic{model.TopicBlacklist}, nil
	})
}

// ageOf is when a row was read, as it is stored.
func ageOf(asOf, now time.Time) int64 {
	if asOf.IsZero() {
		return millis(now)
	}
	return millis(asOf)
}

// vendorTable is a table whose rows of one account are replaced as a whole.
type vendorTable struct {
	name    string
	key     string   // the primary key beside the account
	columns []string // two at least
	age     string   // the column of when a row was read, which alone is no change; "" if there is none
}

// vendorRow is one row: its key, its age, and the values of the table's columns.
type vendorRow struct {
	key    any
	age    int64
	values []any
}

// replace replaces the account's rows of the table. It writes, and says that the topic changed,
// only where something differs.
func (db *DB) replace(ctx context.Context, account string, topic model.Topic, t vendorTable, rows []vendorRow) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return nil, err
		}
		put, err := t.put(ctx, tx, id, rows)
		if err != nil {
			return nil, wrap("save "+t.name+" of "+account, err)
		}
		gone, err := t.drop(ctx, tx, id, rows)
		if err != nil || !put && !gone {
			return nil, wrap("save "+t.name+" of "+account, err)
		}
		return []model.Topic{topic}, nil
	})
}

// put stores the rows and tells whether any is new or differs.
func (t vendorTable) put(ctx context.Context, tx *sql.Tx, account int64, rows []vendorRow) (changed bool, err error) {
	all := append([]string{"account", t.key}, t.columns...)
	if t.age != "" {
		all = append(all, t.age)
	}
	list, told := strings.Join(t.columns, ", "), "excluded."+strings.Join(t.columns, ", excluded.")
	known := t.name + "." + strings.Join(t.columns, ", "+t.name+".")
	store, err := tx.PrepareContext(ctx, `INSERT INTO `+t.name+` (`+strings.Join(all, ", ")+`) VALUES (`+in(len(all))+`)
		ON CONFLICT DO UPDATE SET (`+list+`) = (`+told+`) WHERE (`+known+`) IS NOT (`+told+`)`)
	if err != nil {
		return false, err
	}
	defer store.Close()
	for _, r := range rows {
		args := append([]any{account, r.key}, r.values...)
		if t.age != "" {
			args = append(args, r.age)
		}
		res, err := store.ExecContext(ctx, args...)
		if err != nil {
			return false, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return false, err
		}
		changed = changed || n > 0
		if t.age == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE `+t.name+` SET `+t.age+` = ? WHERE account = ? AND `+t.key+` = ?`,
			r.age, account, r.key); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// drop deletes the account's rows that are not among the given ones and tells whether there were
// any.
func (t vendorTable) drop(ctx context.Context, tx *sql.Tx, account int64, rows []vendorRow) (bool, error) {
	keep := make(map[any]bool, len(rows))
	for _, r := range rows {
		keep[r.key] = true
	}
	stored, err := tx.QueryContext(ctx, `SELECT `+t.key+` FROM `+t.name+` WHERE account = ?`, account)
	if err != nil {
		return false, err
	}
	defer stored.Close()
	var gone []any
	for stored.Next() {
		var key any
		if err := stored.Scan(&key); err != nil {
			return false, err
		}
		if !keep[key] {
			gone = append(gone, key)
		}
	}
	if err := stored.Err(); err != nil {
		return false, err
	}
	for _, key := range gone {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+t.name+` WHERE account = ? AND `+t.key+` = ?`, account,
			key); err != nil {
			return false, err
		}
	}
	return len(gone) > 0, nil
}
