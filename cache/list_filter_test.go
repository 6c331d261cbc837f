package cache

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// repliesFor returns the numbers of the replies that a filter finds, in page order.
func repliesFor(t testing.TB, db *DB, expression, operator string) string {
	t.Helper()
	q := model.PageRequest{Filter: filtered(t, expression), Operator: operator}
	page, err := db.Replies(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	var ids []string
	for _, r := range page.Rows {
		ids = append(ids, fmt.Sprint(int64(r.ID)))
	}
	if n := must(db.Count(t.Context(), model.TopicReplies, q))(t); n != int64(len(ids)) {
		t.Errorf("%s: counted %d of %d", expression, n, len(ids))
	}
	return strings.Join(ids, " ")
}

func TestSearchFindsBeginningsOfCyrillicWordsInAnyCaseAndSpelling(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for i, text := range []string{"Ещё одно сообщение", "ЕЩЕ раз!", "не надо", "Їжак і ґава", "price-list, please",
		"it's OK", "👍", "100%"} {
		seedReply(t, db, i+1, model.Phone(375291111111+i), text, i)
	}
	for expression, want := range map[string]string{
		"еще": "1 2", "ЕЩЁ": "1 2", "сообщ": "1", "общение": "", "ещё раз": "2", `"ещё одно"`: "1", "їжа": "4",
		"іжак": "4", "ГАВА": "4",
		"price-list": "5", "list": "5", "its": "6", "it’s": "6", "👍": "7", "%": "8", "-еще": "3 4 5 6 7 8",
		"text:надо,100": "3 8",
	} {
		if got := repliesFor(t, db, expression, ""); got != want {
			t.Errorf("%s finds %q, want %q", expression, got, want)
		}
	}
}

func TestHostileTextInAFilterIsHarmless(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedReply(t, db, 1, 375291111111, "да", 0)
	seedCampaign(t, db, 1, "Осень")
	lists := []func(model.PageRequest) error{
		func(q model.PageRequest) error { _, err := db.Replies(t.Context(), q); return err },
		func(q model.PageRequest) error { _, err := db.Campaigns(t.Context(), q); return err },
		func(q model.PageRequest) error { _, err := db.Recipients(t.Context(), q); return err },
		func(q model.PageRequest) error { _, err := db.Blacklist(t.Context(), q); return err },
		func(q model.PageRequest) error { _, err := db.Outbox(t.Context(), q); return err },
		func(q model.PageRequest) error { _, err := db.Log(t.Context(), q); return err },
		func(q model.PageRequest) error { _, err := db.Senders(t.Context(), q); return err },
	}
	for _, value := range []string{
		`" OR 1=1 --`, `') DROP TABLE reply; --`, `NEAR(a b)`, `a AND`, `text : x`, `*`, `^a`, `-`, `"`, `""`, `\`,
		`a*b`, `{x y}: z`, "a\x00b", `%_%`,
		strings.Repeat("я", 3000), `'`, `(`, "ё\u0301", "\xff",
	} {
		for _, field := range []model.Field{model.FieldText, model.FieldCampaign, model.FieldReason, model.FieldLabel,
			model.FieldAccount, model.FieldSender} {
			term := model.Term{Field: field, Op: model.OpContains, Values: []string{value}}
			for _, read := range lists {
				if err := read(model.PageRequest{Filter: model.Filter{Terms: []model.Term{term}}}); err != nil &&
					model.KindOf(err) != model.KindInvalid {
					t.Errorf("%s:%q: %v", field, value, err)
				}
			}
		}
	}
	if got := repliesFor(t, db, "", ""); got != "1" {
		t.Errorf("afterwards there are %q", got)
	}
}

func TestAFieldThatAListLacksIsNamedWithThoseItHas(t *testing.T) {
	t.Parallel()
	db := open(t)
	_, err := db.Senders(t.Context(), model.PageRequest{Filter: filtered(t, "status:read")})
	if model.KindOf(err) != model.KindInvalid || !strings.Contains(err.Error(), "status:") ||
		!strings.Contains(err.Error(), "account: reason: sender: state:") {
		t.Errorf("got %v", err)
	}
	_, err = db.Recipients(t.Context(), model.PageRequest{Filter: filtered(t, "status:lost")})
	if model.KindOf(err) != model.KindInvalid || !strings.Contains(err.Error(), "undelivered") {
		t.Errorf("got %v", err)
	}
}

func TestAPhoneIsFoundInAnySpellingAndByItsFirstDigits(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for i, phone := range []model.Phone{375291111111, 375331111111, 306948530920, 3752911, 3752999} {
		seedReply(t, db, i+1, phone, "да", i)
	}
	for expression, want := range map[string]string{
		"from:375291111111": "1", "phone:+375-29-111-11-11": "1", `from:"+375 29 111 11 11"`: "1", "375291111111": "1",
		"from:80291111111": "1",
		"from:+37529":      "1 4 5", "from:+375": "1 2 4 5", "from:+30": "3", "from:+3752911": "1 4",
		"from:1111111": "1 2", "-from:+375": "3",
		"from:+37529,+30": "1 3 4 5", "from:+999": "", "from:+3752911111111111": "",
	} {
		q := model.PageRequest{Filter: filtered(t, expression).InCountry("BY")}
		page := must(db.Replies(t.Context(), q))(t)
		var got []string
		for _, r := range page.Rows {
			got = append(got, fmt.Sprint(int64(r.ID)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %q, want %q", expression, got, want)
		}
	}
}

func TestRepliesAreFilteredByStateLabelCampaignAndTime(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	ctx := t.Context()
	seedAccounts(t, db)
	seedCampaign(t, db, 7, "Осенняя распродажа")
	for i := range 6 {
		seedReply(t, db, i+1, model.Phone(375291111111+i), "да", i)
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE reply SET campaign = 7 WHERE id IN (2, 3)`)
		exec(`UPDATE reply SET optout = 'стоп' WHERE id = 4`)
		exec(`UPDATE reply SET account = 2 WHERE id = 5`)
		exec(`INSERT INTO vendor_block (account, who) VALUES (2, 375291111116)`)
	})
	for _, err := range []error{
		db.Present(ctx, "s1", "anna", 0),
		failed(db.SetReplyState(ctx, "anna", []model.ReplyID{1}, model.ReplyDone, time.Time{})),
		failed(db.SetReplyState(ctx, "anna", []model.ReplyID{2}, model.ReplySnoozed, clock.Now().Add(time.Hour))),
		db.SetUnread(ctx, "anna", []model.ReplyID{3}, false),
		db.Label(ctx, "anna", []model.ReplyID{3, 4}, "Важное", model.On),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if others := must(db.Claim(ctx, "anna", "s1", []model.ReplyID{5}))(t); others != 0 {
		t.Fatalf("%d claimed by others", others)
	}
	for expression, want := range map[string]string{
		"is:open": "3 4 5 6", "is:done": "1", "is:snoozed": "2", "state:done,snoozed": "1 2", "is:unread": "2 4 5 6",
		"is:read":   "1 3",
		"is:optout": "4", "is:claimed": "5", "is:unclaimed is:open": "3 4 6", "is:mine": "5",
		"-is:mine is:open": "3 4 6", "is:blocked": "6",
		"label:важ": "3 4", "-label:важное is:open": "5 6", "campaign:осен": "2 3", "campaign:c7": "2 3",
		"campaign:v7": "2 3", `campaign:"осенняя расп"`: "2 3",
		"account:shop": "5", "account:MINSK is:open": "3 4 6", "vendor:sendpulse": "5", "after:2026-03-02T09:04": "5 6",
		"before:2026-03-02T09:01": "1",
		"is:open,done":            "1 3 4 5 6", "state:sno": "2", "is:open from:+37529 да": "3 4 5 6",
	} {
		if got := repliesFor(t, db, expression, "anna"); got != want {
			t.Errorf("%s finds %q, want %q", expression, got, want)
		}
	}
	if got := repliesFor(t, db, "is:mine", "boris"); got != "" {
		t.Errorf("boris has %q", got)
	}
}

func TestRecipientsAreFilteredByStatusReasonAndPhone(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	seedCampaign(t, db, 2, "Зима")
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO word (id, text) VALUES (1, 'Not Viber User'), (2, 'Истёк срок')`)
		exec(`INSERT INTO contact (id, text) VALUES (1, 'client-7')`)
		exec(addRecipient, 1, 375291111111, model.StatusRead, at(1))
		exec(addRecipient, 1, 375291111112, model.StatusUndelivered, at(2))
		exec(addRecipient, 1, 375331111113, model.StatusExpired, at(3))
		exec(addRecipient, 2, 375291111111, model.StatusUnknown, 0)
		exec(addRecipient, 2, -1, model.StatusSent, 0)
		exec(`UPDATE recipient SET reason = 1 WHERE who = 375291111112`)
		exec(`UPDATE recipient SET reason = 2 WHERE who = 375331111113`)
	})
	for expression, want := range map[string]string{
		"status:read": "c1 375291111111", "status:undelivered,expired": "c1 375291111112, c1 375331111113",
		`reason:"not viber"`: "c1 375291111112",
		"reason:истек":       "c1 375331111113", "phone:375291111111": "c1 375291111111, c2 375291111111",
		"phone:client-7": "c2 ",
		"campaign:зима":  "c2 , c2 375291111111", "is:unknown": "c2 375291111111",
		"is:final phone:+37529":  "c1 375291111111, c1 375291111112",
		"after:2026-03-02T09:02": "c1 375291111112, c1 375331111113", "before:2026-03-02T09:02": "c1 375291111111",
		"viber":        "c1 375291111112",
		"phone:+37533": "c1 375331111113", "-status:read -status:unknown": "c1 375291111112, c1 375331111113, c2 ",
	} {
		page, err := db.Recipients(t.Context(), model.PageRequest{Filter: filtered(t, expression)})
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		var got []string
		for _, r := range page.Rows {
			got = append(got, r.Campaign.String()+" "+r.Phone.Digits())
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != want {
			t.Errorf("%s finds %q, want %q", expression, strings.Join(got, ", "), want)
		}
	}
	page := must(db.Recipients(t.Context(), model.PageRequest{Campaign: 2}))(t)
	if page.Rows[0].Contact != "client-7" || page.Rows[0].Account != "minsk" || page.Rows[0].CampaignName != "Зима" {
		t.Errorf("the contact is %+v", page.Rows[0])
	}
}

func TestCampaignsAreFilteredByNameStateAndRecipients(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for i, name := range []string{"Осень", "Осень-2", "Зима"} {
		seedCampaign(t, db, i+1, name)
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE campaign SET state = 'sending', account = 2, operator = 'anna', options = '{"label":"VIP"}', name = '',
			message = '{"text":"How was your delivery? A quick question for you, which takes a minute or two to answer"}'
			WHERE id = 3`)
		exec(`INSERT OR REPLACE INTO campaign_text (rowid, text) VALUES (3, ?)`,
			model.Fold("How was your delivery? A quick question for you, which takes a minute or two to answer"))
		exec(addRecipient, 2, 375291111111, model.StatusRead, 0)
	})
	for expression, want := range map[string]string{
		"осен": "c2 c1", "campaign:осень": "c2 c1", "campaign:c1": "c1", `campaign:"how was your"`: "c3",
		"campaign:answer": "", `campaign:"delivery? a quick question for you, which takes…"`: "c3",
		"state:sending": "c3", "is:open": "c3",
		"is:final": "c2 c1", "is:mine": "c3",
		"phone:+375291111111": "c2", "label:vip": "c3", "vendor:smsby": "c2 c1", "-осень": "c3",
		"after:2026-03-02T09:02": "c3 c2",
	} {
		page, err := db.Campaigns(t.Context(), model.PageRequest{Filter: filtered(t, expression), Operator: "anna"})
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		var got []string
		for _, c := range page.Rows {
			got = append(got, c.ID.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %q, want %q", expression, got, want)
		}
	}
}

func TestACampaignThatKnowsItsSenderByIdShowsTheNameOfTheSendersList(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	seedCampaign(t, db, 2, "Зима")
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE campaign SET sender = '444', sender_name = ''`)
		exec(`UPDATE campaign SET sender = '445' WHERE id = 2`)
		exec(`INSERT INTO sender (account, id, name, state, as_of) VALUES (1, '444', 'Brand', 'approved', 1)`)
		exec(`INSERT INTO sender (account, id, name, state, as_of) VALUES (2, '445', 'Of another account', 'approved', 1)`)
	})
	page := must(db.Campaigns(t.Context(), model.PageRequest{Filter: filtered(t, "sender:brand")}))(t)
	if len(page.Rows) != 1 || page.Rows[0].SenderName != "Brand" || page.Rows[0].Sender != "444" {
		t.Errorf("by the name of the sender: %+v", page.Rows)
	}
	if c := must(db.Campaign(t.Context(), 2))(t); c.SenderName != "" || c.Sender != "445" {
		t.Errorf("the sender of another account: %+v", c)
	}
}
