package cache

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"viberdeck/model"
)

// Handover returns the state of the work for the person who takes over. It reads every open reply,
// so it is for a command, and for a screen that is opened on purpose.
func (db *DB) Handover(ctx context.Context, p model.Patience) (model.Handover, error) {
	h := model.Handover{At: db.now(), More: map[model.HandedKind]int64{}}
	if err := db.wakeSnoozed(ctx); err != nil {
		return h, err
	}
	err := db.read(ctx, func(tx *sql.Tx) error {
		var oldest int64
		err := tx.QueryRowContext(ctx,
			`SELECT count(*), coalesce(min(received_at), 0) FROM reply WHERE state = 'open'`).
			Scan(&h.Open, &oldest)
		if err != nil {
			return wrap("count open replies", err)
		}
		h.Oldest = timeOf(oldest)
		late := lateReply(p, h.At)
		if h.Long, err = countRows(ctx, tx, replyList(h.At), both(openReply(), late)); err != nil {
			return err
		}
		for _, part := range handedParts(late, h.At) {
			if err := part.read(ctx, tx, &h); err != nil {
				return err
			}
		}
		var a model.Attention
		err = openSends(ctx, tx, &a)
		h.Sends = a.Sends()
		return err
	})
	return h, err
}

// handedPart is one kind of replies that are handed over, in order.
type handedPart struct {
	kind model.HandedKind
	w    where
	by   string
}

func openReply() condition { return holds("r.state = 'open'") }

// handedParts are the kinds of replies that are handed over. A reply belongs to at most one of
// them.
func handedParts(late condition, now time.Time) []handedPart {
	claimed, waits := holds(claimedSQL(now)), holds("r.state <> 'done'")
	notes := holds("r.id IN (SELECT reply FROM note)")
	return []handedPart{
		{model.HandedClaimed, both(waits, claimed), "r.received_at"},
		{model.HandedSnoozed, both(holds("r.state = 'snoozed'"), claimed.within("NOT %")), "r.snoozed_until"},
		{model.HandedLong, both(openReply(), claimed.within("NOT %"), late), "r.received_at"},
		{model.HandedNoted, both(openReply(), claimed.within("NOT %"), late.within("NOT (%)"), notes), "r.received_at"},
	}
}

// lateReply holds for replies that have waited longer than their account allows.
func lateReply(p model.Patience, now time.Time) condition {
	before := func(limit time.Duration) int64 {
		if limit <= 0 {
			return 0
		}
		return millis(now.Add(-limit))
	}
	sql, args := "CASE a.name", []any{}
	for _, account := range slices.Sorted(maps.Keys(p.Accounts)) {
		sql, args = sql+" WHEN ? THEN ?", append(args, account, before(p.Accounts[account]))
	}
	return holds("r.received_at <= "+sql+" WHEN '' THEN 0 ELSE ? END", append(args, before(p.Usual))...)
}

// both returns the clause in which all of the conditions hold.
func both(all ...condition) where {
	var w where
	for _, c := range all {
		w.add(c.sql, c.args...)
	}
	return w
}

// read adds the replies of one kind, each with the person's name and the notes.
func (part handedPart) read(ctx context.Context, tx *sql.Tx, h *model.Handover) error {
	l := replyList(h.At)
	l.natural = order{keys: []string{part.by, "r.id"}}
	page, err := readPage(ctx, tx, l, part.w, model.PageRequest{Limit: model.MostHanded})
	if err != nil {
		return err
	}
	for _, r := range page.Rows {
		handed := model.HandedReply{Kind: part.kind, Reply: r}
		if handed.Notes, err = readNotes(ctx, tx, r.ID); err != nil {
			return err
		}
		var b model.Answerbook
		var vars string
		if err := tx.QueryRowContext(ctx, `SELECT `+varsSQL("r.campaign", "r.who")+` FROM reply r WHERE r.id = ?`,
			r.ID).Scan(&vars); err != nil {
			return wrap("columns of the person", err)
		}
		if err := jsonOf(vars, &b.Columns); err != nil {
			return err
		}
		handed.Name = b.Values(r, "")["name"]
		h.Replies = append(h.Replies, handed)
	}
	if page.More {
		n, err := countRows(ctx, tx, l, part.w)
		h.More[part.kind] = n - int64(len(page.Rows))
		return err
	}
	return nil
}
