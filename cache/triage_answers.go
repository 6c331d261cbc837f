package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"viberdeck/model"
)

// answerToPerson reports whether campaign w is an answer to reply r: to r itself or, while r waits,
// to another reply of the same person that was sent after r had come. An answer to one of several
// messages answers the person.
const answerToPerson = `w.answer_to > 0 AND w.answer_to IN (SELECT s.id FROM reply s WHERE s.who = r.who)
	AND (w.answer_to = r.id OR r.state <> 'done' AND w.created_at >= r.received_at)`

// standingAnswer reports whether campaign w is an answer to r that has reached the person, or may
// still do so.
const standingAnswer = answerToPerson + ` AND w.state NOT IN ('cancelled', 'failed')`

// answersTo reads our answers to a reply, oldest first, including those that were recalled.
func answersTo(ctx context.Context, q querier, id model.ReplyID) ([]model.Answer, error) {
	return readAnswers(ctx, q, `c.id IN (SELECT w.id FROM reply r, campaign w WHERE r.id = ? AND `+answerToPerson+`)
		ORDER BY c.id`, id)
}

// recallableStates are the states of a campaign of ours that can still be recalled.
const recallableStates = `('held', 'needs-approval', 'paused', 'queued')`

// recallable reads all operators' answers that can still be recalled, newest first.
func recallable(ctx context.Context, q querier) ([]model.Answer, error) {
	return readAnswers(ctx, q, `c.ours = 1 AND c.state IN `+recallableStates+`
		AND c.answer_to > 0 ORDER BY c.id DESC LIMIT 20`)
}

func readAnswers(ctx context.Context, q querier, which string, args ...any) ([]model.Answer, error) {
	return all(ctx, q, "read the answers", func(row scanner) (model.Answer, error) {
		var a model.Answer
		var at, hold int64
		var status sql.NullInt64
		err := row(&a.Reply, &a.Campaign, &a.Operator, &a.Account, &a.Sender, &a.Text, &at, &a.State, &hold, &status,
			&a.Reason)
		a.At, a.HoldUntil, a.Status = timeOf(at), timeOf(hold), model.DeliveryStatus(status.Int64)
		return a, err
	}, `SELECT c.answer_to, c.id, c.operator, a.name, coalesce(nullif(c.sender_name, ''), c.sender),
		coalesce(json_extract(c.message, '$.text'), ''), c.created_at, c.state, c.hold_until, r.status,
		coalesce((SELECT text FROM word WHERE id = r.reason), '')
		FROM campaign c JOIN account a ON a.id = c.account LEFT JOIN recipient r ON r.campaign = c.id
		WHERE `+which, args...)
}

// mayAnswer refuses an answer if the reply has changed since its author saw it: a colleague has
// claimed it, or it has been answered. It runs in the transaction that stores the answer, so that
// if two people confirm at the same instant one is refused.
func mayAnswer(ctx context.Context, tx *sql.Tx, operator string, a model.Answering, now time.Time) error {
	var holder string
	err := tx.QueryRowContext(ctx,
		`SELECT iif(`+claimedSQL(now)+`, r.claimed_by, '') FROM reply r WHERE r.id = ?`, a.Reply).Scan(&holder)
	if errors.Is(err, sql.ErrNoRows) {
		return noReply(a.Reply)
	}
	if err != nil {
		return model.Errorf("answer to %s: %w", a.Reply, err)
	}
	answers, err := answersTo(ctx, tx, a.Reply)
	if err != nil {
		return err
	}
	var last model.Answer
	for _, answer := range answers { // oldest first
		if answer.Stands() {
			last = answer
		}
	}
	switch {
	case last.Campaign > a.Last:
		return conflict("%s has answered this person already: %q; read it before you answer again", last.Operator,
			model.Clip(last.Text, 60))
	case holder != "" && holder != operator && holder != a.ClaimedBy:
		return conflict("%s has this reply; ask before you answer it", holder)
	}
	return nil
}

