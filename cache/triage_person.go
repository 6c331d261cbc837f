package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"viberdeck/model"
)

// mostEvents is how many events of a person are read by default.
const mostEvents = 500

// PersonHistory returns what happened between us and one phone through all accounts, newest first:
// messages, replies, notes, and entries added to and removed from the blacklist. It returns at most
// limit events (0: 500).
func (db *DB) PersonHistory(ctx context.Context, phone model.Phone, limit int) (model.PersonHistory, error) {
	h := model.PersonHistory{Phone: phone}
	if phone <= 0 {
		return h, model.Invalid("phone", "there is no phone to look for")
	}
	if limit <= 0 {
		limit = mostEvents
	}
	who := int64(phone)
	err := db.read(ctx, func(tx *sql.Tx) error {
		blocked := isBlocked("?1")
		if err := tx.QueryRowContext(ctx, `SELECT `+blocked.sql, who).Scan(&h.Blocked); err != nil {
			return model.Errorf("history: %w", err)
		}
		for _, part := range personEvents {
			// One event beyond the limit shows that there are more.
			events, err := readEvents(ctx, tx, part+` ORDER BY 2 DESC LIMIT ?2`, who, limit+1)
			if err != nil {
				return err
			}
			h.Events = append(h.Events, events...)
		}
		return nil
	})
	slices.SortStableFunc(h.Events, func(a, b model.PersonEvent) int { return cmp.Compare(millis(b.At), millis(a.At)) })
	if h.More = len(h.Events) > limit; h.More {
		h.Events = h.Events[:limit]
	}
	return h, err
}

// personEvents read the events of person ?1, each kind from its table: kind, at, account, campaign,
// its title, text, status, the vendor's word, reason, reply, state, opt-out, by, source, state of
// the campaign, the person's values. The primary key of people begins with the campaign: looking
// into each campaign beats reading all people.
var personEvents = []string{
	`SELECT 'message', CASE WHEN r.updated_at > 0 AND c.sort_at = 0 THEN r.updated_at ELSE c.sort_at END, a.name, c.id, ` + titleSQL + `,
		coalesce(json_extract(c.message, '$.text'), ''), r.status, coalesce((SELECT text FROM word WHERE id = r.vendor_status), ''),
		coalesce((SELECT text FROM word WHERE id = r.reason), ''), 0, '', '', c.operator, '',
		c.state, ` + varsSQL("r.campaign", "r.who") + `
		FROM recipient r CROSS JOIN campaign c ON c.id = r.campaign CROSS JOIN account a ON a.id = c.account
		WHERE r.campaign IN (SELECT id FROM campaign) AND r.who = ?1`,
	`SELECT 'reply', r.received_at, a.name, r.campaign, ` + titleSQL +
		`, r.text, 0, '', '', r.id, r.state, r.optout, r.done_by, '', '', ''
		FROM reply r CROSS JOIN account a ON a.id = r.account LEFT JOIN campaign c ON c.id = r.campaign WHERE r.who = ?1`,
	`SELECT 'note', n.at, '', 0, '', n.text, 0, '', '', n.reply, '', '', n.by, '', '', ''
		FROM reply r CROSS JOIN note n ON n.reply = r.id WHERE r.who = ?1`,
	`SELECT 'blocked', b.added_at, ` + onlySQL +
		`, 0, '', b.reason, 0, '', '', b.reply, '', '', b.added_by, b.source, '', ''
		FROM blacklist b WHERE b.who = ?1`,
	`SELECT 'unblocked', b.removed_at, ` + onlySQL +
		`, 0, '', b.removed_reason, 0, '', '', 0, '', '', b.removed_by, '', '', ''
		FROM blacklist b WHERE b.who = ?1 AND b.removed_at > 0`,
	`SELECT 'blocked at the vendor', v.added_at, a.name, 0, '', v.reason, 0, '', '', 0, '', '', '', 'vendor', '', ''
		FROM vendor_block v CROSS JOIN account a ON a.id = v.account WHERE v.who = ?1`,
}

// onlySQL names the accounts that blacklist entry b is limited to.
const onlySQL = `CASE b.only WHEN '' THEN '' ELSE coalesce((SELECT group_concat(value, ' ') FROM json_each(b.only)), '') END`

func readEvents(ctx context.Context, q querier, query string, args ...any) ([]model.PersonEvent, error) {
	return all(ctx, q, "history", func(row scanner) (model.PersonEvent, error) {
		var e model.PersonEvent
		var at int64
		var status int
		var vars string
		err := row(&e.Kind, &at, &e.Account, &e.Campaign, &e.CampaignName, &e.Text, &status, &e.VendorStatus, &e.Reason,
			&e.Reply, &e.State, &e.OptOut, &e.By, &e.Source, &e.Sending, &vars)
		e.At, e.Status = timeOf(at), model.DeliveryStatus(status)
		switch e.Kind {
		case model.EventBlock, model.EventUnblock, model.EventVendor:
			e.Reason = model.StoredText(e.Text)
			e.Text = e.Reason.String()
		case model.EventReply, model.EventNote:
		case model.EventMessage:
			if err == nil {
				e.Text, e.Template, err = asGot(e.Text, vars)
			}
		}
		return e, err
	}, query, args...)
}

// asGot fills in a message's template with the person's stored values. If they are not kept the
// template stays: opting out removes them.
func asGot(text, vars string) (got string, template bool, err error) {
	t, err := model.ParseTemplate(text)
	if err != nil || t.Plain() {
		return text, false, nil //nolint:nilerr // what cannot be read as a template is shown as it is
	}
	if vars == "" {
		return text, true, nil
	}
	var row map[string]string
	if err := jsonOf(vars, &row); err != nil {
		return "", false, err
	}
	got, _ = t.Render(row)
	return got, false, nil
}
