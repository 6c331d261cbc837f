package vendortest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Call is one request as received by a vendor with recorded answers.
type Call struct {
	Verb, Path string
	Query      string
	Header     http.Header
	Body       []byte
	Form       url.Values // of a form or multipart body
	File       string     // "name:content" of the file in a multipart body
}

// Params reads the query.
func (c Call) Params() url.Values {
	params, _ := url.ParseQuery(c.Query)
	return params
}

// is reports whether the call matches a name: "METHOD /path", or for any method "/path" or the last
// part of the path.
func (c Call) is(name string) bool {
	return name == c.Verb+" "+c.Path || name == c.Path || name == path.Base(c.Path)
}

func readCall(r *http.Request) Call {
	c := Call{Verb: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header}
	c.Body, _ = io.ReadAll(r.Body)
	switch kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
	case "application/x-www-form-urlencoded":
		c.Form, _ = url.ParseQuery(string(c.Body))
	case "multipart/form-data":
		form, err := multipart.NewReader(bytes.NewReader(c.Body), params["boundary"]).ReadForm(1 << 20)
		if err != nil {
			break
		}
		c.Form = form.Value
		for _, files := range form.File {
			if file, err := files[0].Open(); err == nil {
				content, _ := io.ReadAll(file)
				c.File = files[0].Filename + ":" + string(content)
			}
		}
	}
	return c
}

// Answers is a vendor that answers each method, named as for Call.is, with several answers in turn;
// the last one repeats. An answer may begin with its status ("404 {…}"); "hang up" closes the
// connection instead. A method without an answer is not found.
type Answers struct {
	URL string

	mu      sync.Mutex
	answers map[string][]string
	calls   []Call
}

// NewAnswers serves the answers until the test ends.
func NewAnswers(t *testing.T, answers map[string][]string) *Answers {
	t.Helper()
	a := &Answers{answers: answers}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.URL = server.URL
	return a
}

// ServeHTTP sends the next answer.
func (a *Answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := readCall(r)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls = append(a.calls, c)
	var queue []string
	for name, answers := range a.answers {
		if !c.is(name) {
			continue
		}
		if queue = answers; len(queue) > 1 {
			a.answers[name] = queue[1:]
		}
		break
	}
	if len(queue) == 0 {
		http.NotFound(w, r)
		return
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

// To returns the calls of one method, named as for Call.is, oldest first.
func (a *Answers) To(name string) []Call {
	a.mu.Lock()
	defer a.mu.Unlock()
	var calls []Call
	for _, c := range a.calls {
		if c.is(name) {
			calls = append(calls, c)
		}
	}
	return calls
}

// Asked returns the number of calls.
func (a *Answers) Asked() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.calls)
}

// Recorded reads a recorded answer of the vendor from the shared testdata.
func Recorded(t testing.TB, vendor, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", vendor, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Tree parses JSON for comparison.
func Tree(t testing.TB, text []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
