package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// lists is every list that can be read page by page and counted: those of model.RowLists. A new one
// needs its own file and a row here.
func lists() map[model.Topic]anyList {
	return map[model.Topic]anyList{
		model.TopicCampaigns:  campaigns(),
		model.TopicRecipients: recipients(),
		model.TopicReplies:    replies(),
		model.TopicSenders:    senders(),
		model.TopicBlacklist:  blacklist(),
		model.TopicOutbox:     outbox(),
		model.TopicLog:        requestLog(),
	}
}

// anyList is a list of any type whose rows can be read and counted.
type anyList interface {
	anyPage(ctx context.Context, db *DB, q model.PageRequest) (any, error)
	count(ctx context.Context, db *DB, q model.PageRequest) (int64, error)
}

// list is how one list answers a request. Only rows and where are required.
type list[T any] struct {
	// rows gives how the rows are read.
	rows func(db *DB, q model.PageRequest) listing[T]
	// where turns the request's filter into conditions on them.
	where func(db *DB, q model.PageRequest) (where, error)
	// before does what is due before the list is read.
	before func(ctx context.Context, db *DB) error
	// adjust changes how much is requested for a page.
	adjust func(q model.PageRequest) model.PageRequest
	// narrow makes a page cheaper to read, if possible; its rows must stay the same.
	narrow func(ctx context.Context, db *DB, tx *sql.Tx, q model.PageRequest, l *listing[T], w *where) error
	// narrowCount does the same for a count.
	narrowCount func(ctx context.Context, db *DB, tx *sql.Tx, q model.PageRequest, l *listing[T], w *where) error
	// complete adds data of other tables to the rows of a page.
	complete func(ctx context.Context, q querier, page []T) error
	// storedCount gives a stored count; ok is false if there is none for the request.
	storedCount func(ctx context.Context, db *DB, q model.PageRequest) (n int64, ok bool, err error)
}

// page reads one page of the list.
func (l list[T]) page(ctx context.Context, db *DB, q model.PageRequest) (model.Page[T], error) {
	var page model.Page[T]
	if l.adjust != nil {
		q = l.adjust(q)
	}
	rows, w, err := l.ask(ctx, db, q)
	if err != nil {
		return page, err
	}
	err = db.read(ctx, func(tx *sql.Tx) error {
		if l.narrow != nil {
			if err := l.narrow(ctx, db, tx, q, &rows, &w); err != nil {
				return err
			}
		}
		var err error
		if page, err = readPage(ctx, tx, rows, w, q); err != nil || l.complete == nil {
			return err
		}
		return l.complete(ctx, tx, page.Rows)
	})
	return page, err
}

func (l list[T]) anyPage(ctx context.Context, db *DB, q model.PageRequest) (any, error) {
	return l.page(ctx, db, q)
}

// count returns how many rows of the list a request matches.
func (l list[T]) count(ctx context.Context, db *DB, q model.PageRequest) (int64, error) {
	if l.storedCount != nil {
		if n, ok, err := l.storedCount(ctx, db, q); ok || err != nil {
			return n, err
		}
	}
	rows, w, err := l.ask(ctx, db, q)
	if err != nil {
		return 0, err
	}
	var n int64
	err = db.read(ctx, func(tx *sql.Tx) error {
		if l.narrowCount != nil {
			if err := l.narrowCount(ctx, db, tx, q, &rows, &w); err != nil {
				return err
			}
		}
		n, err = countRows(ctx, tx, rows, w)
		return err
	})
	return n, err
}

// ask prepares a request's query.
func (l list[T]) ask(ctx context.Context, db *DB, q model.PageRequest) (listing[T], where, error) {
	if l.before != nil {
		if err := l.before(ctx, db); err != nil {
			return listing[T]{}, where{}, err
		}
	}
	w, err := l.where(db, q)
	return l.rows(db, q), w, err
}

// fixed is a listing that is the same for every request.
func fixed[T any](l func() listing[T]) func(*DB, model.PageRequest) listing[T] {
	return func(*DB, model.PageRequest) listing[T] { return l() }
}

// timeless is for conditions that do not depend on the current time.
func timeless(w func(model.PageRequest) (where, error)) func(*DB, model.PageRequest) (where, error) {
	return func(_ *DB, q model.PageRequest) (where, error) { return w(q) }
}

func listOf(topic model.Topic) (anyList, error) {
	if l, ok := lists()[topic]; ok {
		return l, nil
	}
	return nil, model.Invalid("list", "%q is not a list", topic)
}

// Page reads one page of a list: a model.Page of its type of row.
func (db *DB) Page(ctx context.Context, topic model.Topic, q model.PageRequest) (any, error) {
	l, err := listOf(topic)
	if err != nil {
		return nil, err
	}
	return l.anyPage(ctx, db, q)
}

// Count returns how many rows of a list a request matches. It may take as long as reading them all.
func (db *DB) Count(ctx context.Context, topic model.Topic, q model.PageRequest) (int64, error) {
	l, err := listOf(topic)
	if err != nil {
		return 0, err
	}
	return l.count(ctx, db, q)
}

// withoutJoins returns the table in which people or replies are counted, "" if the filter also
// needs their campaign or account: a million joins cost more than the rest.
func withoutJoins(table string, f model.Filter) string {
	for _, t := range f.Terms {
		switch t.Field {
		case model.FieldAccount, model.FieldVendor, model.FieldSender:
			return ""
		}
	}
	return table
}
