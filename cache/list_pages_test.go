package cache

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"viberdeck/model"
)

// seedLists fills every list with many rows, of which many have equal values.
func seedLists(t testing.TB, db *DB) {
	t.Helper()
	seedAccounts(t, db)
	names := []string{"осень", "Осень", "ОСЕНЬ", "autumn", "Зима"}
	states := []string{"sent", "failed", "sending"}
	seed(t, db, func(exec func(string, ...any)) {
		for i := range manyRows {
			account, id := 1+i%2, i+1
			var sent any
			if i%3 > 0 {
				sent = i % 7
			}
			exec(addCampaign, id, account, fmt.Sprint("v", id), names[i%len(names)], states[i%3], at(i/10), at(i/10),
				i%4 == 0, sent, sent, sent)
			exec(addRecipient, 1, 375290000000+i, 1+i%14, at(i%50))
			exec(addReply, id, account, fmt.Sprint("v", id), i%20, 375290000000+i%30, "да", at(i/5), at(i))
			exec(`INSERT INTO sender (account, id, name, state, as_of) VALUES (?, ?, ?, ?, 0)`, account, fmt.Sprint(i),
				names[i%len(names)],
				[]string{"approved", "pending"}[i%2])
			exec(`INSERT INTO request_log (at, account, method, status, duration, try, result, bytes) VALUES (?, ?, 'm', ?, ?, 1, 'ok', 1)`,
				at(i), account, 200+i%3, i%9)
			exec(`INSERT INTO vendor_block (account, who, added_at) VALUES (?, ?, ?)`, account, 375291000000+i/2,
				at(i/8))
			if i%5 == 0 {
				exec(`INSERT INTO blacklist (who, added_at, source) VALUES (?, ?, 'operator')`, 375291000000+i, at(i/8))
			}
			exec(`INSERT INTO batch (id, campaign, account, number, state, attempt, size, claimed_at) VALUES (?, ?, ?, ?, ?, '', 1, ?)`,
				id, 1+i/8, 1, i, []string{"unknown", "claimed", "accepted", "refused"}[i%4], at(i))
		}
	})
}

// openLists opens a cache in which seedLists has filled every list. They are filled once.
func openLists(t testing.TB) *DB {
	t.Helper()
	filledLists.once.Do(func() {
		path := emptyFile(t)
		db := must(Open(context.Background(), path, Options{Now: start}))(t)
		seedLists(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		filledLists.file = must(os.ReadFile(path))(t)
	})
	path := filepath.Join(t.TempDir(), "cache.db")
	if err := os.WriteFile(path, filledLists.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return openAt(t, path)
}

// filledLists is the file that openLists copies.
var filledLists struct {
	once sync.Once
	file []byte
}

// reading is one list of the cache, reduced to the cursors of its rows.
type reading struct {
	name  string
	sorts []string
	page  func(context.Context, model.PageRequest) (keys, ids []string, more bool, err error)
	topic model.Topic
	base  model.PageRequest
}

func reader[T any](name string, topic model.Topic, l listing[T],
	read func(context.Context, model.PageRequest) (model.Page[T], error), id func(T) string) reading {
	sorts := []string{""}
	for s := range l.sorts {
		sorts = append(sorts, s)
	}
	return reading{name: name, topic: topic, sorts: sorts,
		page: func(ctx context.Context, q model.PageRequest) ([]string, []string, bool, error) {
			p, err := read(ctx, q)
			var ids []string
			for _, row := range p.Rows {
				ids = append(ids, id(row))
			}
			return p.Keys, ids, p.More, err
		}}
}

func readings(db *DB) []reading {
	of := model.PageRequest{Campaign: 1}
	one := reader("recipients of one campaign", model.TopicRecipients, recipientList(of), db.Recipients,
		func(r model.Recipient) string { return r.Phone.String() })
	one.base = of
	return []reading{
		reader("campaigns", model.TopicCampaigns, campaignList(), db.Campaigns,
			func(c model.Campaign) string { return c.ID.String() }),
		one,
		reader("recipients", model.TopicRecipients, recipientList(model.PageRequest{}), db.Recipients,
			func(r model.Recipient) string { return r.Campaign.String() + r.Phone.String() }),
		reader("replies", model.TopicReplies, replyList(db.now()), db.Replies,
			func(r model.Reply) string { return r.ID.String() }),
		reader("senders", model.TopicSenders, senderList(), db.Senders,
			func(s model.Sender) string { return s.Account + s.ID }),
		reader("blacklist", model.TopicBlacklist, blacklistList(), db.Blacklist,
			func(e model.BlacklistEntry) string { return e.Phone.String() }),
		reader("outbox", model.TopicOutbox, outboxList(), db.Outbox,
			func(o model.OutboxRow) string { return o.Campaign.String() + o.Batch.String() }),
		reader("log", model.TopicLog, logList(), db.Log, func(e model.LogEntry) string { return fmt.Sprint(e.ID) }),
	}
}

// walk reads a list page by page to its end.
func walk(t *testing.T, r reading, q model.PageRequest) []string {
	t.Helper()
	var all []string
	for range 10 * manyRows {
		keys, ids, more, err := r.page(t.Context(), q)
		if err != nil {
			t.Fatalf("%s by %q: %v", r.name, q.Sort, err)
		}
		if len(ids) > q.Limit || more && len(ids) < q.Limit {
			t.Fatalf("%s by %q: %d rows of at most %d, more: %v", r.name, q.Sort, len(ids), q.Limit, more)
		}
		if q.Back {
			all = append(slices.Clone(ids), all...)
		} else {
			all = append(all, ids...)
		}
		if !more {
			return all
		}
		q.Cursor = keys[len(keys)-1]
		if q.Back {
			q.Cursor = keys[0]
		}
	}
	t.Fatalf("%s by %q does not end", r.name, q.Sort)
	return nil
}

// Whoever leaves a view ends its reading at any moment, also between a row and its values.
func TestEveryListCanBeLeftWhileItIsRead(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	for _, r := range readings(db) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			q := r.base
			q.Limit = 100
			begun := time.Now()
			if _, ids, _, err := r.page(t.Context(), q); err != nil || len(ids) < 10 {
				t.Fatalf("%d rows, %v", len(ids), err)
			}
			whole := time.Since(begun)
			const moments = 80
			for moment := range moments {
				ctx, leave := context.WithTimeout(t.Context(), whole*time.Duration(moment)/moments)
				_, _, _, _ = r.page(ctx, q)
				leave()
			}
		})
	}
}

