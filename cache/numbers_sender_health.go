package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"viberdeck/model"
)

// healthCampaigns is how many campaigns the health of senders counts, the newest first.
const healthCampaigns = 10_000

// SenderHealth returns how people responded to what each sender sent since the given time, the
// sender with the most people first. It reads the newest 10 000 campaigns by their stored counts,
// so it is for a command that may take a second.
func (db *DB) SenderHealth(ctx context.Context, since time.Time) ([]model.SenderHealth, error) {
	var all []model.SenderHealth
	err := db.read(ctx, func(tx *sql.Tx) error {
		var w where
		w.add("c.sort_at >= ?", millis(since))
		w.add("c.sort_at <= ?", millis(db.now())) // what is scheduled has not been sent
		w.add("c.test = 0")
		campaigns, beyond, err := newestCampaigns(ctx, tx, w, healthCampaigns)
		if err != nil {
			return err
		}
		if beyond > 0 {
			oldest := campaigns[len(campaigns)-1]
			since = timeOf(sortAt(oldest))
		}
		sum := healthSum{}
		if sum.ids, err = senderNames(ctx, tx); err != nil {
			return err
		}
		for part := range slices.Chunk(campaigns, 500) {
			if err := sum.addPart(ctx, tx, part); err != nil {
				return err
			}
		}
		all = sum.rows()
		for i := range all {
			all[i].Since = since
		}
		return nil
	})
	return all, err
}

// senderKey identifies a sender: by its id, or by its name if the id is unknown.
type senderKey struct{ account, id, name string }

// healthSum adds up what is known about each sender.
type healthSum struct {
	ids     map[senderKey]string // ids by account and name
	senders map[senderKey]*model.SenderHealth
}

// senderNames returns the ids of the known senders by account and name: some vendors list campaigns
// with only the name.
func senderNames(ctx context.Context, q querier) (map[senderKey]string, error) {
	ids := map[senderKey]string{}
	return ids, each(ctx, q, "names of senders", func(row scanner) error {
		var k senderKey
		var id string
		err := row(&k.account, &k.name, &id)
		ids[k] = id
		return err
	}, `SELECT a.name, s.name, s.id FROM sender s JOIN account a ON a.id = s.account WHERE s.name <> ''`)
}

// addPart adds some campaigns.
func (sum *healthSum) addPart(ctx context.Context, q querier, campaigns []model.Campaign) error {
	ids := make([]any, len(campaigns))
	for i, c := range campaigns {
		ids[i] = int64(c.ID)
	}
	people, err := countPeople(ctx, q, ids)
	if err != nil {
		return err
	}
	complaints, err := countByCampaign(ctx, q, `SELECT campaign, sum(n) FROM (
		SELECT campaign, count(*) AS n FROM reply INDEXED BY reply_complaint WHERE optout <> '' AND campaign IN (`+
		in(len(ids))+`) GROUP BY campaign
		UNION ALL SELECT r.campaign, count(*) FROM blacklist b INDEXED BY blacklist_of_reply CROSS JOIN reply r ON r.id = b.reply
			WHERE b.reply > 0 AND b.removed_at = 0 AND r.optout = '' AND r.campaign IN (`+in(len(ids))+
		`) GROUP BY r.campaign
		UNION ALL SELECT campaign, complaints FROM forgotten_reply_count WHERE campaign IN (`+in(len(ids))+
		`)) GROUP BY campaign`, slices.Concat(ids, ids, ids))
	if err != nil {
		return err
	}
	for _, c := range campaigns {
		sum.add(c, people[c.ID], complaints[c.ID])
	}
	return nil
}

func (sum *healthSum) add(c model.Campaign, people statusCounts, complaints int64) {
	if c.Totals.Sent == model.Known(0) {
		return
	}
	key := senderKey{account: c.Account, id: c.Sender}
	if key.id == "" {
		key.id = sum.ids[senderKey{account: c.Account, name: c.SenderName}]
	}
	if key.id == "" {
		key.name = c.SenderName
	}
	if sum.senders == nil {
		sum.senders = map[senderKey]*model.SenderHealth{}
	}
	h, ok := sum.senders[key]
	if !ok {
		h = &model.SenderHealth{Account: c.Account, Vendor: c.Vendor, Sender: key.id}
		sum.senders[key] = h
	}
	h.Name = cmp.Or(h.Name, c.SenderName)
	if !c.Totals.Sent.Known || !c.Totals.Delivered.Known {
		h.Without++
		return
	}
	complaints += people[model.StatusOptedOut]
	one := model.SenderHealth{Sent: c.Totals.Sent, Delivered: c.Totals.Delivered, OptOuts: c.Totals.OptOuts,
		// As with opt-outs: if an account has never produced a reply, it is unknown whether its
		// vendor can.
		Complaints: model.Figure{N: complaints, Known: c.Totals.OptOuts.Known || complaints > 0},
		Rejected:   model.Figure{N: people[model.StatusRejected], Known: len(people) > 0}}
	if h.Campaigns++; h.Campaigns == 1 {
		h.Sent, h.Delivered, h.OptOuts, h.Complaints, h.Rejected, h.AsOf = one.Sent, one.Delivered, one.OptOuts,
			one.Complaints, one.Rejected, c.AsOf
		return
	}
	h.Sent, h.Delivered, h.OptOuts = h.Sent.Plus(one.Sent), h.Delivered.Plus(one.Delivered), h.OptOuts.Plus(one.OptOuts)
	h.Complaints, h.Rejected = h.Complaints.Plus(one.Complaints), h.Rejected.Plus(one.Rejected)
	if c.AsOf.Before(h.AsOf) {
		h.AsOf = c.AsOf
	}
}

func (sum *healthSum) rows() []model.SenderHealth {
	var all []model.SenderHealth
	for _, h := range sum.senders {
		all = append(all, *h)
	}
	slices.SortFunc(all, func(a, b model.SenderHealth) int {
		return cmp.Or(cmp.Compare(b.Sent.N, a.Sent.N), cmp.Compare(a.Account, b.Account), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Sender, b.Sender))
	})
	return all
}

// LastSender returns the sender of our last campaign submitted through an account, to the given
// vendor list if one is named, and when that was; ok is false when there was none.
func (db *DB) LastSender(ctx context.Context, account, list string) (sender string, at time.Time, ok bool, err error) {
	var made int64
	err = db.reader.QueryRowContext(ctx,
		`SELECT c.sender, c.created_at FROM campaign c JOIN account a ON a.id = c.account
		WHERE a.name = ?1 AND c.ours = 1 AND c.test = 0 AND c.submit_key <> '' AND c.sender <> '' AND ?2 IN ('', c.list)
			ORDER BY c.id DESC LIMIT 1`, account, list).
		Scan(&sender, &made)
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, false, nil
	}
	return sender, timeOf(made), err == nil, failure(model.Say("last sender of %s", account), err)
}
