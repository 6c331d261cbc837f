package cache

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"viberdeck/model"
)

// Thread returns a reply with the message it answers as the person got it, what became of that
// message, our answers and notes, and other events of the person.
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
		if t.Notes, err = readNotes(ctx, tx, id); err != nil {
			return err
		}
		if t.Answers, err = answersTo(ctx, tx, id); err != nil {
			return err
		}
		if err = addSent(ctx, tx, &t); err != nil {
			return err
		}
		if t.Person, err = personTotals(ctx, tx, t.Reply.Phone); err != nil {
			return err
		}
		t.Events, err = threadEvents(ctx, tx, t)
		return err
	})
	return t, err
}

func noReply(id model.ReplyID) error {
	return model.NotFound("there is no reply %s; the list of replies names those there are", id)
}

// personTotals counts what has passed between us and a phone.
func personTotals(ctx context.Context, q querier, phone model.Phone) (model.PersonTotals, error) {
	var t model.PersonTotals
	var sent, replied int64
	if phone <= 0 {
		return t, nil
	}
	err := q.QueryRowContext(ctx, `SELECT count(*), coalesce(min(nullif(c.sort_at, 0)), 0)
		FROM recipient r CROSS JOIN campaign c ON c.id = r.campaign
		WHERE r.campaign IN (SELECT id FROM campaign) AND r.who = ?1 AND r.status NOT IN (?2, ?3, ?4)`,
		int64(phone), model.StatusQueued, model.StatusHeld, model.StatusSuppressed).Scan(&t.Messages, &sent)
	if err != nil {
		return t, model.Errorf("count the messages of a person: %w", err)
	}
	err = q.QueryRowContext(ctx, `SELECT count(*), count(nullif(optout, '')), coalesce(min(received_at), 0)
		FROM reply WHERE who = ?`, int64(phone)).Scan(&t.Replies, &t.OptOuts, &replied)
	if err != nil {
		return t, model.Errorf("count the replies of a person: %w", err)
	}
	if t.Since = timeOf(replied); sent > 0 && (replied == 0 || sent < replied) {
		t.Since = timeOf(sent)
	}
	return t, nil
}

// threadEvents reads the other events of the person of a thread, oldest first: other replies,
// messages that are neither the answered one nor answers, notes on other replies, and blocks.
func threadEvents(ctx context.Context, q querier, t model.Thread) ([]model.PersonEvent, error) {
	if t.Reply.Phone <= 0 {
		return nil, nil
	}
	var events []model.PersonEvent
	for _, part := range personEvents {
		// as many more as the thread itself has of this kind
		limit := model.MostThreadEvents + 2 + len(t.Answers) + len(t.Notes)
		found, err := readEvents(ctx, q, part+` ORDER BY 2 DESC LIMIT ?2`, int64(t.Reply.Phone), limit)
		if err != nil {
			return nil, err
		}
		found = slices.DeleteFunc(found, func(e model.PersonEvent) bool { return inThread(t, e) })
		events = append(events, found[:min(len(found), model.MostThreadEvents)]...)
	}
	slices.SortStableFunc(events, func(a, b model.PersonEvent) int { return a.At.Compare(b.At) })
	return events, nil
}

// inThread reports whether a thread already shows the event in more detail.
func inThread(t model.Thread, e model.PersonEvent) bool {
	switch e.Kind {
	case model.EventReply, model.EventNote:
		return e.Reply == t.Reply.ID
	case model.EventMessage:
		return t.Sent != nil && e.Campaign == t.Sent.ID ||
			slices.ContainsFunc(t.Answers, func(a model.Answer) bool { return a.Campaign == e.Campaign })
	case model.EventBlock, model.EventUnblock, model.EventVendor:
	}
	return false
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

// addSent adds the campaign that the reply answers and the outcome of this person's message.
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
	var vars string
	err = q.QueryRowContext(ctx, `SELECT p.status, p.updated_at, `+varsSQL("p.campaign", "p.who")+`
		FROM reply r JOIN recipient p ON p.campaign = r.campaign AND p.who = r.who
		WHERE r.id = ?`, t.Reply.ID).Scan(&t.Status, &updated, &vars)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return model.Errorf("read what was sent: %w", err)
	}
	if t.Status == model.StatusRead {
		t.ReadAt = timeOf(updated)
	}
	t.Sent.Message.Text, t.Template, err = asGot(t.Sent.Message.Text, vars)
	return err
}
