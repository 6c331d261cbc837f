package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestABlockSaysWhoWantsBackWhereItIsAndWhoVendorsHaveToFree(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	ctx := t.Context()
	phone := func(n int) model.Phone { return model.Phone(firstPhone + n) }
	seedReply(t, db, 1, phone(1), "START", 0) // before the block
	clock.Advance(time.Minute)
	var phones []model.Phone
	for n := 1; n <= 4; n++ {
		phones = append(phones, phone(n))
	}
	must(db.Block(ctx, "anna", phones, "asked by phone", nil, model.SourceOperator))(t)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO vendor_block (account, who, reason, added_at) VALUES (1, ?, 'opted out', ?)`, int64(phone(3)),
			at(1))
		exec(`INSERT INTO block_push (account, who, remove) VALUES (1, ?, 1) ON CONFLICT DO UPDATE SET remove = 1`,
			int64(phone(4)))
	})
	seedReply(t, db, 2, phone(2), "спасибо, а можно подписаться снова", 10)
	seedReply(t, db, 3, phone(3), "START", 10)
	seedReply(t, db, 4, phone(3), "СТОП", 11)
	seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE reply SET optout = 'СТОП' WHERE id = 4`) })
	seedReply(t, db, 5, phone(4), "подпишите снова", 12)

	of := map[model.Phone]model.BlacklistEntry{}
	for _, e := range must(db.Blacklist(ctx, model.PageRequest{Limit: 10}))(t).Rows {
		of[e.Phone] = e
	}
	for n, words := range map[int]string{1: "", 2: "подписаться снова", 3: "", 4: "подпишите снова"} {
		back := of[phone(n)].Back
		if got := ""; back != nil {
			got = back.Words
			if got != words || back.Reply == 0 || back.At.IsZero() {
				t.Errorf("%d wants back: %+v, want %q", n, back, words)
			}
		} else if got != words {
			t.Errorf("%d does not want back; want %q", n, words)
		}
	}
	if v := of[phone(3)].Vendors; len(v) != 1 || v[0].Account != "minsk" || v[0].Reason.String() != "opted out" ||
		v[0].At.UnixMilli() != at(1) {
		t.Errorf("the vendors' blocks are %+v", v)
	}
	if f := of[phone(4)].Freeing; len(f) != 1 || f[0] != "minsk" || len(of[phone(3)].Freeing) != 0 {
		t.Errorf("to be freed: %v and %v", f, of[phone(3)].Freeing)
	}
}
