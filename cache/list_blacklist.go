package cache

import (
	"context"

	"viberdeck/model"
)

// blacklist is the list of blocked phones, newest first: our own entries, and phones that only a
// vendor blocks. A phone has one entry, however many vendors block it. Entries can be sorted by
// phone and added_at.
func blacklist() list[model.BlacklistEntry] {
	return list[model.BlacklistEntry]{rows: fixed(blacklistList), where: timeless(blacklistWhere),
		complete: aboutBlocks}
}

// aboutBlocks adds to entries what vendors report about them, which vendors have yet to remove
// them, and which people ask for messages again. Contacts are on no vendor's list and write no
// replies.
func aboutBlocks(ctx context.Context, q querier, page []model.BlacklistEntry) error {
	type since struct{ Who, At, Reply int64 }
	var asked []since
	of := map[int64]*model.BlacklistEntry{}
	for i := range page {
		if e := &page[i]; e.Phone != 0 {
			of[int64(e.Phone)] = e
			asked = append(asked, since{int64(e.Phone), millis(e.AddedAt), int64(e.Reply)})
		}
	}
	people, err := jsonArg(asked)
	if err != nil || len(asked) == 0 {
		return err
	}
	if err := each(ctx, q, "read vendors' blocks", func(row scanner) error {
		var b model.VendorBlock
		var who, at int64
		if err := row(&who, &b.Account, &b.Reason, &at); err != nil {
			return err
		}
		b.At = timeOf(at)
		of[who].Vendors = append(of[who].Vendors, b)
		return nil
	}, `SELECT v.who, a.name, v.reason, v.added_at FROM json_each(?) p CROSS JOIN account a
		CROSS JOIN vendor_block v ON v.account = a.id AND v.who = p.value ->> 'Who' ORDER BY a.name`,
		people); err != nil {
		return err
	}
	if err := each(ctx, q, "read which blocks vendors have to lift", func(row scanner) error {
		var who int64
		var account string
		if err := row(&who, &account); err != nil {
			return err
		}
		of[who].Freeing = append(of[who].Freeing, account)
		return nil
	}, `SELECT b.who, a.name FROM json_each(?) p CROSS JOIN account a
		CROSS JOIN block_push b ON b.account = a.id AND b.who = p.value ->> 'Who' WHERE b.remove = 1
		ORDER BY a.name`, people); err != nil {
		return err
	}
	reported := map[int64][]model.Reply{}
	err = each(ctx, q, "read last words", func(row scanner) error {
		var r model.Reply
		var who, at int64
		if err := row(&who, &r.ID, &r.Text, &r.OptOut, &at); err != nil {
			return err
		}
		r.ReceivedAt = timeOf(at)
		reported[who] = append(reported[who], r)
		return nil
	}, `SELECT r.who, r.id, r.text, r.optout, r.received_at FROM json_each(?) p
		CROSS JOIN reply r INDEXED BY reply_by_who ON r.who = p.value ->> 'Who' AND r.received_at > p.value ->> 'At'
		WHERE r.id <> p.value ->> 'Reply' ORDER BY r.received_at DESC, r.id DESC`, people)
	for who, replies := range reported {
		of[who].Back = model.LastWord(replies)
	}
	return err
}

// blacklistList reads our own entries and, for phones that only vendors block, the vendors' newest
// entry. Both parts come in the order of an index and are merged.
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
			var who, added, sendAt int64
			var only, accounts, pending string
			if err := row(append([]any{&who, &only, &e.Reason, &e.AddedBy, &added, &e.Source, &e.Reply, &accounts,
				&pending, &sendAt, &e.Contact}, keys...)...); err != nil {
				return e, err
			}
			e.Phone, e.AddedAt, e.SendAt = phoneOf(who), timeOf(added), timeOf(sendAt)
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

// blacklistWhere turns a request's filter into conditions on blacklistList. An entry belongs to an
// account when the account's vendor blocks the phone or the entry is limited to the account.
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
			// Open: some vendor has not been notified yet.
			model.IsOpen: holds("EXISTS (SELECT 1 FROM account a CROSS JOIN block_push p ON p.account = a.id AND " +
				"p.who = e.who)"),
		}.field(),
	}.withTimes("e.added_at").withPhones("e.who")
	return w, known.apply(&w, q.Filter)
}
