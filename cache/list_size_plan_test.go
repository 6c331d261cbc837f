package cache

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestPeopleOfACampaignAreSortedAndFilteredByAnIndex(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	for _, tt := range []struct {
		q      model.PageRequest
		filter string
		index  string
	}{
		{model.PageRequest{Campaign: 1, Sort: "status"}, "", "recipient_by_status (campaign=?"},
		{model.PageRequest{Campaign: 1, Sort: "status", Desc: true}, "phone:375291111111", "(campaign=?"},
		{model.PageRequest{Campaign: 1, Sort: "updated_at"}, "", "recipient_by_time (campaign=?"},
		{model.PageRequest{Campaign: 1, Sort: "phone", Desc: true}, "", "PRIMARY KEY (campaign=?"},
		{model.PageRequest{Campaign: 1}, "status:expired", "recipient_by_status (campaign=? AND status=?)"},
		{model.PageRequest{Campaign: 1}, "is:optout", "recipient_by_status (campaign=? AND status=?)"},
		{model.PageRequest{}, "status:expired", "recipient_by_status (campaign=? AND status=?)"},
		{model.PageRequest{Campaign: 1}, "phone:+3752911", "PRIMARY KEY (campaign=? AND who>? AND who<?)"},
		{model.PageRequest{}, "phone:+3752911", "PRIMARY KEY (campaign=? AND who>? AND who<?)"},
		{model.PageRequest{Campaign: 1}, "status:read phone:+3752911",
			"recipient_by_status (campaign=? AND status=? AND who>? AND who<?)"},
		{model.PageRequest{}, "phone:375291111111", "PRIMARY KEY (campaign=? AND who=?)"},
	} {
		q := tt.q
		q.Filter = filtered(t, tt.filter)
		w := must(recipientsWhere(q))(t)
		l := recipientList(q)
		query, args := l.query(must(l.order(q))(t), w, nil, q)
		plan := queryPlan(t, db, query, args)
		if !strings.Contains(plan, tt.index) || strings.Contains(plan, "SCAN r") {
			t.Errorf("%+v %s: want %q, got\n%s", tt.q, tt.filter, tt.index, plan)
		}
		// Only the rows of the page itself are sorted; finding them needs no sort.
		if found, _ := l.found(must(l.order(q))(t).keys, w, " ASC", " LIMIT 61"); l.split == nil {
			if plan := queryPlan(t, db, found, w.args); strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%+v %s: sorts all that match\n%s", tt.q, tt.filter, plan)
			}
		}
	}
}

func TestWhatEveryStepOfTriageCountsFollowsAnIndex(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	day := start().Format(time.DateOnly)
	for filter, want := range map[string]string{
		"is:open":                          "COVERING INDEX reply_by_state (state=?)",
		"is:unread":                        "INDEX reply_unread",
		"is:open is:optout":                "INDEX reply_stops (state=?)",
		"is:snoozed":                       "COVERING INDEX reply_by_state (state=?)",
		"done:" + day:                      "INDEX reply_done (done_at>?)",
		"is:open text:price text:delivery": "COVERING INDEX reply_by_state (state=?)",
	} {
		q := model.PageRequest{Filter: filtered(t, filter)}
		w := must(replies().where(db, q))(t)
		plan := queryPlan(t, db, "SELECT count(*) FROM "+replies().rows(db, q).counted+w.String(), w.args)
		if !strings.Contains(plan, want) || strings.Count(plan, "SCAN reply_text") > 1 {
			t.Errorf("%s: want %q, got\n%s", filter, want, plan)
		}
	}
}

func TestCommonWordsThatNoReplyHasTogetherAreLookedForInTheIndexOfTheQueueAlone(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	q := model.PageRequest{Filter: filtered(t, "is:open text:price text:delivery")}
	l, w := replies().rows(db, q), must(replies().where(db, q))(t)
	l.apart = true
	query, args := l.query(l.natural, w, nil, q)
	if plan := queryPlan(t, db, query, args); !strings.Contains(plan, "r USING COVERING INDEX reply_by_state") {
		t.Errorf("got\n%s", plan)
	}
	seedReply(t, db, 900001, 375291111111, "price of delivery", 1)
	seedReply(t, db, 900002, 375291111112, "delivery", 2)
	seedReply(t, db, 900003, 375291111113, "Prices, deliveries!", 3)
	seedReply(t, db, 900004, 375291111114, "the delivery price", 4)
	for _, apart := range []bool{false, true} {
		l.apart = apart
		page := must(readPage(t.Context(), db.reader, l, w, model.PageRequest{Limit: 1, Back: true}))(t)
		if len(page.Rows) != 1 || page.Rows[0].ID != 900004 || !page.More {
			t.Errorf("apart %v: %+v", apart, page)
		}
		q.Cursor = page.Keys[0]
		page = must(readPage(t.Context(), db.reader, l, w, model.PageRequest{Cursor: q.Cursor, Back: true}))(t)
		if len(page.Rows) != 1 || page.Rows[0].ID != 900001 || page.More {
			t.Errorf("apart %v, before that: %+v", apart, page)
		}
	}
}

