package smsby_test

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/smsby"
)

// call is one request as the fake vendor got it.
type call struct {
	Method string // the vendor's method
	Verb   string
	Query  url.Values
	Form   url.Values // of a form or multipart body
	File   string     // content of the uploaded image
	Body   []byte
}

// fake answers each method with a recorded answer, or in turn with several; the last one stays.
type fake struct {
	URL string

	mu      sync.Mutex
	answers map[string][]string
	calls   []call
}

func newFake(t *testing.T, answers map[string][]string) *fake {
	t.Helper()
	f := &fake{answers: answers}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := call{Method: r.URL.Path, Verb: r.Method, Query: r.URL.Query()}
	c.Body, _ = io.ReadAll(r.Body)
	switch kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
	case "application/x-www-form-urlencoded":
		c.Form, _ = url.ParseQuery(string(c.Body))
	case "multipart/form-data":
		form, err := multipart.NewReader(strings.NewReader(string(c.Body)), params["boundary"]).ReadForm(1 << 20)
		if err == nil {
			c.Form = form.Value
			if file, err := form.File["image"][0].Open(); err == nil {
				content, _ := io.ReadAll(file)
				c.File = form.File["image"][0].Filename + ":" + string(content)
			}
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, c)
	name := filepath.Base(r.URL.Path)
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

// to gives the calls of one method.
func (f *fake) to(method string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	var calls []call
	for _, c := range f.calls {
		if filepath.Base(c.Method) == method {
			calls = append(calls, c)
		}
	}
	return calls
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "smsby", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func adapter(t *testing.T, f *fake) *smsby.Adapter {
	t.Helper()
	return adapterOf(t, model.Account{Name: "minsk", Vendor: model.SMSBy, Token: "token-of-nobody", BaseURL: f.URL})
}

func adapterOf(t *testing.T, account model.Account) *smsby.Adapter {
	t.Helper()
	client := vendors.NewClient(vendors.ClientOptions{Account: account, Secrets: []string{account.Token}})
	t.Cleanup(client.Close)
	a, err := smsby.New(account, client)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// tree reads JSON for comparing.
func tree(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
