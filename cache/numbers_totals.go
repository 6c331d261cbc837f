package cache

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"viberdeck/model"
)

// takenStatuses are the statuses of messages that a vendor accepted and did not return.
func takenStatuses() []model.DeliveryStatus { return append(reportedStatuses(), model.StatusAccepted) }

// reportedStatuses are the statuses that only a vendor's report of the delivery can give.
func reportedStatuses() []model.DeliveryStatus {
	return append(arrivedStatuses(), model.StatusSent, model.StatusExpired, model.StatusUndelivered,
		model.StatusOptedOut)
}

func arrivedStatuses() []model.DeliveryStatus { return append(seenStatuses(), model.StatusDelivered) }

func seenStatuses() []model.DeliveryStatus {
	return []model.DeliveryStatus{model.StatusRead, model.StatusClicked}
}

// failedStatuses are the statuses whose reasons are worth grouping.
func failedStatuses() []model.DeliveryStatus {
	return []model.DeliveryStatus{model.StatusExpired, model.StatusUndelivered, model.StatusRejected,
		model.StatusFailed,
		model.StatusNoMoney, model.StatusOptedOut}
}

// statusCounts are the people of one campaign by status.
type statusCounts map[model.DeliveryStatus]int64

func (n statusCounts) of(statuses ...model.DeliveryStatus) int64 {
	var sum int64
	for _, s := range statuses {
		sum += n[s]
	}
	return sum
}

// derive returns the totals of one of our campaigns from its people. Each person is in exactly one
// of: not taken yet, failed, unknown, sent; and each of those sent is under way, delivered,
// undelivered or expired. Figures that depend on the vendor's delivery reports stay as the vendor
// reports them (or unknown) until it has reported on a person.
func (n statusCounts) derive(reported model.Totals) model.Totals {
	t := reported
	t.Recipients = model.Known(n.of(model.Statuses()...))
	t.Sent = model.Known(n.of(takenStatuses()...))
	t.Failed = model.Known(n.of(model.StatusRejected, model.StatusFailed, model.StatusNoMoney))
	t.Unknown = model.Known(n.of(model.StatusUnknown))
	if n.reported() {
		n.deliveries(&t)
	}
	return t
}

// reported reports whether the vendor has reported on the delivery to any person.
func (n statusCounts) reported() bool { return n.of(reportedStatuses()...) > 0 }

// deliveries fills in what only a vendor can report about the delivery.
func (n statusCounts) deliveries(t *model.Totals) {
	t.Delivered = model.Known(n.of(arrivedStatuses()...))
	t.Read = model.Known(n.of(seenStatuses()...))
	t.Clicked = model.Known(n.of(model.StatusClicked))
	t.Undelivered = model.Known(n.of(model.StatusUndelivered, model.StatusOptedOut))
	t.Expired = model.Known(n.of(model.StatusExpired))
}

// figureSQL is the same figure for sorting; an unknown one sorts below 0.
func figureSQL(column string, statuses []model.DeliveryStatus) string {
	people := func(statuses []model.DeliveryStatus) string {
		numbers := make([]string, len(statuses))
		for i, s := range statuses {
			numbers[i] = strconv.Itoa(int(s))
		}
		return "(SELECT sum(n) FROM recipient_count WHERE campaign = c.id AND status IN (" +
			strings.Join(numbers, ", ") + "))"
	}
	derived := "coalesce(" + people(statuses) + ", 0)"
	if column == "delivered" {
		derived = "iif(" + people(reportedStatuses()) + " > 0, " + derived + ", c.delivered)"
	}
	text := "c." + column
	if column == "recipients" {
		text = "coalesce(c.recipients, c.list_people + " + derived + ")"
	}
	return "coalesce(iif(c.ours = 1 AND c.list = '', " + derived + ", " + text + "), -1)"
}

