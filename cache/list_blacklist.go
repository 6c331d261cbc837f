package cache

import (
	"context"

	"viberdeck/model"
)

// Blacklist gives a page of blocked phones, newest first: entries of ours, and phones that only a
// vendor blocks. A phone has one entry, however many vendors block it. They can be sorted by phone
// and added_at.
func (db *DB) Blacklist(ctx context.Context, q model.PageRequest) (model.Page[model.BlacklistEntry], error) {
	return blacklist().page(ctx, db, q)
}

func blacklist() list[model.BlacklistEntry] {
	return list[model.BlacklistEntry]{rows: fixed(blacklistList), where: timeless(blacklistWhere)}
}

// blacklistList reads entries of ours and, of the phones that only vendors block, the vendors'
// newest entry. Both parts come in the order of an index and are merged.
func blacklistList() listing[model.BlacklistEntry] {
	return listing[model.BlacklistEntry]{
		columns: `e.who, e.only, e.reason, e.added_by, e.added_at, e.source, e.reply,
			(SELECT json_group_array(a.name) FROM vendor_block v CROSS JOIN account a ON a.id = v.account WHERE v.who = e.who),
			(SELECT json_group_array(a.name) FROM account a CROSS JOIN block_push p ON p.account = a.id AND p.who = e.who AND p.remove = 0),
			(SELECT coalesce(max(p.not_before), 0) FROM account a CROSS JOIN block_push p ON p.account = a.id AND p.who = e.who
				AND p.remove = 0), coalesce((SELECT k.text FROM contact k WHERE k.id = -e.who), '')`,
		parts: []string{
			`SELECT who, only, reason, added_by, added_at, source, reply FROM blacklist WHERE removed_at = 0`,
			`SELECT who, '' AS only, reason, '' AS added_by, added_at, 'vendor' AS source, 0 AS reply FROM vendor_block v
			WHERE NOT EXISTS (SELECT 1 FROM blacklist b WHERE b.who = v.who AND b.removed_at = 0)
			AND NOT EXISTS (SELECT 1 FROM vendor_block o WHERE o.who = v.who AND (o.added_at, o.account) > (v.added_at, v.account))`,
		},
		natural:  order{keys: []string{"e.added_at", "e.who"}, desc: true},
		identity: []string{"e.who"},
		sorts:    map[string]string{"phone": "e.who", "added_at": "e.added_at"},
		scan: func(row scanner, keys []any) (model.BlacklistEntry, error) {
			var e model.BlacklistEntry
			var who, added, tellAt int64
			var only, accounts, pending string
			if err := row(append([]any{&who, &only, &e.Reason, &e.AddedBy, &added, &e.Source, &e.Reply, &accounts,
				&pending, &tellAt, &e.Contact}, keys...)...); err != nil {
				return e, err
			}
			e.Phone, e.AddedAt, e.TellAt = phoneOf(who), timeOf(added), timeOf(tellAt)
			for text, into := range map[*string]*[]string{
				&only: &e.Only, &accounts: &e.Accounts, &pending: &e.Pending} {
				if err := jsonOf(*text, into); err != nil {
					return e, err
				}
			}
			return e, nil
		},
	}
}

// blacklistWhere turns a request's filter into conditions on blacklistList. An account has an entry
// when its vendor blocks the phone or when the entry is limited to it.
func blacklistWhere(q model.PageRequest) (where, error) {
	var w where
	known := fields{
		model.FieldAccount: eachValue(func(value string) condition {
			folded := model.Fold(value)
			return holds(
				`(EXISTS (SELECT 1 FROM vendor_block v JOIN account a ON a.id = v.account WHERE v.who = e.who AND fold(a.name) = ?)
				OR e.only <> '' AND EXISTS (SELECT 1 FROM json_each(e.only) o WHERE fold(o.value) = ?))`,
				folded,
				folded,
			)
		}),
		model.FieldVendor: eachValue(func(value string) condition {
			return holds("EXISTS (SELECT 1 FROM vendor_block v JOIN account a ON a.id = v.account WHERE v.who = "+
				"e.who AND a.vendor = ?)", value)
		}),
		model.FieldReason: containsText("e.reason"),
		model.FieldText: func(t model.Term) (condition, error) {
			about, err := containsText("e.reason", "e.added_by")(t)
			return either(about, phones("e.who", t)), err
		},
		model.FieldIs: oneOf{
			model.IsOptOut:  holds("e.source = 'reply'"),
			model.IsMine:    holds("(e.added_by <> '' AND e.added_by = ?)", q.Operator),
			model.IsBlocked: holds("EXISTS (SELECT 1 FROM vendor_block v WHERE v.who = e.who)"),
			// Open: some vendor has yet to be told.
			model.IsOpen: holds("EXISTS (SELECT 1 FROM account a CROSS JOIN block_push p ON p.account = a.id AND " +
				"p.who = e.who)"),
		}.field(),
	}.withTimes("e.added_at").withPhones("e.who")
	return w, known.apply(&w, q.Filter)
}
