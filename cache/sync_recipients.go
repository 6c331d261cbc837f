package cache

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"time"

	"viberdeck/model"
)

// SaveRecipients stores what the vendor reports on the people of its campaign. A step that a
// message cannot take (a late "delivered" after "read") is skipped; the number of those is returned
// for the log.
func (db *DB) SaveRecipients(ctx context.Context, account, vendorID string, page []model.Recipient,
	now time.Time) (illegal int, err error) {
	err = inPieces(ctx, db, page, func(tx *sql.Tx, part iter.Seq[model.Recipient]) ([]model.Topic, error) {
		id, err := campaignOfRef(ctx, tx, account, vendorID)
		if err != nil {
			return nil, err
		}
		var topics []model.Topic
		for some := range chunks(part, storedAtOnce) {
			done, err := saveStatuses(ctx, tx, id, some, now)
			illegal += done.illegal
			if err != nil {
				return nil, err
			}
			if done.changed > 0 {
				topics = append(topics, model.TopicRecipients, model.TopicCampaigns)
			}
			if len(done.optedOut) == 0 {
				continue
			}
			if err := blockOptedOut(ctx, tx, account, done.optedOut, now); err != nil {
				return nil, err
			}
			topics = append(topics, model.TopicBlacklist)
		}
		if len(topics) == 0 {
			return nil, nil
		}
		slices.Sort(topics)
		_, err = tx.ExecContext(ctx, `UPDATE campaign SET poll_last = max(poll_last, ?) WHERE id = ?`, millis(now),
			id)
		return slices.Compact(topics), err
	})
	if err != nil {
		return illegal, model.Errorf("save recipients of %s: %w", vendorID, err)
	}
	return illegal, nil
}

// campaignOfRef finds the campaign that the vendor knows by this id.
func campaignOfRef(ctx context.Context, q querier, account, vendorID string) (model.CampaignID, error) {
	var id model.CampaignID
	err := q.QueryRowContext(ctx,
		`SELECT r.campaign FROM campaign_ref r JOIN account a ON a.id = r.account WHERE a.name = ? AND r.vendor_id = ?`,
		account, vendorID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, model.NotFound("no campaign %q of %s is known yet; synchronise its campaigns first", vendorID,
			account)
	}
	return id, wrap(model.Say("campaign %s", vendorID), err)
}

// reportedPerson is what the vendor reports on one person, as stored.
type reportedPerson struct {
	who                        int64
	status                     model.DeliveryStatus
	word, reason, currency, at int64
	list                       int64
	vendorID, price            sql.NullString
}

// saved is the result of news about people.
type saved struct {
	changed  int     // rows
	illegal  int     // skipped steps
	optedOut []int64 // people who opted out, where that is new
}

// blockOptedOut puts people whom the vendor reports as opted out on the blacklist: they will not
// care which vendor carries the next message. A contact that is not a phone is valid only in its
// own account, and is blocked there. It is done once, when the status is new, so that a person who
// is taken off the list stays off.
func blockOptedOut(ctx context.Context, tx *sql.Tx, account string, people []int64, now time.Time) error {
	b, err := newBlocking(ctx, tx, "", now, nil)
	if err != nil {
		return err
	}
	added := 0
	for _, who := range people {
		e := entry{who: who, reason: model.Say("opted out at the vendor"), source: model.SourceVendor}
		if who < 0 {
			e.only = []string{account}
		}
		isNew, err := b.add(ctx, e)
		if err != nil {
			return err
		}
		if isNew {
			added++
		}
	}
	if added == 0 {
		return nil
	}
	return note(ctx, tx, now, "", "blocked", 0, "%s of %s: opted out at the vendor", model.Persons(added), account)
}

// saveStatuses applies what the vendor reports on people, in the order of the table's key. A
// campaign from which people were removed takes no new ones.
func saveStatuses(ctx context.Context, tx *sql.Tx, id model.CampaignID, people []model.Recipient,
	now time.Time) (done saved, err error) {
	if len(people) == 0 {
		return done, nil
	}
	news, err := newsOf(ctx, tx, id, people, now)
	if err != nil {
		return done, err
	}
	var ours, closed bool
	var state model.CampaignState
	if err := tx.QueryRowContext(ctx, `SELECT c.ours, c.state,
		EXISTS (SELECT 1 FROM forgotten_people f WHERE f.campaign = c.id) FROM campaign c WHERE c.id = ?`,
		id).Scan(&ours, &state, &closed); err != nil {
		return done, wrap("save recipients", err)
	}
	silent := silence{ours: ours, early: state.NotBegun()}
	known, err := knownPeople(ctx, tx, id, news)
	if err != nil {
		return done, err
	}
	put := &inserts{tx: tx, columns: 10,
		into: `INSERT INTO recipient (campaign, who, status, vendor_status, reason, updated_at, vendor_id, price, currency, list)`,
		known: `UPDATE SET status = excluded.status, vendor_status = excluded.vendor_status,
			reason = excluded.reason, updated_at = excluded.updated_at, vendor_id = excluded.vendor_id,
			price = excluded.price, currency = excluded.currency, list = excluded.list,
			batch = CASE WHEN batch = -1 AND excluded.status <> 1 THEN 0 ELSE batch END`}
	for _, n := range news {
		old, ok := known[n.who]
		if !ok && closed {
			continue // this person was removed because of the campaign's age
		}
		n.status = silent.status(n, old)
		if ok {
			next, ok := n.after(old, !ours && old.silent())
			if !ok {
				done.illegal++
				continue
			}
			if next == old {
				continue
			}
			n = next
		}
		if err := put.row(ctx, id, n.who, n.status, n.word, n.reason, n.at, n.vendorID, n.price, n.currency,
			n.list); err != nil {
			return done, err
		}
		known[n.who] = n
		done.changed++
		if n.status == model.StatusOptedOut && old.status != n.status {
			done.optedOut = append(done.optedOut, n.who)
		}
	}
	return done, put.end(ctx)
}

