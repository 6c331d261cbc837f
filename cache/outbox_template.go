package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"viberdeck/model"
)

// TemplateRefused says why the vendor refused the template when it last reported on it, and when;
// it is empty if the vendor has accepted a batch with it since, or refused none. A batch that was
// refused for another reason says nothing about the template.
func (db *DB) TemplateRefused(ctx context.Context, account, template string) (why model.Text, at time.Time, err error) {
	var refused bool
	var settled int64
	err = db.reader.QueryRowContext(ctx,
		`SELECT b.state = 'refused', b.error, b.settled_at FROM batch b
			JOIN campaign c ON c.id = b.campaign JOIN account a ON a.id = b.account
		WHERE a.name = ?1 AND json_extract(c.message, '$.template') = ?2 AND
			(b.state = 'accepted' OR b.state = 'refused' AND instr(b.error, '"w":"template"') > 0)
		ORDER BY b.id DESC LIMIT 1`, account, template).Scan(&refused, &why, &settled)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Text{}, time.Time{}, nil
	}
	if err != nil || !refused {
		return model.Text{}, time.Time{}, failure(model.Say("template %s", template), err)
	}
	return why, timeOf(settled), nil
}
