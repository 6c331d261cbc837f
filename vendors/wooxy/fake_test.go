package wooxy_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/wooxy"
)

// said is one answer of the fake vendor.
type said struct {
	status int // 0: 200
	body   string
}

// call is one request as the fake vendor got it.
type call struct {
	Token, Type, Verb string
	Body              []byte
}

// fake answers each path with an answer, or in turn with several; the last one stays.
type fake struct {
	URL string

	mu      sync.Mutex
	answers map[string][]said
	calls   map[string][]call
}

func newFake(t *testing.T, answers map[string][]said) *fake {
	t.Helper()
	f := &fake{answers: answers, calls: map[string][]call{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

// saying is a fake that answers a batch.
func saying(t *testing.T, status int, body string) *fake {
	t.Helper()
	return newFake(t, map[string][]said{"/v3/viber/batch": {{status, body}}})
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	defer f.mu.Unlock()
	path := r.URL.Path
	f.calls[path] = append(f.calls[path], call{r.Header.Get("Access-Token"), r.Header.Get("Content-Type"), r.Method, body})
	queue := f.answers[path]
	if len(queue) == 0 {
		http.NotFound(w, r)
		return
	}
	if len(queue) > 1 {
		f.answers[path] = queue[1:]
	}
	if queue[0].status != 0 {
		w.WriteHeader(queue[0].status)
	}
	_, _ = io.WriteString(w, queue[0].body)
}

func (f *fake) to(path string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[path]
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "wooxy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const token = "token-of-nobody"

func adapter(t *testing.T, f *fake) *wooxy.Adapter {
	t.Helper()
	return adapterOf(t, model.Account{Name: "loyalty", Vendor: model.Wooxy, AccessToken: token, BaseURL: f.URL + "/", ContactList: "list-1"})
}

func adapterOf(t *testing.T, account model.Account) *wooxy.Adapter {
	t.Helper()
	client := vendors.NewClient(vendors.ClientOptions{Account: account})
	t.Cleanup(client.Close)
	a, err := wooxy.New(account, client)
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

// harmless fails if a string in v could do harm on a screen.
func harmless(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); model.Sanitise(s) != s {
			t.Errorf("harmful text %q", s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				harmless(t, v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			harmless(t, v.Index(i))
		}
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			harmless(t, v.Elem())
		}
	}
}

// serve serves a handler and gives its address.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
