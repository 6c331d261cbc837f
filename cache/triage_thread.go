package cache

import (
	"context"
	"database/sql"
	"errors"

	"viberdeck/model"
)

// mostEarlier is how many earlier replies a thread shows.
const mostEarlier = 20

// Thread gives a reply with the message it answers, what became of that, the phone's other replies
// and our notes.
func (db *DB) Thread(ctx context.Context, id model.ReplyID) (model.Thread, error) {
	var t model.Thread
	err := db.read(ctx, func(tx *sql.Tx) error {
		l := replyList(db.now())
		var w where
		w.add("r.id = ?", int64(id))
		page, err := readPage(ctx, tx, l, w, model.PageRequest{Limit: 1})
		if err != nil {
			return err
		}
		if len(page.Rows) == 0 {
			return noReply(id)
		}
		t.Reply = page.Rows[0]
		if t.Earlier, err = earlier(ctx, tx, l, id); err != nil {
			return err
		}
		if t.Notes, err = readNotes(ctx, tx, id); err != nil {
			return err
		}
		if t.Answers, err = answersTo(ctx, tx, id); err != nil {
			return err
		}
		return addSent(ctx, tx, &t)
	})
	return t, err
}

func noReply(id model.ReplyID) error {
	return model.NotFound("there is no reply %s; the list of replies names those there are", id)
}

// earlier reads the other replies of the same person, newest first.
func earlier(ctx context.Context, q querier, l listing[model.Reply], id model.ReplyID) ([]model.Reply, error) {
	var w where
	w.add("r.who = (SELECT who FROM reply WHERE id = ?) AND r.id <> ?", int64(id), int64(id))
	page, err := readPage(ctx, q, l, w, model.PageRequest{Sort: "received_at", Desc: true, Limit: mostEarlier})
	return page.Rows, err
}

func readNotes(ctx context.Context, q querier, id model.ReplyID) ([]model.Note, error) {
	return all(ctx, q, "read notes", func(row scanner) (model.Note, error) {
		var n model.Note
		var at int64
		err := row(&at, &n.By, &n.Text)
		n.At = timeOf(at)
		return n, err
	}, `SELECT at, by, text FROM note WHERE reply = ? ORDER BY at, id`, id)
}

// addSent adds the campaign that the reply answers and what became of this person's message.
func addSent(ctx context.Context, q querier, t *model.Thread) error {
	if t.Reply.Campaign == 0 {
		return nil
	}
	c, err := readCampaign(ctx, q, t.Reply.Campaign)
	if err != nil {
		return err
	}
	t.Sent = &c
	var updated int64
	err = q.QueryRowContext(ctx,
		`SELECT p.status, p.updated_at FROM reply r JOIN recipient p ON p.campaign = r.campaign AND p.who = r.who
		WHERE r.id = ?`, t.Reply.ID).Scan(&t.Status, &updated)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return model.Errorf("read what was sent: %w", err)
	}
	if t.Status == model.StatusRead {
		t.ReadAt = timeOf(updated)
	}
	return nil
}
