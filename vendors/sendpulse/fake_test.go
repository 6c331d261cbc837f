package sendpulse_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/sendpulse"
)

// call is one request as the fake vendor got it.
type call struct {
	Query string
	Auth  string
	Body  []byte
}

// fake answers each "METHOD /path" with a recorded answer, or in turn with several; the last one stays.
type fake struct {
	URL string

	mu      sync.Mutex
	answers map[string][]string
	calls   map[string][]call
}

func newFake(t *testing.T, answers map[string][]string) *fake {
	t.Helper()
	f := &fake{answers: answers, calls: map[string][]call{}}
	if f.answers["POST /oauth/access_token"] == nil {
		f.answers["POST /oauth/access_token"] = []string{recorded(t, "token.json")}
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
	_, _ = io.WriteString(w, queue[0])
}

func (f *fake) to(name string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[name]
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "sendpulse", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// adapter makes an adapter whose vendor lives in Kyiv.
func adapter(t *testing.T, f *fake) *sendpulse.Adapter {
	t.Helper()
	return adapterOf(t, model.Account{
		Name: "shop-ua", Vendor: model.SendPulse, ClientID: "id-of-nobody", ClientSecret: "secret-of-nobody", BaseURL: f.URL, TimeZone: "Europe/Kyiv",
	})
}

func adapterOf(t *testing.T, account model.Account) *sendpulse.Adapter {
	t.Helper()
	client := vendors.NewClient(vendors.ClientOptions{Account: account})
	t.Cleanup(client.Close)
	a, err := sendpulse.New(account, client)
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
