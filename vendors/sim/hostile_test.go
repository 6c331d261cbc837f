package sim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func FuzzAnyBodyIsAnsweredInJSONByEveryVendor(f *testing.F) {
	f.Add(goodBatch("variables", variables(`"a"`, "true")))
	f.Add(goodMessage("scheduledDate", `"2027-02-01T10:00:00+02:00"`))
	f.Add(`{"senderInfoTrackingId":"` + RouteeSender +
		`","to":["+306948590001"],"body":{"viberVideo":{"videoUrl":"https://example.com/v","fileSize":"NaN","duration":"0x1p4"}}}`)
	f.Add(`{"contacts":[[],{"contact":{}},{"contact":1}],"tags":{"0":1},"variables":[{"name":[],"value":{}}],"ttl":1e9}`)
	f.Add(`[[{"id":null}]]`)
	f.Add(`{"page":9223372036854775807,"size":9223372036854775807,"offset":-9223372036854775808,"limit":9223372036854775807}`)
	f.Fuzz(func(t *testing.T, body string) {
		world := New(Options{})
		b := &bench{T: t, world: world}
		b.enterRoutee()
		for _, call := range []string{
			"POST /wooxy/v3/viber/batch", "POST /wooxy/v3/viber/send", "POST /wooxy/v3/viber/blacklist/add",
			"POST /wooxy/v3/viber/blacklist/find",
			"POST /wooxy/v3/webhook/create", "POST /routee/viber/campaign", "POST /routee/viber",
			"POST /routee/viber/session",
			"GET /routee/contacts/my", "POST /routee/contacts/my", "POST /routee/contacts/my/blacklist/Viber",
			"DELETE /routee/groups/my/vip/contacts",
		} {
			method, path, _ := strings.Cut(call, " ")
			r := httptest.NewRequest(method, path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Access-Token", fictitious.WooxyToken)
			r.Header.Set("Authorization", "Bearer "+b.token)
			w := httptest.NewRecorder()
			world.Handler().ServeHTTP(w, r)
			var answer map[string]any
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code == http.StatusInternalServerError {
				t.Errorf("%s: HTTP %d %s", call, w.Code, w.Body)
			}
		}
	})
}
