package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// askedOneByOne is how many phones are looked up one by one; for more, the list they are looked up
// in is read once.
const askedOneByOne = 500

// Blocked returns the phones that must not be written to through the account, each with the reason.
// A claim applies the same rule again at the last moment.
func (db *DB) Blocked(ctx context.Context, account string, phones []model.Phone) (map[model.Phone]string, error) {
	blocked := map[model.Phone]string{}
	wanted := setOf(phones)
	add := func(where, reason string, who int64) {
		if p := phoneOf(who); wanted[p] && blocked[p] == "" {
			blocked[p] = where
			if text := model.StoredText(reason); !text.IsZero() {
				blocked[p] += ": " + text.String()
			}
		}
	}
	only, args := "", []any{}
	if len(phones) <= askedOneByOne {
		only = ` AND who IN (` + in(len(phones)) + `)`
		for _, p := range phones {
			args = append(args, int64(p))
		}
	}
	err := db.read(ctx, func(tx *sql.Tx) error {
		err := eachBlock(ctx, tx, add, `SELECT 'on our blacklist', reason, who FROM blacklist WHERE removed_at = 0
			AND (only = '' OR EXISTS (SELECT 1 FROM json_each(only) o WHERE o.value = ?))`+only,
			append([]any{account}, args...)...)
		if err != nil {
			return err
		}
		return eachBlock(
			ctx,
			tx,
			add,
			`SELECT 'blocked at ' || a.name, v.reason, v.who FROM vendor_block v JOIN account a ON a.id = v.account WHERE 1`+only,
			args...)
	})
	return blocked, err
}

func eachBlock(ctx context.Context, tx *sql.Tx, add func(where, reason string, who int64), query string,
	args ...any) error {
	return each(ctx, tx, "read the blacklist", func(row scanner) error {
		var where, reason string
		var who int64
		if err := row(&where, &reason, &who); err != nil {
			return err
		}
		add(where, reason, who)
		return nil
	}, query, args...)
}

// BlockedContacts returns the contacts, as model.FoldContact writes them, that must not be written
// to through the account, each with the reason.
func (db *DB) BlockedContacts(ctx context.Context, account string, contacts []string) (map[string]string, error) {
	blocked := map[string]string{}
	list, err := json.Marshal(contacts)
	if err != nil {
		return nil, err
	}
	return blocked, each(ctx, db.reader, "read the blacklist", func(row scanner) error {
		var contact string
		var reason model.Text
		if err := row(&contact, &reason); err != nil {
			return err
		}
		blocked[contact] = strings.TrimSuffix("on our blacklist: "+reason.String(), ": ")
		return nil
	}, `SELECT k.text, b.reason FROM json_each(?) w CROSS JOIN contact k ON k.text = w.value
		CROSS JOIN blacklist b ON b.who = -k.id WHERE `+appliesAtSQL+`?))`, string(list), account)
}

// Overlap counts the people to whom the campaign's message or one like it was sent, or waits to be
// sent, since the given time through any account, and returns those campaigns. People who were held
// or suppressed here did not get it. For lists at a vendor it returns the size of those to which
// both go.
func (db *DB) Overlap(ctx context.Context, c model.Campaign, people model.People, since time.Time) (n int64,
	earlier []model.Earlier, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		campaigns, err := sameMessage(ctx, tx, c, since)
		if err != nil {
			return err
		}
		n, earlier, err = overlap(ctx, tx, c, campaigns, people)
		return err
	})
	return n, earlier, err
}

// overlap counts those of the people to whom any of the campaigns went or will go, and returns
// those campaigns.
func overlap(ctx context.Context, tx *sql.Tx, like model.Campaign, campaigns []model.Campaign,
	people model.People) (int64, []model.Earlier, error) {
	if len(campaigns) == 0 {
		return 0, nil, nil
	}
	inLists, earlier, err := listOverlap(ctx, tx, like, campaigns)
	if err != nil {
		return 0, nil, err
	}
	wanted := make(map[int64]bool, people.Len())
	for _, r := range people.Who() {
		who, err := knownWho(ctx, tx, r)
		if err != nil {
			return 0, nil, err
		}
		wanted[who] = who != 0
	}
	found := map[int64]bool{}
	for _, c := range campaigns {
		n, err := received(ctx, tx, c.ID, wanted, found)
		if err != nil {
			return 0, nil, err
		}
		if n == 0 {
			continue
		}
		if i := slices.IndexFunc(earlier, func(e model.Earlier) bool { return e.ID == c.ID }); i >= 0 {
			earlier[i].People += int64(n)
			continue
		}
		earlier = append(earlier, model.Earlier{ID: c.ID, Name: c.Name, People: int64(n), Text: c.Message.Words()})
	}
	return inLists + int64(len(found)), earlier, nil
}

