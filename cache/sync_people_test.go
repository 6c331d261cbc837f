package cache

import (
	"testing"

	"viberdeck/model"
)

func TestPeopleWhomTheVendorDoesNotNameYetStayExpected(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	id := submit(t, db, "k1", plan(5), 0)
	parts := claim(t, db, id, 3, 2)
	for i, b := range parts {
		ref := []string{"v1", "v2"}[i]
		record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: ref,
			VendorIDs: []string{ref}, At: start()})
	}
	people := func(vendorID string, expected, open int64) {
		t.Helper()
		if n, more, err := db.PeopleOf(ctx, "minsk", vendorID, id); err != nil || n != expected || more != open {
			t.Errorf("%s: %d people, %d open, %v; want %d and %d", vendorID, n, more, err, expected, open)
		}
	}
	people("v1", 3, 5)
	people("v2", 2, 5)
	must(db.SaveRecipients(ctx, "minsk", "v1", []model.Recipient{{Phone: firstPhone, Status: model.StatusRead}},
		start()))(t)
	people("v1", 3, 4)
}

func TestAStatusOfNullWipesNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	c := found("v1")
	c.State, c.VendorState = model.CampaignSent, "sent"
	saveCampaigns(t, db, "minsk", c)
	person := model.Recipient{Phone: firstPhone, Status: model.StatusSent, VendorStatus: "send"}
	must(db.SaveRecipients(ctx, "minsk", "v1", []model.Recipient{person}, start()))(t)
	c.State, c.VendorState = model.CampaignUnknown, ""
	saveCampaigns(t, db, "minsk", c)
	if err := db.SaveStatistics(ctx, "minsk", "v1", model.Statistics{State: model.CampaignUnknown,
		Totals: model.Totals{Sent: model.Known(1)}, AsOf: start()}); err != nil {
		t.Fatal(err)
	}
	person.Status, person.VendorStatus = model.StatusUnknown, ""
	must(db.SaveRecipients(ctx, "minsk", "v1", []model.Recipient{person}, start()))(t)
	got := ref(t, db, "minsk", "v1")
	if got.State != model.CampaignSent || got.VendorState != "sent" {
		t.Errorf("the campaign is %s (%s)", got.State, got.VendorState)
	}
	if status, _ := statusOf(t, db, got.ID, firstPhone); status != model.StatusSent {
		t.Errorf("the person is %s", status)
	}
}
