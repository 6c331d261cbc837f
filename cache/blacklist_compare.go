package cache

import (
	"context"
	"encoding/json"

	"viberdeck/model"
)

// NotBlocked gives those of the phones, in their order, that Block would add: no entry of ours
// blocks them everywhere or, with only, for all of those accounts.
func (db *DB) NotBlocked(ctx context.Context, phones []model.Phone, only []string) ([]model.Phone, error) {
	who := make([]int64, len(phones))
	for i, p := range phones {
		who[i] = int64(p)
	}
	wanted, err := json.Marshal(who)
	if err != nil {
		return nil, err
	}
	accounts, err := jsonArg(only)
	if err != nil {
		return nil, err
	}
	return all(ctx, db.reader, "read the blacklist", single[model.Phone],
		`SELECT w.value FROM json_each(?1) w WHERE NOT EXISTS (SELECT 1 FROM blacklist b
			WHERE b.who = w.value AND b.removed_at = 0 AND (b.only = '' OR ?2 <> '' AND NOT EXISTS (
				SELECT 1 FROM json_each(?2) a WHERE a.value NOT IN (SELECT o.value FROM json_each(b.only) o))))
		ORDER BY w.key`, string(wanted), accounts)
}
