package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// Count gives how many rows of a list a request matches. It may take as long as reading them all.
func (db *DB) Count(ctx context.Context, topic model.Topic, q model.PageRequest) (int64, error) {
	switch topic {
	case model.TopicCampaigns:
		w, err := campaignsWhere(q)
		return countList(ctx, db, campaignList(), w, err)
	case model.TopicRecipients:
		if len(q.Filter.Terms) == 0 {
			return db.countAllPeople(ctx, q.Campaign)
		}
		w, err := recipientsWhere(q)
		return countList(ctx, db, recipientList(q), w, err)
	case model.TopicReplies:
		if err := db.wakeSnoozed(ctx); err != nil {
			return 0, err
		}
		w, err := repliesWhere(q, db.now())
		l := replyList(db.now())
		l.counted = withoutJoins("reply r", q.Filter)
		return countList(ctx, db, l, w, err)
	case model.TopicSenders:
		w, err := sendersWhere(q)
		return countList(ctx, db, senderList(), w, err)
	case model.TopicBlacklist:
		w, err := blacklistWhere(q)
		return countList(ctx, db, blacklistList(), w, err)
	case model.TopicOutbox:
		w, err := outboxWhere(q)
		return countList(ctx, db, outboxList(), w, err)
	case model.TopicLog:
		w, err := logWhere(q)
		return countList(ctx, db, logList(), w, err)
	}
	return 0, model.Invalid("list", "%q is no list that can be counted", topic)
}

// countAllPeople gives how many people a campaign has, or all have, from the counts that are kept.
func (db *DB) countAllPeople(ctx context.Context, campaign model.CampaignID) (int64, error) {
	var n int64
	err := db.reader.QueryRowContext(ctx, `SELECT coalesce(sum(n), 0) FROM recipient_count WHERE ?1 IN (0, campaign)`, int64(campaign)).Scan(&n)
	return n, failure("count people", err)
}

// withoutJoins gives the table in which people or replies are counted, "" when the filter looks at their campaign or account as well: a
// million joins cost more than the rest.
func withoutJoins(table string, f model.Filter) string {
	for _, t := range f.Terms {
		switch t.Field {
		case model.FieldAccount, model.FieldVendor, model.FieldSender:
			return ""
		}
	}
	return table
}

func countList[T any](ctx context.Context, db *DB, l listing[T], w where, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	var n int64
	err = db.read(ctx, func(tx *sql.Tx) error {
		n, err = countRows(ctx, tx, l, w)
		return err
	})
	return n, err
}
