package sendpulse_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/vendortest"
)

func FuzzAnswers(f *testing.F) {
	account := model.Account{Name: "fuzz", Vendor: model.SendPulse,
		Secrets: model.Secrets{"api_key": {Value: "key-of-nobody"}}, TimeZone: "UTC"}
	vendortest.FuzzAnswers(f, account, sendpulse.New,
		func(t *testing.T, a *sendpulse.Adapter, _ []byte, check func(any, error)) {
			ctx := t.Context()
			for page, err := range a.Campaigns(ctx) {
				check(page, err)
			}
			for page, err := range a.Recipients(ctx, "7") {
				check(page, err)
			}
			for page, err := range a.Blacklist(ctx) {
				check(page, err)
			}
			senders, err := a.Senders(ctx)
			check(senders, err)
			lists, err := a.Lists(ctx)
			check(lists, err)
			sender, err := a.Sender(ctx, "7")
			check(sender, err)
			totals, err := a.Statistics(ctx, "7")
			check(totals, err)
			balance, err := a.Balance(ctx)
			check(balance, err)
			check(nil, a.Block(ctx, []model.Phone{380931111111}, "asked"))
			o, err := a.Send(ctx, nil, documented()["create-text-request.json"])
			check(o, err)
		})
}
