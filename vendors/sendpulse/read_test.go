package sendpulse_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/vendortest"
)

func campaigns(t *testing.T, f *vendortest.Answers) []model.Campaign {
	t.Helper()
	return vendortest.All(t, adapter(t, f).Campaigns(t.Context()))
}

func TestCampaignsAreListedWithTheirTimesInUTC(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"GET /viber/task": {recorded(t, "campaigns.json"), `[]`}})
	got := campaigns(t, f)
	if len(got) != 2 {
		t.Fatalf("%d campaigns", len(got))
	}
	c := got[0]
	if c.VendorID != "9380939" || c.State != model.CampaignModeration || c.Kind() != model.KindText ||
		c.Sender != "4495" || c.SenderName != "YAMAMAY" ||
		c.Lifetime != 1000*time.Second || !c.CreatedAt.Equal(vendortest.At("2019-03-26T10:50:02Z")) ||
		!c.SendAt.Equal(vendortest.At("2019-03-29T08:00:00Z")) {
		t.Errorf("%+v", c)
	}
	if c := got[1]; c.State != model.CampaignUnknown || c.VendorState != "" || c.List != "" {
		t.Errorf("a campaign with the status null is %s %q, with the list %q", c.State, c.VendorState, c.List)
	}
	calls := f.To("GET /viber/task")
	if len(calls) != 2 || calls[0].Query != "limit=100&offset=0" || calls[1].Query != "limit=100&offset=2" {
		t.Errorf("calls %+v", calls)
	}
}

func TestACampaignWithoutAStatusWhoseTimeIsToComeIsScheduled(t *testing.T) {
	t.Parallel()
	task := func(at time.Time) string {
		return `[{"id": 7, "name": "Tomorrow", "status": null, "send_date": "` +
			at.UTC().Format("2006-01-02 15:04:05") + `"}]`
	}
	f := newFake(t, map[string][]string{"GET /viber/task": {task(time.Now().Add(24 * time.Hour)), `[]`}})
	if got := campaigns(t, f); len(got) != 1 || got[0].State != model.CampaignScheduled {
		t.Errorf("%+v", got)
	}
	f = newFake(t, map[string][]string{"GET /viber/task": {task(time.Now().Add(-24 * time.Hour)), `[]`}})
	if got := campaigns(t, f); len(got) != 1 || got[0].State != model.CampaignUnknown {
		t.Errorf("%+v", got)
	}
}

func TestWrongTypesAndUnknownWordsAreKeptHonest(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"GET /viber/task": {recorded(t, "campaigns-hostile.json"), `[]`}})
	got, err := vendors.Together(adapter(t, f).Campaigns(t.Context()))
	if len(got) != 2 || !model.IsNotWhole(err) { // one row is null
		t.Fatalf("%d campaigns, %v", len(got), err)
	}
	c := got[0]
	if c.Name != "Sale" || c.Message.Text != "7" || c.List != "17" || c.State != model.CampaignUnknown ||
		c.VendorState != "on holiday" ||
		!c.SendAt.IsZero() || !c.CreatedAt.IsZero() || c.Lifetime != 1000*time.Second || c.Sender != "4495" {
		t.Errorf("%+v", c)
	}
	if c := got[1]; c.State != model.CampaignSent || !c.CreatedAt.Equal(vendortest.At("2019-03-26T10:48:23Z")) ||
		c.Lifetime != 0 {
		t.Errorf("%+v", c)
	}
}

