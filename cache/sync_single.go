package cache

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"viberdeck/model"
)

// ownMessage finds out whether an entry in the vendor's list of campaigns is a single message that
// left from here: a call returned its id, and its text is what the person of that call was sent.
// Then it is not a separate campaign, and only its cost is stored. of is the campaign it belongs
// to, 0 for none.
func ownMessage(ctx context.Context, tx *sql.Tx, account int64, c model.Campaign) (of model.CampaignID, changed bool,
	err error) {
	if c.SingleRef == "" {
		return 0, false, nil
	}
	var batch int64
	var vars string
	var known bool
	err = tx.QueryRowContext(ctx, `SELECT r.campaign, b.id, b.cost IS NOT NULL, `+varsSQL("r.campaign", "r.who")+`
		FROM batch b INDEXED BY batch_of_one CROSS JOIN recipient r INDEXED BY recipient_of_batch
		WHERE b.vendor_ref = ? AND b.vendor_ref <> '' AND b.size = 1 AND b.account = ? AND r.batch = b.id AND r.batch > 0`,
		c.SingleRef, account).Scan(&of, &batch, &known, &vars)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, wrap("read campaigns", err)
	}
	if !known {
		var same bool
		if same, err = saysSame(ctx, tx, of, vars, c); err != nil || !same {
			return 0, false, err
		}
	}
	if err := dropFound(ctx, tx, account, c.VendorID, of); err != nil {
		return 0, false, err
	}
	if known || !c.Cost.Known {
		return of, false, nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE batch SET cost = ?, currency = ? WHERE id = ?`, costArg(c.Cost),
		c.Cost.Currency,
		batch)
	return of, err == nil, wrap(model.Say("cost of %s", of), err)
}

// saysSame reports whether a listed message has the text that a person of our campaign was sent.
func saysSame(ctx context.Context, tx *sql.Tx, id model.CampaignID, vars string, listed model.Campaign) (bool, error) {
	ours, err := campaignByID(ctx, tx, id)
	if err != nil {
		return false, err
	}
	columns := map[string]string{}
	if err := jsonOf(vars, &columns); err != nil {
		return false, err
	}
	text, err := model.ParseTemplate(ours.Message.Text)
	if err != nil {
		return false, nil //nolint:nilerr // such a text was never sent
	}
	finished, missing := text.Render(columns)
	return len(missing) == 0 && plainWords(finished) == plainWords(listed.Message.Text) &&
		plainWords(ours.Message.Button.Caption) == plainWords(listed.Message.Button.Caption), nil
}

func plainWords(s string) string { return strings.Join(strings.Fields(model.Sanitise(s)), " ") }

// dropFound makes a message that was taken for a campaign made elsewhere part of ours.
func dropFound(ctx context.Context, tx *sql.Tx, account int64, vendorID string, ours model.CampaignID) error {
	var found model.CampaignID
	err := tx.QueryRowContext(ctx, `SELECT r.campaign FROM campaign_ref r JOIN campaign c ON c.id = r.campaign
		WHERE r.account = ? AND r.vendor_id = ? AND c.ours = 0`, account, vendorID).Scan(&found)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = execAll(ctx, tx, model.Say("join campaign %s to %s", found, ours),
			step{`DELETE FROM campaign_ref WHERE account = ? AND vendor_id = ?`, []any{account, vendorID}},
			step{`DELETE FROM sample WHERE campaign = ?`, []any{found}})
	}
	if err != nil {
		return wrap(model.Say("campaign %s", ours), err)
	}
	return absorb(ctx, tx, found, ours)
}
