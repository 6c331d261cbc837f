package cache

import (
	"testing"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

const (
	first  = model.Phone(375291111111)
	second = model.Phone(375291111112)
)

func TestUnblockingNeedsAReasonAndKeepsTheHistory(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	must(db.Block(ctx, "anna", []model.Phone{first}, "asked", nil, ""))(t)
	if _, err := db.Unblock(ctx, "boris", []model.Phone{first}, " ", nil); model.KindOf(err) != model.KindInvalid {
		t.Errorf("without a reason: %v", err)
	}
	for _, want := range []int{1, 0} {
		if removed := must(db.Unblock(ctx, "boris", []model.Phone{first, second}, "changed their mind",
			nil))(t); removed != want {
			t.Errorf("removed %d, want %d", removed, want)
		}
	}
	var by, reason string
	if err := db.reader.QueryRowContext(ctx,
		`SELECT removed_by, removed_reason FROM blacklist WHERE removed_at > 0`).Scan(&by, &reason); err != nil ||
		by != "boris" || reason != "changed their mind" {
		t.Errorf("history: %q %q %v", by, reason, err)
	}
	if got := storetest.Owed(t, db); got != "" {
		t.Errorf("vendors that were never reported have to be told %s", got)
	}
	log := must(db.Activities(ctx, 0, 10))(t)
	if len(log) != 2 || log[0].Action != "unblocked" || log[0].Operator != "boris" || log[1].Action != "blocked" {
		t.Errorf("log: %+v", log)
	}
}