func TestEveryFieldIsCountedAsItIsListed(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	for _, field := range model.FilterFields() {
		value := map[string]string{"status": "sent", "state": "open", "is": "unread", "before": "2027-01-01",
			"after": "2020-01-01", "done": "2020-01-01"}[field]
		for _, filter := range []string{field + ":" + cmp.Or(value, "375"), "-" + field + ":" + cmp.Or(value, "375"),
			"is:optout " + field + ":" + cmp.Or(value, "375")} {
			f, err := model.ParseFilter(filter, start(), time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			q := model.PageRequest{Filter: f, Limit: 5000}
			people, err := db.Recipients(t.Context(), q)
			n, counting := db.Count(t.Context(), model.TopicRecipients, q)
			if (err == nil) != (counting == nil) || int(n) != len(people.Rows) {
				t.Errorf("recipients %s: %d listed (%v), %d counted (%v)", filter, len(people.Rows), err, n, counting)
			}
			replies, err := db.Replies(t.Context(), q)
			n, counting = db.Count(t.Context(), model.TopicReplies, q)
			if (err == nil) != (counting == nil) || int(n) != len(replies.Rows) {
				t.Errorf("replies %s: %d listed (%v), %d counted (%v)", filter, len(replies.Rows), err, n, counting)
			}
		}
	}
}

func TestTheCountKeptOfPeopleIsThatOfTheirRows(t *testing.T) {
	t.Parallel()
	db := openLists(t)
	for _, campaign := range []model.CampaignID{0, 1, 2, 99} {
		q := model.PageRequest{Campaign: campaign}
		kept := must(db.Count(t.Context(), model.TopicRecipients, q))(t)
		all := model.PageRequest{Campaign: campaign, Limit: 5000}
		if rows := must(db.Recipients(t.Context(), all))(t).Rows; int64(len(rows)) != kept {
			t.Errorf("campaign %d has %d people, counted as %d", campaign, len(rows), kept)
		}
	}
}

func TestAPhonesBeginningFindsTheSamePeopleInEveryOrderAndIsCountedSo(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "One")
	seedCampaign(t, db, 2, "Two")
	phones := []int64{3752911, 37529110, 375291111111, 375291199999, 375292222222, 3752911222333, 302911111111}
	seed(t, db, func(exec func(string, ...any)) {
		for i, phone := range phones {
			exec(addRecipient, 1, phone, 4+i%3, at(i))
			exec(addRecipient, 2, phone, 7, at(i))
		}
	})
	for _, campaign := range []model.CampaignID{0, 1} {
		for _, sort := range []string{"", "status", "updated_at", "phone"} {
			q := model.PageRequest{Campaign: campaign, Filter: filtered(t, "phone:+3752911"), Sort: sort, Limit: 2}
			seen := map[string]bool{}
			for {
				page := must(db.Recipients(t.Context(), q))(t)
				for _, r := range page.Rows {
					seen[r.Campaign.String()+r.Phone.String()] = true
				}
				if !page.More {
					break
				}
				q.Cursor = page.Keys[len(page.Keys)-1]
			}
			want := 5
			if campaign == 0 {
				want = 10
			}
			q.Cursor = ""
			if n := must(db.Count(t.Context(), model.TopicRecipients, q))(t); len(seen) != want || n != int64(want) {
				t.Errorf("campaign %d by %q: %d people of %d, counted as %d", campaign, sort, len(seen), want, n)
			}
		}
	}
}

func TestSortingAnewKeepsThePersonOfThisCampaign(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "One")
	seedCampaign(t, db, 2, "Two")
	seed(t, db, func(exec func(string, ...any)) {
		for i := range 10 {
			exec(addRecipient, 1, 375291111110+i, 4, at(i))
			exec(addRecipient, 2, 375291111110+i, 4+i%5, at(100-i))
		}
	})
	natural := must(db.Recipients(t.Context(), model.PageRequest{Campaign: 2}))(t)
	for _, sort := range []string{"status", "updated_at"} {
		for i, person := range natural.Rows {
			page := must(db.Recipients(t.Context(),
				model.PageRequest{Campaign: 2, Sort: sort, Cursor: natural.Keys[i], From: true}))(t)
			if len(page.Rows) == 0 || page.Rows[0].Phone != person.Phone || page.Rows[0].Campaign != 2 {
				t.Errorf("by %s the page begins at %+v, not at %s", sort, page.Rows, person.Phone)
			}
		}
	}
}
