package wooxy_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/vendortest"
	"viberdeck/vendors/wooxy"
)

// saying is a vendor that answers a batch; status 0 is 200.
func saying(t *testing.T, status int, body string) *vendortest.Answers {
	t.Helper()
	if status != 0 {
		body = strconv.Itoa(status) + " " + body
	}
	return vendortest.NewAnswers(t, map[string][]string{"/v3/viber/batch": {body}})
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	return vendortest.Recorded(t, "wooxy", name)
}

const token = "token-of-nobody"

func adapter(t *testing.T, f *vendortest.Answers) *wooxy.Adapter {
	t.Helper()
	return adapterOf(t, model.Account{Name: "loyalty", Vendor: model.Wooxy,
		Secrets: model.Secrets{"access_token": {Value: token}}, BaseURL: f.URL + "/",
		Settings: model.Settings{"contact_list": "list-1"}})
}

func adapterOf(t *testing.T, account model.Account) *wooxy.Adapter {
	t.Helper()
	return vendortest.NewAdapter(t, account, wooxy.New)
}

// serve serves a handler and returns its address.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
