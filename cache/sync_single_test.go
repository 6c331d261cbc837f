package cache

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"viberdeck/model"
)

func TestSingleMessagesOfOursAreNoCampaignsOfTheirOwn(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(3)
	p.Campaign.Message.Text = "Hello  {{name}}!"
	all := p.People.Slice(0, 3)
	for i := range all {
		all[i].Vars = map[string]string{"name": fmt.Sprint("Anna ", i)}
	}
	p.People = model.PeopleOf(all...)
	id := submit(t, db, "k1", p, 0)
	listed := func(n int, text string) model.Campaign {
		vendorID := fmt.Sprint(8500 + n)
		return model.Campaign{VendorID: vendorID, SingleRef: "message:" + vendorID, Account: "minsk",
			Vendor: model.SMSBy,
			State:  model.CampaignSent, Message: model.Message{Text: text},
			Cost: model.NewMoney(decimal.RequireFromString("0.049"), "EUR")}
	}
	batches := claim(t, db, id, 1, 3)
	// The vendor lists the first one before its call has ended here.
	if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{listed(0, "Hello Anna 0!")},
		start()); err != nil {
		t.Fatal(err)
	}
	for n, b := range batches {
		ref := fmt.Sprint(8500 + n)
		record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: "message:" + ref, At: start()})
	}
	for range 2 {
		if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{listed(0, "Hello Anna 0!"),
			listed(1, "Hello Anna 1!"), listed(2, "Hello Anna 2!"), listed(3, "Hello Anna 2!")}, start()); err != nil {
			t.Fatal(err)
		}
	}
	page := must(db.Campaigns(t.Context(), model.PageRequest{}))(t).Rows
	if len(page) != 2 || page[0].VendorID == "8500" || page[1].VendorID == "8500" {
		t.Fatalf("listed are %+v, want ours and that of somebody else", page)
	}
	if c := must(db.Campaign(t.Context(), id))(t); c.Cost.String() != "0.147 EUR" {
		t.Errorf("it cost %s", c.Cost)
	}
}

func TestAMessageOfTheSameNumberWithOtherWordsIsSomebodyElses(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(1), 0)
	b := claim(t, db, id, 1, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: "message:7", At: start()})
	other := model.Campaign{VendorID: "7", SingleRef: "message:7", Account: "minsk", Vendor: model.SMSBy,
		State: model.CampaignSent, Message: model.Message{Text: "Something else"}}
	if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{other}, start()); err != nil {
		t.Fatal(err)
	}
	if n := must(db.Count(t.Context(), model.TopicCampaigns, model.PageRequest{}))(t); n != 2 {
		t.Errorf("%d campaigns", n)
	}
}
