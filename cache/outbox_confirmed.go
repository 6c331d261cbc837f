package cache

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io"
	"time"

	"viberdeck/model"
)

// login is what identifies a configured account: its vendor, and a keyed hash of the login there.
// The login itself is never stored.
type login struct {
	vendor model.Vendor
	hash   string
}

// remember keeps the identity of the configured accounts, for the gate of this process. Accounts
// whose secrets were not read stay unknown: their process does not send.
func (db *DB) remember(ctx context.Context, accounts []model.Account) error {
	known := make(map[string]login, len(accounts))
	for _, a := range accounts {
		id := login{vendor: a.Vendor}
		if name := a.Login(); name != "" {
			key, err := db.CallbackKey(ctx)
			if err != nil {
				return err
			}
			mac := hmac.New(sha256.New, key)
			_, _ = io.WriteString(mac, "account\x00"+string(a.Vendor)+"\x00"+name)
			id.hash = hex.EncodeToString(mac.Sum(nil)[:16])
		}
		known[a.Name] = id
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.accounts = known
	return nil
}

func (db *DB) login(account string) login {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.accounts[account]
}

// The reasons given for a campaign whose account has changed.
const (
	otherVendor      = "it was confirmed for %s, and %s is an account of %s now; recall it and make it again"
	otherCredentials = "%s has other credentials now than when it was confirmed; " +
		"resume it to send it through the account as it is now, or recall it"
)

// differs says why a campaign that was confirmed for one account must not leave through the account
// that has its name now; it is empty if the campaign may.
func (db *DB) differs(c *gateCampaign) model.Text {
	now := db.login(c.Account)
	switch {
	case c.confirmed.vendor != "" && now.vendor != "" && c.confirmed.vendor != now.vendor:
		return model.Say(otherVendor, db.vendorName(c.confirmed.vendor), c.Account, db.vendorName(now.vendor))
	case c.confirmed.hash != "" && now.hash != "" && c.confirmed.hash != now.hash:
		return model.Say(otherCredentials, c.Account)
	}
	return model.Text{}
}

// ofOtherAccount reports whether the person who resumes a campaign has read that its account has
// changed. A resume for another reason does not imply that.
func ofOtherAccount(cause model.Text) bool {
	return cause.Format == otherVendor || cause.Format == otherCredentials
}

// ofAnotherVendor says why a campaign cannot leave through its account, no matter who resumes it.
func (db *DB) ofAnotherVendor(ctx context.Context, tx *sql.Tx, id model.CampaignID) (model.Text, error) {
	c, err := db.readLeaving(ctx, tx, id)
	if err != nil {
		return model.Text{}, err
	}
	c.confirmed.hash = "" // the person who resumes it has seen that the credentials changed
	return db.differs(c), nil
}

// storeConfirmed stores with a new campaign the account it was confirmed for.
func (db *DB) storeConfirmed(ctx context.Context, tx *sql.Tx, id model.CampaignID, c model.Campaign,
	people int64) error {
	due, is := c.CreatedAt, db.login(c.Account)
	for _, at := range []time.Time{c.HoldUntil, c.LeaveAt} {
		if at.After(due) {
			due = at
		}
	}
	if c.Canary.People >= people || c.List != "" {
		c.Canary = model.Canary{} // no people would be left to go later
	}
	_, err := tx.ExecContext(ctx,
		`UPDATE campaign SET due_at = ?, hand_over = ?, confirmed_at = ?, credentials = ?, canary = ?,
		canary_limit = ?, canary_wait = ? WHERE id = ?`, millis(due), c.HandOver, c.Vendor, is.hash, c.Canary.People,
		c.Canary.Limit, seconds(c.Canary.Wait), id)
	return wrap(model.Say("store %s", id), err)
}
