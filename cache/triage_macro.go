package cache

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"time"

	"viberdeck/model"
)

// chainedAtOnce is how many replies go through the steps of a macro together.
const chainedAtOnce = 50

// Chain carries out the steps of a macro on replies, as one undo step. A reply on which any step is
// not possible is left unchanged. A step that answers is not for Chain: the answer carries the
// others (model.Answering.Then).
func (db *DB) Chain(ctx context.Context, operator, session string, ids []model.ReplyID, m model.Chain) error {
	step := undoable{operator, model.Say("macro %s", m.Name).Stored(), new(int64)}
	return inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[model.ReplyID]) ([]model.Topic, error) {
		for some := range chunks(part, chainedAtOnce) {
			if err := db.chain(ctx, tx, step, session, some, m.Steps, m.Until); err != nil {
				return nil, err
			}
		}
		return []model.Topic{model.TopicReplies, model.TopicBlacklist}, nil
	})
}

// chain carries out the steps in one transaction, each with its own row in the undo log.
func (db *DB) chain(ctx context.Context, tx *sql.Tx, step undoable, session string, ids []model.ReplyID,
	steps []model.MacroStep, until time.Time) error {
	l := chained{db: db, tx: tx, step: step, session: session, ids: ids, until: until}
	for _, s := range steps {
		if err := l.do(ctx, s); err != nil {
			return model.Errorf("%s: %w", s.String(), err)
		}
	}
	return nil
}

// chained carries out single steps of a chain.
type chained struct {
	db      *DB
	tx      *sql.Tx
	step    undoable
	session string
	ids     []model.ReplyID
	until   time.Time
}

func (l chained) do(ctx context.Context, s model.MacroStep) error {
	db, now := l.db, l.db.now()
	change := func(to func(*triageState)) error {
		_, _, err := db.changeReplies(ctx, l.tx, l.step, slices.Values(l.ids), to)
		return err
	}
	switch s.Act {
	case model.MacroDone:
		return change(func(r *triageState) { r.done(l.step.operator, now) })
	case model.MacroSnooze:
		if !l.until.After(now) {
			return model.Invalid("until", "a reply can only be snoozed until a time to come")
		}
		return change(func(r *triageState) { r.snooze(l.until) })
	case model.MacroClaim:
		others, err := db.claim(ctx, l.tx, l.step, slices.Values(l.ids), claimedBy(l.step.operator, l.session))
		if err == nil && others > 0 {
			return conflict("a colleague has this reply")
		}
		return err
	case model.MacroLabel:
		_, err := db.label(ctx, l.tx, l.step, slices.Values(l.ids), s.Arg, true)
		return err
	case model.MacroNote:
		for _, id := range l.ids {
			if err := db.addNote(ctx, l.tx, l.step, id, s.Arg); err != nil {
				return err
			}
		}
		return nil
	case model.MacroOptOut:
		for _, id := range l.ids {
			var who int64
			err := l.tx.QueryRowContext(ctx, `SELECT who FROM reply WHERE id = ?`, id).Scan(&who)
			if err == nil && who == 0 {
				return model.Invalid("phone", "the vendor gave no phone")
			}
		}
		_, err := db.optOut(ctx, l.tx, l.step, slices.Values(l.ids))
		return err
	case model.MacroAnswer:
	}
	return model.Invalid("macro", "%s is not possible here", s.String())
}
