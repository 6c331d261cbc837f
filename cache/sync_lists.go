package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"iter"
	"strings"
	"time"

	"viberdeck/model"
)

// believeFor is how long after Believe a reading may shorten the lists of an account.
const believeFor = time.Hour

// Believe allows the next readings of an account, for an hour, to lack any number of rows of its
// lists: a person has said that the vendor really removed them.
func (db *DB) Believe(ctx context.Context, operator, account string) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return err
		}
		if err := execAll(ctx, tx, model.Say("believe %s", account),
			step{`UPDATE account SET believe_until = ? WHERE id = ?`,
				[]any{millis(db.now().Add(believeFor)), id}}); err != nil {
			return err
		}
		return note(
			ctx,
			tx,
			db.now(),
			operator,
			"believed",
			0,
			"what %s gives of its lists, also if it is less than before",
			account,
		)
	}, model.TopicLog)
}

// SaveSenders replaces the stored senders of the account. Like SaveLists and SaveBlacklist it
// deletes nothing, and returns model.Shrunk, if more than a few would vanish.
func (db *DB) SaveSenders(ctx context.Context, account string, senders []model.Sender, now time.Time) error {
	return db.replace(ctx, account, senderRows(senders, now))
}

// SaveLists replaces the stored lists kept at the account's vendor.
func (db *DB) SaveLists(ctx context.Context, account string, lists []model.List, _ time.Time) error {
	return db.replace(ctx, account, listRows(lists))
}

// SaveBalance replaces the stored balances of the account.
func (db *DB) SaveBalance(ctx context.Context, account string, balances []model.Balance, now time.Time) error {
	rows := make([]vendorRow, 0, len(balances))
	for _, b := range balances {
		rows = append(rows, vendorRow{b.Name, ageOf(b.AsOf, now), []any{amountArg(b.Amount), b.Amount.Currency}})
	}
	return db.replace(ctx, account, vendorTable{
		name: "balance", what: "balances", topic: model.TopicHealth, key: "name",
		age: "as_of", columns: []string{"amount", "currency"}, rows: rows})
}

// SaveBlacklist replaces the stored copy of the vendor's own list. Our own entries stay; one that
// the vendor already lists no longer needs to be sent to it.
func (db *DB) SaveBlacklist(ctx context.Context, account string, entries []model.BlacklistEntry, now time.Time) error {
	shrunk := db.replace(ctx, account, blockRows(entries, now))
	if shrunk != nil && !model.IsNotWhole(shrunk) {
		return shrunk
	}
	return cmp.Or(db.settlePushes(ctx, account), shrunk)
}

// SavePartial stores rows of the account's lists that were not read in full: their blocks apply,
// and nothing that is known is removed.
func (db *DB) SavePartial(ctx context.Context, account string, some model.VendorLists, now time.Time) error {
	err := errors.Join(
		db.put(ctx, account, senderRows(some.Senders, now)),
		db.put(ctx, account, listRows(some.Lists)),
		db.put(ctx, account, blockRows(some.Blacklist, now)))
	if err != nil || len(some.Blacklist) == 0 {
		return err
	}
	return db.settlePushes(ctx, account)
}

func senderRows(senders []model.Sender, now time.Time) vendorTable {
	rows := make([]vendorRow, 0, len(senders))
	for _, s := range senders {
		if s.State == "" {
			s.State = model.SenderUnknown
		}
		rows = append(rows, vendorRow{s.ID, ageOf(s.AsOf, now),
			[]any{s.Name, s.State, s.VendorState, s.Country, s.Traffic, s.Comment, s.FromConfig}})
	}
	return vendorTable{name: "sender", what: "senders", topic: model.TopicSenders, key: "id", age: "as_of",
		own:     "from_config",
		columns: []string{"name", "state", "vendor_state", "country", "traffic", "comment", "from_config"}, rows: rows}
}

func listRows(lists []model.List) vendorTable {
	rows := make([]vendorRow, 0, len(lists))
	for _, l := range lists {
		rows = append(rows, vendorRow{l.ID, 0, []any{l.Name, figureArg(l.People)}})
	}
	return vendorTable{name: "vendor_list", what: "lists", topic: model.TopicSenders, key: "id",
		columns: []string{"name", "people"}, rows: rows}
}

func blockRows(entries []model.BlacklistEntry, now time.Time) vendorTable {
	rows := make([]vendorRow, 0, len(entries))
	for _, e := range entries {
		if e.Phone != 0 {
			rows = append(rows, vendorRow{int64(e.Phone), 0, []any{e.Reason, millis(past(e.AddedAt, now))}})
		}
	}
	return vendorTable{name: "vendor_block", what: "blacklist", topic: model.TopicBlacklist, key: "who",
		columns: []string{"reason", "added_at"}, rows: rows}
}

// settlePushes drops what no longer needs to be sent to the account's vendor.
func (db *DB) settlePushes(ctx context.Context, account string) error {
	doing := model.Say("save the blacklist of %s", account)
	const listed = `FROM block_push AS p WHERE p.account = (SELECT id FROM account WHERE name = ?) AND p.remove = 0
		AND EXISTS (SELECT 1 FROM vendor_block v WHERE v.account = p.account AND v.who = p.who)`
	reported, err := all(ctx, db.reader, doing, single[int64], `SELECT p.who `+listed, account)
	if err != nil {
		return err
	}
	return inPieces(ctx, db, reported, func(tx *sql.Tx, part iter.Seq[int64]) ([]model.Topic, error) {
		for who := range part {
			if err := execAll(ctx, tx, doing, step{
				`DELETE ` + listed + ` AND p.who = ?`, []any{account, who}}); err != nil {
				return nil, err
			}
		}
		return []model.Topic{model.TopicBlacklist}, nil
	})
}

