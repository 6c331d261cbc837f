package routee_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/vendortest"
)

// newFake serves recorded answers, and a token.
func newFake(t *testing.T, answers map[string][]string) *vendortest.Answers {
	t.Helper()
	if answers["POST /oauth/token"] == nil {
		answers["POST /oauth/token"] = []string{recorded(t, "token.json")}
	}
	return vendortest.NewAnswers(t, answers)
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	return vendortest.Recorded(t, "routee", name)
}

func account(base string) model.Account {
	return model.Account{
		Name: "promo-gr", Vendor: model.Routee, Secrets: model.Secrets{
			"application_id": {Value: "id-of-nobody"}, "application_secret": {Value: "secret-of-nobody"}},
		BaseURL: base, Settings: model.Settings{"auth_url": base},
		Senders: []model.ConfigSender{{ID: "6f1e", Name: "Example Shop"}},
	}
}

func adapter(t *testing.T, f *vendortest.Answers) *routee.Adapter {
	t.Helper()
	return vendortest.NewAdapter(t, account(f.URL), routee.New)
}

const send = "POST /viber/campaign"

// batch is the simplest batch: a text to two people.
func batch() model.Batch {
	return model.Batch{ID: 7, Number: 1, People: []model.Recipient{{Phone: 306948530920}, {Phone: 306948530921}},
		Campaign: model.Campaign{
			Account: "promo-gr", Vendor: model.Routee, Name: "Autumn sale", Sender: "6f1e",
			Class: model.ClassPromotional, Message: model.Message{Text: "Hello"},
		}}
}
