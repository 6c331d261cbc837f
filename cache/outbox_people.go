package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"viberdeck/model"
)

// rowsAStatement is how many rows one statement stores: executing one costs as much as several
// rows.
const rowsAStatement = 50

// storePeople stores people of a new campaign as waiting, in the order of the table's key. They can
// be claimed once storeOrder has also stored them.
func storePeople(ctx context.Context, tx *sql.Tx, id model.CampaignID, people model.People) error {
	type row struct {
		who int64
		at  int
	}
	rows := make([]row, 0, people.Len())
	for i, r := range people.Who() {
		who, err := personID(ctx, tx, r)
		if err != nil {
			return err
		}
		rows = append(rows, row{who, i})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.who, b.who) })
	add := &inserts{tx: tx, into: `INSERT INTO recipient (campaign, who, status, batch, place)`, columns: 5}
	vary := &inserts{tx: tx, into: `INSERT INTO recipient_vars (campaign, who, vars)`, columns: 3}
	for _, r := range rows {
		if err := add.row(ctx, int64(id), r.who, int64(model.StatusQueued), int64(waitingBatch),
			people.Place(r.at)); err != nil {
			return err
		}
		vars := people.Columns(r.at)
		if vars == "" {
			continue
		}
		if err := vary.row(ctx, int64(id), r.who, vars); err != nil {
			return err
		}
	}
	return cmp.Or(add.end(ctx), vary.end(ctx))
}

// storeOrder lets stored people wait, in the order in which they were given.
func storeOrder(ctx context.Context, tx *sql.Tx, id model.CampaignID, people model.People) error {
	wait := &inserts{tx: tx, into: `INSERT INTO waiting (campaign, place, who)`, columns: 3}
	for i, r := range people.Who() {
		who, err := personID(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := wait.row(ctx, int64(id), people.Place(i), who); err != nil {
			return err
		}
	}
	return wait.end(ctx)
}

// inserts stores rows, many with each statement.
type inserts struct {
	tx      *sql.Tx
	into    string
	known   string // what becomes of an existing row; "": it stays as it is
	columns int
	many    *sql.Stmt // for rowsAStatement rows
	args    []any
}

func (s *inserts) row(ctx context.Context, values ...any) (err error) {
	s.args = append(s.args, values...)
	if len(s.args) < rowsAStatement*s.columns {
		return nil
	}
	if s.many == nil {
		if s.many, err = s.tx.PrepareContext(ctx, s.sql(rowsAStatement)); err != nil {
			return wrap("store people", err)
		}
	}
	_, err = s.many.ExecContext(ctx, s.args...)
	s.args = s.args[:0]
	return wrap("store people", err)
}

// end stores the remaining rows.
func (s *inserts) end(ctx context.Context) error {
	if s.many != nil {
		defer s.many.Close()
	}
	if len(s.args) == 0 {
		return nil
	}
	_, err := s.tx.ExecContext(ctx, s.sql(len(s.args)/s.columns), s.args...)
	return wrap("store people", err)
}

func (s *inserts) sql(rows int) string {
	row := `(?` + strings.Repeat(`, ?`, s.columns-1) + `)`
	return s.into + ` VALUES ` + row + strings.Repeat(`, `+row, rows-1) + ` ON CONFLICT DO ` +
		cmp.Or(s.known, `NOTHING`)
}
