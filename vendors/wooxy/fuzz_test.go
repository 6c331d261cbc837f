package wooxy_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/vendortest"
	"viberdeck/vendors/wooxy"
)

// FuzzAnswers also requires a send to return an outcome for each person of the batch, or a refusal
// or an unknown outcome of the whole.
func FuzzAnswers(f *testing.F) {
	account := model.Account{Name: "fuzz", Vendor: model.Wooxy, Secrets: model.Secrets{"access_token": {Value: token}},
		Settings: model.Settings{"contact_list": "list-1", "inferred": "true"}}
	vendortest.FuzzAnswers(f, account, wooxy.New,
		func(t *testing.T, a *wooxy.Adapter, _ []byte, check func(any, error)) {
			ctx := t.Context()
			for page, err := range a.Blacklist(ctx) {
				check(page, err)
			}
			lists, err := a.Lists(ctx)
			check(lists, err)
			balance, err := a.Balance(ctx)
			check(balance, err)
			hooks, err := a.Webhooks(ctx)
			check(hooks, err)
			id, err := a.CreateWebhook(ctx, model.Webhook{
				Title: "T", URL: "https://example.com", Domain: "example.com"})
			check(id, err)
			check(nil, a.Block(ctx, []model.Phone{375291111111}, "stop"))
			check(nil, a.Unblock(ctx, []model.Phone{375291111111}))
			b := documented()
			o, err := a.Send(ctx, nil, b)
			check(o, err)
			if err == nil && len(o.People) != len(b.People) {
				t.Errorf("an outcome of %d people, want %d", len(o.People), len(b.People))
			}
		})
}