// listOverlap is the part of overlap for campaigns to the same lists at a vendor. The people on a
// list are not known, so it counts everybody on it, and at least one person.
func listOverlap(ctx context.Context, tx *sql.Tx, like model.Campaign, campaigns []model.Campaign) (n int64,
	earlier []model.Earlier, err error) {
	sizes := map[string]int64{} // of the lists to which both go, if known
	var whole int64             // people of an earlier campaign with a list of unknown size
	for _, c := range campaigns {
		e := model.Earlier{ID: c.ID, Name: c.Name, Text: c.Message.Words()}
		if c.Account != like.Account || c.State == model.CampaignCancelled || c.State == model.CampaignFailed ||
			!slices.ContainsFunc(like.Lists(), func(list string) bool { return slices.Contains(c.Lists(), list) }) {
			continue
		}
		var people int64
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(list_people, 0) FROM campaign WHERE id = ?`, c.ID).
			Scan(&people); err != nil {
			return 0, nil, wrap(model.Say("campaign %s", c.ID), err)
		}
		for _, list := range c.Lists() {
			if !slices.Contains(like.Lists(), list) {
				continue
			}
			size, known, err := listSize(ctx, tx, like.Account, list)
			if err != nil {
				return 0, nil, err
			}
			if !known {
				whole = max(whole, people)
			}
			sizes[list] = size
			e.People += size
			e.Lists = append(e.Lists, list)
		}
		if len(c.Lists()) == 1 {
			e.People = people
			sizes[c.List] = max(sizes[c.List], people)
		}
		earlier = append(earlier, e)
	}
	for _, size := range sizes {
		n += size
	}
	if len(earlier) > 0 {
		n = max(n, whole, 1)
	}
	return n, earlier, nil
}

// listSize returns how many people a list at the account's vendor has, as last read.
func listSize(ctx context.Context, tx *sql.Tx, account, list string) (n int64, known bool, err error) {
	var people sql.NullInt64
	err = tx.QueryRowContext(ctx, `SELECT l.people FROM vendor_list l JOIN account a ON a.id = l.account
		WHERE a.name = ? AND l.id = ?`, account, list).Scan(&people)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return people.Int64, people.Valid, wrap("lists of the vendor", err)
}

// sameMessage returns our own campaigns with the message of c, or one like it, from which any
// people left, or leave, after since.
func sameMessage(ctx context.Context, tx *sql.Tx, like model.Campaign, since time.Time) ([]model.Campaign, error) {
	return all(ctx, tx, "look for the same message", func(row scanner) (model.Campaign, error) {
		var c model.Campaign
		var message, options string
		if err := row(&c.ID, &c.Account, &c.Name, &c.State, &c.List, &message, &options); err != nil {
			return c, err
		}
		return c, errors.Join(jsonOf(message, &c.Message), jsonOf(options, &c.Options))
	}, `SELECT c.id, a.name, c.name, c.state, c.list, c.message, c.options FROM campaign c JOIN account a ON a.id = c.account
		WHERE (c.fingerprint = ?1 AND c.fingerprint <> '' OR c.likeness = ?3 AND c.likeness <> '') AND c.ours = 1 AND c.test = 0
		AND (c.created_at >= ?2 OR c.send_at >= ?2 OR c.state IN ('held', 'queued', 'sending', 'paused', 'needs-approval')
			OR EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id AND b.claimed_at >= ?2)) ORDER BY c.id`,
		like.Fingerprint(), millis(since), like.Likeness())
}

// received adds to found those of the wanted people to whom the campaign went or will go, and
// counts them.
func received(ctx context.Context, tx *sql.Tx, id model.CampaignID, wanted, found map[int64]bool) (int, error) {
	n := 0
	err := each(ctx, tx, model.Say("people of %s", id), func(row scanner) error {
		var who int64
		if err := row(&who); err != nil {
			return err
		}
		if wanted[who] {
			n++
			found[who] = true
		}
		return nil
	}, `SELECT who FROM recipient WHERE campaign = ? AND status NOT IN (?, ?, ?, ?)`,
		id, model.StatusHeld, model.StatusSuppressed, model.StatusRejected, model.StatusNoMoney)
	return n, err
}

func setOf[T comparable](phones []T) map[T]bool {
	set := make(map[T]bool, len(phones))
	for _, p := range phones {
		set[p] = true
	}
	return set
}

// KnownSenders returns the senders of the account.
func (db *DB) KnownSenders(ctx context.Context, account string) ([]model.Sender, error) {
	return all(ctx, db.reader, "read the senders", func(row scanner) (model.Sender, error) {
		s := model.Sender{Account: account}
		var asOf int64
		err := row(&s.Vendor, &s.ID, &s.Name, &s.State, &s.VendorState, &s.Country, &s.Traffic, &s.Comment,
			&s.FromConfig, &asOf)
		s.AsOf = timeOf(asOf)
		return s, err
	}, `SELECT a.vendor, s.id, s.name, s.state, s.vendor_state, s.country, s.traffic, s.comment, s.from_config, s.as_of
		FROM sender s JOIN account a ON a.id = s.account WHERE a.name = ? ORDER BY s.id`, account)
}
