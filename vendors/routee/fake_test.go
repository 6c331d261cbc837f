package routee_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/routee"
)

// call is one request as the fake vendor got it.
type call struct {
	Query string
	Auth  string
	Body  []byte
}

// fake answers each "METHOD /path" in turn with several answers; the last one stays. An answer may begin with its status.
type fake struct {
	URL string

	mu      sync.Mutex
	answers map[string][]string
	calls   map[string][]call
}

func newFake(t *testing.T, answers map[string][]string) *fake {
	t.Helper()
	f := &fake{answers: answers, calls: map[string][]call{}}
	if f.answers["POST /oauth/token"] == nil {
		f.answers["POST /oauth/token"] = []string{recorded(t, "token.json")}
	}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	defer f.mu.Unlock()
	name := r.Method + " " + r.URL.Path
	f.calls[name] = append(f.calls[name], call{Query: r.URL.RawQuery, Auth: r.Header.Get("Authorization"), Body: body})
	queue := f.answers[name]
	if len(queue) == 0 {
		http.NotFound(w, r)
		return
	}
	if len(queue) > 1 {
		f.answers[name] = queue[1:]
	}
	answer := queue[0]
	if first, rest, found := strings.Cut(answer, " "); found {
		if status, err := strconv.Atoi(first); err == nil {
			w.WriteHeader(status)
			answer = rest
		}
	}
	if answer == "hang up" {
		panic(http.ErrAbortHandler)
	}
	_, _ = io.WriteString(w, answer)
}

func (f *fake) to(name string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[name]
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "routee", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func account(base string) model.Account {
	return model.Account{
		Name: "promo-gr", Vendor: model.Routee, ApplicationID: "id-of-nobody", ApplicationSecret: "secret-of-nobody", BaseURL: base, AuthURL: base,
		Senders: []model.ConfigSender{{ID: "6f1e", Name: "Example Shop"}},
	}
}

func adapter(t *testing.T, f *fake) *routee.Adapter {
	t.Helper()
	client := vendors.NewClient(vendors.ClientOptions{Account: account(f.URL)})
	t.Cleanup(client.Close)
	a, err := routee.New(account(f.URL), client)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// tree reads JSON for comparing.
func tree(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

const send = "POST /viber/campaign"

// batch is the simplest batch: a text to two people.
func batch() model.Batch {
	return model.Batch{ID: 7, Number: 1, People: []model.Recipient{{Phone: 306948530920}, {Phone: 306948530921}}, Campaign: model.Campaign{
		Account: "promo-gr", Vendor: model.Routee, Name: "Autumn sale", Sender: "6f1e", Class: model.ClassPromotional, Message: model.Message{Text: "Hello"},
	}}
}
