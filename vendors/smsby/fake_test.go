package smsby_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/vendortest"
)

func recorded(t testing.TB, name string) string {
	t.Helper()
	return vendortest.Recorded(t, "smsby", name)
}

func adapter(t *testing.T, f *vendortest.Answers) *smsby.Adapter {
	t.Helper()
	return adapterOf(t, model.Account{Name: "minsk", Vendor: model.SMSBy,
		Secrets: model.Secrets{"token": {Value: "token-of-nobody"}}, BaseURL: f.URL})
}

func adapterOf(t *testing.T, account model.Account) *smsby.Adapter {
	t.Helper()
	return vendortest.NewAdapter(t, account, smsby.New)
}