// fillFigures completes the figures of some campaigns from the people, batches, replies and
// opt-outs stored. All it reads is stored counts or a few rows, however many people the campaigns
// have.
func fillFigures(ctx context.Context, q querier, campaigns []model.Campaign) error {
	if len(campaigns) == 0 {
		return nil
	}
	ids := make([]any, len(campaigns))
	for i, c := range campaigns {
		ids[i] = int64(c.ID)
	}
	if err := fillFacts(ctx, q, campaigns); err != nil {
		return err
	}
	people, err := countPeople(ctx, q, ids)
	if err != nil {
		return err
	}
	replies, err := countByCampaign(ctx, q, `SELECT campaign, n FROM reply_count WHERE campaign IN (`+in(len(ids))+`)`,
		ids)
	if err != nil {
		return err
	}
	optOuts, err := countOptOuts(ctx, q, ids)
	if err != nil {
		return err
	}
	answers, err := answeringAccounts(ctx, q)
	if err != nil {
		return err
	}
	costs, err := costsOfUnpriced(ctx, q, campaigns)
	if err != nil {
		return err
	}
	inLists, err := peopleInLists(ctx, q, campaigns)
	if err != nil {
		return err
	}
	for i := range campaigns {
		c := &campaigns[i]
		n := people[c.ID]
		if of, known := inLists[c.ID]; known { // as it was confirmed; the vendor's own figure is not there yet
			c.Totals.Recipients = model.Known(of + n.of(model.Statuses()...))
		}
		if c.Ours && c.List == "" {
			c.Totals = n.derive(c.Totals)
		} else if len(n) > 0 {
			c.Totals.Unknown = model.Known(n[model.StatusUnknown])
		}
		if c.Ours && !c.Cost.Known {
			c.Cost = costs[c.ID]
		}
		// If an account has never produced a reply, it is unknown whether its vendor can.
		optedOut := optOuts[c.ID] + n[model.StatusOptedOut]
		c.Totals.Replies = model.Figure{N: replies[c.ID], Known: answers[c.Account]}
		c.Totals.OptOuts = model.Figure{N: optedOut, Known: answers[c.Account] || optedOut > 0}
	}
	return nil
}

// countOptOuts counts the opt-outs among the replies to each campaign.
func countOptOuts(ctx context.Context, q querier, ids []any) (map[model.CampaignID]int64, error) {
	return countByCampaign(ctx, q,
		`SELECT r.campaign, count(*) FROM blacklist b INDEXED BY blacklist_of_reply CROSS JOIN reply r ON r.id = b.reply
		WHERE b.reply > 0 AND b.removed_at = 0 AND r.campaign IN (`+in(len(ids))+`) GROUP BY r.campaign
		UNION ALL SELECT campaign, opt_outs FROM forgotten_reply_count WHERE campaign IN (`+in(len(ids))+`)`,
		slices.Concat(ids, ids))
}

// costsOfUnpriced returns the costs of the batches of our own campaigns whose cost the vendor has
// not reported.
func costsOfUnpriced(ctx context.Context, q querier, campaigns []model.Campaign) (map[model.CampaignID]model.Money,
	error) {
	var unpriced []any
	for _, c := range campaigns {
		if c.Ours && !c.Cost.Known {
			unpriced = append(unpriced, int64(c.ID))
		}
	}
	return batchCosts(ctx, q, unpriced)
}

// peopleInLists returns how many people the lists of our own campaigns had when they were
// confirmed, for campaigns whose number of people the vendor has not reported yet.
func peopleInLists(ctx context.Context, q querier, campaigns []model.Campaign) (map[model.CampaignID]int64, error) {
	var of []any
	for _, c := range campaigns {
		if c.Ours && c.List != "" && !c.Totals.Recipients.Known {
			of = append(of, int64(c.ID))
		}
	}
	if len(of) == 0 {
		return nil, nil
	}
	return countByCampaign(ctx, q,
		`SELECT id, list_people FROM campaign WHERE list_people IS NOT NULL AND id IN (`+in(len(of))+`)`, of)
}

func countPeople(ctx context.Context, q querier, campaigns []any) (map[model.CampaignID]statusCounts, error) {
	found := map[model.CampaignID]statusCounts{}
	return found, each(ctx, q, "count people", func(row scanner) error {
		var id model.CampaignID
		var s model.DeliveryStatus
		var n int64
		if err := row(&id, &s, &n); err != nil {
			return err
		}
		if found[id] == nil {
			found[id] = statusCounts{}
		}
		found[id][s] = n
		return nil
	}, `SELECT campaign, status, n FROM recipient_count WHERE n > 0 AND campaign IN (`+in(len(campaigns))+`)`,
		campaigns...)
}

// countByCampaign reads numbers by campaign; those of one campaign are added up.
func countByCampaign(ctx context.Context, q querier, query string, campaigns []any) (map[model.CampaignID]int64,
	error) {
	found := map[model.CampaignID]int64{}
	return found, each(ctx, q, "count replies", func(row scanner) error {
		var id model.CampaignID
		var n int64
		err := row(&id, &n)
		found[id] += n
		return err
	}, query, campaigns...)
}

// answeringAccounts names the accounts that have produced replies.
func answeringAccounts(ctx context.Context, q querier) (map[string]bool, error) {
	names, err := texts(ctx, q, `SELECT name FROM account a WHERE EXISTS (SELECT 1 FROM reply r WHERE r.account = a.id)
		OR EXISTS (SELECT 1 FROM forgotten_reply f WHERE f.account = a.id)`)
	all := map[string]bool{}
	for _, name := range names {
		all[name] = true
	}
	return all, err
}

// texts reads one column of texts.
func texts(ctx context.Context, q querier, query string, args ...any) ([]string, error) {
	return all(ctx, q, "read names", single[string], query, args...)
}
