package vendortest

import (
	"context"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
)

// counted are the adapter's read requests, each with the number of rows that it returns.
func (b *bench) counted(campaign string) map[string]func(context.Context) (int, error) {
	all := map[string]func(context.Context) (int, error){}
	if v, ok := b.adapter.(vendors.CampaignLister); ok {
		all["campaigns"] = func(ctx context.Context) (int, error) { return rowsOf(v.Campaigns(ctx)) }
	}
	if v, ok := b.adapter.(vendors.BlacklistReader); ok {
		all["blacklist"] = func(ctx context.Context) (int, error) { return rowsOf(v.Blacklist(ctx)) }
	}
	if v, ok := b.adapter.(vendors.SenderLister); ok && !b.LocalSenders {
		all["senders"] = func(ctx context.Context) (int, error) { rows, err := v.Senders(ctx); return len(rows), err }
	}
	if v, ok := b.adapter.(vendors.ListReader); ok {
		all["lists"] = func(ctx context.Context) (int, error) { rows, err := v.Lists(ctx); return len(rows), err }
	}
	if v, ok := b.adapter.(vendors.BalanceReader); ok {
		all["balance"] = func(ctx context.Context) (int, error) { _, err := v.Balance(ctx); return 0, err }
	}
	if v, ok := b.adapter.(vendors.RecipientReader); ok && campaign != "" {
		all["recipients"] = func(ctx context.Context) (int, error) { return rowsOf(v.Recipients(ctx, campaign)) }
	}
	if v, ok := b.adapter.(vendors.ReplyReader); ok && campaign != "" {
		all["replies"] = func(ctx context.Context) (int, error) {
			rows, err := v.Replies(ctx, campaign)
			return len(rows), err
		}
	}
	if v, ok := b.adapter.(vendors.StatisticsReader); ok && campaign != "" {
		all["statistics"] = func(ctx context.Context) (int, error) {
			_, err := v.Statistics(ctx, campaign)
			return 0, err
		}
	}
	for _, name := range b.Unasked {
		delete(all, name)
	}
	return all
}

func rowsOf[T any](pages iter.Seq2[[]T, error]) (int, error) {
	rows, err := vendors.Together(pages)
	return len(rows), err
}

// someCampaign returns a campaign that the vendor has: a listed one, or one that is sent for it.
func (b *bench) someCampaign(t *testing.T) string {
	t.Helper()
	if l, ok := b.adapter.(vendors.CampaignLister); ok {
		for page, err := range l.Campaigns(t.Context()) {
			if err != nil || len(page) == 0 {
				t.Fatalf("%d campaigns, %v", len(page), err)
			}
			return page[0].VendorID
		}
	}
	o, err := b.send(t)
	if err != nil {
		t.Fatal(err)
	}
	return o.VendorRef
}

// answersTo records what the vendor answers to each path while ask asks, the first answer of each.
func (b *bench) answersTo(t *testing.T, ask func(context.Context) (int, error)) (answers map[string][]byte, rows int) {
	t.Helper()
	answers = map[string][]byte{}
	b.proxy.spoil(b.notToken, -1, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		rec := httptest.NewRecorder()
		vendor.ServeHTTP(rec, r)
		if _, again := answers[r.URL.Path]; !again {
			answers[r.URL.Path] = rec.Body.Bytes()
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes())
	})
	defer b.proxy.heal()
	rows, err := ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return answers, rows
}

// testMutatedAnswers changes one thing of each answer to a question: the reading is as complete as
// before, or it has failed with a sentence.
func testMutatedAnswers(t *testing.T, b *bench) {
	for name, ask := range b.counted(b.someCampaign(t)) {
		answers, whole := b.answersTo(t, ask)
		for path, body := range answers {
			for _, m := range mutations(body) {
				if b.AskedBy != "" && strings.Contains(m.name, "."+b.AskedBy+" ") {
					continue // then it asks about something else
				}
				b.proxy.spoil(pathEnds(path), 1, says(http.StatusOK, "application/json", string(m.body)))
				rows, err := ask(t.Context())
				b.proxy.heal()
				if err != nil {
					mustBeShort(t, name+" after "+m.name, b.mustBeError(t, err))
				} else if rows < whole && !m.empties {
					t.Errorf("%s after %s of %s: %d rows of %d, and it is believed", name, m.name, path, rows, whole)
				}
			}
		}
	}
}