// answered notes that a campaign answers a reply, which leaves the queue, and makes both one undo
// step.
func (db *DB) answered(ctx context.Context, tx *sql.Tx, operator string, a model.Answering, campaign model.CampaignID,
	now time.Time) error {
	reply := a.Reply
	step := undoable{operator, "answer", new(int64)}
	if len(a.Then.Steps) > 0 {
		step.action = model.Say("macro %s", a.Then.Name).Stored()
	}
	if err := usedPrepared(ctx, tx, a); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE campaign SET answer_to = ? WHERE id = ?`, reply, campaign); err != nil {
		return model.Errorf("answer to %s: %w", reply, err)
	}
	changed, err := updateReply(ctx, tx, reply, func(r *triageState) { r.done(operator, now) }, nil)
	if err != nil {
		return err
	}
	err = undoStep{first: step.first, Answer: int64(campaign), Replies: changed}.store(ctx, tx, now, operator,
		step.action)
	if err != nil {
		return err
	}
	return db.chain(ctx, tx, step, a.Session, []model.ReplyID{reply}, a.Then.Steps, a.Then.Until)
}

// unanswered undoes an answer that was recalled: its text goes back into its author's box, the
// reply is reopened if the answer had finished it and no other answer stands, and an author who did
// not recall it is notified who did.
func unanswered(ctx context.Context, tx *sql.Tx, by string, c model.Campaign, now time.Time) error {
	if c.AnswerTo == 0 {
		return nil
	}
	if err := backInBox(ctx, tx, c, now); err != nil {
		return err
	}
	answers, err := answersTo(ctx, tx, c.AnswerTo)
	if err != nil {
		return err
	}
	other := slices.ContainsFunc(answers, func(a model.Answer) bool {
		return a.Reply == c.AnswerTo && a.Campaign != c.ID && a.Stands()
	})
	_, err = updateReply(ctx, tx, c.AnswerTo, func(r *triageState) {
		if !other && r.State == model.ReplyDone && r.DoneBy == c.Operator && r.DoneAt == millis(c.CreatedAt) {
			r.again()
		}
	}, nil)
	if err != nil || by == c.Operator {
		return err
	}
	return notify(ctx, tx, c.Operator, now, "%s recalled your answer %q; its text waits where you wrote it", by,
		model.Clip(c.Message.Text, 60))
}

// backInBox puts the text of a recalled answer into its author's box, in front of anything begun
// there since.
func backInBox(ctx context.Context, tx *sql.Tx, c model.Campaign, now time.Time) error {
	name := model.AnswerDraftName(c.AnswerTo)
	var kept string
	err := tx.QueryRowContext(ctx, `SELECT value FROM keep WHERE operator = ? AND name = ?`, c.Operator, name).
		Scan(&kept)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return model.Errorf("draft of the answer: %w", err)
	}
	var begun model.AnswerDraft
	draft := model.AnswerDraft{Text: c.Message.Text, Account: c.Account, Sender: c.Sender,
		SMS: c.Fallback.Enabled()}
	if json.Unmarshal([]byte(kept), &begun) == nil && begun.Text != "" && begun.Text != draft.Text {
		draft.Text += "\n\n" + begun.Text
	}
	value, err := json.Marshal(draft)
	if err != nil {
		return model.Errorf("draft of the answer: %w", err)
	}
	return execAll(ctx, tx, "draft of the answer",
		step{`INSERT INTO keep (operator, name, value, at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at`,
			[]any{c.Operator, name, string(value), millis(now)}})
}

// answerStopped notifies the author of an answer that it was kept here because the person must no
// longer be written to.
func answerStopped(ctx context.Context, tx *sql.Tx, id model.CampaignID, now time.Time) error {
	c, err := campaignByID(ctx, tx, id)
	if err != nil || c.AnswerTo == 0 || c.State == model.CampaignCancelled {
		return err
	}
	return notify(ctx, tx, c.Operator, now, "your answer %q was not sent: the person is on the blacklist by now",
		model.Clip(c.Message.Text, 60))
}

// notify leaves a notice for an operator.
func notify(ctx context.Context, tx *sql.Tx, operator string, now time.Time, format string, args ...any) error {
	return execAll(ctx, tx, "notice", step{`INSERT INTO notice (operator, at, text) VALUES (?, ?, ?)`,
		[]any{operator, millis(now), model.Say(format, args...)}})
}

// notices reads what an operator must be shown, oldest first.
func notices(ctx context.Context, q querier, operator string) ([]model.Notice, error) {
	return all(ctx, q, "read notices", func(row scanner) (model.Notice, error) {
		var n model.Notice
		var at int64
		err := row(&n.ID, &at, &n.Text)
		n.At = timeOf(at)
		return n, err
	}, `SELECT id, at, text FROM notice WHERE operator = ? ORDER BY id LIMIT 20`, operator)
}

// NoticesRead removes the operator's notices up to the given one, which were shown.
func (db *DB) NoticesRead(ctx context.Context, operator string, last int64) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		return execAll(ctx, tx, "forget notices",
			step{`DELETE FROM notice WHERE operator = ? AND id <= ?`, []any{operator, last}})
	}, model.TopicHealth)
}
