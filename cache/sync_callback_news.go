package cache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"viberdeck/model"
)

// clockDrift is how far a vendor's clock may be behind ours: news dated more than this before a
// message left is about another message.
const clockDrift = 10 * time.Minute

// ApplyCallback applies the news of a stored callback and completes it, in one transaction, so that
// repeating it changes nothing. Statuses take the same steps as those of SaveRecipients. People of
// no campaign known here are counted; a callback with such people, or with unknown content, is
// kept.
func (db *DB) ApplyCallback(ctx context.Context, c model.Callback, e model.CallbackEvent,
	now time.Time) (model.CallbackResult, error) {
	var res model.CallbackResult
	err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		res = model.CallbackResult{}
		var fresh bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM callback WHERE id = ? AND state = 'new')`,
			c.ID).Scan(&fresh); err != nil || !fresh {
			return nil, wrap("read a callback", err)
		}
		n := callbackNews{db: db, tx: tx, callback: c, ref: e.CampaignRef, ofCall: e.OfCall, now: now}
		var err error
		if n.account, err = accountID(ctx, tx, c.Account); err != nil {
			return nil, err
		}
		strangers, err := n.strangers(ctx, e.People) // before any of them is stored
		if err != nil {
			return nil, err
		}
		if err := n.people(ctx, e.People, strangers, &res); err != nil {
			return nil, err
		}
		linked, err := n.replies(ctx, e.Replies, &res)
		if err != nil {
			return nil, err
		}
		blocked, err := n.optOuts(ctx, e.People, strangers)
		if err != nil {
			return nil, err
		}
		note := e.Unknown
		if note == "" && len(strangers) > 0 {
			note = fmt.Sprintf("%s opted out who got nothing from this account", model.Persons(len(strangers)))
		}
		if note == "" && res.Homeless > 0 && !c.Released {
			note = fmt.Sprintf("%s of no campaign known here", model.Persons(res.Homeless))
		}
		var topics []model.Topic
		if res.Changed > 0 {
			topics = append(topics, model.TopicRecipients, model.TopicCampaigns)
		}
		if res.NewReplies > 0 || linked {
			topics = append(topics, model.TopicReplies)
		}
		if blocked > 0 {
			topics = append(topics, model.TopicBlacklist, model.TopicReplies)
		}
		if err := endCallback(ctx, tx, c.ID, note); err != nil || note == "" {
			return topics, err
		}
		raised, err := n.flood(ctx)
		if raised {
			topics = append(topics, model.TopicHealth)
		}
		return topics, err
	})
	return res, err
}

// callbackNews applies the news of one callback in one transaction.
type callbackNews struct {
	db       *DB
	tx       *sql.Tx
	callback model.Callback
	account  int64
	ref      string
	ofCall   bool // ref may be the id of a call
	now      time.Time
}

// people stores the statuses of people, each in the campaign of the message, and counts those who
// are in none.
func (n callbackNews) people(ctx context.Context, people []model.Recipient, strangers map[int]bool,
	res *model.CallbackResult) error {
	byCampaign := map[model.CampaignID][]model.Recipient{}
	for i, r := range people {
		id, r, err := n.place(ctx, r)
		if err != nil {
			return err
		}
		if id == 0 {
			if r.Status != model.StatusOptedOut || strangers[i] || n.callback.Released {
				res.Homeless++
			}
			continue
		}
		byCampaign[id] = append(byCampaign[id], r)
	}
	for _, id := range slices.Sorted(maps.Keys(byCampaign)) {
		done, err := saveStatuses(ctx, n.tx, id, byCampaign[id], n.receivedAt())
		if err != nil {
			return err
		}
		res.Changed += done.changed
		res.Illegal += done.illegal
		if done.changed > 0 { // this is the age of the campaign's figures
			_, err := n.tx.ExecContext(ctx, `UPDATE campaign SET poll_last = max(poll_last, ?) WHERE id = ?`,
				millis(n.callback.ReceivedAt), id)
			if err != nil {
				return wrap("save recipients", err)
			}
		}
	}
	return nil
}

// optOuts puts people whom the vendor reports as opted out on the blacklist: they will not care
// which vendor carries the next message. It returns the number of new entries.
func (n callbackNews) optOuts(ctx context.Context, people []model.Recipient,
	strangers map[int]bool) (added int, err error) {
	for i, r := range people {
		if r.Status != model.StatusOptedOut || strangers[i] {
			continue
		}
		if _, r, err = n.place(ctx, r); err != nil {
			return added, err
		}
		who, err := personID(ctx, n.tx, r)
		if err != nil {
			return added, err
		}
		if who == 0 {
			continue
		}
		text := r.Reason
		if text.IsZero() {
			text = model.Data(r.VendorStatus)
		}
		reason := model.Say("opted out at the vendor: %s", text)
		b, err := newBlocking(ctx, n.tx, "", n.now, nil)
		if err != nil {
			return added, err
		}
		e := entry{who: who, reason: reason, source: model.SourceVendor}
		if who < 0 {
			e.only = []string{n.callback.Account} // a contact is valid only in its own account
		}
		isNew, err := b.add(ctx, e)
		if err != nil {
			return added, err
		}
		if isNew {
			added++
			if err := note(ctx, n.tx, n.now, "", "blocked", 0, "1 person of %s: %s", n.callback.Account,
				reason); err != nil {
				return added, err
			}
		}
	}
	return added, nil
}

// place finds the campaign whose message the news is about, and returns the person as that campaign
// knows them. The campaign is, in this order: that of the message the vendor names, the one the
// vendor names, the newest through this account that has gone to this person. 0 means none.
func (n callbackNews) place(ctx context.Context, r model.Recipient) (model.CampaignID, model.Recipient, error) {
	who, err := n.who(ctx, r.Phone, r.Contact)
	if err != nil {
		return 0, r, err
	}
	named, err := n.named(ctx, n.ref)
	if err != nil {
		return 0, r, err
	}
	if r.VendorID != "" {
		id, known, err := n.message(ctx, r.VendorID, named, who)
		if err != nil {
			return 0, r, err
		}
		if id != 0 {
			r.Phone, r.Contact, err = n.person(ctx, known)
			return id, r, err
		}
	}
	switch {
	case named != 0 && (who != 0 || r.Contact != ""):
		open, err := n.takesStrangers(ctx, named, who)
		if err != nil || !open {
			named = 0
		}
		return named, r, err
	case named != 0 || who == 0:
		return 0, r, nil
	}
	id, err := n.newest(ctx, who, r.VendorID, r.UpdatedAt)
	if err == nil && id != 0 && n.ref != "" {
		err = n.adopt(ctx, id, who)
	}
	return id, r, err
}

// adopt stores the vendor's id of a campaign that was lost with the answer to the call that reached
// the person. A call whose answer is still awaited will provide its id itself. If the vendor may
// name the call instead of the campaign, tracking it resolves which.
func (n callbackNews) adopt(ctx context.Context, id model.CampaignID, who int64) error {
	res, err := n.tx.ExecContext(ctx,
		`UPDATE batch SET vendor_ref = ? WHERE id = (SELECT batch FROM recipient WHERE campaign = ? AND who = ?)
		AND state IN ('accepted', 'unknown') AND vendor_ref = ''`, n.ref, id, who)
	if err != nil {
		return wrap(model.Say("link campaign %s", id), err)
	}
	if found, err := res.RowsAffected(); err != nil || found == 0 {
		return wrap(model.Say("link campaign %s", id), err)
	}
	return link(ctx, n.tx, n.account, n.ref, n.ofCall, id)
}

// message finds a message by the vendor's id for it, in the named campaign if there is one, and the
// person it went to. The vendor may give a phone for a person we wrote to by another kind of
// contact, but not another phone.
func (n callbackNews) message(ctx context.Context, vendorID string, named model.CampaignID,
	who int64) (id model.CampaignID, known int64, err error) {
	err = n.tx.QueryRowContext(ctx, `SELECT r.campaign, r.who FROM recipient r JOIN campaign c ON c.id = r.campaign
		WHERE r.vendor_id = ?1 AND c.account = ?2 AND (?3 = 0 OR c.id = ?3) AND (?4 <= 0 OR r.who < 0 OR r.who = ?4)
		ORDER BY r.who = ?4 DESC, r.campaign DESC LIMIT 1`, vendorID, n.account, named, who).Scan(&id, &known)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, 0, wrap("find a message", err)
	}
	return id, known, nil
}

// person returns the phone or the contact of a who.
func (n callbackNews) person(ctx context.Context, who int64) (phone model.Phone, contact string, err error) {
	if who > 0 {
		return phoneOf(who), "", nil
	}
	err = n.tx.QueryRowContext(ctx, `SELECT text FROM contact WHERE id = ?`, -who).Scan(&contact)
	return 0, contact, wrap("find a contact", err)
}

// named returns the campaign that the vendor knows by the id, 0 if there is none.
func (n callbackNews) named(ctx context.Context, ref string) (model.CampaignID, error) {
	if ref == "" {
		return 0, nil
	}
	var id model.CampaignID
	err := n.tx.QueryRowContext(ctx, `SELECT campaign FROM campaign_ref WHERE account = ? AND vendor_id = ?`, n.account,
		ref).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, wrap("find the campaign of a callback", err)
	}
	return id, nil
}

// who returns the who of a person, 0 if no message was ever sent to that contact.
func (n callbackNews) who(ctx context.Context, phone model.Phone, contact string) (int64, error) {
	if phone != 0 || contact == "" {
		return int64(phone), nil
	}
	id, err := lookUp(ctx, n.tx, `SELECT id FROM contact WHERE text = ?`, contact)
	return -id, err
}

// newest returns the newest campaign through the account that has gone to this person: not one
// whose message to the person has another id, and not one that left only after the news. If the
// vendor names a campaign that is not known here, it can only be one of ours whose call has not
// been answered: its id is not known.
func (n callbackNews) newest(ctx context.Context, who int64, vendorID string, reportedAt time.Time) (model.CampaignID,
	error) {
	before := n.now
	if !reportedAt.IsZero() && reportedAt.Before(before) {
		before = reportedAt
	}
	var id model.CampaignID
	err := n.tx.QueryRowContext(ctx,
		`SELECT c.id FROM campaign c CROSS JOIN recipient r LEFT JOIN batch b ON b.id = r.batch
		WHERE c.account = ?1 AND r.campaign = c.id AND r.who = ?2
		AND `+goneSQL("?6")+`
		AND coalesce(b.claimed_at, c.sort_at) <= ?3 AND (r.vendor_id IS NULL OR ?4 = '' OR r.vendor_id = ?4)
		AND (?5 = '' OR b.state IN ('claimed', 'unknown', 'accepted') AND b.vendor_ref = '')
		ORDER BY c.id DESC LIMIT 1`, n.account, who, millis(before.Add(clockDrift)), vendorID, n.ref,
		stayedStatuses()).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, wrap("find the campaign of a person", err)
	}
	return id, nil
}

// goneSQL reports whether the message to recipient r, of batch b if there is one, may have left;
// stayed is the parameter with stayedStatuses.
func goneSQL(stayed string) string {
	return `CASE WHEN r.batch > 0 THEN b.state NOT IN ('queued', 'dropped', 'resent')
		ELSE r.batch = 0 AND (1 << r.status) & ` + stayed + ` = 0 END`
}

// stayedStatuses is the bit set of the statuses of people to whom nothing has left.
func stayedStatuses() uint32 {
	var set uint32
	for _, s := range model.Statuses() {
		if !s.Left() {
			set |= 1 << s
		}
	}
	return set
}

// replies stores incoming messages. One that names no campaign answers the newest that has gone to
// this person.
func (n callbackNews) replies(ctx context.Context, replies []model.Reply, res *model.CallbackResult) (linked bool,
	err error) {
	for _, r := range replies {
		if r.CampaignRef == "" {
			r.CampaignRef = n.ref
		}
		if r.ReceivedAt.IsZero() {
			// The time when it was stored distinguishes two equal answers, and stays the same when
			// the callback is read again.
			r.ReceivedAt = n.callback.ReceivedAt
		}
		r.ReceivedAt = past(r.ReceivedAt, n.receivedAt())
		if r.Campaign, err = n.named(ctx, r.CampaignRef); err != nil {
			return linked, err
		}
		if r.Campaign == 0 && r.Phone != 0 {
			asked := n
			asked.ref = r.CampaignRef
			if r.Campaign, err = asked.newest(ctx, int64(r.Phone), "", r.ReceivedAt); err != nil {
				return linked, err
			}
		}
		isNew, known, err := n.db.saveReply(ctx, n.tx, n.account, r, n.now)
		if err != nil {
			return linked, model.Errorf("reply %q of %s: %w", r.VendorID, n.callback.Account, err)
		}
		if isNew {
			res.NewReplies++
		}
		linked = linked || known
	}
	return linked, nil
}