func TestPagesForthAndBackVisitEachRowOnceInOneOrder(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	for _, r := range readings(db) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			n, err := db.Count(t.Context(), r.topic, r.base)
			if err != nil {
				t.Fatal(err)
			}
			for _, sort := range r.sorts {
				for _, desc := range []bool{false, true} {
					q := r.base
					q.Sort, q.Desc, q.Limit = sort, desc, 5000
					whole := walk(t, r, q)
					if int64(len(whole)) != n ||
						len(slices.Compact(slices.Sorted(slices.Values(whole)))) != len(whole) {
						t.Errorf("by %q: %d rows, counted %d, or some twice", sort, len(whole), n)
					}
					q.Limit = int(n)/7 + 1
					if got := walk(t, r, q); !slices.Equal(got, whole) {
						t.Errorf("by %q desc %v: forth by pages differs from the whole", sort, desc)
					}
					q.Back = true
					if got := walk(t, r, q); !slices.Equal(got, whole) {
						t.Errorf("by %q desc %v: back by pages differs from the whole", sort, desc)
					}
				}
			}
		})
	}
}

func TestAPageFromARowBeginsOrEndsWithIt(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	q := model.PageRequest{Limit: 10, Sort: "name"}
	page := must(db.Campaigns(t.Context(), q))(t)
	q.Cursor, q.From = page.Keys[5], true
	if got := must(db.Campaigns(t.Context(), q))(t); got.Rows[0].ID != page.Rows[5].ID {
		t.Errorf("forth from row 5 begins with %s, want %s", got.Rows[0].ID, page.Rows[5].ID)
	}
	q.Back = true
	if got := must(db.Campaigns(t.Context(), q))(t); got.Rows[len(got.Rows)-1].ID != page.Rows[5].ID ||
		len(got.Rows) != 6 || got.More {
		t.Errorf("back from row 5 gives %d rows, more %v", len(got.Rows), got.More)
	}
}

func TestNewRowsOnTopDoNotShiftPages(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	first := must(db.Campaigns(t.Context(), model.PageRequest{Limit: 20}))(t)
	q := model.PageRequest{Limit: 20, Cursor: first.Keys[19]}
	before := must(db.Campaigns(t.Context(), q))(t)
	seed(t, db, func(exec func(string, ...any)) {
		for i := range 50 {
			exec(addCampaign, 5000+i, 1, fmt.Sprint("new", i), "new", "sent", at(9999), at(9999), false, nil, nil, nil)
		}
	})
	after := must(db.Campaigns(t.Context(), q))(t)
	if !slices.Equal(before.Keys, after.Keys) {
		t.Error("the second page has other rows after new ones came on top")
	}
}

func TestSortingAnewKeepsTheRow(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	page := must(db.Campaigns(t.Context(), model.PageRequest{Limit: 40}))(t)
	for _, sort := range []string{"name", "state", "sent", "created_at", "account", "recipients", "delivered"} {
		got := must(db.Campaigns(t.Context(), model.PageRequest{
			Sort: sort, Desc: true, Cursor: page.Keys[33], From: true, Limit: 5}))(t)
		if got.Rows[0].ID != page.Rows[33].ID {
			t.Errorf("by %s the page begins with %s, want %s", sort, got.Rows[0].ID, page.Rows[33].ID)
		}
	}
}

