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

// campaignColumns are what scanCampaign reads, from campaign c JOIN account a ON a.id = c.account.
const campaignColumns = `c.id, a.name, a.vendor, c.vendor_id, c.name, c.state, c.vendor_state, c.kind, c.message, c.sender, c.sender_name,
	c.class, c.created_at, c.send_at, c.lifetime, c.stretch, c.fallback, c.options, c.list, c.ours, c.operator, c.hold_until, c.pause_cause,
	c.recipients, c.sent, c.delivered, c."read", c.clicked, c.undelivered, c.failed, c.expired, c.cost, c.currency,
		c.as_of, c.sms, ` + archivedSQL + `, EXISTS (SELECT 1 FROM forgotten_people g WHERE g.campaign = c.id),
		c.answer_to, c.due_at, c.hand_over, c.canary, c.canary_limit, c.canary_wait, c.expected, c.expected_currency`

const fromCampaign = ` FROM campaign c JOIN account a ON a.id = c.account `

// scanCampaign reads campaignColumns, and after them what more points to.
func scanCampaign(scan scanner, more ...any) (model.Campaign, error) {
	var c model.Campaign
	var message, fallback, options, currency, expectedCurrency string
	var created, sendAt, hold, asOf, lifetime, stretch, due, canaryWait int64
	var f [8]sql.NullInt64
	var cost, expected sql.NullString
	err := scan(append([]any{&c.ID, &c.Account, &c.Vendor, &c.VendorID, &c.Name, &c.State, &c.VendorState, &c.KindWord,
		&message, &c.Sender,
		&c.SenderName, &c.Class, &created, &sendAt, &lifetime, &stretch, &fallback, &options, &c.List, &c.Ours,
		&c.Operator, &hold,
		&c.PauseCause, &f[0], &f[1], &f[2], &f[3], &f[4], &f[5], &f[6], &f[7], &cost, &currency, &asOf, &c.SMS,
		&c.Archived, &c.PeopleRemoved, &c.AnswerTo, &due, &c.HandOver, &c.Canary.People, &c.Canary.Limit,
		&canaryWait, &expected, &expectedCurrency}, more...)...)
	if err != nil {
		return c, err
	}
	c.CreatedAt, c.SendAt, c.HoldUntil, c.AsOf = timeOf(created), timeOf(sendAt), timeOf(hold), timeOf(asOf)
	c.LeaveAt, c.Canary.Wait = timeOf(due), ofSeconds(canaryWait)
	c.Lifetime, c.Stretch = ofSeconds(lifetime), ofSeconds(stretch)
	c.Totals = model.Totals{Recipients: figureOf(f[0]), Sent: figureOf(f[1]), Delivered: figureOf(f[2]),
		Read:    figureOf(f[3]),
		Clicked: figureOf(f[4]), Undelivered: figureOf(f[5]), Failed: figureOf(f[6]), Expired: figureOf(f[7])}
	c.Cost, c.Expected = moneyOf(cost, currency), moneyOf(expected, expectedCurrency)
	err = errors.Join(jsonOf(message, &c.Message), jsonOf(fallback, &c.Fallback), jsonOf(options, &c.Options))
	if c.Ours {
		c.SMS = model.SMSUseOf(c.Fallback.Enabled())
	}
	return c, err
}

// campaignRow is scanCampaign for a row of campaignColumns alone.
func campaignRow(row scanner) (model.Campaign, error) { return scanCampaign(row) }

// campaignByID reads one campaign as it is stored.
func campaignByID(ctx context.Context, q querier, id model.CampaignID) (model.Campaign, error) {
	c, err := scanCampaign(q.QueryRowContext(ctx, `SELECT `+campaignColumns+fromCampaign+`WHERE c.id = ?`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return c, model.NotFound("there is no campaign %s", id)
	}
	if err != nil {
		return c, model.Errorf("campaign %s: %w", id, err)
	}
	return c, nil
}

// described are the columns that describe a campaign, wherever it was made.
const described = `name, state, vendor_state, kind, message, sender, sender_name, class, created_at, send_at, lifetime, stretch, fallback,
	options, list, sort_at`

// descriptionOf returns the values of the described columns.
func descriptionOf(c model.Campaign) ([]any, error) {
	message, err1 := jsonArg(c.Message)
	fallback, err2 := jsonArg(c.Fallback)
	options, err3 := jsonArg(c.Options)
	return []any{c.Name, c.State, c.VendorState, c.KindWord, message, c.Sender, c.SenderName, c.Class,
		millis(c.CreatedAt), millis(c.SendAt),
		seconds(c.Lifetime), seconds(c.Stretch), fallback, options, c.List, sortAt(c)}, errors.Join(err1, err2, err3)
}

// insertCampaign stores a new campaign as its maker or the vendor describes it, without figures,
// under the next free id if it has none.
func insertCampaign(ctx context.Context, tx *sql.Tx, account int64, c model.Campaign) (model.CampaignID, error) {
	args, err := descriptionOf(c)
	if err != nil {
		return 0, err
	}
	args = append(args, account, c.VendorID, c.Ours, c.Operator, millis(c.HoldUntil), c.ID)
	res, err := tx.ExecContext(ctx, `INSERT INTO campaign (`+described+
		`, account, vendor_id, ours, operator, hold_until, id) VALUES (`+in(len(args)-1)+
		`, coalesce(nullif(?, 0), `+freeCampaign+`))`, args...)
	if err != nil {
		return 0, model.Errorf("store campaign %q: %w", c.Name, err)
	}
	n, err := res.LastInsertId()
	if err != nil {
		return 0, model.Errorf("store campaign %q: %w", c.Name, err)
	}
	return model.CampaignID(n), indexCampaign(ctx, tx, model.CampaignID(n), c)
}

// indexCampaign makes the campaign findable by the words of its name and text.
func indexCampaign(ctx context.Context, tx *sql.Tx, id model.CampaignID, c model.Campaign) error {
	text := model.Fold(c.Name + "\n" + c.Message.Text + "\n" + c.Message.Button.Caption)
	if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO campaign_text (rowid, text) VALUES (?, ?)`, id,
		text); err != nil {
		return model.Errorf("index campaign %s: %w", id, err)
	}
	return nil
}

// sortAt places a campaign in time: when it leaves, or else when it was made.
func sortAt(c model.Campaign) int64 {
	if !c.SendAt.IsZero() {
		return millis(c.SendAt)
	}
	return millis(c.CreatedAt)
}

// knowVendor stores which vendor an account belongs to, as soon as a campaign shows it.
func knowVendor(ctx context.Context, tx *sql.Tx, account int64, v model.Vendor) error {
	if v == "" {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE account SET vendor = ? WHERE id = ? AND vendor <> ?`, v, account,
		v); err != nil {
		return model.Errorf("vendor of the account: %w", err)
	}
	return nil
}

