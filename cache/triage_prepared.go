package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"viberdeck/model"
)

// varsSQL returns the template columns of person who in a campaign, as JSON, "" if none are kept.
func varsSQL(campaign, who string) string {
	match := ` v WHERE v.campaign = ` + campaign + ` AND v.who = ` + who
	return `coalesce((SELECT vars FROM recipient_vars` + match + `), (SELECT vars FROM sent_vars` + match + `), '')`
}

// Answerbook returns the prepared answers written in the program, how often each was used (with the
// reply's campaign or one of its labels, and overall), and the columns of the reply's person. With
// reply 0 it is not about a particular reply.
func (db *DB) Answerbook(ctx context.Context, reply model.ReplyID) (model.Answerbook, error) {
	b := model.Answerbook{Uses: map[string]model.AnswerUses{}}
	err := db.read(ctx, func(tx *sql.Tx) error {
		var vars string
		err := tx.QueryRowContext(ctx, `SELECT `+varsSQL("r.campaign", "r.who")+` FROM reply r WHERE r.id = ?`, reply).
			Scan(&vars)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return failure("columns of the person", err)
		}
		if err := jsonOf(vars, &b.Columns); err != nil {
			return err
		}
		if b.Written, err = writtenAnswers(ctx, tx); err != nil {
			return err
		}
		return each(ctx, tx, "uses of prepared answers", func(row scanner) error {
			var fold string
			var u model.AnswerUses
			err := row(&fold, &u.Here, &u.All)
			b.Uses[fold] = u
			return err
		}, `SELECT fold, sum(iif(campaign <> 0 OR label <> '', n, 0)), sum(iif(campaign = 0 AND label = '', n, 0))
			FROM prepared_use WHERE campaign = 0 AND label = ''
			OR campaign <> 0 AND campaign = (SELECT campaign FROM reply WHERE id = ?1)
			OR label <> '' AND label IN (SELECT label FROM reply_label WHERE reply = ?1) GROUP BY fold`, reply)
	})
	return b, err
}

func writtenAnswers(ctx context.Context, q querier) ([]model.PreparedAnswer, error) {
	return all(ctx, q, "prepared answers", func(row scanner) (model.PreparedAnswer, error) {
		var a model.PreparedAnswer
		var labels string
		var at int64
		if err := row(&a.Name, &a.Text, &a.Language, &labels, &a.By, &at); err != nil {
			return a, err
		}
		a.At = timeOf(at)
		return a, jsonOf(labels, &a.Labels)
	}, `SELECT name, text, language, labels, by, at FROM prepared ORDER BY fold`)
}

// SavePrepared stores an answer prepared for everybody; it replaces one with the same name.
func (db *DB) SavePrepared(ctx context.Context, operator string, a model.PreparedAnswer) error {
	if errs := a.Validate(); len(errs) > 0 {
		return errs[0]
	}
	labels, err := json.Marshal(a.Labels)
	if err != nil {
		return model.Errorf("prepared answer: %w", err)
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		err := execAll(ctx, tx, "prepared answer", step{
			`INSERT INTO prepared (fold, name, text, language, labels, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET name = excluded.name, text = excluded.text, language = excluded.language,
			labels = excluded.labels, by = excluded.by, at = excluded.at`,
			[]any{model.Fold(a.Name), a.Name, model.Sanitise(a.Text), a.Language, string(labels), operator,
				millis(db.now())}})
		if err != nil {
			return err
		}
		return note(ctx, tx, db.now(), operator, "prepared", 0, "the answer %s was saved", a.Name)
	}, model.TopicReplies)
}

// DeletePrepared removes an answer that was written in the program. Its use count stays: an answer
// of the configuration may have the same name.
func (db *DB) DeletePrepared(ctx context.Context, operator, name string) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM prepared WHERE fold = ?`, model.Fold(name))
		if err != nil {
			return model.Errorf("prepared answer: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err,
				model.NotFound("no prepared answer %q was written in the program; viberdeck answers "+
					"lists those there are", name))
		}
		return note(ctx, tx, db.now(), operator, "prepared", 0, "the answer %s was deleted", name)
	}, model.TopicReplies)
}

// usedPrepared counts that an answer to a reply was made from a prepared one.
func usedPrepared(ctx context.Context, tx *sql.Tx, a model.Answering) error {
	if a.Prepared == "" {
		return nil
	}
	return execAll(ctx, tx, "uses of prepared answers", step{
		`INSERT INTO prepared_use (fold, campaign, label, n)
		SELECT ?1, 0, '', 1 UNION ALL SELECT ?1, campaign, '', 1 FROM reply WHERE id = ?2 AND campaign <> 0
		UNION ALL SELECT ?1, 0, label, 1 FROM reply_label WHERE reply = ?2
		ON CONFLICT DO UPDATE SET n = n + 1`, []any{model.Fold(a.Prepared), a.Reply}})
}
