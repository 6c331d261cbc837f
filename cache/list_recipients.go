package cache

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"viberdeck/model"
)

// recipients is the list of people, by phone within a campaign. They can be sorted by status,
// updated_at and phone.
func recipients() list[model.Recipient] {
	return list[model.Recipient]{
		rows:        func(_ *DB, q model.PageRequest) listing[model.Recipient] { return recipientList(q) },
		where:       timeless(recipientsWhere),
		storedCount: countAllPeople,
	}
}

// countAllPeople returns the number of people of a campaign, or of all of them, from the stored
// counts.
func countAllPeople(ctx context.Context, db *DB, q model.PageRequest) (n int64, ok bool, err error) {
	if len(q.Filter.Terms) > 0 {
		return 0, false, nil
	}
	err = db.reader.QueryRowContext(ctx, `SELECT coalesce(sum(n), 0) FROM recipient_count WHERE ?1 IN (0, campaign)
		AND campaign NOT IN (SELECT campaign FROM preparing)`,
		int64(q.Campaign)).Scan(&n)
	return n, true, failure("count people", err)
}

// recipientList reads people. Within one campaign the phone alone is their place, which the primary
// key finds at once.
func recipientList(q model.PageRequest) listing[model.Recipient] {
	place := []string{"r.campaign", "r.who"}
	if q.Campaign != 0 {
		place = place[1:]
	}
	by, split := "", beginnings(q.Filter)
	if looksForStatus(q.Filter) && q.Sort == "" && split == nil {
		// within one status it is in the order of the primary key, and as short as its answer
		by = " INDEXED BY recipient_by_status"
	}
	return listing[model.Recipient]{
		columns: `r.campaign, ` + titleSQL +
			`, a.name, r.who, coalesce((SELECT text FROM contact WHERE id = -r.who), ''), r.status,
			coalesce((SELECT text FROM word WHERE id = r.vendor_status), ''), coalesce((SELECT text FROM word WHERE id = r.reason), ''),
			coalesce(r.vendor_id, ''), r.price, coalesce((SELECT text FROM word WHERE id = r.currency), ''), r.updated_at, max(r.batch, 0),
			coalesce((SELECT text FROM word WHERE id = r.list), ''), iif(r.list = 0, '', coalesce((SELECT l.name FROM word w
				JOIN vendor_list l ON l.account = c.account AND l.id = w.text WHERE w.id = r.list), '')),
			coalesce((SELECT vars FROM recipient_vars v WHERE v.campaign = r.campaign AND v.who = r.who), ''), r.place`,
		from: "recipient r" + by +
			" CROSS JOIN campaign c ON c.id = r.campaign CROSS JOIN account a ON a.id = c.account",
		counted:  withoutJoins("recipient r"+by, q.Filter),
		handle:   []string{"r.campaign", "r.who"},
		split:    split,
		natural:  order{keys: place},
		identity: place,
		sorts:    map[string]string{"status": "r.status", "updated_at": "r.updated_at", "phone": "r.who"},
		scan: func(row scanner, keys []any) (model.Recipient, error) {
			var p model.Recipient
			var who, updated int64
			var status int
			var price sql.NullString
			var currency, vars string
			if err := row(append([]any{&p.Campaign, &p.CampaignName, &p.Account, &who, &p.Contact, &status,
				&p.VendorStatus, &p.Reason,
				&p.VendorID, &price, &currency, &updated, &p.Batch, &p.List, &p.ListName, &vars, &p.Place},
				keys...)...); err != nil {
				return p, err
			}
			p.Phone, p.Status = phoneOf(who), model.DeliveryStatus(status)
			p.Price, p.UpdatedAt = moneyOf(price, currency), timeOf(updated)
			return p, jsonOf(vars, &p.Vars)
		},
	}
}

