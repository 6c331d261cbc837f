package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// senders is the list of senders by account and name. They can be sorted by name, state and
// account.
func senders() list[model.Sender] {
	return list[model.Sender]{rows: fixed(senderList), where: timeless(sendersWhere)}
}

func senderList() listing[model.Sender] {
	return listing[model.Sender]{
		columns: "a.name, a.vendor, s.id, s.name, s.state, s.vendor_state, s.country, s.traffic, s.comment, " +
			"s.from_config, s.as_of",
		from:    "sender s CROSS JOIN account a ON a.id = s.account",
		natural: order{keys: []string{"a.name", "fold(s.name)", "s.account", "s.id"}},
		// The account's number and the vendor's id are the primary key.
		identity: []string{"s.account", "s.id"},
		sorts:    map[string]string{"name": "fold(s.name)", "state": "s.state", "account": "a.name"},
		scan: func(row scanner, keys []any) (model.Sender, error) {
			var s model.Sender
			var asOf int64
			err := row(append([]any{&s.Account, &s.Vendor, &s.ID, &s.Name, &s.State, &s.VendorState, &s.Country,
				&s.Traffic, &s.Comment,
				&s.FromConfig, &asOf}, keys...)...)
			s.AsOf = timeOf(asOf)
			return s, err
		},
	}
}

// sendersWhere turns a request's filter into conditions on senderList.
func sendersWhere(q model.PageRequest) (where, error) {
	var w where
	known := fields{
		model.FieldAccount: named("a.name"),
		model.FieldVendor:  named("a.vendor"),
		model.FieldState: wordsOf("s.state", model.SenderApproved, model.SenderPending, model.SenderRejected,
			model.SenderUnknown),
		model.FieldSender: containsText("s.id", "s.name"),
		model.FieldReason: containsText("s.comment"),
		model.FieldText:   containsText("s.id", "s.name", "s.country", "s.traffic", "s.comment"),
	}
	return w, known.apply(&w, q.Filter)
}

// Lists returns the lists of people kept at an account's vendor, by name; an empty account means
// all.
func (db *DB) Lists(ctx context.Context, account string) ([]model.List, error) {
	return all(ctx, db.reader, "read lists of people", func(row scanner) (model.List, error) {
		var l model.List
		var people sql.NullInt64
		err := row(&l.Account, &l.ID, &l.Name, &people)
		l.People = figureOf(people)
		return l, err
	}, `SELECT a.name, l.id, l.name, l.people FROM vendor_list l JOIN account a ON a.id = l.account
		WHERE ? IN ('', a.name) ORDER BY a.name, fold(l.name), l.id`, account)
}
