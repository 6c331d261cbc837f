package cache

import (
	"context"

	"viberdeck/model"
)

// FreeName returns a name of at most longest characters for a copy of the campaign that no campaign
// of its account has.
func (db *DB) FreeName(ctx context.Context, c model.Campaign, longest int) (string, error) {
	for number := 2; ; number++ {
		name, taken := c.NumberedName(number, longest), false
		err := db.reader.QueryRowContext(ctx,
			`SELECT EXISTS (SELECT 1 FROM campaign c JOIN account a ON a.id = c.account
			WHERE a.name = ? AND c.name = ?)`, c.Account, name).Scan(&taken)
		if err != nil || !taken {
			return name, failure("look for a free name", err)
		}
	}
}