// recipientsWhere turns a request into conditions on recipientList.
func recipientsWhere(q model.PageRequest) (where, error) {
	var w where
	switch {
	case q.Campaign != 0:
		w.add("r.campaign = ?", int64(q.Campaign))
	case looksForPeople(q.Filter) || looksForStatus(q.Filter):
		// The primary key and the indexes begin with the campaign: looking into each campaign beats
		// reading all people.
		w.add("r.campaign IN (SELECT id FROM campaign)")
	default:
		w.add("r.campaign NOT IN (SELECT campaign FROM preparing)") // their campaigns do not exist yet
	}
	status := oneOf{}
	for _, s := range model.Statuses() {
		status[s.String()] = holds(fmt.Sprintf("r.status = %d", s))
	}
	known := fields{
		model.FieldAccount:  named("a.name"),
		model.FieldVendor:   named("a.vendor"),
		model.FieldCampaign: campaignNamed("r.campaign"),
		model.FieldSender:   containsText("c.sender", "c.sender_name"),
		model.FieldStatus:   status.field(),
		model.FieldState:    wordsOf("c.state", model.CampaignStates()...),
		model.FieldReason: eachValue(func(value string) condition {
			return holds("r.reason IN (SELECT id FROM word WHERE instr(fold(text), ?) > 0)", model.Fold(value))
		}),
		model.FieldText: func(t model.Term) (condition, error) {
			about, err := eachValue(func(value string) condition {
				folded := model.Fold(value)
				return holds(`(r.reason IN (SELECT id FROM word WHERE instr(fold(text), ?) > 0)
					OR r.vendor_status IN (SELECT id FROM word WHERE instr(fold(text), ?) > 0)
					OR r.who IN (SELECT -id FROM contact WHERE instr(fold(text), ?) > 0))`, folded, folded, folded)
			})(t)
			return either(about, phones("r.who", t)), err
		},
		model.FieldIs: oneOf{
			model.IsFinal:   holds("r.status IN (7, 8, 9, 10, 11, 12, 13, 14)"),
			model.IsOpen:    holds("r.status NOT IN (7, 8, 9, 10, 11, 12, 13, 14)"),
			model.IsRead:    holds("r.status IN (7, 8)"),
			model.IsUnknown: holds("r.status = 0"),
			model.IsOptOut:  holds("r.status = 14"),
			model.IsBlocked: isBlocked("r.who"),
		}.field(),
	}.withTimes("r.updated_at").withPhones("r.who")
	return w, known.apply(&w, q.Filter)
}

func looksForPeople(f model.Filter) bool {
	for _, t := range f.Terms {
		if t.Op == model.OpPhone && !t.Negate {
			return true
		}
	}
	return false
}

// looksForStatus reports whether a filter looks for one status.
func looksForStatus(f model.Filter) bool {
	for _, t := range f.Terms {
		if t.Negate || len(t.Values) != 1 {
			continue
		}
		switch t.Field {
		case model.FieldStatus:
			if slices.ContainsFunc(model.Statuses(),
				func(s model.DeliveryStatus) bool { return s.String() == t.Values[0] }) {
				return true
			}
		case model.FieldIs:
			if t.Values[0] == model.IsOptOut || t.Values[0] == model.IsUnknown {
				return true
			}
		}
	}
	return false
}

// beginnings returns the ranges of numbers that begin with the digits a filter looks for, one for
// each number of digits. SQLite would not use the primary key for all of them at once.
func beginnings(f model.Filter) []string {
	for _, t := range f.Terms {
		if t.Op != model.OpPhone || t.Negate || len(t.Values) > 0 || len(t.Phones) != 1 ||
			t.Phones[0].Match != model.PhonePrefix {
			continue
		}
		if n, err := strconv.ParseInt(t.Phones[0].Digits, 10, 64); err == nil {
			return beginRanges("r.who", n)
		}
	}
	return nil
}

// isBlocked holds if a person is on the blacklist, ours or a vendor's.
func isBlocked(who string) condition {
	return holds("(EXISTS (SELECT 1 FROM blacklist k WHERE k.who = " + who + " AND k.removed_at = 0)" +
		" OR EXISTS (SELECT 1 FROM vendor_block k WHERE k.who = " + who + "))")
}
