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

// waitingBatch marks people who wait to be claimed.
const waitingBatch = -1

// Submit stores a planned campaign and its people, durably. It is held until the recall window ends
// (hold > 0), needs a second person's approval when it has more people than approveAbove (> 0) or
// an unknown number, or is queued. A scheduled one waits here until its LeaveAt. A second call with
// the same key returns the first campaign's id and stores nothing. If the message went to more of
// the people than the plan knows of, because another person submitted it since the plan was made,
// the error is a KindConflict. Many people are stored in pieces before the campaign is made, so
// that other writes do not wait for them and a crash leaves no part of them that could leave.
func (db *DB) Submit(ctx context.Context, operator, key string, plan model.Plan, hold time.Duration,
	approveAbove int64) (model.CampaignID, error) {
	return db.submit(ctx, model.Operator{Name: operator}, key, plan, hold, approveAbove)
}

// submit is Submit for an operator with a daily cap on people.
func (db *DB) submit(ctx context.Context, who model.Operator, key string, plan model.Plan, hold time.Duration,
	approveAbove int64) (model.CampaignID, error) {
	switch {
	case key == "":
		return 0, model.Invalid("key", "a submit needs a key of its own, so that repeating it is harmless")
	case plan.Campaign.List == "" && plan.People.Len() == 0:
		return 0, model.Invalid("phones", "no recipients are left")
	}
	if err := known(plan.People); err != nil {
		return 0, err
	}
	people, byPhone := plan.People.Once()
	s := &submission{db: db, operator: who.Name, key: key, plan: plan, hold: hold, approveAbove: approveAbove,
		most: who.DailyCap}
	if done, err := s.submitted(ctx, db.reader); err != nil || done {
		return s.id, failure("look for an earlier submit", err)
	}
	if err := s.withinCap(ctx, db.reader); err != nil {
		return 0, err // before many people are stored in vain
	}
	if err := s.look(ctx); err != nil {
		return 0, err
	}
	if people.Len() <= db.piece {
		return s.finish(ctx, people, 0, 0)
	}
	err := db.prepare(ctx, people, byPhone, plan.Storing, func(id model.CampaignID, entry int64) error {
		made, err := s.finish(ctx, model.People{}, id, entry)
		if err == nil && made != id {
			err = errSubmittedTwice
		}
		return err
	})
	if errors.Is(err, errSubmittedTwice) {
		err = nil
	}
	return s.id, err
}

var (
	// errSubmittedTwice says that the same submit was made a second time meanwhile; that one
	// counts.
	errSubmittedTwice = model.Errorf("submitted twice")
	// errOvertaken says that a campaign with the same message was made since the guard looked.
	errOvertaken = model.Errorf("the same message was submitted meanwhile")
)

// submission is one Submit.
type submission struct {
	db           *DB
	operator     string
	key          string
	plan         model.Plan
	hold         time.Duration
	approveAbove int64
	most         int64            // people the operator may write to in capWindow; 0: no cap
	seen         []model.Campaign // with the same message, when the guard checked their people
	id           model.CampaignID // once the campaign is made
}

// submitted looks for a campaign that this submit has already made.
func (s *submission) submitted(ctx context.Context, q querier) (bool, error) {
	err := q.QueryRowContext(ctx, `SELECT id FROM campaign WHERE submit_key = ?`, s.key).Scan(&s.id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// look refuses a plan whose message went, or waits to go, to more of its people than the plan knows
// of. Reading all their people may take a second, so other writes are not blocked meanwhile: the
// people of a campaign do not change, and the transaction that makes this one sees whether there
// are new campaigns.
func (s *submission) look(ctx context.Context) error {
	if !s.guarded() {
		return nil
	}
	var n int64
	var earlier []model.Earlier
	err := s.db.read(ctx, func(tx *sql.Tx) (err error) {
		if s.seen, err = sameMessage(ctx, tx, s.plan.Campaign, s.plan.RepeatSince); err != nil {
			return err
		}
		n, earlier, err = overlap(ctx, tx, s.plan.Campaign, s.seen, s.plan.People)
		return err
	})
	if err != nil || n <= s.plan.Overlap {
		return err
	}
	return model.Repeated(n, model.Say("since this was checked"), model.EarlierNames(earlier))
}

func (s *submission) guarded() bool { return !s.plan.RepeatSince.IsZero() }

// overtaken returns errOvertaken if there are new campaigns for the guard to check.
func (s *submission) overtaken(ctx context.Context, tx *sql.Tx) error {
	if !s.guarded() {
		return nil
	}
	now, err := sameMessage(ctx, tx, s.plan.Campaign, s.plan.RepeatSince)
	if err != nil {
		return err
	}
	for _, c := range now {
		if !slices.ContainsFunc(s.seen, func(seen model.Campaign) bool { return seen.ID == c.ID }) {
			return errOvertaken
		}
	}
	return nil
}

// finish makes the campaign in one small transaction, with its people or with those who were
// prepared under the id since that entry of the blacklist was the newest. It sets the campaign's
// id: another one if the submit was made before.
func (s *submission) finish(ctx context.Context, people model.People, id model.CampaignID,
	entry int64) (model.CampaignID, error) {
	for {
		err := s.db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) {
			if done, err := s.submitted(ctx, tx); err != nil || done {
				return nil, err
			}
			if err := s.withinCap(ctx, tx); err != nil {
				return nil, err
			}
			if err := s.overtaken(ctx, tx); err != nil {
				return nil, err
			}
			return s.make(ctx, tx, people, id, entry)
		})
		if err == nil {
			return s.id, nil
		}
		if s.id = 0; !errors.Is(err, errOvertaken) {
			return 0, err
		}
		if err := s.look(ctx); err != nil {
			return 0, err
		}
	}
}

