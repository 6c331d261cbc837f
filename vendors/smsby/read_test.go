package smsby_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/vendortest"
)

func TestMailingsAreListedWithTheirTimesInUTC(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"getViberMessages": {recorded(t, "getViberMessages.json"), `{"status":"OK","result":[]}`}})
	got := vendortest.All(t, adapter(t, f).Campaigns(t.Context()))
	if len(got) != 2 {
		t.Fatalf("%d mailings", len(got))
	}
	c := got[1]
	if c.VendorID != "8495" || c.State != model.CampaignSent || c.VendorState != "SENT" ||
		c.Kind() != model.KindTextButton ||
		c.Message.Button != (model.Button{Caption: "Go to site", URL: "https://site.by"}) ||
		c.Cost.String() != "0.049 EUR" ||
		!c.CreatedAt.Equal(vendortest.At("2024-02-02T06:30:00Z")) ||
		!c.SendAt.Equal(vendortest.At("2024-02-03T07:00:00Z")) || c.CreatedAt.Location() != time.UTC {
		t.Errorf("%+v", c)
	}
	calls := f.To("getViberMessages")
	if len(calls) != 2 || calls[0].Form.Get("limit_offset") != "0" || calls[1].Form.Get("limit_offset") != "2" ||
		calls[0].Form.Get("limit_rows") != "100" ||
		calls[0].Params().Get("token") != "token-of-nobody" || calls[0].Form.Get("token") != "token-of-nobody" ||
		calls[0].Verb != "POST" {
		t.Errorf("calls %+v", calls)
	}
}

func TestPeopleRepliesAndTotalsOfAMailing(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"getViberDeliveryList":   {recorded(t, "getViberDeliveryList.json")},
		"getNewIncomingMessages": {recorded(t, "getNewIncomingMessages.json")},
		"getViberMessageData":    {recorded(t, "getViberMessageData.json")},
		"getViberDeliveryData":   {recorded(t, "getViberDeliveryData.json"), `{"status":"OK","result":{}}`},
	})
	a := adapter(t, f)
	people := vendortest.All(t, a.Recipients(t.Context(), "8483"))
	want := []model.Recipient{
		{Account: "minsk", Phone: 375293332211, Status: model.StatusDelivered, VendorStatus: "DELIVERED",
			VendorID: "100"},
		{Account: "minsk", Phone: 375293332212, Status: model.StatusRead, VendorStatus: "READ", VendorID: "101"},
	}
	if !reflect.DeepEqual(people, want) {
		t.Errorf("people %+v", people)
	}
	replies, err := a.Replies(t.Context(), "8483")
	if err != nil || len(replies) != 2 {
		t.Fatalf("%d replies, %v", len(replies), err)
	}
	first := model.Reply{
		Account: "minsk", VendorID: "1234", CampaignRef: "8483", Phone: 375293332211, Text: "Reply to received message",
		ReceivedAt: vendortest.At("2022-09-01T07:39:45Z"), State: model.ReplyOpen, Unread: true,
	}
	if !reflect.DeepEqual(replies[0], first) {
		t.Errorf("reply %+v", replies[0])
	}
	mailing, err := a.Mailing(t.Context(), "8483")
	if err != nil || mailing.State != model.CampaignSent || mailing.Cost.String() != "0.049 EUR" {
		t.Errorf("mailing %+v, %v", mailing, err)
	}
	tracked, err := a.Track(t.Context(), "message:8484")
	if err != nil || len(tracked.People) != 1 || tracked.People[0].Status != model.StatusRead ||
		len(tracked.VendorIDs) > 0 {
		t.Errorf("tracked %+v, %v", tracked, err)
	}
	if _, err = a.Track(t.Context(), "message:8484"); !model.IsNotWhole(err) {
		t.Errorf("nothing is said of the message: %v", err)
	}
	if n := len(f.To("readResponseStatus")); n != 0 {
		t.Errorf("reading marked something read, %d times", n)
	}
}

