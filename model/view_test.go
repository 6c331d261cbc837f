package model

import (
	"strings"
	"testing"
	"time"
)

func TestEveryFaultOfAViewNamesItsKey(t *testing.T) {
	t.Parallel()
	good := View{Name: "Prices", List: TopicReplies, Filter: "is:open text:price after:2d", Sort: "-received_at"}
	for _, tt := range []struct {
		key, says string
		views     []View
	}{
		{"", "", []View{good, {Name: "All", List: TopicLog}}},
		{"", "", []View{{Name: "Soon", List: TopicReplies, Waiting: &Duration{time.Minute}},
			{Name: "Later", List: TopicReplies, Waiting: &Duration{30 * 24 * time.Hour}},
			{Name: "Never", List: TopicReplies, Waiting: &Duration{}}}},
		{"view[1].name", `called "PRICES"`, []View{good, {Name: "PRICES", List: TopicLog}}},
		{"view[0].name", "1 to 40", []View{{List: TopicLog}}},
		{"view[0].name", "1 to 40", []View{{Name: strings.Repeat("ё", 41), List: TopicLog}}},
		{"view[0].name", "one line", []View{{Name: "a\x1b[2J", List: TopicLog}}},
		{"view[0].list", "replies, campaigns, recipients, senders, blacklist, outbox, log",
			[]View{{Name: "a", List: TopicHealth}}},
		{"view[0].filter", "no field", []View{{Name: "a", List: TopicLog, Filter: "colour:red"}}},
		{"view[0].filter", "breaks off", []View{{Name: "a", List: TopicLog, Filter: "status:"}}},
		{"view[0].sort", "-send_at", []View{{Name: "a", List: TopicLog, Sort: "a b"}}},
		{"view[0].waiting", "between 1 minute and 30 days", []View{{Name: "a", List: TopicReplies,
			Waiting: &Duration{time.Minute - 1}}}},
		{"view[0].waiting", "between 1 minute and 30 days", []View{{Name: "a", List: TopicReplies,
			Waiting: &Duration{30*24*time.Hour + 1}}}},
		{"view[0].waiting", `the list "replies" can have it`, []View{{Name: "a", List: TopicLog,
			Waiting: &Duration{time.Hour}}}},
		{"view[0].waiting", `the list "replies" can have it`, []View{{Name: "a", List: TopicCampaigns, Waiting: &Duration{}}}},
	} {
		c := Config{Views: tt.views}
		if tt.key == "" {
			if err := c.Validate(nil); err != nil {
				t.Error(err)
			}
			continue
		}
		expectField(t, tt.key, c.Validate(nil), tt.key, tt.says)
	}
}

func TestAViewAsksForItsOrderAndCountsItsTimesFromNow(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	q, err := View{Name: "Agenda", List: TopicCampaigns, Filter: "state:scheduled after:2d",
		Sort: "-send_at"}.Request(now, time.UTC)
	if err != nil || q.Sort != "send_at" || !q.Desc || len(q.Filter.Terms) != 2 ||
		!q.Filter.Terms[1].Time.Equal(now.Add(-48*time.Hour)) {
		t.Errorf("got %+v, %v", q, err)
	}
}
