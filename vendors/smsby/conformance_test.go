package smsby_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/smsby"
	"viberdeck/vendors/vendortest"
)

func open(account model.Account, client *vendors.Client) (vendors.Adapter, error) {
	return smsby.New(account, client)
}

// standing is a clock that does not move, so that the simulated vendor says the same twice.
func standing() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

func TestConformance(t *testing.T) {
	t.Parallel()
	vendortest.Run(t, func(*testing.T) vendortest.Subject {
		world := sim.New(sim.Options{Seed: 7, Now: standing})
		token := world.Credentials().SMSByToken
		return vendortest.Subject{
			Vendor:   http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { under("/smsby", world.Handler(), w, r) }),
			Account:  model.Account{Name: "minsk", Vendor: model.SMSBy, Token: token},
			Open:     open,
			Secrets:  []string{token},
			SendPath: "/sendBulkViber",
			Batch: model.Batch{ID: 12, Number: 1, Campaign: model.Campaign{
				Name: "Conformance", Account: "minsk", Vendor: model.SMSBy, Sender: "444", Message: model.Message{Text: "Hello"},
			}, People: []model.Recipient{{Phone: 375291111111}, {Phone: 375292222222}}},
			ShortPages: func(r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				form, err := url.ParseQuery(string(body))
				if err == nil && form.Has("limit_rows") {
					form.Set("limit_rows", "3")
					body = []byte(form.Encode())
				}
				r.Body, r.ContentLength = io.NopCloser(strings.NewReader(string(body))), int64(len(body))
			},
		}
	})
}

// under serves a request below a prefix.
func under(prefix string, h http.Handler, w http.ResponseWriter, r *http.Request) {
	inner := r.Clone(r.Context())
	inner.URL.Path = prefix + r.URL.Path
	h.ServeHTTP(w, inner)
}
