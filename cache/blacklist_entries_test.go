package cache

import (
	"slices"
	"strings"
	"testing"

	"viberdeck/model"
)

const (
	first  = model.Phone(375291111111)
	second = model.Phone(375291111112)
)

// pushes is what vendors have yet to be told: "account +phone" to block, "account -phone" to
// unblock.
func pushes(t *testing.T, db *DB) string {
	t.Helper()
	var all []string
	for _, account := range []string{"minsk", "shop"} {
		for _, b := range must(db.Blocks(t.Context(), account, 100))(t) {
			sign := "+"
			if b.Remove {
				sign = "-"
			}
			all = append(all, account+" "+sign+b.Phone.Digits()[9:])
		}
	}
	return strings.Join(all, ", ")
}

func TestBlockingTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	for _, want := range []int{2, 0} {
		if added := must(db.Block(ctx, "anna", []model.Phone{first, second, first}, "asked", nil,
			model.SourceOperator))(t); added != want {
			t.Errorf("added %d, want %d", added, want)
		}
	}
	if got := pushes(t, db); got != "minsk +111, minsk +112, shop +111, shop +112" {
		t.Errorf("to be told: %s", got)
	}
	entry := must(db.Blacklist(ctx, model.PageRequest{Filter: filtered(t, "phone:+375291111111")}))(t).Rows[0]
	if entry.Reason.String() != "asked" || entry.AddedBy != "anna" || !entry.AddedAt.Equal(start()) ||
		entry.Source != model.SourceOperator ||
		!slices.Equal(entry.Pending, []string{"minsk", "shop"}) || len(entry.Accounts) != 0 {
		t.Errorf("%+v", entry)
	}
}

func TestAnEntryIsWidenedButNeverNarrowedByBlocking(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	for _, c := range []struct {
		only  []string
		added int
		want  []string
	}{
		{[]string{"shop"}, 1, []string{"shop"}}, {[]string{"shop"}, 0, []string{"shop"}},
		{[]string{"minsk"}, 1, []string{"shop", "minsk"}},
		{nil, 1, nil}, {[]string{"minsk"}, 0, nil},
	} {
		added := must(db.Block(ctx, "anna", []model.Phone{first}, "asked", c.only, ""))(t)
		entry := must(db.Blacklist(ctx, model.PageRequest{}))(t).Rows[0]
		if added != c.added || !slices.Equal(entry.Only, c.want) {
			t.Errorf("blocking for %v added %d and gives %v", c.only, added, entry.Only)
		}
	}
}

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
	if got := pushes(t, db); got != "" {
		t.Errorf("vendors that were never reported have to be told %s", got)
	}
	log := must(db.Activities(ctx, 0, 10))(t)
	if len(log) != 2 || log[0].Action != "unblocked" || log[0].Operator != "boris" || log[1].Action != "blocked" {
		t.Errorf("log: %+v", log)
	}
}

func TestUnblockingTellsTheVendorsThatList(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	err := db.SaveBlacklist(ctx, "shop", []model.BlacklistEntry{{Phone: first, Reason: model.Data("complained")}},
		start())
	if err != nil {
		t.Fatal(err)
	}
	entry := must(db.Blacklist(ctx, model.PageRequest{}))(t).Rows[0]
	if entry.Source != model.SourceVendor || !slices.Equal(entry.Accounts, []string{"shop"}) ||
		entry.Reason.String() != "complained" || !entry.AddedAt.IsZero() {
		t.Errorf("the vendor's entry: %+v", entry)
	}
	if removed := must(db.Unblock(ctx, "anna", []model.Phone{first}, "a mistake", []string{"shop"}))(t); removed != 1 ||
		pushes(t, db) != "shop -111" {
		t.Errorf("removed %d, to be told: %s", removed, pushes(t, db))
	}
	if added := must(db.Block(ctx, "anna", []model.Phone{first}, "after all", nil, ""))(t); added != 1 ||
		pushes(t, db) != "minsk +111" {
		t.Errorf("added %d, to be told: %s", added, pushes(t, db))
	}
	if _, err := db.Unblock(ctx, "anna", []model.Phone{first}, "a mistake",
		[]string{"shop"}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("unblocking for one account what is blocked everywhere: %v", err)
	}
}

func TestAPhoneHasOneEntryHoweverManyVendorsBlockIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	ctx := t.Context()
	for _, account := range []string{"minsk", "shop"} {
		if err := db.SaveBlacklist(ctx, account, []model.BlacklistEntry{{Phone: first}, {Phone: second}},
			start()); err != nil {
			t.Fatal(err)
		}
	}
	must(db.Block(ctx, "anna", []model.Phone{second}, "asked", nil, ""))(t)
	for expression, want := range map[string]string{
		"": "375291111112 375291111111", "is:mine": "375291111112", "account:shop": "375291111112 375291111111",
		"vendor:sendpulse is:blocked": "375291111112 375291111111",
		"from:+37529 reason:ASK":      "375291111112", "-is:mine": "375291111111", "is:open": "",
	} {
		q := model.PageRequest{Filter: filtered(t, expression), Operator: "anna"}
		var got []string
		for _, e := range must(db.Blacklist(ctx, q))(t).Rows {
			got = append(got, e.Phone.Digits())
			if len(e.Accounts) != 2 {
				t.Errorf("%s is blocked at %v", e.Phone, e.Accounts)
			}
		}
		if n := must(db.Count(ctx, model.TopicBlacklist, q))(t); strings.Join(got, " ") != want ||
			n != int64(len(got)) {
			t.Errorf("%s finds %v (counted %d), want %s", expression, got, n, want)
		}
	}
}
