package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"viberdeck/model"
)

// waitingBatch marks people who wait to be claimed.
const waitingBatch = -1

// Submit stores a planned campaign and its people in one durable transaction. It is held until the
// recall window ends (hold > 0), needs a second person's approval when it has more people than
// approveAbove (> 0), or is queued. Scheduled campaigns leave at once too: the vendors keep the
// time. A second call with the same key gives the first campaign's id and stores nothing. A message
// that went to more of the people than the plan knows of, because somebody else submitted it since
// the plan was made, is a KindConflict.
func (db *DB) Submit(ctx context.Context, operator, key string, plan model.Plan, hold time.Duration,
	approveAbove int64) (model.CampaignID, error) {
	c := plan.Campaign
	switch {
	case key == "":
		return 0, model.Invalid("key", "a submit needs a key of its own, so that repeating it is harmless")
	case c.List == "" && len(plan.People) == 0:
		return 0, model.Invalid("phones", "nobody is left to write to")
	}
	var id model.CampaignID
	err := db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
		err := tx.QueryRowContext(ctx, `SELECT id FROM campaign WHERE submit_key = ?`, key).Scan(&id)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		if err := repeatedMeanwhile(ctx, tx, plan); err != nil {
			return nil, err
		}
		if plan.Answering != nil {
			if err := mayAnswer(ctx, tx, operator, *plan.Answering, db.now()); err != nil {
				return nil, err
			}
		}
		people := plan.Recipients
		if c.List == "" {
			people = model.Known(int64(len(plan.People)))
		}
		c.Ours, c.Operator, c.CreatedAt = true, operator, db.now()
		if hold > 0 {
			c.HoldUntil = c.CreatedAt.Add(hold)
		}
		switch {
		case approveAbove > 0 && people.N > approveAbove:
			c.State = model.CampaignNeedsApproval
		case hold > 0:
			c.State = model.CampaignHeld
		default:
			c.State = model.CampaignQueued
		}
		if id, err = storeSubmitted(ctx, tx, key, c, plan.People, people); err != nil {
			return nil, err
		}
		topics := sendTopics()
		if plan.Answering != nil {
			topics = append(topics, model.TopicReplies)
			if err := answered(ctx, tx, operator, plan.Answering.Reply, id, c.CreatedAt); err != nil {
				return nil, err
			}
		}
		return topics, note(ctx, tx, c.CreatedAt, operator, "submitted", id, "%s people", people)
	})
	return id, err
}

// sendTopics are what a step of a send changes.
func sendTopics() []model.Topic {
	return []model.Topic{model.TopicCampaigns, model.TopicRecipients, model.TopicOutbox}
}

func storeSubmitted(ctx context.Context, tx *sql.Tx, key string, c model.Campaign, people []model.Recipient,
	n model.Figure) (model.CampaignID, error) {
	account, err := accountID(ctx, tx, c.Account)
	if err != nil {
		return 0, err
	}
	if err := knowVendor(ctx, tx, account, c.Vendor); err != nil {
		return 0, err
	}
	id, err := insertCampaign(ctx, tx, account, c)
	if err != nil {
		return 0, err
	}
	var list sql.NullInt64
	if c.List != "" {
		list = figureArg(n)
	}
	if _, err := tx.ExecContext(ctx,
		`UPDATE campaign SET submit_key = ?, fingerprint = ?, list_people = ? WHERE id = ?`,
		key, c.Fingerprint(), list, id); err != nil {
		return 0, fmt.Errorf("store campaign %q: %w", c.Name, err)
	}
	if c.VendorID != "" {
		if err := link(ctx, tx, account, c.VendorID, false, id); err != nil {
			return 0, err
		}
	}
	return id, storePeople(ctx, tx, id, people)
}

// storePeople stores the people of a new campaign as waiting, in the order of the table's key.
func storePeople(ctx context.Context, tx *sql.Tx, id model.CampaignID, people []model.Recipient) error {
	type row struct {
		who  int64
		vars map[string]string
	}
	rows := make([]row, 0, len(people))
	for _, r := range people {
		who, err := whoOf(ctx, tx, r)
		if err != nil {
			return err
		}
		if who == 0 {
			return model.Invalid("phones", "a recipient has neither a phone nor a contact")
		}
		rows = append(rows, row{who, r.Vars})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.who, b.who) })
	add, err := tx.PrepareContext(ctx,
		`INSERT INTO recipient (campaign, who, status, batch) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`)
	if err != nil {
		return fmt.Errorf("store recipients: %w", err)
	}
	defer add.Close()
	vary, err := tx.PrepareContext(ctx,
		`INSERT INTO recipient_vars (campaign, who, vars) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`)
	if err != nil {
		return fmt.Errorf("store recipients: %w", err)
	}
	defer vary.Close()
	for _, r := range rows {
		if _, err := add.ExecContext(ctx, id, r.who, model.StatusQueued, waitingBatch); err != nil {
			return fmt.Errorf("store recipients: %w", err)
		}
		if len(r.vars) == 0 {
			continue
		}
		vars, err := jsonArg(r.vars)
		if err != nil {
			return err
		}
		if _, err := vary.ExecContext(ctx, id, r.who, vars); err != nil {
			return fmt.Errorf("store recipients: %w", err)
		}
	}
	return nil
}
