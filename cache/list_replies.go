package cache

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
)

// presenceLasts is how long a session counts as present after it was last heard of; its claims are
// free after that.
const presenceLasts = 30 * time.Second

// lately is how far back finished replies are few enough to be found by their time.
const lately = 31 * 24 * time.Hour

// replies is the list of replies, oldest first. They can be sorted by received_at, phone, campaign,
// state and account. Snoozed replies whose time has come are open again.
func replies() list[model.Reply] {
	return list[model.Reply]{
		before: func(ctx context.Context, db *DB) error { return db.wakeSnoozed(ctx) },
		adjust: func(q model.PageRequest) model.PageRequest {
			if q.Soon = q.Soon && slices.ContainsFunc(q.Filter.Terms, inText); q.Soon {
				q.Limit = min(pageSize(q), soonRows)
			}
			return q
		},
		rows: func(db *DB, q model.PageRequest) listing[model.Reply] {
			l := replyList(db.now())
			l.counted = withoutJoins("reply r", q.Filter)
			return l
		},
		where:  func(db *DB, q model.PageRequest) (where, error) { return repliesFound(q, db.now()) },
		narrow: beginWithWords, narrowCount: countWords,
	}
}

// beginWithWords reads the replies with common words by scanning the next ones in the list, and
// those with rare words, which are few, by their ids.
func beginWithWords(ctx context.Context, db *DB, tx *sql.Tx, q model.PageRequest, l *listing[model.Reply],
	w *where) error {
	search, err := searchOf(q, db.now())
	if err != nil || len(search.terms) == 0 {
		return err
	}
	if q.Sort == "" {
		found, short, ok, err := search.near(ctx, tx, q, *l)
		if err != nil {
			return err
		}
		if ok {
			*w, l.short = search.rest, short
			w.add("r.id IN (" + strings.Join(found, ", ") + ")")
			l.from = byID(l.from)
			return nil
		}
	}
	narrowed, few, ok, err := search.byIndex(ctx, tx, q.Sort != "")
	if err != nil || !ok {
		return err
	}
	if *w, l.apart = narrowed, q.Sort == ""; few {
		l.from, l.counted = byID(l.from), byID(l.counted)
	}
	return nil
}

// countWords counts the replies with words, of which no text has to be read: those of the index
// alone, or those that it and the index of the rest of the filter have in common.
func countWords(ctx context.Context, db *DB, tx *sql.Tx, q model.PageRequest, l *listing[model.Reply],
	w *where) error {
	search, err := searchOf(q, db.now())
	if err != nil || match(search.terms) == "" {
		return err
	}
	if len(search.rest.parts) == 0 {
		l.counted, *w = "reply_text", where{}
		w.add("reply_text MATCH ?", match(search.terms))
		return nil
	}
	narrowed, few, _, err := search.byIndex(ctx, tx, false)
	if *w = narrowed; few {
		l.from, l.counted = byID(l.from), byID(l.counted)
	}
	return err
}

// byID makes a query find replies by their ids and no other index.
func byID(from string) string { return strings.Replace(from, "reply r", "reply r NOT INDEXED", 1) }

// claimedSQL reports whether a reply is claimed by a person whose session is still present.
func claimedSQL(now time.Time) string {
	return "(r.claimed_session <> '' AND r.claimed_by <> '' AND EXISTS (SELECT 1 FROM presence p WHERE p.session = " +
		"r.claimed_session AND " +
		"p.seen_at >= " +
		strconv.FormatInt(millis(now.Add(-presenceLasts)), 10) + "))"
}