// ageOf is when a row was read, as stored.
func ageOf(asOf, now time.Time) int64 {
	if asOf.IsZero() {
		return millis(now)
	}
	return millis(asOf)
}

// vendorTable is a table whose rows for one account are replaced as a whole.
type vendorTable struct {
	name  string
	what  string // what its rows are called on screens
	topic model.Topic
	// a column that is set if the row comes from the configuration, not the vendor; "" if there is
	// none
	own     string
	key     string   // the primary key beside the account
	columns []string // at least two
	age     string   // the column of when a row was read, in itself no change; "" if none
	rows    []vendorRow
}

// vendorRow is one row: its key, its age, and the values of the table's columns.
type vendorRow struct {
	key    any
	age    int64
	values []any
}

// replace replaces the account's rows of the table. It writes, and reports the topic as changed,
// only if something differs. A reading that lacks more than a few of the known rows adds what it
// has and deletes nothing: an incomplete answer must not unblock people. The error then is
// model.Shrunk.
func (db *DB) replace(ctx context.Context, account string, t vendorTable) error {
	if err := db.put(ctx, account, t); err != nil {
		return err
	}
	gone, shrunk, err := t.vanished(ctx, db, account)
	if err != nil {
		return failure(model.Say("save %s of %s", t.name, account), err)
	}
	err = inPieces(ctx, db, gone, func(tx *sql.Tx, part iter.Seq[any]) ([]model.Topic, error) {
		for key := range part {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+t.name+` WHERE `+t.key+` = ?
				AND account = (SELECT id FROM account WHERE name = ?)`, key, account); err != nil {
				return nil, wrap(model.Say("save %s of %s", t.name, account), err)
			}
		}
		return []model.Topic{t.topic}, nil
	})
	return cmp.Or(err, shrunk)
}

// put stores the account's rows of the table beside the existing ones.
func (db *DB) put(ctx context.Context, account string, t vendorTable) error {
	return inPieces(ctx, db, t.rows, func(tx *sql.Tx, part iter.Seq[vendorRow]) ([]model.Topic, error) {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return nil, err
		}
		put, err := t.put(ctx, tx, id, part)
		if err != nil || !put {
			return nil, wrap(model.Say("save %s of %s", t.name, account), err)
		}
		return []model.Topic{t.topic}, nil
	})
}

// put stores the rows and reports whether any is new or differs.
func (t vendorTable) put(ctx context.Context, tx *sql.Tx, account int64, rows iter.Seq[vendorRow]) (changed bool,
	err error) {
	all := append([]string{"account", t.key}, t.columns...)
	if t.age != "" {
		all = append(all, t.age)
	}
	list, text := strings.Join(t.columns, ", "), "excluded."+strings.Join(t.columns, ", excluded.")
	known := t.name + "." + strings.Join(t.columns, ", "+t.name+".")
	//nolint:sqlclosecheck // it is closed; the linter does not see that beside a loop over a function
	store, err := tx.PrepareContext(ctx, `INSERT INTO `+t.name+` (`+strings.Join(all, ", ")+`) VALUES (`+in(len(all))+`)
		ON CONFLICT DO UPDATE SET (`+list+`) = (`+text+`) WHERE (`+known+`) IS NOT (`+text+`)`)
	if err != nil {
		return false, err
	}
	defer store.Close()
	for r := range rows {
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

// vanished returns the keys of the account's rows that are not among those of the table and may be
// deleted. If more than a few are the vendor's and no person has confirmed it, they may not, and
// shrunk says so. Rows of the configuration may always go.
func (t vendorTable) vanished(ctx context.Context, db *DB, account string) (keys []any, shrunk, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		var id, believed int64
		err := tx.QueryRowContext(ctx, `SELECT id, believe_until FROM account WHERE name = ?`, account).
			Scan(&id, &believed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // nothing was ever read from it
		}
		if err != nil {
			return err
		}
		gone, own, known, err := t.absent(ctx, tx, id)
		if keys = own; len(gone) <= model.MostMissing(known) || believed > millis(db.now()) {
			keys = append(keys, gone...)
		} else {
			shrunk = model.ShrunkError(account, t.what, known, len(gone))
		}
		return err
	})
	return keys, shrunk, err
}

// absent returns the keys of the stored rows that are not among the given ones: the vendor's, and
// those of the configuration. Known counts all that were the vendor's before the given ones were
// stored, or are among them.
func (t vendorTable) absent(
	ctx context.Context,
	tx *sql.Tx,
	account int64,
) (gone, own []any, known int, err error) {
	keep := make(map[any]bool, len(t.rows))
	for _, r := range t.rows {
		keep[r.key] = true
	}
	stored, err := tx.QueryContext(
		ctx,
		`SELECT `+t.key+`, `+cmp.Or(t.own, "0")+` FROM `+t.name+` WHERE account = ?`,
		account,
	)
	if err != nil {
		return nil, nil, 0, err
	}
	defer stored.Close()
	for stored.Next() {
		var key any
		var configured bool
		if err := stored.Scan(&key, &configured); err != nil {
			return nil, nil, 0, err
		}
		switch {
		case configured && !keep[key]:
			own = append(own, key)
		case !configured:
			known++
			if !keep[key] {
				gone = append(gone, key)
			}
		}
	}
	return gone, own, known, stored.Err()
}
