package cache

import (
	"context"

	"viberdeck/model"
)

// FindCampaign finds a campaign by our id ("c12") or by a vendor's. A vendor's id that two accounts
// share is a conflict.
func (db *DB) FindCampaign(ctx context.Context, ref string) (model.Campaign, error) {
	if id, err := model.ParseCampaignID(ref); err == nil {
		return db.Campaign(ctx, id)
	}
	id, err := db.findOne(ctx, "campaign", ref,
		`SELECT DISTINCT campaign FROM campaign_ref WHERE vendor_id = ? LIMIT 2`)
	if err != nil {
		return model.Campaign{}, err
	}
	return db.Campaign(ctx, model.CampaignID(id))
}

// FindReply finds a reply by our id ("r12") or by a vendor's. A vendor's id that two accounts share
// is a conflict.
func (db *DB) FindReply(ctx context.Context, ref string) (model.Reply, error) {
	id, err := model.ParseReplyID(ref)
	if err != nil {
		n, err := db.findOne(ctx, "reply", ref, `SELECT id FROM reply WHERE vendor_id = ? LIMIT 2`)
		if err != nil {
			return model.Reply{}, err
		}
		id = model.ReplyID(n)
	}
	t, err := db.Thread(ctx, id)
	return t.Reply, err
}

// findOne runs a query for the rows with a vendor's id and requires exactly one.
func (db *DB) findOne(ctx context.Context, what, ref, query string) (int64, error) {
	found, err := all(ctx, db.reader, model.Say("find a %s", what), single[int64], query, ref)
	if err != nil {
		return 0, err
	}
	switch len(found) {
	case 0:
		return 0, model.NotFound("there is no %s %q; the id column of the list names them", what,
			model.SanitiseLine(ref))
	case 1:
		return found[0], nil
	}
	return 0, &model.Error{Kind: model.KindConflict, Fate: model.FateRefused,
		Text: model.Say("%q is a %s of more than one account; use our own id from the list", model.SanitiseLine(ref),
			what)}
}
