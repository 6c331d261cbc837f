package vendortest

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

func testAccount(t *testing.T, b *bench) {
	if got := b.adapter.Account(); got.Name != b.Account.Name || got.Vendor != b.Account.Vendor {
		t.Errorf("account %s of %s, want %s of %s", got.Name, got.Vendor, b.Account.Name, b.Account.Vendor)
	}
	eachString(reflect.ValueOf(b.adapter.Account()), func(_, s string) { b.mustKeepSecrets(t, s) })
	if b.adapter.Capabilities().Vendor != b.Account.Vendor {
		t.Errorf("capabilities of %s", b.adapter.Capabilities().Vendor)
	}
	for act, reason := range b.adapter.Capabilities().Lacks {
		if strings.TrimSpace(reason) == "" {
			t.Errorf("%s is lacked without a reason", act)
		}
	}
}

func testReads(t *testing.T, b *bench) {
	r := b.mustRead(t)
	seen := map[string]bool{}
	for _, c := range r.Campaigns {
		switch {
		case c.VendorID == "" || seen[c.VendorID]:
			t.Errorf("campaign id %q is empty or comes twice", c.VendorID)
		case !slices.Contains(model.CampaignStates(), c.State):
			t.Errorf("campaign %s has the state %q", c.VendorID, c.State)
		case c.Vendor != b.Account.Vendor:
			t.Errorf("campaign %s is of vendor %q", c.VendorID, c.Vendor)
		}
		seen[c.VendorID] = true
	}
	for _, p := range r.Recipients {
		if p.Phone == 0 && p.Contact == "" {
			t.Errorf("a recipient is nobody: %+v", p)
		}
	}
	for _, reply := range r.Replies {
		if reply.VendorID == "" || !reply.Unread || reply.State != model.ReplyOpen || reply.CampaignRef == "" {
			t.Errorf("reply %+v: want an id, open, unread and with the campaign it answers", reply)
		}
	}
	eachString(reflect.ValueOf(r), func(field, s string) {
		if field == "Account" && s != b.Account.Name {
			t.Errorf("something belongs to account %q, want %q", s, b.Account.Name)
		}
	})
	if _, ok := b.adapter.(vendors.CampaignLister); ok && len(r.Campaigns) == 0 {
		t.Error("no campaigns: the vendor of the test should have some")
	}
	if v, ok := b.adapter.(vendors.CampaignLookup); ok {
		listed := r.Campaigns[0]
		one, err := v.Campaign(t.Context(), listed.VendorID)
		if err != nil || one.VendorID != listed.VendorID || one.Name != listed.Name || one.State != listed.State ||
			one.Message.Text != listed.Message.Text {
			t.Errorf("asked for alone %+v, %v; in the list %+v", one, err, listed)
		}
	}
	mustBeSame(t, b.mustRead(t), r) // reading must not change anything
}

func testShortPages(t *testing.T, b *bench) {
	if b.ShortPages == nil {
		return
	}
	want := b.mustRead(t)
	asked, _ := b.proxy.times("")
	b.proxy.spoil(all, -1, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		b.ShortPages(r)
		vendor.ServeHTTP(w, r)
	})
	mustBeSame(t, b.mustRead(t), want)
	if again, _ := b.proxy.times(""); again <= 2*asked {
		t.Errorf("%d requests with short pages after %d with long ones: the pages were not shortened", again-asked,
			asked)
	}
}

func testSamePage(t *testing.T, b *bench) {
	b.proxy.spoil(all, -1, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		if b.ShortPages != nil {
			b.ShortPages(r)
		}
		query := r.URL.Query()
		for _, name := range []string{"offset", "limit_offset", "page"} {
			query.Del(name)
		}
		r.URL.RawQuery = query.Encode()
		if r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" && r.ParseForm() == nil {
			r.PostForm.Del("limit_offset")
			replaceForm(r)
		}
		if r.Header.Get("Content-Type") == "application/json" {
			replaceJSON(r, func(fields map[string]any) { delete(fields, "offset") })
		}
		vendor.ServeHTTP(w, r)
	})
	// If the vendor reports the total, the missing rest is noticed.
	if _, err := read(t.Context(), b.adapter); err != nil && !model.IsNotWhole(err) {
		t.Errorf("read: %v", err)
	}
	if asked, _ := b.proxy.times(""); asked > 200 {
		t.Errorf("%d requests for the same page", asked)
	}
}

func testNews(t *testing.T, b *bench)       { b.mustReadTheSame(t, withNews) }
func testOtherTypes(t *testing.T, b *bench) { b.mustReadTheSame(t, otherTypes) }

func (b *bench) mustReadTheSame(t *testing.T, change func(any) any) {
	t.Helper()
	want := b.mustRead(t)
	b.proxy.spoil(all, -1, rewritten(change))
	b.open(t) // so that the token answer is changed as well
	mustBeSame(t, b.mustRead(t), want)
}