func TestABulkMailingIsTrackedByItsUUID(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"statusBulkViber": {recorded(t, "statusBulkViber.json"),
			`[{"errors":["mailing list 3: Content url is not valid"]}]`, `[]`}})
	a := adapter(t, f)
	got, err := a.Track(t.Context(), "cc9c8043-8caf")
	if err != nil || !reflect.DeepEqual(got.VendorIDs, []string{"1", "2"}) || len(got.People) != 4 ||
		!strings.Contains(got.Refused.String(), "cannot read the image at its address") ||
		!strings.Contains(got.Refused.String(), "mailing list 4: Optimal image size 800x800 px") {
		t.Fatalf("%+v, %v", got, err)
	}
	first := model.Recipient{
		Account: "minsk", Phone: 375291111111, Status: model.StatusAccepted, VendorStatus: "NEW", VendorID: "1001",
		UpdatedAt: vendortest.At("2024-10-16T19:52:42.497994Z"),
	}
	if !reflect.DeepEqual(got.People[0], first) {
		t.Errorf("person %+v", got.People[0])
	}
	if got, err = a.Track(t.Context(), "cc9c8043-8caf"); err != nil ||
		got.Refused.String() != "sms.by cannot read the image at its address; check that it is public and an image "+
			"(the vendor says: mailing list 3: Content url is not valid)" {
		t.Errorf("%+v, %v; want the mailing refused in the vendor's words, with the sentence", got, err)
	}
	if got, err = a.Track(t.Context(), "cc9c8043-8caf"); err != nil || !reflect.ValueOf(got).IsZero() {
		t.Errorf("%+v, %v; want nothing yet", got, err)
	}
	c := f.To("statusBulkViber")[0]
	for _, place := range []map[string][]string{c.Params(), c.Form} {
		if place["uuid"][0] != "cc9c8043-8caf" || place["token"][0] != "token-of-nobody" {
			t.Errorf("asked with %v", place)
		}
	}
}

func TestWrongTypesAndUnknownWordsAreKeptHonest(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{"statusBulkViber": {recorded(t, "statusBulkViber-hostile.json")}})
	got, err := adapter(t, f).Track(t.Context(), "cc9c8043-8caf")
	if err != nil || len(got.People) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	type row struct {
		phone  model.Phone
		status model.DeliveryStatus
		word   string
		known  bool
	}
	for i, want := range []row{
		{375291111111, model.StatusUnknown, "Frozen", false},
		{375292222222, model.StatusUnknown, "", false},
		{0, model.StatusRead, "READ", false},
		{375293333333, model.StatusRead, "rEaD", true},
	} {
		p := got.People[i]
		if (row{p.Phone, p.Status, p.VendorStatus, !p.UpdatedAt.IsZero()}) != want {
			t.Errorf("person %d: %+v, want %+v", i, p, want)
		}
	}
}

func TestExactlyTheNamedRepliesAreMarkedRead(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"readResponseStatus": {recorded(t, "readResponseStatus.json")},
		"getNewIncomingMessages": {
			`{"status":"OK","result":[{"phone":"375291111111","message":"hi"},{"phone":"375291111111","message":"ho"}]}`},
	})
	a := adapter(t, f)
	replies, err := a.Replies(t.Context(), "7")
	if err != nil || len(replies) != 2 || replies[0].VendorID == "" || replies[0].VendorID == replies[1].VendorID {
		t.Fatalf("replies without ids must be told apart: %+v, %v", replies, err)
	}
	if err := a.MarkRead(t.Context(), []string{replies[0].VendorID}); err != nil ||
		len(f.To("readResponseStatus")) != 0 {
		t.Errorf("the vendor was asked to mark what it has no id for: %v", err)
	}
	if err := a.MarkRead(t.Context(), []string{"1234", replies[1].VendorID, "1236"}); err != nil {
		t.Fatal(err)
	}
	err = a.MarkRead(t.Context(), []string{"1", "2", "3", "4"})
	if fewer, ok := errors.AsType[*vendors.FewerMarkedError](err); !ok ||
		!strings.Contains(fewer.Error(), "3 of 4 replies") {
		t.Errorf("the vendor flagged 3 of 4: %v", err)
	}
	if ids := f.To("readResponseStatus")[0].Form.Get("incoming_messages"); ids != "1234,1236" {
		t.Errorf("marked %q", ids)
	}
}

