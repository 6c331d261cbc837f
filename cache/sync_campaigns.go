package cache

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"time"

	"viberdeck/model"
)

// SaveCampaigns stores a page of the vendor's campaigns. Our own campaigns keep what was made here;
// only the vendor's state and figures are taken. What the vendor reported before and omits from a
// list stays known.
func (db *DB) SaveCampaigns(ctx context.Context, account string, page []model.Campaign, now time.Time) error {
	err := inPieces(ctx, db, page, func(tx *sql.Tx, part iter.Seq[model.Campaign]) ([]model.Topic, error) {
		id, err := accountID(ctx, tx, account)
		if err != nil {
			return nil, err
		}
		changed := false
		priced := map[model.CampaignID]bool{}
		for c := range part {
			of, did, err := ownMessage(ctx, tx, id, c)
			if of == 0 && err == nil {
				did, err = saveCampaign(ctx, tx, id, c, now)
			}
			if err != nil {
				return nil, model.Errorf("campaign %q of %s: %w", c.VendorID, account, err)
			}
			changed = changed || did
			if did && of != 0 {
				priced[of] = true
			}
		}
		for of := range priced { // once for all messages of a campaign
			if err := keepCost(ctx, tx, of); err != nil {
				return nil, err
			}
		}
		if !changed {
			return nil, nil
		}
		return []model.Topic{model.TopicCampaigns}, nil
	})
	if err != nil {
		return err
	}
	return db.sweep(ctx) // a campaign that turned out to be ours may have left many rows
}

func saveCampaign(ctx context.Context, tx *sql.Tx, account int64, c model.Campaign, now time.Time) (bool, error) {
	if c.VendorID == "" {
		return false, nil // without an id, nothing could ever be asked about it
	}
	c.CreatedAt = past(c.CreatedAt, now)
	if c.State == model.CampaignUnknown && c.VendorState == "" {
		c.State = "" // the vendor gave no state: the known one stays
	}
	var id model.CampaignID
	var ours bool
	changed := false
	err := tx.QueryRowContext(ctx, `SELECT r.campaign, c.ours FROM campaign_ref r JOIN campaign c ON c.id = r.campaign
		WHERE r.account = ? AND r.vendor_id = ?`, account, c.VendorID).Scan(&id, &ours)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if id, err = addFound(ctx, tx, account, c); err != nil {
			return false, err
		}
		changed = true
	case err != nil:
		return false, err
	case ours:
		// What people made here must not be changed by the vendor.
	default:
		if changed, err = updateFound(ctx, tx, id, c, now); err != nil {
			return false, err
		}
	}
	asOf := c.AsOf
	if asOf.IsZero() {
		asOf = now
	}
	if c.Cost, err = inBalance(ctx, tx, account, c.Cost); err != nil {
		return false, err
	}
	figures, err := saveFigures(ctx, tx, account, c.VendorID, refFigures{state: c.State, vendorState: c.VendorState,
		n: totalsOf(c.Totals), cost: costArg(c.Cost), currency: c.Cost.Currency, asOf: millis(asOf)})
	if err != nil {
		return false, err
	}
	settled := false
	if figures && ours {
		if settled, err = updateState(ctx, tx, id, now); err != nil {
			return false, err
		}
	}
	return changed || figures || settled, nil
}

// addFound stores a campaign that was made elsewhere.
func addFound(ctx context.Context, tx *sql.Tx, account int64, c model.Campaign) (model.CampaignID, error) {
	c.ID, c.Ours, c.Operator, c.HoldUntil = 0, false, "", time.Time{}
	if c.State == "" {
		c.State = model.CampaignUnknown
	}
	if err := knowVendor(ctx, tx, account, c.Vendor); err != nil {
		return 0, err
	}
	id, err := insertCampaign(ctx, tx, account, c)
	if err != nil {
		return 0, err
	}
	return id, link(ctx, tx, account, c.VendorID, false, id)
}