func testStatuses(t *testing.T, b *bench) {
	for _, word := range []string{limbo, ""} {
		to := any(word)
		if word == "" {
			to = nil
		}
		b.proxy.spoil(b.notToken, -1, rewritten(withStatus(to)))
		r := b.mustRead(t)
		for _, c := range r.Campaigns {
			if c.State != model.CampaignUnknown || c.VendorState != word {
				t.Fatalf("status %v: campaign is %s, %q", to, c.State, c.VendorState)
			}
		}
		for _, p := range r.Recipients {
			if p.Status != model.StatusUnknown || p.VendorStatus != word {
				t.Fatalf("status %v: recipient is %s, %q", to, p.Status, p.VendorStatus)
			}
		}
		for _, s := range r.Senders {
			if s.State != model.SenderUnknown && s.VendorState != word {
				t.Fatalf("status %v: sender is %s, %q", to, s.State, s.VendorState)
			}
		}
	}
}

func testShapes(t *testing.T, b *bench) {
	for _, body := range []string{`[]`, `{}`, `null`, `7`, `"words"`, `true`, `[[]]`, `[null]`, `[7,"x"]`,
		`{"result":7}`, `{"result":[7]}`, `{"result":{}}`,
		`{"data":[]}`, `{"data":{"list":{}}}`, `{"recipients":"none"}`, `{"statistic":[]}`,
		`{"status":[],"result":null}`, `[{"id":{}}]`, "\xef\xbb\xbf[]"} {
		b.proxy.spoil(b.notToken, -1, says(http.StatusOK, "application/json", body))
		for name, ask := range b.questions() {
			if err := ask(t.Context()); err != nil {
				if e := asError(err); e == nil {
					t.Errorf("%s after %s: %v is no application error", name, body, err)
				}
			}
		}
	}
}

func testHostileText(t *testing.T, b *bench) {
	b.proxy.spoil(b.notToken, -1, rewritten(withHostileText))
	r := b.mustRead(t)
	eachString(reflect.ValueOf(r), func(field, s string) {
		if model.Sanitise(s) != s {
			t.Errorf("%s holds harmful text: %q", field, s)
		}
	})
}

// questions are the adapter's read requests, one each.
func (b *bench) questions() map[string]func(context.Context) error {
	questions := map[string]func(context.Context) error{}
	if l, ok := b.adapter.(vendors.CampaignLister); ok {
		questions["campaigns"] = func(ctx context.Context) error {
			for _, err := range l.Campaigns(ctx) {
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	if s, ok := b.adapter.(vendors.StatisticsReader); ok {
		questions["statistics"] = func(ctx context.Context) error { _, err := s.Statistics(ctx, "7"); return err }
	}
	if s, ok := b.adapter.(vendors.RecipientReader); ok {
		questions["recipients"] = func(ctx context.Context) error {
			for _, err := range s.Recipients(ctx, "7") {
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	if s, ok := b.adapter.(vendors.CampaignLookup); ok {
		questions["campaign"] = func(ctx context.Context) error { _, err := s.Campaign(ctx, "7"); return err }
	}
	if s, ok := b.adapter.(vendors.ReplyReader); ok {
		questions["replies"] = func(ctx context.Context) error { _, err := s.Replies(ctx, "7"); return err }
	}
	if s, ok := b.adapter.(vendors.SenderLister); ok && !b.LocalSenders {
		questions["senders"] = func(ctx context.Context) error { _, err := s.Senders(ctx); return err }
	}
	if s, ok := b.adapter.(vendors.BlacklistReader); ok {
		questions["blacklist"] = func(ctx context.Context) error {
			for _, err := range s.Blacklist(ctx) {
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	if s, ok := b.adapter.(vendors.ListReader); ok {
		questions["lists"] = func(ctx context.Context) error { _, err := s.Lists(ctx); return err }
	}
	if s, ok := b.adapter.(vendors.BalanceReader); ok {
		questions["balance"] = func(ctx context.Context) error { _, err := s.Balance(ctx); return err }
	}
	if s, ok := b.adapter.(vendors.Tracker); ok {
		questions["track"] = func(ctx context.Context) error { _, err := s.Track(ctx, "7"); return err }
	}
	for _, name := range b.Unasked {
		delete(questions, name)
	}
	return questions
}

// ask makes any one read request.
func (b *bench) ask(ctx context.Context) error {
	for _, name := range []string{"senders", "balance", "campaigns", "lists", "track", "recipients"} {
		if q := b.questions()[name]; q != nil {
			return q(ctx)
		}
	}
	return nil
}

func testManyAtOnce(t *testing.T, b *bench) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := read(t.Context(), b.adapter); err != nil {
				t.Errorf("read: %v", err)
			}
		})
	}
	wg.Wait()
	if b.TokenPath != "" {
		if asked, _ := b.proxy.times(b.TokenPath); asked != 1 {
			t.Errorf("%d tokens for eight readers, want 1", asked)
		}
	}
}

func testEndedContext(t *testing.T, b *bench) {
	if err := b.ask(t.Context()); err != nil { // all waiting callers share a login, which must not end with one of them
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	b.proxy.spoil(all, -1, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		cancel()
		isSilent(w, r, vendor)
	})
	started := time.Now()
	_ = b.mustBeError(t, b.ask(ctx))
	if took := time.Since(started); took > vendors.DefaultHeaderTimeout/2 {
		t.Errorf("it ended after %s", took)
	}
}