func TestSendersAreReadInAnyShape(t *testing.T) {
	t.Parallel()
	for _, shape := range []string{"map", "list", "result"} {
		f := vendortest.NewAnswers(t, map[string][]string{
			"getVibernames": {recorded(t, "getVibernames-"+shape+".json")}})
		senders, err := adapter(t, f).Senders(t.Context())
		if err != nil || len(senders) != 2 || senders[0].ID != "444" || senders[0].Name != "Brand" ||
			senders[1].ID != "445" || senders[1].Name != "Shop" {
			t.Errorf("%s: %+v, %v", shape, senders, err)
		}
		if c := f.To("getVibernames")[0]; c.Verb != "GET" || c.Path != "/api/v1/getVibernames" ||
			c.Params().Get("token") != "token-of-nobody" {
			t.Errorf("%s: asked with %+v", shape, c)
		}
		if shape == "list" && (senders[0].State != model.SenderApproved || senders[1].State != model.SenderPending) {
			t.Errorf("states %s and %s", senders[0].State, senders[1].State)
		}
		if shape == "map" && senders[0].State != model.SenderUnknown {
			t.Errorf("a sender without a state is %s", senders[0].State)
		}
	}
}

func TestListsAndBalances(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"getSubscriberLists": {recorded(t, "getSubscriberLists.json")}, "getBalance": {recorded(t, "getBalance.json")}})
	a := adapter(t, f)
	lists, err := a.Lists(t.Context())
	if err != nil || !reflect.DeepEqual(lists, []model.List{
		{Account: "minsk", ID: "3434", Name: "Customers", People: model.Known(4)},
		{Account: "minsk", ID: "3435", Name: "Staff"},
	}) {
		t.Errorf("lists %+v, %v", lists, err)
	}
	balances, err := a.Balance(t.Context())
	if err != nil || len(balances) != 2 || balances[0].Amount.String() != "2.866 BYN" || balances[1].Name != "viber" ||
		balances[1].Amount.String() != "0 BYN" {
		t.Errorf("balances %+v, %v", balances, err)
	}
}

