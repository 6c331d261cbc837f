package vendortest

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
)

// Call is one request as a vendor of recorded answers got it.
type Call struct {
	Query string
	Auth  string
	Body  []byte
}

// Answers is a vendor that answers each "METHOD /path" in turn with several answers; the last one stays. An answer may begin
// with its status ("404 {…}"); "hang up" closes the connection instead. What has no answer is not found.
type Answers struct {
	URL string

	mu      sync.Mutex
	answers map[string][]string
	calls   map[string][]Call
}

// NewAnswers serves the answers until the test ends.
func NewAnswers(t *testing.T, answers map[string][]string) *Answers {
	t.Helper()
	a := &Answers{answers: answers, calls: map[string][]Call{}}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.URL = server.URL
	return a
}

// ServeHTTP answers.
func (a *Answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a.mu.Lock()
	defer a.mu.Unlock()
	name := r.Method + " " + r.URL.Path
	a.calls[name] = append(a.calls[name], Call{Query: r.URL.RawQuery, Auth: r.Header.Get("Authorization"), Body: body})
	queue := a.answers[name]
	if len(queue) == 0 {
		http.NotFound(w, r)
		return
	}
	if len(queue) > 1 {
		a.answers[name] = queue[1:]
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

// To gives the calls of one "METHOD /path", oldest first.
func (a *Answers) To(name string) []Call {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.calls[name]
}

// Asked tells how many different methods were called.
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

// Tree reads JSON for comparing.
func Tree(t testing.TB, text []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