// updateFound stores the vendor's new report on its own campaign.
func updateFound(ctx context.Context, tx *sql.Tx, id model.CampaignID, answer model.Campaign,
	now time.Time) (bool, error) {
	c, err := campaignByID(ctx, tx, id)
	if err != nil {
		return false, err
	}
	text := c.Name + c.Message.Text + c.Message.Button.Caption
	keep(&c.Name, answer.Name)
	if answer.State != "" {
		c.State, c.VendorState = answer.State, answer.VendorState
	} else if c.State == model.CampaignScheduled && !c.SendAt.After(now) {
		c.State = model.CampaignUnknown // its time has come, and the vendor does not report the result
	}
	keep(&c.KindWord, answer.KindWord)
	keep(&c.Message, answer.Message)
	keep(&c.Sender, answer.Sender)
	keep(&c.SenderName, answer.SenderName)
	keep(&c.Class, answer.Class)
	keep(&c.CreatedAt, answer.CreatedAt)
	keep(&c.SendAt, answer.SendAt)
	keep(&c.Lifetime, answer.Lifetime)
	keep(&c.Stretch, answer.Stretch)
	keep(&c.Fallback, answer.Fallback)
	keep(&c.List, answer.List)
	args, err := descriptionOf(c)
	if err != nil {
		return false, err
	}
	places := in(len(args))
	res, err := tx.ExecContext(ctx, `UPDATE campaign SET (`+described+`) = (`+places+`) WHERE id = ? AND (`+described+
		`) IS NOT (`+places+`)`,
		slices.Concat(args, []any{id}, args)...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err == nil && text != c.Name+c.Message.Text+c.Message.Button.Caption {
		err = indexCampaign(ctx, tx, id, c)
	}
	return n > 0, err
}

// keep takes the vendor's value unless it is absent.
func keep[T comparable](known *T, answer T) {
	var none T
	if answer != none {
		*known = answer
	}
}

// SaveStatistics stores the totals of the vendor's campaign, and a sample of them if they changed.
func (db *DB) SaveStatistics(ctx context.Context, account, vendorID string, s model.Statistics) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		id, err := campaignOfRef(ctx, tx, account, vendorID)
		if err != nil {
			return nil, err
		}
		owner, err := accountID(ctx, tx, account)
		if err != nil {
			return nil, err
		}
		asOf := s.AsOf
		if asOf.IsZero() {
			asOf = db.now()
		}
		if s.State == model.CampaignUnknown && s.VendorState == "" {
			s.State = ""
		}
		text, err := factsArg(s.Facts)
		if err != nil {
			return nil, err
		}
		if s.Cost, err = inBalance(ctx, tx, owner, s.Cost); err != nil {
			return nil, err
		}
		changed, err := saveFigures(ctx, tx, owner, vendorID,
			refFigures{state: s.State, vendorState: s.VendorState, n: totalsOf(s.Totals), counted: s.ByPeople,
				cost: costArg(s.Cost), currency: s.Cost.Currency, asOf: millis(asOf), told: text})
		if err != nil {
			return nil, err
		}
		if s.SMS != model.SMSUnknown {
			res, err := tx.ExecContext(ctx, `UPDATE campaign SET sms = ? WHERE id = ? AND ours = 0 AND sms <> ?`, s.SMS,
				id, s.SMS)
			if err != nil {
				return nil, wrap(model.Say("SMS of %s", id), err)
			}
			n, err := res.RowsAffected()
			if err != nil {
				return nil, err
			}
			changed = changed || n > 0
		}
		if !changed {
			return nil, nil
		}
		if s.State != "" {
			if err := followState(ctx, tx, id, s, asOf); err != nil {
				return nil, err
			}
		}
		return []model.Topic{model.TopicCampaigns}, addSample(ctx, tx, id, asOf)
	})
}

// followState moves a campaign to the state that the vendor reports: the vendor's own at once, ours
// if its rows agree.
func followState(ctx context.Context, tx *sql.Tx, id model.CampaignID, s model.Statistics, now time.Time) error {
	res, err := tx.ExecContext(ctx, `UPDATE campaign SET state = ?, vendor_state = ? WHERE id = ? AND ours = 0`,
		s.State, s.VendorState, id)
	if err != nil {
		return wrap(model.Say("state of %s", id), err)
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = updateState(ctx, tx, id, now)
	return err
}

// addSample stores the campaign's current totals, if they differ from the last sample. The parts of
// a campaign are polled at the same time and reported in any order: a later report is never stored
// before an earlier one.
func addSample(ctx context.Context, tx *sql.Tx, id model.CampaignID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sample (campaign, at, sent, delivered, "read", undelivered, replies)
		SELECT id, max(?2, coalesce((SELECT max(at) FROM sample WHERE campaign = ?1), 0)), coalesce(sent, 0),
			coalesce(delivered, 0), coalesce("read", 0), coalesce(undelivered, 0),
			coalesce((SELECT n FROM reply_count WHERE campaign = ?1), 0) FROM campaign c
		WHERE id = ?1 AND (sent IS NOT NULL OR delivered IS NOT NULL OR "read" IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM
			(SELECT * FROM sample WHERE campaign = ?1 ORDER BY at DESC LIMIT 1) s WHERE (s.sent, s.delivered, s."read", s.undelivered)
			= (coalesce(c.sent, 0), coalesce(c.delivered, 0), coalesce(c."read", 0), coalesce(c.undelivered, 0)))
		ON CONFLICT DO UPDATE SET sent = excluded.sent, delivered = excluded.delivered, "read" = excluded."read",
			undelivered = excluded.undelivered, replies = excluded.replies`, id, millis(at))
	return wrap(model.Say("sample of %s", id), err)
}