// testMutatedYes changes one thing of the answer to a send that the vendor accepted: nobody is
// refused, and nobody waits to be written to again.
func testMutatedYes(t *testing.T, b *bench) {
	if b.SendPath == "" {
		return
	}
	var yes []byte
	b.proxy.spoil(b.sends, 1, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		rec := httptest.NewRecorder()
		vendor.ServeHTTP(rec, r)
		yes = rec.Body.Bytes()
		_, _ = w.Write(yes)
	})
	if _, err := b.send(t); err != nil {
		t.Fatal(err)
	}
	all := append(mutations(yes), mutation{name: "nothing at all"}, mutation{name: "a page", body: []byte(webPage)},
		mutation{name: "the first half", body: yes[:len(yes)/2]})
	for _, m := range all {
		b.proxy.spoil(b.sends, 1, says(http.StatusOK, "application/json", string(m.body)))
		o, err := b.send(t)
		b.proxy.heal()
		if err != nil {
			if e := b.mustBeError(t, err); e.Fate != model.FateUnknown {
				t.Errorf("after %s: fate %q, want unknown: %v", m.name, e.Fate, err)
			} else {
				mustBeShort(t, "a send after "+m.name, e)
			}
			continue
		}
		if o.State != model.BatchAccepted && o.State != model.BatchUnknown {
			t.Errorf("after %s the batch is %s", m.name, o.State)
		}
		for _, p := range o.People {
			if p.Status != model.StatusAccepted && p.Status != model.StatusUnknown {
				t.Errorf("after %s a person is %s: %s", m.name, p.Status, p.Reason)
			}
		}
	}
}

// mustBeShort fails if an error is longer than a person reads.
func mustBeShort(t *testing.T, name string, err *model.Error) {
	t.Helper()
	text := err.Error()
	if len(text) > 2000 {
		t.Errorf("%s: the error has %d characters: %.200s…", name, len(text), text)
	}
	if strings.Contains(text, "json:") || strings.Contains(text, "%!") {
		t.Errorf("%s: the error is not for a person: %s", name, text)
	}
}

// testMutatedTrack changes one thing of what the vendor says about a send that it accepted: nobody
// becomes refused by it.
func testMutatedTrack(t *testing.T, b *bench) {
	tracker, ok := b.adapter.(vendors.Tracker)
	if !ok || b.SendPath == "" {
		return
	}
	sent, err := b.send(t)
	if err != nil {
		t.Fatal(err)
	}
	answers, _ := b.answersTo(t, func(ctx context.Context) (int, error) {
		got, err := tracker.Track(ctx, sent.VendorRef)
		return len(got.People), err
	})
	for path, body := range answers {
		for _, m := range mutations(body) {
			b.proxy.spoil(pathEnds(path), 1, says(http.StatusOK, "application/json", string(m.body)))
			got, err := tracker.Track(t.Context(), sent.VendorRef)
			b.proxy.heal()
			if err != nil {
				mustBeShort(t, "following a send after "+m.name, b.mustBeError(t, err))
				continue
			}
			if !got.Refused.IsZero() {
				t.Errorf("after %s the rest is refused: %s", m.name, got.Refused)
			}
			for _, p := range got.People {
				if s := p.Verdict(); s == model.StatusRejected || s == model.StatusFailed || s == model.StatusNoMoney {
					t.Errorf("after %s a person is %s: %s", m.name, s, p.Reason)
				}
			}
		}
	}
}

// testUnconfirmedBlock answers a change of the blacklist with nothing that says that it was made: a
// person who opted out must not count as blocked at the vendor.
func testUnconfirmedBlock(t *testing.T, b *bench) {
	writer, ok := b.adapter.(vendors.BlacklistWriter)
	if !ok {
		return
	}
	phones := []model.Phone{375291111111, 375291111112}
	if err := writer.Block(t.Context(), phones, "asked"); err != nil {
		t.Fatal(err)
	}
	changes := func(r *http.Request) bool {
		return strings.Contains(r.URL.Path, b.BlockPath) &&
			r.Method == http.MethodPost
	}
	for _, body := range []string{`{}`, `null`, `[]`, `{"status":"?"}`, `{"result":false}`,
		`{"result":true,"counters":{"added":1,"exists":0}}`} {
		if strings.Contains(body, "counters") && b.Account.Vendor != model.SendPulse {
			continue // it alone counts
		}
		b.proxy.spoil(changes, -1, says(http.StatusOK, "application/json", body))
		err := writer.Block(t.Context(), phones, "asked")
		b.proxy.heal()
		if err == nil {
			t.Errorf("%s: it is believed", body)
			continue
		}
		mustBeShort(t, "a block after "+body, b.mustBeError(t, err))
	}
}
