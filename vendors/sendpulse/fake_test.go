package sendpulse_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/sendpulse"
	"viberdeck/vendors/vendortest"
)

// newFake serves recorded answers, and a token.
func newFake(t *testing.T, answers map[string][]string) *vendortest.Answers {
	t.Helper()
	if answers["POST /oauth/access_token"] == nil {
		answers["POST /oauth/access_token"] = []string{recorded(t, "token.json")}
	}
	return vendortest.NewAnswers(t, answers)
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	return vendortest.Recorded(t, "sendpulse", name)
}

// adapter makes an adapter whose vendor lives in Kyiv.
func adapter(t *testing.T, f *vendortest.Answers) *sendpulse.Adapter {
	t.Helper()
	return adapterOf(t, model.Account{
		Name: "shop-ua", Vendor: model.SendPulse,
		Secrets: model.Secrets{"client_id": {Value: "id-of-nobody"}, "client_secret": {Value: "secret-of-nobody"}},
		BaseURL: f.URL, TimeZone: "Europe/Kyiv",
	})
}

func adapterOf(t testing.TB, account model.Account) *sendpulse.Adapter {
	t.Helper()
	return vendortest.NewAdapter(t, account, sendpulse.New)
}
