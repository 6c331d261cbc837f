package cache

import (
	"viberdeck/model"
)

// outbox is the list of the outbox: batches whose outcome is unknown, then those under way, then
// people who wait for a batch, then settled batches, newest first. They can be sorted by account,
// campaign and state.
func outbox() list[model.OutboxRow] {
	return list[model.OutboxRow]{rows: fixed(outboxList), where: timeless(outboxWhere)}
}

// outboxList reads batches and, for each of our own campaigns that is not over, its waiting people
// as batch 0. part and place are the natural order: settled batches count backwards.
func outboxList() listing[model.OutboxRow] {
	return listing[model.OutboxRow]{
		columns: `o.campaign, c.name, c.state, o.batch, a.name, o.state, o.size, o.attempt, o.claimed_at, o.due_at, o.error, o.evidence,
			coalesce((SELECT ` + askedSQL + ` FROM batch b WHERE b.id = o.batch AND b.state = 'unknown'), 0),
			coalesce((SELECT resolved_by FROM batch b WHERE b.id = o.batch), ''),
			coalesce((SELECT settled_at FROM batch b WHERE b.id = o.batch AND resolved_by <> ''), 0)`,
		from: `(SELECT CASE state WHEN 'unknown' THEN 0 WHEN 'claimed' THEN 1 WHEN 'queued' THEN 2 ELSE 3 END AS part,
				iif(state IN ('unknown', 'claimed', 'queued'), id, -id) AS place,
				campaign, id AS batch, state, size, attempt, claimed_at, 0 AS due_at, error, evidence FROM batch
			UNION ALL
			SELECT 2, c.id, c.id, 0, 'queued', ` + waitingSQL + `, '', 0,
				max(c.hold_until, c.not_before, c.due_at), '', ''
			FROM campaign c WHERE c.ours = 1 AND c.state IN ('needs-approval', 'held', 'queued', 'sending',
				'paused', 'scheduled') AND ` + leavesSQL + `) o
			JOIN campaign c ON c.id = o.campaign JOIN account a ON a.id = c.account`,
		natural:  order{keys: []string{"o.part", "o.place", "o.campaign", "o.batch"}},
		identity: []string{"o.campaign", "o.batch"},
		sorts:    map[string]string{"account": "a.name", "campaign": "fold(c.name)", "state": "o.state"},
		scan: func(row scanner, keys []any) (model.OutboxRow, error) {
			var o model.OutboxRow
			var claimed, due, asked, resolved int64
			err := row(append([]any{&o.Campaign, &o.CampaignName, &o.CampaignState, &o.Batch, &o.Account, &o.State,
				&o.Recipients,
				&o.Attempt, &claimed, &due, &o.Error, &o.Evidence, &asked, &o.ResolvedBy, &resolved}, keys...)...)
			o.ClaimedAt, o.DueAt, o.AskedUntil, o.ResolvedAt = timeOf(claimed), timeOf(due), timeOf(asked),
				timeOf(resolved)
			return o, err
		},
	}
}

// outboxWhere turns a request's filter into conditions on outboxList.
func outboxWhere(q model.PageRequest) (where, error) {
	var w where
	known := fields{
		model.FieldAccount:  named("a.name"),
		model.FieldVendor:   named("a.vendor"),
		model.FieldCampaign: campaignNamed("o.campaign"),
		model.FieldState: wordsOf("o.state", model.BatchQueued, model.BatchClaimed, model.BatchAccepted,
			model.BatchRefused,
			model.BatchUnknown, model.BatchDropped, model.BatchResent),
		model.FieldSender: containsText("c.sender", "c.sender_name"),
		model.FieldReason: containsText("o.error", "o.evidence"),
		model.FieldText:   containsText("c.name", "o.error", "o.evidence"),
		model.FieldIs: oneOf{
			model.IsUnknown: holds("o.state = 'unknown'"),
			model.IsOpen:    holds("o.state IN ('queued', 'claimed', 'unknown')"),
			model.IsFinal:   holds("o.state NOT IN ('queued', 'claimed', 'unknown')"),
			model.IsMine:    holds("(c.operator <> '' AND c.operator = ?)", q.Operator),
		}.field(),
	}.withTimes("o.claimed_at")
	if q.Campaign != 0 {
		w.add("o.campaign = ?", int64(q.Campaign))
	}
	return w, known.apply(&w, q.Filter)
}
