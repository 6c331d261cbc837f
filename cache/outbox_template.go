package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"viberdeck/model"
)

// TemplateRefused says why the vendor refused the template when a batch with it had an outcome
// last, and when; nothing where it took that batch, refused it for another reason, or there is
// none.
func (db *DB) TemplateRefused(ctx context.Context, account, template string) (why model.Text, at time.Time, err error) {
	var refused bool
	var settled int64
	err = db.reader.QueryRowContext(ctx, `SELECT b.state = 'refused' AND instr(b.error, '"w":"template"') > 0, b.error,
			b.settled_at FROM batch b JOIN campaign c ON c.id = b.campaign JOIN account a ON a.id = b.account
		WHERE a.name = ?1 AND json_extract(c.message, '$.template') = ?2 AND b.state IN ('accepted', 'refused')
		ORDER BY b.id DESC LIMIT 1`, account, template).Scan(&refused, &why, &settled)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Text{}, time.Time{}, nil
	}
	if err != nil || !refused {
		return model.Text{}, time.Time{}, failure(model.Say("template %s", template), err)
	}
	return why, timeOf(settled), nil
}
