package cache

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"viberdeck/model"
)

// undoKept is how long a step can be undone.
const undoKept = 30 * 24 * time.Hour

// Forget removes personal data older than before: the people of campaigns that are over, replies
// that are done, and phones in the log. It keeps all figures, the blacklist, whatever is open,
// snoozed or under way, and people whose outcome is unknown. Steps that can no longer be undone are
// always removed; with a zero time nothing else is. It works in small transactions and calls
// breathe between them; an error of breathe ends it. What it removed is recorded in the activity
// log.
func (db *DB) Forget(ctx context.Context, before time.Time, breathe func() error) (model.Forgotten, error) {
	f := forgetting{db: db, before: millis(before), breathe: breathe, pace: db.pace()}
	err := db.sweep(ctx)
	if err == nil {
		err = f.undo(ctx)
	}
	if !before.IsZero() && err == nil {
		err = f.all(ctx)
	}
	if !f.done.Any() {
		return f.done, err
	}
	topics := []model.Topic{model.TopicRecipients, model.TopicReplies, model.TopicLog}
	if logErr := db.write(ctx, func(tx *sql.Tx) error {
		return note(ctx, tx, db.now(), "", "removed what was too old", 0, "older than %s: %s",
			model.Moment{At: before.UTC(), Layout: time.DateOnly},
			f.done.Text())
	}, topics...); err == nil {
		err = logErr
	}
	return f.done, err
}

// forgetting is one run of Forget.
type forgetting struct {
	db      *DB
	before  int64
	breathe func() error
	pace    *pace
	done    model.Forgotten
}

func (f *forgetting) all(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		f.people, f.replies, f.contacts, f.requests, f.callbacks, f.phonesInLines} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// repeat runs small transactions, each of which removes at most limit rows, until one has removed
// nothing. It calls breathe after each.
func (f *forgetting) repeat(ctx context.Context, count *int64,
	remove func(tx *sql.Tx, limit int) (int64, error)) error {
	for {
		var n int64
		var began time.Time
		err := f.db.change(ctx, func(tx *sql.Tx) (_ []model.Topic, err error) {
			began = time.Now()
			n, err = remove(tx, f.pace.size)
			return nil, err
		})
		if err != nil || n == 0 {
			return err
		}
		f.pace.took(time.Since(began))
		*count += n
		if err := f.breathe(); err != nil {
			return err
		}
	}
}

// forgettableSQL selects the campaigns c before ?1 whose people may be removed: those that are
// over, and those whose vendor never reported a state and is no longer polled.
const forgettableSQL = `c.sort_at > 0 AND c.sort_at < ?1 AND (c.state IN ('sent', 'partly-sent', 'failed', 'cancelled')
		OR c.ours = 0 AND c.state = 'unknown' AND NOT EXISTS (SELECT 1 FROM campaign_ref f WHERE f.campaign = c.id AND f.poll_stopped = 0))
	AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id AND (b.state IN ('claimed', 'unknown')
		OR max(b.claimed_at, b.settled_at) >= ?1))`

// forgettable selects the people r who may be removed from such a campaign: not those who wait, nor
// those whose outcome is unknown.
const forgettable = `r.batch <> -1 AND r.status NOT IN (0, 1)`