func TestALostBulkSendIsSettledByTimeTextAndPeople(t *testing.T) {
	t.Parallel()
	claimed := vendortest.At("2024-02-01T07:10:30Z") // 10:10:30 in Minsk, 5 s before mailing 8483
	batch := model.Batch{
		ID: 5, Campaign: model.Campaign{Sender: "444", Message: model.Message{Text: "Test message"}},
		ClaimedAt: claimed,
		People:    []model.Recipient{{Phone: 375293332211}, {Phone: 375293332212}},
	}
	for name, c := range map[string]struct {
		change func(*model.Batch)
		twin   bool
		want   model.BatchState
	}{
		"the same":     {func(*model.Batch) {}, false, model.BatchAccepted},
		"another text": {func(b *model.Batch) { b.Campaign.Message.Text = "Other" }, false, model.BatchUnknown},
		"claimed later": {func(b *model.Batch) { b.ClaimedAt = claimed.Add(10 * time.Minute) }, false,
			model.BatchUnknown},
		"claimed a moment later": {func(b *model.Batch) { b.ClaimedAt = claimed.Add(6 * time.Second) }, false,
			model.BatchUnknown},
		"another person":  {func(b *model.Batch) { b.People[1].Phone = 375293332213 }, false, model.BatchUnknown},
		"one person less": {func(b *model.Batch) { b.People = b.People[:1] }, false, model.BatchUnknown},
		"another layout": {func(b *model.Batch) { b.Campaign.Message = model.Message{ImageURL: "https://b.by/i.png"} },
			false, model.BatchUnknown},
		"known before": {func(b *model.Batch) { b.Known.IDs = map[string]bool{"8483": true} }, false,
			model.BatchUnknown},
		"claimed later, by a clock that is behind": {func(b *model.Batch) {
			b.ClaimedAt = claimed.Add(3 * time.Hour)
			b.Known.Taken = map[string]model.MadeBetween{
				"8483": {From: b.ClaimedAt, Until: b.ClaimedAt.Add(time.Second)}}
		}, false, model.BatchAccepted},
		"a lost call of ours that it fits as well": {func(b *model.Batch) {
			b.Known.Rivals = []model.Batch{{Campaign: b.Campaign}}
		}, false, model.BatchUnknown},
		"a lost call of ours with another message": {func(b *model.Batch) {
			b.Known.Rivals = []model.Batch{{Campaign: model.Campaign{Message: model.Message{Text: "Other"}}}}
		}, false, model.BatchAccepted},
		"two that fit": {func(*model.Batch) {}, true, model.BatchUnknown},
	} {
		second := `{"status":"OK","result":[]}`
		if c.twin {
			second = strings.ReplaceAll(recorded(t, "getViberMessages.json"), "8483", "8499")
		}
		f := vendortest.NewAnswers(t, map[string][]string{
			"getViberMessages":     {recorded(t, "getViberMessages.json"), second, `{"status":"OK","result":[]}`},
			"getViberDeliveryList": {recorded(t, "getViberDeliveryList.json")},
		})
		b := batch
		b.People = append([]model.Recipient(nil), batch.People...)
		c.change(&b)
		o, err := adapter(t, f).Settle(t.Context(), b)
		if err != nil || o.State != c.want || o.Evidence.String() == "" || o.Batch != 5 {
			t.Errorf("%s: %+v, %v", name, o, err)
		}
		if c.want == model.BatchAccepted && o.VendorRef != "8483" {
			t.Errorf("%s: reference %s", name, o.VendorRef)
		}
	}
}

func TestAMailingThatFitsButForItsTimeIsNamedForAPerson(t *testing.T) {
	t.Parallel()
	f := vendortest.NewAnswers(t, map[string][]string{
		"getViberMessages":     {recorded(t, "getViberMessages.json"), `{"status":"OK","result":[]}`},
		"getViberDeliveryList": {recorded(t, "getViberDeliveryList.json")},
	})
	o, err := adapter(t, f).Settle(t.Context(), model.Batch{
		ID: 5, Campaign: model.Campaign{Sender: "444", Message: model.Message{Text: "Test message"}},
		ClaimedAt: vendortest.At("2024-02-01T10:11:00Z"), // as if the account were in London
		People:    []model.Recipient{{Phone: 375293332211}, {Phone: 375293332212}},
	})
	if err != nil || o.State != model.BatchUnknown || !strings.Contains(o.Evidence.String(), "8483") ||
		!strings.Contains(o.Evidence.String(), "time zone") {
		t.Errorf("%s: %s, %v", o.State, o.Evidence, err)
	}
}

func TestALostConfirmationIsSettledByTheState(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]model.BatchState{
		"SENT": model.BatchAccepted, "NEW": model.BatchUnknown, "PUZZLED": model.BatchUnknown} {
		answer := strings.ReplaceAll(recorded(t, "getViberMessageData.json"), `"SENT"`, fmt.Sprintf("%q", word))
		f := vendortest.NewAnswers(t, map[string][]string{"getViberMessageData": {answer}})
		o, err := adapter(t, f).Settle(t.Context(),
			model.Batch{Campaign: model.Campaign{List: "3434", VendorID: "8483"}})
		if err != nil || o.State != want || !strings.Contains(o.Evidence.String(), word) {
			t.Errorf("%s: %+v, %v", word, o, err)
		}
	}
}
