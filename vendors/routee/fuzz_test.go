package routee_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/vendortest"
)

func FuzzAnswers(f *testing.F) {
	vendortest.FuzzAnswers(f, account(""), routee.New,
		func(t *testing.T, a *routee.Adapter, answer []byte, check func(any, error)) {
			ctx := t.Context()
			for page, err := range a.Recipients(ctx, "7") {
				check(page, err)
			}
			for page, err := range a.Blacklist(ctx) {
				check(page, err)
			}
			lists, err := a.Lists(ctx)
			check(lists, err)
			r, err := a.Message(ctx, "7")
			check(r, err)
			balance, err := a.Balance(ctx)
			check(balance, err)
			check(nil, a.Block(ctx, []model.Phone{306948530930}, "asked"))
			check(nil, a.Unblock(ctx, []model.Phone{306948530930}))
			check(nil, a.DeleteScheduled(ctx, "7"))
			o, err := a.Send(ctx, nil, batch())
			check(o, err)
			id, r, err := routee.DecodeProgress(answer)
			check(r, err)
			check(id, nil)
			reply, err := routee.DecodeInbound(answer)
			check(reply, err)
		})
}
