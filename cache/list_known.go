package cache

import (
	"context"
	"encoding/json"
	"time"

	"viberdeck/model"
)

// knownCampaigns is how many of the newest campaigns are searched for known values.
const knownCampaigns = 1000

// KnownValues returns the templates, labels and senders of the newest 1000 campaigns that were
// submitted here through an account, and the tags of those that the vendor did not refuse, most
// recently used first. Tests do not count.
func (db *DB) KnownValues(ctx context.Context, account string) (model.KnownValues, error) {
	var known model.KnownValues
	rows, err := all(ctx, db.reader, "read what campaigns had", func(row scanner) (model.Campaign, error) {
		var c model.Campaign
		var options string
		var made int64
		var refused bool
		err := row(&c.Message.Template, &c.Sender, &options, &made, &refused)
		if err == nil {
			err = json.Unmarshal([]byte(options), &c.Options)
		}
		if refused {
			c.Options.Tags = nil // the vendor may lack them, which may be why it refused the call
		}
		c.CreatedAt = timeOf(made)
		return c, err
	}, `SELECT coalesce(json_extract(c.message, '$.template'), ''), c.sender, c.options, c.created_at,
			EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id AND b.state = 'refused')
			AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.campaign = c.id AND b.state = 'accepted')
		FROM campaign c JOIN account a ON a.id = c.account
		WHERE a.name = ? AND c.ours = 1 AND c.test = 0 AND c.submit_key <> '' ORDER BY c.id DESC LIMIT ?`,
		account, knownCampaigns)
	if err != nil {
		return known, err
	}
	for _, c := range rows {
		remember(&known.Templates, c.CreatedAt, c.Message.Template)
		remember(&known.Labels, c.CreatedAt, c.Options.Label)
		remember(&known.Tags, c.CreatedAt, c.Options.Tags...)
		remember(&known.Senders, c.CreatedAt, c.Sender)
	}
	return known, nil
}

// remember adds the values that are not in the list yet.
func remember(known *[]model.KnownValue, at time.Time, values ...string) {
	for _, v := range values {
		if v != "" && model.LastUse(*known, v).IsZero() {
			*known = append(*known, model.KnownValue{Value: v, At: at})
		}
	}
}