func (f *forgetting) people(ctx context.Context) error {
	campaigns, err := all(ctx, f.db.reader, "look for old campaigns", single[int64],
		`SELECT c.id FROM campaign c WHERE `+forgettableSQL+`
		AND EXISTS (SELECT 1 FROM recipient r WHERE r.campaign = c.id AND `+forgettable+`)`, f.before)
	if err != nil {
		return err
	}
	for _, id := range campaigns {
		err := f.repeat(ctx, &f.done.People, func(tx *sql.Tx, limit int) (int64, error) {
			return f.somePeople(ctx, tx, id, limit)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// forgottenGroup is a group of people counted together.
type forgottenGroup struct {
	status, reason int64
	country        string
}

// somePeople removes the next people of a campaign and keeps their counts.
func (f *forgetting) somePeople(ctx context.Context, tx *sql.Tx, campaign int64, limit int) (int64, error) {
	var people []any
	groups := map[forgottenGroup]int64{}
	countries := map[string]string{} // by the first digits
	err := each(ctx, tx, "old people", func(row scanner) error {
		var who int64
		var g forgottenGroup
		if err := row(&who, &g.status, &g.reason); err != nil {
			return err
		}
		first := strconv.FormatInt(who, 10)
		first = first[:min(len(first), countryDigits)]
		country, ok := countries[first]
		if !ok {
			country = phoneOf(who).Country()
			countries[first] = country
		}
		g.country = country
		people = append(people, who)
		groups[g]++
		return nil
	}, `SELECT r.who, r.status, r.reason FROM recipient r JOIN campaign c ON c.id = r.campaign
		WHERE r.campaign = ?2 AND `+forgettableSQL+` AND `+forgettable+` ORDER BY r.who LIMIT ?3`, f.before, campaign,
		limit)
	if err != nil || len(people) == 0 {
		return 0, err
	}
	for _, table := range []string{"recipient_vars", "sent_vars", "recipient"} {
		if err := execAll(ctx, tx, "old people",
			step{`DELETE FROM ` + table + ` WHERE campaign = ? AND who IN (` + in(len(people)) + `)`,
				append([]any{campaign}, people...)}); err != nil {
			return 0, err
		}
	}
	for g, n := range groups {
		if err := execAll(ctx, tx, "figures of old people",
			step{`INSERT INTO forgotten_people (campaign, status, reason, country, n) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET n = n + excluded.n`,
				[]any{campaign, g.status, g.reason, g.country, n}},
			// The trigger has subtracted them.
			step{`UPDATE recipient_count SET n = n + ? WHERE campaign = ? AND status = ?`,
				[]any{n, campaign, g.status}}); err != nil {
			return 0, err
		}
	}
	return int64(len(people)), nil
}

// quarter is a limit for rows that cost more to remove than others.
func quarter(limit int) int { return max(1, limit/4) }

// forgettableReply selects the replies r that may be removed. The newest stays, so that no id is
// used twice.
const forgettableReply = `r.state = 'done' AND r.done_at < ?1 AND r.received_at < ?1 AND r.id < (SELECT max(id) FROM reply)`

func (f *forgetting) replies(ctx context.Context) error {
	return f.repeat(ctx, &f.done.Replies, func(tx *sql.Tx, limit int) (int64, error) {
		ids, err := all(ctx, tx, "old replies", single[int64],
			`SELECT r.id FROM reply r WHERE `+forgettableReply+` LIMIT ?2`, f.before, quarter(limit))
		if err != nil || len(ids) == 0 {
			return 0, err
		}
		args := make([]any, len(ids))
		for i, id := range ids {
			args[i] = id
		}
		these := "(" + in(len(ids)) + ")"
		accepted := `EXISTS (SELECT 1 FROM blacklist b WHERE b.reply = r.id AND b.reply > 0 AND b.removed_at = 0)`
		return int64(len(ids)), execAll(ctx, tx, "old replies",
			step{`INSERT INTO forgotten_reply (account, vendor_id) SELECT account, vendor_id FROM reply WHERE id IN ` +
				these + ` ON CONFLICT DO NOTHING`, args},
			step{`INSERT INTO forgotten_reply_count (campaign, opt_outs, complaints) SELECT r.campaign, sum(` +
				accepted + `), sum(r.optout <> '' OR ` + accepted + `)
				FROM reply r WHERE r.campaign <> 0 AND r.id IN ` + these + ` GROUP BY r.campaign
				ON CONFLICT DO UPDATE SET opt_outs = opt_outs + excluded.opt_outs, complaints = complaints + excluded.complaints`, args},
			// The trigger will subtract them.
			step{`UPDATE reply_count SET n = n + (SELECT count(*) FROM reply r
				WHERE r.campaign = reply_count.campaign AND r.id IN ` + these + `)
				WHERE campaign IN (SELECT campaign FROM reply WHERE id IN ` + these + `)`, slices.Concat(args, args)},
			step{`UPDATE blacklist SET reply = 0 WHERE reply > 0 AND reply IN ` + these, args},
			step{`DELETE FROM note WHERE reply IN ` + these, args},
			step{`DELETE FROM reply_label WHERE reply IN ` + these, args},
			step{`DELETE FROM reply_text WHERE rowid IN ` + these, args},
			step{`DELETE FROM reply WHERE id IN ` + these, args})
	})
}
