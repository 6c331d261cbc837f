package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"viberdeck/model"
)

// capWindow is the period to which a daily cap applies.
const capWindow = 24 * time.Hour

// writtenSQL reads the batches of an account whose people were, or may have been, written to.
const writtenSQL = ` FROM batch b WHERE b.state IN ('claimed', 'accepted', 'unknown') AND b.account = `

// SentSince counts the people written to through the account since the given time, and those
// waiting to be: a daily cap that did not count them would let two submits pass when only one may.
func (db *DB) SentSince(ctx context.Context, account string, since time.Time) (int64, error) {
	var n int64
	err := db.reader.QueryRowContext(ctx, `SELECT
		(SELECT coalesce(sum(b.size - b.refused), 0)`+writtenSQL+`a.id AND b.claimed_at >= ?2) +
		coalesce((SELECT sum((SELECT count(*) FROM waiting w WHERE w.campaign = c.id) + CASE
			WHEN c.list <> '' AND `+leavesSQL+` THEN coalesce(c.list_people, 0) ELSE 0 END)
			FROM campaign c WHERE c.ours = 1 AND c.account = a.id AND c.state IN ('held', 'queued', 'sending',
				'paused', 'needs-approval')), 0)
		FROM account a WHERE a.name = ?1`, account, millis(since)).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, failure("count who was written to", err)
}

// dailyCap is how much of an account's daily cap is left in one claim.
type dailyCap struct {
	most   int64 // 0: there is no cap
	sent   int64 // within the window
	oldest time.Time
	asked  int64 // people of the refused batch
	met    bool
}

func readCap(ctx context.Context, tx *sql.Tx, account, most int64, now time.Time) (dailyCap, error) {
	d := dailyCap{most: most}
	if most <= 0 {
		return d, nil
	}
	var oldest int64
	err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(b.size - b.refused), 0), coalesce(min(b.claimed_at), 0)`+
		writtenSQL+`?1 AND b.claimed_at > ?2`,
		account, millis(now.Add(-capWindow))).Scan(&d.sent, &oldest)
	d.oldest = timeOf(oldest)
	return d, wrap("count who was written to", err)
}

// takes reports whether a batch of n people may be claimed, and counts them if it may.
func (d *dailyCap) takes(n int64) bool {
	if d.most > 0 && d.sent+n > d.most {
		d.asked, d.met = n, true
		return false
	}
	d.sent += n
	return true
}

// cause says, for a person, why a campaign was paused and what to do.
func (d *dailyCap) cause(account string) model.Text {
	if d.asked > d.most || d.sent == 0 {
		return model.Say("%s would leave at once, and the daily cap of %s is %d; raise daily_cap in the "+
			"configuration, start viberdeck again and resume, or recall it",
			model.Persons(d.asked), account, d.most)
	}
	return model.Say("%s through %s in 24 hours, and its daily cap is %d; resume it after %s UTC",
		model.Counted(d.sent, "person was written to", "people were written to"), account, d.most,
		model.Moment{At: d.oldest.Add(capWindow).UTC(), Layout: "2006-01-02 15:04"})
}

// size is how many people the campaign goes to.
func (s *submission) size() model.Figure {
	if s.plan.Campaign.List == "" {
		return model.Known(int64(s.plan.People.Len()))
	}
	return s.plan.Recipients
}

// withinCap refuses a plan with more people than the operator has left for the day. Cancelled sends
// do not count. Only the transaction that stores the campaign knows for certain: it sees every
// earlier submit, including those of other processes.
func (s *submission) withinCap(ctx context.Context, q querier) error {
	if s.most <= 0 {
		return nil
	}
	n := s.size()
	if !n.Known {
		return capReached(model.Say("how many people the list %s has is not known, and you may write to %d in 24 "+
			"hours; ask an administrator", s.plan.Campaign.List, s.most))
	}
	var written int64
	err := q.QueryRowContext(ctx, `SELECT coalesce(sum((SELECT count(*) FROM recipient r WHERE r.campaign = campaign.id
			AND (list = '' OR batch <> 0)) + coalesce(list_people, 0)), 0) FROM campaign
		WHERE ours = 1 AND operator = ? AND created_at >= ? AND state <> 'cancelled'`,
		s.operator, millis(s.db.now().Add(-capWindow))).Scan(&written)
	if err != nil {
		return failure("count the people of a day", err)
	}
	if written+n.N > s.most {
		return capReached(model.Say("your limit of people in 24 hours is %d, already used: %d, in this campaign: %d; "+
			"ask an administrator", s.most, written, n.N))
	}
	return nil
}

func capReached(why model.Text) error {
	return &model.Error{Kind: model.KindLimited, Fate: model.FateNotSent, Text: why}
}
