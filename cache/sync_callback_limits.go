package cache

import (
	"context"
	"time"

	"viberdeck/model"
)

// No vendor signs its callbacks, so anyone who knows the address of an account can post anything.
// The damage is limited here: a callback affects only people to whom the account has written,
// nothing it reports happened later than now, and a flood of callbacks that do not fit raises an
// alarm.

const (
	// floodWithin and floodOver are how many callbacks that do not fit raise an alarm.
	floodWithin = time.Hour
	floodOver   = 100
)

// receivedAt is when the news came: nothing in it happened later.
func (n callbackNews) receivedAt() time.Time {
	if n.callback.ReceivedAt.IsZero() {
		return n.now
	}
	return past(n.callback.ReceivedAt, n.now)
}

// strangers finds, by their index, the people who have opted out according to the callback, but
// were sent nothing through this account. A person has to decide about them. Which message is
// named does not matter: an opt-out is about the person.
func (n callbackNews) strangers(ctx context.Context, people []model.Recipient) (map[int]bool, error) {
	found := map[int]bool{}
	if n.callback.Released {
		return found, nil
	}
	for i, r := range people {
		if r.Status != model.StatusOptedOut {
			continue
		}
		_, r, err := n.place(ctx, r)
		if err != nil {
			return nil, err
		}
		who, err := n.who(ctx, r.Phone, r.Contact)
		if err != nil {
			return nil, err
		}
		var written bool
		err = n.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM campaign c CROSS JOIN recipient r
			LEFT JOIN batch b ON b.id = r.batch WHERE c.account = ?1 AND r.campaign = c.id AND r.who = ?2 AND ?2 <> 0
			AND `+goneSQL("?3")+`)`, n.account, who, stayedStatuses()).Scan(&written)
		if err != nil {
			return nil, wrap("find the campaign of a person", err)
		}
		if !written {
			found[i] = true
		}
	}
	return found, nil
}

// takesStrangers reports whether news of a person may be stored in a campaign that the vendor
// names: the person is in it, or its people are not known here, because it was made at the vendor
// or goes to a list there.
func (n callbackNews) takesStrangers(ctx context.Context, id model.CampaignID, who int64) (open bool, err error) {
	err = n.tx.QueryRowContext(ctx, `SELECT c.ours = 0 OR c.list <> ''
		OR EXISTS (SELECT 1 FROM recipient r WHERE r.campaign = c.id AND r.who = ?2)
		FROM campaign c WHERE c.id = ?1`, id, who).Scan(&open)
	return open, wrap("find the campaign of a callback", err)
}

// flood raises an alarm when many recent callbacks of the account did not fit.
func (n callbackNews) flood(ctx context.Context) (raised bool, err error) {
	var kept int64
	err = n.tx.QueryRowContext(ctx,
		`SELECT count(*) FROM callback WHERE state = 'kept' AND account = ? AND received_at > ?`,
		n.account, millis(n.now.Add(-floodWithin))).Scan(&kept)
	if err != nil || kept <= floodOver {
		return false, wrap("count callbacks", err)
	}
	return setAlarm(ctx, n.tx, "callbacks of "+n.callback.Account,
		model.Say("more than %d callbacks of %s within an hour "+
			"are about people who got nothing from it, or cannot be read: its address may be known to others; "+
			"`viberdeck config callbacks --renew %s` changes it", floodOver, n.callback.Account, n.callback.Account),
		n.now)
}
