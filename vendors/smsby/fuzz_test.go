package smsby_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/vendortest"
)

func FuzzAnswers(f *testing.F) {
	account := model.Account{Name: "fuzz", Vendor: model.SMSBy,
		Secrets: model.Secrets{"token": {Value: "token-of-nobody"}}}
	vendortest.FuzzAnswers(f, account, smsby.New,
		func(t *testing.T, a *smsby.Adapter, _ []byte, check func(any, error)) {
			ctx := t.Context()
			for page, err := range a.Campaigns(ctx) {
				check(page, err)
			}
			for page, err := range a.Recipients(ctx, "7") {
				check(page, err)
			}
			for _, ref := range []string{"uuid-of-nothing", "message:7"} {
				tracked, err := a.Track(ctx, ref)
				check(tracked, err)
			}
			replies, err := a.Replies(ctx, "7")
			check(replies, err)
			senders, err := a.Senders(ctx)
			check(senders, err)
			lists, err := a.Lists(ctx)
			check(lists, err)
			balance, err := a.Balance(ctx)
			check(balance, err)
			check(nil, a.MarkRead(ctx, []string{"1"}))
			for _, b := range documented() {
				o, err := a.Send(ctx, nil, b)
				check(o, err)
			}
		})
}