// replyList reads replies. Claims of sessions that have gone are left out.
func replyList(now time.Time) listing[model.Reply] {
	return listing[model.Reply]{
		columns: `r.id, a.name, r.vendor_id, r.campaign, ` + titleSQL +
			`, r.campaign_ref, r.who, r.text, r.received_at, r.state, r.unread,
			iif(` + claimedSQL(now) +
			`, r.claimed_by, ''), r.optout, (SELECT json_group_array(label) FROM reply_label l WHERE l.reply = r.id),
			r.snoozed_until, r.done_by, r.done_at, ` + isBlocked("r.who").sql + `,
			(SELECT count(*) FROM campaign w WHERE ` + standingAnswer + `),
			(SELECT coalesce(max(w.id), 0) FROM campaign w WHERE ` + standingAnswer + `),
			coalesce((SELECT o.operator FROM campaign o
				WHERE o.id = (SELECT max(w.id) FROM campaign w WHERE ` + standingAnswer + `)), '')`,
		from:     "reply r CROSS JOIN account a ON a.id = r.account LEFT JOIN campaign c ON c.id = r.campaign",
		handle:   []string{"r.id"},
		natural:  order{keys: []string{"r.received_at", "r.id"}},
		identity: []string{"r.id"},
		sorts: map[string]string{"received_at": "r.received_at", "phone": "r.who", "campaign": "fold(" + titleSQL + ")",
			"state": "r.state", "account": "a.name"},
		scan: func(row scanner, keys []any) (model.Reply, error) {
			var r model.Reply
			var who, received, snoozed, done int64
			var labels string
			if err := row(append([]any{&r.ID, &r.Account, &r.VendorID, &r.Campaign, &r.CampaignName, &r.CampaignRef,
				&who, &r.Text, &received,
				&r.State, &r.Unread, &r.ClaimedBy, &r.OptOut, &labels, &snoozed, &r.DoneBy, &done, &r.Blocked,
				&r.Answers, &r.LastAnswer, &r.AnsweredBy},
				keys...)...); err != nil {
				return r, err
			}
			r.Phone, r.ReceivedAt, r.SnoozedUntil, r.DoneAt = phoneOf(who), timeOf(received), timeOf(snoozed),
				timeOf(done)
			return r, jsonOf(labels, &r.Labels)
		},
	}
}

// repliesFound turns a request's filter into conditions on replyList. It looks for all words in one
// query of the index: a query for each would gather all rows with a common word each time.
func repliesFound(q model.PageRequest, now time.Time) (where, error) {
	s, err := searchOf(q, now)
	if words := match(s.terms); err == nil && words != "" {
		s.rest.add("r.id IN "+foundSQL, words)
		return s.rest, nil
	}
	return repliesWhere(q, now)
}

// repliesWhere turns a request's filter into conditions on replyList.
func repliesWhere(q model.PageRequest, now time.Time) (where, error) {
	var w where
	claimed := claimedSQL(now)
	known := fields{
		model.FieldAccount:  named("a.name"),
		model.FieldVendor:   named("a.vendor"),
		model.FieldCampaign: campaignNamed("r.campaign"),
		model.FieldState:    wordsOf("r.state", model.ReplyOpen, model.ReplySnoozed, model.ReplyDone),
		model.FieldSender:   containsText("coalesce(c.sender, '')", "coalesce(c.sender_name, '')"),
		model.FieldLabel: eachValue(func(value string) condition {
			return holds("EXISTS (SELECT 1 FROM reply_label l WHERE l.reply = r.id AND instr(fold(l.label), ?) > 0)",
				model.Fold(value))
		}),
		model.FieldDone: func(t model.Term) (condition, error) {
			if now.Sub(t.Time) > lately {
				return holds("(r.state = 'done' AND r.done_at >= ?)", millis(t.Time)), nil
			}
			return holds("(likely(r.state = 'done') AND r.done_at >= ?)", millis(t.Time)), nil // by reply_done
		},
		model.FieldText: func(t model.Term) (condition, error) {
			found, err := eachValue(func(value string) condition {
				return searched("reply_text", "r.id", "r.text", value)
			})(t)
			return either(found, phones("r.who", t)), err
		},
		model.FieldIs: oneOf{
			model.IsOpen:      holds("r.state = 'open'"),
			model.IsSnoozed:   holds("r.state = 'snoozed'"),
			model.IsDone:      holds("r.state = 'done'"),
			model.IsUnread:    holds("r.unread = 1"),
			model.IsRead:      holds("r.unread = 0"),
			model.IsOptOut:    holds("r.optout <> ''"),
			model.IsClaimed:   holds(claimed),
			model.IsUnclaimed: holds("NOT " + claimed),
			model.IsMine:      holds("("+claimed+" AND r.claimed_by = ?)", q.Operator),
			model.IsBlocked:   isBlocked("r.who"),
		}.field(),
	}.withTimes("r.received_at").withPhones("r.who")
	if q.Campaign != 0 {
		w.add("r.campaign = ?", int64(q.Campaign))
	}
	return w, known.apply(&w, q.Filter)
}