func TestTotalsThatTheVendorLeavesOutStayUnknown(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{
		"GET /viber/task/19864149": {recorded(t, "statistics.json")},
		"GET /viber/task/1":        {recorded(t, "statistics-table.json")},
	})
	a := adapter(t, f)
	s, err := a.Statistics(t.Context(), "19864149")
	want := model.Totals{
		Sent: model.Known(2), Delivered: model.Known(1), Read: model.Known(1), Clicked: model.Known(0),
		Undelivered: model.Known(1), Failed: model.Known(0),
	}
	if err != nil || s.Totals != want || s.State != model.CampaignSent || s.VendorState != "sent" {
		t.Errorf("%+v, %v", s, err)
	}
	task, err := a.Task(t.Context(), "19864149")
	if err != nil || task.Resend != model.SMSAsked || task.ResendStatus != model.Known(2) ||
		task.Campaign.List != "1488435" || task.Campaign.Lifetime != 24*time.Hour {
		t.Errorf("%+v, %v", task, err)
	}
	s, err = a.Statistics(t.Context(), "1")
	if err != nil || s.Totals != (model.Totals{Sent: model.Known(2), Read: model.Known(1)}) ||
		s.State != model.CampaignUnknown {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestPeopleHaveStatusPriceAndTime(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"GET /viber/task/44/recipients": {recorded(t, "recipients.json")}})
	for page, err := range adapter(t, f).Recipients(t.Context(), "44") {
		if err != nil || len(page) != 1 {
			t.Fatalf("%+v, %v", page, err)
		}
		p := page[0]
		if p.Phone != 380934760182 || p.Status != model.StatusSent || p.VendorStatus != "send" ||
			p.Price.String() != "0.74 RUR" || p.List != "850852" ||
			!p.UpdatedAt.Equal(vendortest.At("2017-06-23T05:53:38Z")) {
			t.Errorf("%+v", p)
		}
	}
}

func TestStatusesInProse(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]model.DeliveryStatus{
		"send": model.StatusSent, "Delivered": model.StatusDelivered, "delivered and opened": model.StatusRead,
		"delivered  and read ":                         model.StatusRead,
		"delivered, read and a clickthrough followed":  model.StatusClicked,
		"delivered; read and a click-through followed": model.StatusClicked,
		"read and a clickthrough followed":             model.StatusClicked, "not delivered": model.StatusUndelivered,
		"NOT_DELIVERED": model.StatusUndelivered,
		"error":         model.StatusFailed, "queued at dawn": model.StatusUnknown, "": model.StatusUnknown,
	} {
		f := newFake(t, map[string][]string{"GET /viber/task/44/recipients": {
			fmt.Sprintf(`{"recipients":[{"phone":"380934760182","status":%q}]}`, word)}})
		for page, err := range adapter(t, f).Recipients(t.Context(), "44") {
			if err != nil || page[0].Status != want || page[0].VendorStatus != strings.Join(strings.Fields(word), " ") {
				t.Errorf("%q: %s %q, %v; want %s", word, page[0].Status, page[0].VendorStatus, err, want)
			}
		}
	}
}