// knownPeople reads what is stored about the people in the news, in one query: a query for each
// would cost as much as storing them.
func knownPeople(ctx context.Context, tx *sql.Tx, id model.CampaignID, news []reportedPerson) (map[int64]reportedPerson,
	error) {
	who := make([]int64, len(news))
	for i, n := range news {
		who[i] = n.who
	}
	list, err := json.Marshal(who)
	if err != nil {
		return nil, wrap("save recipients", err)
	}
	known := make(map[int64]reportedPerson, len(news))
	return known, each(ctx, tx, "save recipients", func(row scanner) error {
		var t reportedPerson
		err := row(&t.who, &t.status, &t.word, &t.reason, &t.at, &t.vendorID, &t.price, &t.currency, &t.list)
		known[t.who] = t
		return err
	}, `SELECT r.who, r.status, r.vendor_status, r.reason, r.updated_at, r.vendor_id, r.price, r.currency, r.list
		FROM json_each(?) n CROSS JOIN recipient r ON r.campaign = ? AND r.who = n.value`, string(list), id)
}

// after joins the news with what is known; what the vendor omits stays known. ok is false when the
// message cannot have taken this step. Some vendors say "queued" of a message that they have
// accepted: that is not a step back. fresh is for a person of the vendor's own campaign on whom it
// has not reported so far: any status can follow.
func (n reportedPerson) after(old reportedPerson, fresh bool) (_ reportedPerson, ok bool) {
	if n.status == model.StatusQueued && old.status == model.StatusAccepted {
		n.status = old.status
	}
	if !fresh && !old.status.CanBecome(n.status) {
		return old, false
	}
	n.word, n.currency, n.list = cmp.Or(n.word, old.word), cmp.Or(n.currency, old.currency), cmp.Or(n.list, old.list)
	if n.status == old.status {
		n.reason, n.at = cmp.Or(n.reason, old.reason), cmp.Or(n.at, old.at)
	}
	n.vendorID, n.price = cmp.Or(n.vendorID, old.vendorID), cmp.Or(n.price, old.price)
	return n, true
}

// silent reports whether the vendor has never reported anything about this message.
func (n reportedPerson) silent() bool { return n.word == 0 && n.status == model.StatusUnknown }

// silence decides what it means that a vendor names a person and says nothing about the message.
type silence struct{ ours, early bool }

// status returns the news' status. Before a campaign made at the vendor begins, its people wait
// there; once it has begun, those without a report are unknown. In all other cases the known status
// stays.
func (s silence) status(n, old reportedPerson) model.DeliveryStatus {
	waited := old.status == model.StatusQueued && old.word == 0
	switch {
	case !n.silent():
		return n.status
	case !s.ours && s.early && old.silent():
		return model.StatusQueued
	case !s.ours && !s.early && waited:
		return model.StatusUnknown
	}
	return old.status
}

// newsOf interns and sorts a page. Of two lines about one person the later one in the page counts.
func newsOf(ctx context.Context, tx *sql.Tx, id model.CampaignID, people []model.Recipient, now time.Time) (
	[]reportedPerson, error) {
	words := newWords(tx)
	unnamed, err := pricesInBalance(ctx, tx, id, people)
	if err != nil {
		return nil, err
	}
	news := make([]reportedPerson, 0, len(people))
	for _, r := range people {
		who, err := personID(ctx, tx, r)
		word, err1 := words.id(ctx, r.VendorStatus)
		reason, err2 := words.id(ctx, r.Reason.Stored())
		if r.Price.Known {
			r.Price.Currency = cmp.Or(r.Price.Currency, unnamed)
		}
		currency, err3 := words.id(ctx, r.Price.Currency)
		list, err4 := words.id(ctx, r.List)
		if err := errors.Join(err, err1, err2, err3, err4); err != nil {
			return nil, err
		}
		if who == 0 {
			continue // a line without a person
		}
		news = append(news, reportedPerson{who: who, status: r.Verdict(), word: word, reason: reason,
			currency: currency,
			list:     list,
			at:       millis(past(r.UpdatedAt, now)),
			vendorID: sql.NullString{String: r.VendorID, Valid: r.VendorID != ""}, price: priceArg(r)})
	}
	slices.SortStableFunc(news, func(a, b reportedPerson) int { return cmp.Compare(a.who, b.who) })
	return news, nil
}