// setState moves one of our campaigns to a state and stores why it waits for a person; it reports
// whether anything changed. A step that the table of steps does not allow is skipped and logged.
func setState(ctx context.Context, tx *sql.Tx, id model.CampaignID, state model.CampaignState, cause model.Text) (bool,
	error) {
	var was model.CampaignState
	var changes bool
	err := tx.QueryRowContext(ctx, `SELECT state, (state, pause_cause) IS NOT (?, ?) FROM campaign WHERE id = ?`,
		state, cause, id).Scan(&was, &changes)
	switch {
	case err != nil:
		return false, model.Errorf("campaign %s: %w", id, err)
	case !changes:
		return false, nil
	case !was.CanBecome(state):
		return false, note(ctx, tx, time.Now(), "", "ignored", id, "it is %s and cannot become %s", was, state)
	}
	if was == model.CampaignCancelled {
		if going, err := recalling(ctx, tx, id); err != nil || going {
			return false, cmp.Or(err, conflict("%s is being recalled; try again in a moment", id))
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaign SET state = ?, pause_cause = ? WHERE id = ?`, state, cause, id)
	return err == nil, wrap(model.Say("campaign %s", id), err)
}

// Accounts stores the configured accounts, with their vendors and the senders named in the
// configuration, before anything has been read from them.
func (db *DB) Accounts(ctx context.Context, accounts []model.Account) error {
	if err := db.remember(ctx, accounts); err != nil {
		return err
	}
	known, err := db.know(ctx, accounts)
	if err != nil || db.writer == nil {
		return err
	}
	if !known {
		if err := db.knowAccounts(ctx, accounts); err != nil {
			return err
		}
	}
	for _, a := range accounts {
		if err := db.knowSenders(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) knowAccounts(ctx context.Context, accounts []model.Account) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		for _, a := range accounts {
			id, err := accountID(ctx, tx, a.Name)
			if err != nil {
				return err
			}
			if err := knowVendor(ctx, tx, id, a.Vendor); err != nil {
				return err
			}
		}
		return nil
	}, model.TopicHealth)
}

// knowSenders stores senders from the configuration that are not known yet, so that a campaign can
// name them before anything has been read. It writes nothing if all are known or the vendor itself
// has listed some.
func (db *DB) knowSenders(ctx context.Context, a model.Account) error {
	if len(a.Senders) == 0 {
		return nil
	}
	known, err := db.KnownSenders(ctx, a.Name)
	if err != nil || slices.ContainsFunc(known, func(k model.Sender) bool { return !k.FromConfig }) {
		return err
	}
	var fresh []model.Sender
	for _, s := range a.Senders {
		s.Name = model.SanitiseLine(s.Name)
		if !slices.ContainsFunc(known, func(k model.Sender) bool { return k.ID == s.ID && k.Name == s.Name }) {
			fresh = append(fresh, model.Sender{ID: s.ID, Name: s.Name, FromConfig: true})
		}
	}
	return db.put(ctx, a.Name, senderRows(fresh, db.now()))
}

// know reports whether all of the accounts are known with their vendors: then nothing is written,
// and the file can be opened even while another process writes to it.
func (db *DB) know(ctx context.Context, accounts []model.Account) (bool, error) {
	for _, a := range accounts {
		var vendor model.Vendor
		err := db.reader.QueryRowContext(ctx, `SELECT vendor FROM account WHERE name = ?`, a.Name).Scan(&vendor)
		if errors.Is(err, sql.ErrNoRows) || err == nil && vendor != a.Vendor && a.Vendor != "" {
			return false, nil
		}
		if err != nil {
			return false, failure("read the accounts", err)
		}
	}
	return true, nil
}