func TestALimitOfNothingMeansSixty(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	if page := must(db.Log(t.Context(), model.PageRequest{}))(t); len(page.Rows) != 60 || !page.More {
		t.Errorf("%d rows, more %v", len(page.Rows), page.More)
	}
}

func TestNonsenseForACursorOrASortIsRefusedInWords(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	log := must(db.Log(t.Context(), model.PageRequest{Limit: 1}))(t)
	blocked := must(db.Blacklist(t.Context(), model.PageRequest{Limit: 1}))(t)
	for _, q := range []model.PageRequest{
		{Cursor: "x"}, {Cursor: "eyJrIjpbbnVsbF19"}, {Cursor: cursor{"", []any{"a", "b", "c"}}.String()},
		{Cursor: blocked.Keys[0][:9]},
		{Sort: "id; DROP TABLE reply"}, {Cursor: cursor{Order: "name"}.String()},
		{Cursor: log.Keys[0]},
	} {
		_, err := db.Campaigns(t.Context(), q)
		if model.KindOf(err) != model.KindInvalid {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// queryPlan returns SQLite's plan for reading a page.
func queryPlan(t *testing.T, db *DB, query string, args []any) string {
	t.Helper()
	rows, err := db.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestPagesInTheNaturalOrderFollowAnIndex(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	seed(t, db, func(exec func(string, ...any)) { exec("ANALYZE") })
	ctx := t.Context()
	cases := map[string]func(back bool) (string, []any){}
	add := func(name, wanted string, build func(q model.PageRequest) (string, []any, error), keys []string) {
		cases[name+"\x00"+wanted] = func(back bool) (string, []any) {
			query, args, err := build(model.PageRequest{Cursor: keys[3], Back: back})
			if err != nil {
				t.Fatal(err)
			}
			return query, args
		}
	}
	add("campaigns", "SEARCH c USING INDEX campaign_by_time", func(q model.PageRequest) (string, []any, error) {
		w, err := campaignsWhere(q)
		at, _ := parseCursor(q.Cursor)
		query, args := campaignList().query(campaignList().natural, w, &at, q)
		return query, args, err
	}, must(db.Campaigns(ctx, model.PageRequest{}))(t).Keys)
	add("recipients of one campaign", "SEARCH r USING PRIMARY KEY (campaign=? AND who",
		func(q model.PageRequest) (string, []any, error) {
			q.Campaign = 1
			w, err := recipientsWhere(q)
			at, _ := parseCursor(q.Cursor)
			query, args := recipientList(q).query(recipientList(q).natural, w, &at, q)
			return query, args, err
		}, must(db.Recipients(ctx, model.PageRequest{Campaign: 1}))(t).Keys)
	for filter, index := range map[string]string{
		"is:open": "reply_by_state (state=? AND", "is:unread": "reply_unread", "": "reply_by_time"} {
		add("replies "+filter, "SEARCH r USING INDEX "+index, func(q model.PageRequest) (string, []any, error) {
			q.Filter = filtered(t, filter)
			w, err := repliesWhere(q, db.now())
			at, _ := parseCursor(q.Cursor)
			query, args := replyList(db.now()).query(replyList(db.now()).natural, w, &at, q)
			return query, args, err
		}, must(db.Replies(ctx, model.PageRequest{}))(t).Keys)
	}
	add("log", "SEARCH l USING INTEGER PRIMARY KEY", func(q model.PageRequest) (string, []any, error) {
		w, err := logWhere(q)
		at, _ := parseCursor(q.Cursor)
		query, args := logList().query(logList().natural, w, &at, q)
		return query, args, err
	}, must(db.Log(ctx, model.PageRequest{}))(t).Keys)
	add("blacklist", "SEARCH v USING INDEX vendor_block_by_time", func(q model.PageRequest) (string, []any, error) {
		w, err := blacklistWhere(q)
		at, _ := parseCursor(q.Cursor)
		query, args := blacklistList().query(blacklistList().natural, w, &at, q)
		return query, args, err
	}, must(db.Blacklist(ctx, model.PageRequest{}))(t).Keys)
	for key, query := range cases {
		name, wanted, _ := strings.Cut(key, "\x00")
		for _, back := range []bool{false, true} {
			sql, args := query(back)
			got := queryPlan(t, db, sql, args)
			// The blacklist merges a page of each of its two parts.
			if !strings.Contains(got, wanted) || name != "blacklist" && strings.Contains(got, "TEMP B-TREE") {
				t.Errorf("%s, back %v: want %q and no sorting, got\n%s", name, back, wanted, got)
			}
			for line := range strings.Lines(got) {
				if strings.HasPrefix(line, "SCAN") && !strings.Contains(line, "INDEX") &&
					!strings.HasPrefix(line, "SCAN e") && !strings.HasPrefix(line, "SCAN (subquery") {
					t.Errorf("%s, back %v: reads a whole table:\n%s", name, back, got)
				}
			}
		}
	}
}
