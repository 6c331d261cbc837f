package callbacks

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// fakeStore is a cache in memory. Its hooks may fail or take long.
type fakeStore struct {
	mu        sync.Mutex
	callbacks []model.Callback
	ended     map[int64]string // id to note
	events    []model.CallbackEvent
	onStore   func(context.Context) error
	onApply   func(model.Callback) error
	result    model.CallbackResult
	applied   chan struct{} // may be nil; gets one for each that was applied
}

func (s *fakeStore) StoreCallbacks(ctx context.Context, arrived []model.Callback) ([]bool, error) {
	if s.onStore != nil {
		if err := s.onStore(ctx); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	repeated := make([]bool, len(arrived))
	for i, c := range arrived {
		repeated[i] = slices.ContainsFunc(s.callbacks,
			func(o model.Callback) bool { return o.Account == c.Account && string(o.Body) == string(c.Body) })
		if !repeated[i] {
			c.ID = int64(len(s.callbacks) + 1)
			s.callbacks = append(s.callbacks, c)
		}
	}
	return repeated, nil
}

func (s *fakeStore) NextCallbacks(_ context.Context, limit int) ([]model.Callback, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var next []model.Callback
	for _, c := range s.callbacks {
		if _, over := s.ended[c.ID]; !over && len(next) < limit {
			next = append(next, c)
		}
	}
	return next, nil
}

func (s *fakeStore) ApplyCallback(_ context.Context, c model.Callback, e model.CallbackEvent,
	_ time.Time) (model.CallbackResult, error) {
	if s.onApply != nil {
		if err := s.onApply(c); err != nil {
			return model.CallbackResult{}, err
		}
	}
	s.mu.Lock()
	s.events = append(s.events, e)
	s.mu.Unlock()
	s.end(c.ID, e.Unknown)
	if s.applied != nil {
		s.applied <- struct{}{}
	}
	return s.result, nil
}

func (s *fakeStore) KeepCallback(_ context.Context, id int64, note string) error {
	s.end(id, note)
	return nil
}

func (s *fakeStore) end(id int64, note string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended == nil {
		s.ended = map[int64]string{}
	}
	s.ended[id] = note
}

func (s *fakeStore) ForgetCallbacks(context.Context, time.Time) error { return nil }

func (s *fakeStore) bodies() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, c := range s.callbacks {
		all = append(all, string(c.Body))
	}
	return all
}

// logged collects log lines.
type logged struct {
	mu    sync.Mutex
	lines []model.LogEntry
}

func (l *logged) add(e model.LogEntry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, e)
}

func (l *logged) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	for _, e := range l.lines {
		fmt.Fprintf(&b, "%s %s %d %s\n", e.Account, e.Method, e.Status, e.Result)
	}
	return b.String()
}

// testKey is the key of the test installation.
func testKey() []byte { return []byte("a key for tests only, 32 bytes!!") }

// decodeTest reads {"phone":"…","text":"…","panic":true}; another shape is unknown.
func decodeTest(body []byte) (Event, error) {
	var answer struct {
		Phone string `json:"phone"`
		Text  string `json:"text"`
		Panic bool   `json:"panic"`
		Odd   string `json:"odd"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return Event{}, fmt.Errorf("read a test callback: %w", err)
	}
	if answer.Panic {
		panic("the decoder has a fault")
	}
	phone, _ := model.PhoneFromVendor(answer.Phone)
	return Event{Unknown: answer.Odd, Replies: []model.Reply{{Phone: phone, Text: answer.Text}}}, nil
}

func options(store Store) Options {
	return Options{Store: store, Accounts: []Account{
		{Name: "loyalty", Vendor: model.Wooxy, Secret: Secret(testKey(), "loyalty"), Decode: decodeTest,
			Hidden: []string{"token-0123456789"}},
		{Name: "promo gr/1", Vendor: model.Routee, Secret: Secret(testKey(), "promo gr/1"), Decode: decodeTest},
	}}
}

func newReceiver(t testing.TB, o Options) *Receiver {
	t.Helper()
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// serving makes a receiver whose clerk stores what comes; call answers requests without a network.
func serving(t testing.TB, o Options) *Receiver {
	t.Helper()
	r := newReceiver(t, o)
	ctx, stop := context.WithCancel(context.Background())
	var clerk sync.WaitGroup
	clerk.Go(func() { r.clerk(ctx) })
	t.Cleanup(func() { stop(); clerk.Wait() })
	return r
}

func call(t testing.TB, r *Receiver, method, target, contentType, body string) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	r.receive(w, req)
	return w
}

// post posts JSON to the first account's address and returns the status.
func post(t testing.TB, r *Receiver, body string) int {
	t.Helper()
	return call(t, r, http.MethodPost, address("loyalty"), "application/json", body).Code
}

func address(account string) string { return Path(account, Secret(testKey(), account)) }
