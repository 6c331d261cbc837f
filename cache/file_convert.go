package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"viberdeck/model"
)

// millis is a time as it is stored: Unix milliseconds, 0 for an unknown time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// past limits the time of an outside event to now, when it was reported. A vendor may report a
// later one, and a reply dated tomorrow would wait behind all others. The only vendor times that
// may lie in the future are those of plans.
func past(at, now time.Time) time.Time {
	if at.After(now) {
		return now
	}
	return at
}

// timeOf is millis read back, in UTC.
func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// seconds and ofSeconds store durations.
func seconds(d time.Duration) int64   { return int64(d / time.Second) }
func ofSeconds(n int64) time.Duration { return time.Duration(n) * time.Second }

// figureArg is a figure as it is stored: NULL when it is unknown.
func figureArg(f model.Figure) sql.NullInt64 { return sql.NullInt64{Int64: f.N, Valid: f.Known} }

// figureOf is figureArg read back.
func figureOf(n sql.NullInt64) model.Figure { return model.Figure{N: n.Int64, Known: n.Valid} }

// costArg is amountArg for the cost of a campaign as a vendor reports it. Vendors write 0 before
// they know the cost, and no vendor sends free of charge, so 0 means unknown.
func costArg(m model.Money) sql.NullString { return amountArg(m.AsReported()) }

// priceArg is costArg for the message to one person, which may cost nothing if it did not arrive.
func priceArg(r model.Recipient) sql.NullString {
	if r.Status.Final() && !r.Status.Reached() {
		return amountArg(r.Price)
	}
	return costArg(r.Price)
}

// amountArg is an amount of money as it is stored beside its currency: a decimal string, NULL when
// it is unknown.
func amountArg(m model.Money) sql.NullString {
	if !m.Known {
		return sql.NullString{}
	}
	return sql.NullString{String: m.Amount.String(), Valid: true}
}

// moneyOf reads an amount and its currency back.
func moneyOf(amount sql.NullString, currency string) model.Money {
	d, err := decimal.NewFromString(amount.String)
	if !amount.Valid || err != nil {
		return model.Money{}
	}
	return model.NewMoney(d, currency)
}

// jsonArg stores a value that is read and written as a whole; an absent value or an empty list is
// stored as "".
func jsonArg(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", model.Errorf("store as JSON: %w", err)
	}
	if s := string(b); s != "null" && s != "[]" {
		return s, nil
	}
	return "", nil
}

// jsonOf is jsonArg read back into what v points to.
func jsonOf(s string, v any) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), v); err != nil {
		return model.Errorf("stored JSON: %w", err)
	}
	return nil
}

// in returns "?, ?, …" for n values of an IN clause.
func in(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// accountID returns the number of an account, which is assigned the first time its name is stored.
func accountID(ctx context.Context, tx *sql.Tx, name string) (int64, error) {
	return intern(ctx, tx, `SELECT id FROM account WHERE name = ?`, `INSERT INTO account (name) VALUES (?)`, name)
}

// knownAccount is accountID for reading: 0 for an account of which nothing has been stored yet.
func knownAccount(ctx context.Context, q querier, name string) (int64, error) {
	return lookUp(ctx, q, `SELECT id FROM account WHERE name = ?`, name)
}

// contactWho returns the who of a contact that is not a phone.
func contactWho(ctx context.Context, tx *sql.Tx, contact string) (int64, error) {
	id, err := intern(ctx, tx, `SELECT id FROM contact WHERE text = ?`, `INSERT INTO contact (text) VALUES (?)`,
		model.FoldContact(contact))
	return -id, err
}

// knownWho is whoOf for reading: 0 for a contact of which nothing has been stored yet.
func knownWho(ctx context.Context, q querier, r model.Recipient) (int64, error) {
	if r.Phone != 0 || r.Contact == "" {
		return int64(r.Phone), nil
	}
	id, err := lookUp(ctx, q, `SELECT id FROM contact WHERE text = ?`, model.FoldContact(r.Contact))
	return -id, err
}

// personID returns the who of a recipient: the digits of the phone, or minus the number of the
// contact. 0 means none.
func personID(ctx context.Context, tx *sql.Tx, r model.Recipient) (int64, error) {
	if r.Phone != 0 || r.Contact == "" {
		return int64(r.Phone), nil
	}
	return contactWho(ctx, tx, r.Contact)
}

// phoneOf returns the phone of a who, 0 for a contact. The contact's text is joined: LEFT JOIN
// contact c ON c.id = -who.
func phoneOf(who int64) model.Phone {
	if who < 0 {
		return 0
	}
	return model.Phone(who)
}

// wordbook interns the short texts that repeat in many rows. It lives as long as one transaction.
type wordbook struct {
	tx  *sql.Tx
	ids map[string]int64
}

func newWords(tx *sql.Tx) *wordbook { return &wordbook{tx: tx, ids: map[string]int64{"": 0}} }

// id returns the number of a text; 0 is "".
func (w *wordbook) id(ctx context.Context, text string) (int64, error) {
	if id, ok := w.ids[text]; ok {
		return id, nil
	}
	id, err := intern(ctx, w.tx, `SELECT id FROM word WHERE text = ?`, `INSERT INTO word (text) VALUES (?)`, text)
	if err == nil {
		w.ids[text] = id
	}
	return id, err
}

func intern(ctx context.Context, tx *sql.Tx, find, add, text string) (int64, error) {
	id, err := lookUp(ctx, tx, find, text)
	if err != nil || id != 0 {
		return id, err
	}
	res, err := tx.ExecContext(ctx, add, text)
	if err != nil {
		return 0, model.Errorf("keep a word: %w", err)
	}
	return res.LastInsertId()
}

func lookUp(ctx context.Context, q querier, find, text string) (int64, error) {
	var id int64
	err := q.QueryRowContext(ctx, find, text).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, model.Errorf("look up a word: %w", err)
	}
	return id, nil
}