func TestSendersListsAndBalance(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{
		"GET /viber/senders": {recorded(t, "senders.json")}, "GET /viber/senders/1": {recorded(t, "sender.json")},
		"GET /addressbooks": {recorded(t, "addressbooks.json"), `[]`}, "GET /balance": {recorded(t, "balance.json")},
	})
	a := adapter(t, f)
	senders, err := a.Senders(t.Context())
	if err != nil || len(senders) != 1 || senders[0].ID != "1" || senders[0].Name != "myName" ||
		senders[0].State != model.SenderApproved || senders[0].Country != "UK" ||
		senders[0].Traffic != "Public information · Test service" ||
		!strings.HasPrefix(senders[0].Comment, "Your name has been approved") {
		t.Errorf("%+v, %v", senders, err)
	}
	if s, err := a.Sender(t.Context(), "1"); err != nil || s.Name != "infoservice" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := a.Sender(t.Context(), "2"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a sender that is not there: %v", err)
	}
	lists, err := a.Lists(t.Context())
	if err != nil || !reflect.DeepEqual(lists, []model.List{
		{Account: "shop-ua", ID: "1488435", Name: "Customers", People: model.Known(120)},
		{Account: "shop-ua", ID: "1488436", Name: "Old"},
	}) {
		t.Errorf("%+v, %v", lists, err)
	}
	if b, err := a.Balance(t.Context()); err != nil || len(b) != 1 || b[0].Amount.String() != "12.5 USD" {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestTheBlacklistIsReadToItsTotalAndChanged(t *testing.T) {
	t.Parallel()
	const path = "/v2/viber-service/phone-exception"
	page := func(from, n int) string {
		var rows []string
		for i := from; i < from+n; i++ {
			rows = append(rows, fmt.Sprintf(
				`{"id":%d,"phone":%d,"description":"asked us","add_date":"2021-11-05 13:34:03"}`, i, 73832370000+i))
		}
		return fmt.Sprintf(`{"data":{"list":[%s],"total":5}}`, strings.Join(rows, ","))
	}
	f := newFake(t, map[string][]string{
		"GET " + path: {page(0, 2), page(2, 2), page(4, 1)}, "POST " + path: {recorded(t, "blacklist-add.json")},
		"DELETE " + path: {recorded(t, "blacklist-remove.json")},
	})
	a := adapter(t, f)
	entries := vendortest.All(t, a.Blacklist(t.Context()))
	first := model.BlacklistEntry{
		Phone: 73832370000, Accounts: []string{"shop-ua"}, Reason: model.Data("asked us"),
		AddedAt: vendortest.At("2021-11-05T11:34:03Z"), Source: model.SourceVendor,
	}
	if len(entries) != 5 || !reflect.DeepEqual(entries[0], first) || len(f.To("GET "+path)) != 3 ||
		f.To("GET " + path)[2].Query != "limit=100&offset=4" {
		t.Errorf("%d entries in %+v; first %+v", len(entries), f.To("GET "+path), entries[0])
	}
	if err := a.Block(t.Context(), []model.Phone{380977217975}, "asked"); err != nil {
		t.Fatal(err)
	}
	if err := a.Unblock(t.Context(), []model.Phone{380977217975}); err != nil {
		t.Fatal(err)
	}
	if got := string(f.To("POST " + path)[0].Body); got != `{"phones":["380977217975"],"description":"asked"}` {
		t.Errorf("blocked with %s", got)
	}
	if got := string(f.To("DELETE " + path)[0].Body); got != `{"phones":["380977217975"]}` {
		t.Errorf("unblocked with %s", got)
	}
}

func TestALostSendIsSettledByNameTimeTextAndPeople(t *testing.T) {
	t.Parallel()
	claimed := vendortest.At("2019-03-26T10:50:00Z") // 12:50 in Kyiv; the campaign was made at 12:50:02
	batch := model.Batch{
		ID: 5, ClaimedAt: claimed, People: []model.Recipient{{Phone: 380934760182}},
		Campaign: model.Campaign{
			Name: "Viber campaign for the personal list on 2019-03-26 15:02", Sender: "4495",
			Message: model.Message{
				Text: `Jane, you have been approved for a 50% discount on all items in the "Cosmetics" category`},
		},
	}
	for name, c := range map[string]struct {
		change func(*model.Batch)
		people string
		want   model.BatchState
	}{
		"the same":      {func(*model.Batch) {}, recorded(t, "recipients.json"), model.BatchAccepted},
		"no people yet": {func(*model.Batch) {}, `{"task_id":1,"recipients":[]}`, model.BatchAccepted},
		"other people": {func(b *model.Batch) { b.People = []model.Recipient{{Phone: 380931111111}} },
			recorded(t, "recipients.json"), model.BatchUnknown},
		"more people": {func(b *model.Batch) {
			b.People = append(b.People, model.Recipient{Phone: 380931111111})
		}, recorded(t, "recipients.json"), model.BatchUnknown},
		"the second batch": {func(b *model.Batch) { b.Number = 2 }, recorded(t, "recipients.json"),
			model.BatchUnknown},
		"claimed later": {func(b *model.Batch) { b.ClaimedAt = claimed.Add(time.Hour) },
			recorded(t, "recipients.json"), model.BatchUnknown},
		"claimed a moment later": {func(b *model.Batch) { b.ClaimedAt = claimed.Add(3 * time.Second) },
			recorded(t, "recipients.json"), model.BatchUnknown},
		"another text": {func(b *model.Batch) { b.Campaign.Message.Text = "Hi" }, recorded(t, "recipients.json"),
			model.BatchUnknown},
		"known before": {func(b *model.Batch) { b.Known.IDs = map[string]bool{"9380939": true} },
			recorded(t, "recipients.json"), model.BatchUnknown},
		"its tag, whatever the time": {func(b *model.Batch) {
			name, tag, _ := strings.Cut(b.Campaign.Name, " 2019")
			b.Campaign.Name, b.Tag, b.ClaimedAt = name, "2019"+tag, claimed.Add(9*time.Hour)
		}, recorded(t, "recipients.json"), model.BatchAccepted},
		"claimed later, by a clock that is behind": {func(b *model.Batch) {
			b.ClaimedAt = claimed.Add(3 * time.Hour)
			b.Known.Taken = map[string]model.MadeBetween{
				"9380939": {From: b.ClaimedAt, Until: b.ClaimedAt.Add(time.Second)}}
		}, recorded(t, "recipients.json"), model.BatchAccepted},
		"to a list instead": {func(b *model.Batch) { b.Campaign.List, b.People = "7", nil },
			recorded(t, "recipients.json"), model.BatchAccepted},
	} {
		f := newFake(t, map[string][]string{"GET /viber/task": {recorded(t, "campaigns.json"), `[]`},
			"GET /viber/task/9380939/recipients": {c.people}})
		b := batch
		b.People = append([]model.Recipient(nil), batch.People...)
		c.change(&b)
		o, err := adapter(t, f).Settle(t.Context(), b)
		if err != nil || o.State != c.want || o.Evidence.String() == "" || o.Batch != 5 {
			t.Errorf("%s: %+v, %v", name, o, err)
		}
		if c.want == model.BatchAccepted && (o.VendorRef != "9380939" || len(o.VendorIDs) != 1) {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestAnAddressBookSaysHowManyPeopleItHas(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{
		"GET /addressbooks/1488435": {`[{"id":1488435,"name":"Customers","active_phones_quantity":"120"}]`},
		"GET /addressbooks/1488436": {`{"id":"1488436","name":"Old","active_phones_quantity":null}`},
		"GET /addressbooks/1488437": {`[]`},
	})
	a := adapter(t, f)
	for list, want := range map[string]model.Figure{"1488435": model.Known(120), "1488436": {}} {
		made, err := a.PrepareList(t.Context(),
			model.Campaign{Name: "Sale", Sender: "1", List: list, Message: model.Message{Text: "Hello"}})
		if err != nil || made != (model.Prepared{People: want}) {
			t.Errorf("book %s: %+v, %v", list, made, err)
		}
	}
	for _, list := range []string{"1488437", "1488438"} {
		if _, err := a.PrepareList(t.Context(),
			model.Campaign{Name: "Sale", Sender: "1", List: list}); model.KindOf(err) != model.KindNotFound {
			t.Errorf("book %s that is not there: %v", list, err)
		}
	}
}

func TestAPersonWithoutALastUpdateHasTheTimeOfSending(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{"GET /viber/task/44/recipients": {
		`{"task_id":44,"recipients":[{"phone":380934760182,"status":"send","send_date":"2017-06-23 08:54:01"}]}`}})
	people := vendortest.All(t, adapter(t, f).Recipients(t.Context(), "44"))
	if len(people) != 1 || !people[0].UpdatedAt.Equal(vendortest.At("2017-06-23T05:54:01Z")) {
		t.Errorf("%+v", people)
	}
}
