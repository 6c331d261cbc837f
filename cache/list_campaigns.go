package cache

import (
	"context"
	"database/sql"

	"viberdeck/model"
)

// campaigns is the list of campaigns, newest first; archived ones only if the filter says
// is:archived. They can be sorted by name, state, account, created_at, send_at, recipients, sent
// and delivered.
func campaigns() list[model.Campaign] {
	return list[model.Campaign]{rows: fixed(campaignList), where: timeless(campaignsWhere), complete: completed}
}

// Campaign returns one campaign. It is a NotFound error when there is none with this id.
func (db *DB) Campaign(ctx context.Context, id model.CampaignID) (model.Campaign, error) {
	var c model.Campaign
	err := db.read(ctx, func(tx *sql.Tx) error {
		var err error
		c, err = readCampaign(ctx, tx, id)
		return err
	})
	return c, err
}

func readCampaign(ctx context.Context, q querier, id model.CampaignID) (model.Campaign, error) {
	var w where
	w.add("c.id = ?", int64(id))
	page, err := readPage(ctx, q, campaignList(), w, model.PageRequest{Limit: 1})
	if err != nil {
		return model.Campaign{}, err
	}
	if len(page.Rows) == 0 {
		return model.Campaign{}, model.NotFound("there is no campaign %s; the list of campaigns names those there are",
			id)
	}
	return page.Rows[0], completed(ctx, q, page.Rows)
}

// completed fills in the figures of campaigns that are shown, and the names of known senders.
func completed(ctx context.Context, q querier, campaigns []model.Campaign) error {
	if err := fillFigures(ctx, q, campaigns); err != nil {
		return err
	}
	return nameSenders(ctx, q, campaigns)
}

// campaignList reads campaigns with the figures the vendor reports; fillFigures derives those of
// our own campaigns.
func campaignList() listing[model.Campaign] {
	return listing[model.Campaign]{
		columns: campaignColumns + `, max(c.as_of,
			coalesce((SELECT max(f.poll_last) FROM campaign_ref f WHERE f.campaign = c.id), 0),
			coalesce((SELECT b.settled_at FROM batch b WHERE b.campaign = c.id ORDER BY b.number DESC LIMIT 1), 0))`,
		from:     "campaign c CROSS JOIN account a ON a.id = c.account",
		natural:  order{keys: []string{"c.sort_at", "c.id"}, desc: true},
		identity: []string{"c.id"},
		sorts: map[string]string{
			"name": "fold(" + titleSQL + ")", "state": "c.state", "account": "a.name", "created_at": "c.created_at",
			"send_at":    leavesAtSQL,
			"recipients": figureSQL("recipients", model.Statuses()), "sent": figureSQL("sent", takenStatuses()),
			"delivered": figureSQL("delivered", arrivedStatuses()),
		},
		scan: func(row scanner, keys []any) (model.Campaign, error) {
			var asOf int64
			c, err := scanCampaign(row, append([]any{&asOf}, keys...)...)
			c.AsOf = timeOf(asOf)
			return c, err
		},
	}
}

// campaignsWhere turns a request's filter into conditions on campaignList.
func campaignsWhere(q model.PageRequest) (where, error) {
	var w where
	known := fields{
		model.FieldAccount:  named("a.name"),
		model.FieldVendor:   named("a.vendor"),
		model.FieldCampaign: campaignNamed("c.id"),
		model.FieldState:    wordsOf("c.state", model.CampaignStates()...),
		model.FieldSender: containsText("c.sender", "c.sender_name", "coalesce((SELECT s.name FROM sender s "+
			"WHERE s.account = c.account AND s.id = c.sender), '')"),
		model.FieldLabel: containsText("coalesce(nullif(c.options, '') ->> 'label', '')",
			"coalesce(nullif(c.options, '') ->> 'tags', '')"),
		model.FieldReason: containsText("c.pause_cause"),
		model.FieldText: eachValue(func(value string) condition {
			return searched("campaign_text", "c.id", "c.name || ' ' || c.message", value)
		}),
		model.FieldIs: oneOf{
			model.IsFinal: holds("c.state IN ('sent', 'partly-sent', 'failed', 'cancelled')"),
			model.IsOpen:  holds("c.state NOT IN ('sent', 'partly-sent', 'failed', 'cancelled')"),
			model.IsUnknown: holds("(c.state = 'unknown' OR EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id " +
				"AND b.state = 'unknown'))"),
			model.IsMine:     holds("c.operator <> '' AND c.operator = ?", q.Operator),
			model.IsArchived: holds(archivedSQL),
		}.field(),
	}.withTimes("c.sort_at")
	known[model.FieldPhone] = func(t model.Term) (condition, error) {
		return phones("p.who", t).within("EXISTS (SELECT 1 FROM recipient p WHERE p.campaign = c.id AND %)"), nil
	}
	if q.Campaign != 0 {
		w.add("c.id = ?", int64(q.Campaign))
	} else if !asksForArchived(q.Filter) {
		w.add("NOT " + archivedSQL)
	}
	return w, known.apply(&w, q.Filter)
}

// leavesAtSQL is when campaign c leaves or left: for a held one not before its recall window ends,
// for one without a time when it was made.
const leavesAtSQL = `CASE c.state WHEN 'held' THEN max(c.sort_at, c.hold_until) ELSE c.sort_at END`

// titleSQL is model.Campaign.Title of campaign c, which may be missing, for lists of rows that
// belong to campaigns.
const titleSQL = `coalesce(nullif(c.name, ''), nullif(replace(substr(json_extract(c.message, '$.text'), 1, 60),
	char(10), ' ') || iif(length(json_extract(c.message, '$.text')) > 60, '…', ''), ''), c.vendor_id, '')`
