package cache

import (
	"context"

	"viberdeck/model"
)

// ofCampaignSQL is the campaign that line v of the activity log is about.
const ofCampaignSQL = `coalesce((SELECT ours FROM absorbed o WHERE o.found = v.campaign), v.campaign)`

// Activity returns a page of the activity log, newest first.
func (db *DB) Activity(ctx context.Context, q model.PageRequest) (model.Page[model.Activity], error) {
	return list[model.Activity]{rows: fixed(activityList), where: timeless(activityWhere)}.page(ctx, db, q)
}

func activityList() listing[model.Activity] {
	return listing[model.Activity]{
		columns: `v.id, v.at, v.operator, v.action, ` + ofCampaignSQL + `, coalesce(` + titleSQL +
			`, ''), coalesce(a.name, ''),
			v.detail, v.seal, v.key, v.address`,
		from: `activity v LEFT JOIN campaign c ON c.id = ` + ofCampaignSQL +
			` LEFT JOIN account a ON a.id = c.account`,
		natural:  order{keys: []string{"v.id"}, desc: true},
		identity: []string{"v.id"},
		scan: func(row scanner, keys []any) (model.Activity, error) {
			var a model.Activity
			var at int64
			err := row(append([]any{&a.Line, &at, &a.Operator, &a.Action, &a.Campaign, &a.CampaignName, &a.Account,
				&a.Detail, &a.Seal, &a.Key, &a.Address}, keys...)...)
			a.At = timeOf(at)
			return a, err
		},
	}
}

// activityWhere turns a request into conditions on activityList.
func activityWhere(q model.PageRequest) (where, error) {
	var w where
	if q.Campaign != 0 {
		w.add("(v.campaign = ? OR v.campaign IN (SELECT found FROM absorbed WHERE ours = ?))", int64(q.Campaign),
			int64(q.Campaign))
	}
	known := fields{
		model.FieldAccount:  named("coalesce(a.name, '')"),
		model.FieldVendor:   named("coalesce(a.vendor, '')"),
		model.FieldCampaign: campaignNamed("c.id"),
		model.FieldText:     containsText("v.operator", "v.action", "v.detail", "v.key", "v.address"),
		model.FieldReason:   containsText("v.detail"),
	}.withTimes("v.at")
	return w, known.apply(&w, q.Filter)
}