// make stores the campaign.
func (s *submission) make(ctx context.Context, tx *sql.Tx, people model.People, id model.CampaignID,
	entry int64) ([]model.Topic, error) {
	if s.plan.Answering != nil {
		if err := mayAnswer(ctx, tx, s.operator, *s.plan.Answering, s.db.now()); err != nil {
			return nil, err
		}
	}
	c, n := s.plan.Campaign, s.size()
	c.ID, c.Ours, c.Operator, c.CreatedAt = id, true, s.operator, s.db.now()
	if s.hold > 0 {
		c.HoldUntil = c.CreatedAt.Add(s.hold)
	}
	c.State = s.firstState(c, n)
	made, err := s.db.storeSubmitted(ctx, tx, s.key, c, n, s.plan.People.Len())
	if err != nil {
		return nil, err
	}
	if err := execAll(ctx, tx, model.Say("store campaign %s", made), step{
		`UPDATE campaign SET expected = ?, expected_currency = ? WHERE id = ?`,
		[]any{costArg(s.plan.Price.Expected), s.plan.Price.Expected.Currency, made}}); err != nil {
		return nil, err
	}
	if err := acceptBlocked(ctx, tx, made, s.plan); err != nil {
		return nil, err
	}
	if s.plan.Test {
		if err := s.markTest(ctx, tx, made, c.CreatedAt); err != nil {
			return nil, err
		}
	}
	if id != 0 {
		err = takePrepared(ctx, tx, id, entry, c.CreatedAt)
	} else {
		err = cmp.Or(storePeople(ctx, tx, made, people), storeOrder(ctx, tx, made, people))
	}
	if err != nil {
		return nil, err
	}
	topics := sendTopics()
	if s.plan.Answering != nil {
		topics = append(topics, model.TopicReplies)
		if err := s.db.answered(ctx, tx, s.operator, *s.plan.Answering, made, c.CreatedAt); err != nil {
			return nil, err
		}
	}
	s.id = made
	size := model.Say("%s", model.Persons(n.N))
	if !n.Known {
		size = model.Say("an unknown number of people")
	}
	return topics, note(ctx, tx, c.CreatedAt, s.operator, "submitted", made, "%s", size)
}

// firstState returns the state that a campaign to so many people begins with.
func (s *submission) firstState(c model.Campaign, people model.Figure) model.CampaignState {
	switch {
	case model.NeedsApproval(people, s.approveAbove):
		return model.CampaignNeedsApproval
	case s.hold > 0:
		return model.CampaignHeld
	case c.LeaveAt.After(c.CreatedAt):
		return model.CampaignScheduled
	}
	return model.CampaignQueued
}

// markTest keeps a test out of lists, figures and the guard against repeated messages.
func (s *submission) markTest(ctx context.Context, tx *sql.Tx, id model.CampaignID, at time.Time) error {
	return execAll(ctx, tx, model.Say("store campaign %s", id),
		step{`UPDATE campaign SET test = 1, fingerprint = '' WHERE id = ?`, []any{id}},
		step{`INSERT INTO archived (campaign, at, by) VALUES (?, ?, ?)`, []any{id, millis(at), s.operator}})
}

// takePrepared makes the prepared people the campaign's own. Those who were blocked since they were
// stored are suppressed, as a claim would do; if they are very many, the claims do it.
func takePrepared(ctx context.Context, tx *sql.Tx, id model.CampaignID, entry int64, now time.Time) error {
	if err := stillPreparing(ctx, tx, id, now); err != nil {
		return err
	}
	return execAll(ctx, tx, model.Say("store campaign %s", id),
		step{`DELETE FROM preparing WHERE campaign = ?`, []any{id}},
		step{`UPDATE recipient SET batch = 0, status = ?1 WHERE campaign = ?2 AND batch = -1 AND who IN
			(SELECT who FROM blacklist WHERE id > ?3 AND removed_at = 0 AND only = '' ORDER BY id LIMIT ?4)`,
			[]any{model.StatusSuppressed, id, entry, pieceRows}})
}

// sendTopics are the topics that a step of a send changes.
func sendTopics() []model.Topic {
	return []model.Topic{model.TopicCampaigns, model.TopicRecipients, model.TopicOutbox}
}

// storeSubmitted stores one of our campaigns, which goes to n people (named of them by name),
// without its people.
func (db *DB) storeSubmitted(ctx context.Context, tx *sql.Tx, key string, c model.Campaign, n model.Figure,
	named int) (model.CampaignID, error) {
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
		n.N -= int64(named) // list_people counts only those of the lists
		list = figureArg(n)
	}
	if _, err := tx.ExecContext(ctx,
		`UPDATE campaign SET submit_key = ?, fingerprint = ?, likeness = ?, list_people = ?,
			maker_key = (SELECT key FROM activity_head) WHERE id = ?`,
		key, c.Fingerprint(), c.Likeness(), list, id); err != nil {
		return 0, model.Errorf("store campaign %q: %w", c.Name, err)
	}
	if err := db.storeConfirmed(ctx, tx, id, c, n.N); err != nil {
		return 0, err
	}
	if c.VendorID != "" {
		if err := link(ctx, tx, account, c.VendorID, false, id); err != nil {
			return 0, err
		}
	}
	return id, nil
}
