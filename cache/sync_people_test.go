package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestPeopleTheVendorDoesNotNameYetStayExpected(t *testing.T) {
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
	if n, err := db.Reported(ctx, id); err != nil || n != 0 {
		t.Errorf("%d, %v reported of a campaign that is two at the vendor", n, err)
	}
	saveCampaigns(t, db, "minsk", found("v9"))
	must(db.SaveRecipients(ctx, "minsk", "v9", []model.Recipient{{Phone: firstPhone, Status: model.StatusRead},
		{Phone: firstPhone + 1, Status: model.StatusUnknown}}, start()))(t)
	other := one[model.CampaignID](t, db, `SELECT campaign FROM campaign_ref WHERE vendor_id = 'v9'`)
	if n, err := db.Reported(ctx, other); err != nil || n != 1 {
		t.Errorf("%d, %v reported, want one", n, err)
	}
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

func TestPeopleOfACampaignThatItsVendorHasNotBegunWaitAndAreUnknownAfterwards(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	c := found("v1")
	c.State, c.VendorState, c.SendAt = model.CampaignUnknown, "", start().Add(time.Hour)
	saveCampaigns(t, db, "minsk", c)
	people := []model.Recipient{{Phone: firstPhone}, {Phone: firstPhone + 1}}
	id := ref(t, db, "minsk", "v1").ID
	report := func(state model.CampaignState, first, second model.DeliveryStatus) {
		t.Helper()
		c.State = state
		saveCampaigns(t, db, "minsk", c)
		if illegal := must(db.SaveRecipients(ctx, "minsk", "v1", people, start()))(t); illegal != 0 {
			t.Errorf("%s: %d steps were left out", state, illegal)
		}
		for i, want := range []model.DeliveryStatus{first, second} {
			if got, _ := statusOf(t, db, id, firstPhone+i); got != want {
				t.Errorf("%s: person %d is %s, want %s", state, i, got, want)
			}
		}
	}
	report(model.CampaignUnknown, model.StatusUnknown, model.StatusUnknown)
	report(model.CampaignScheduled, model.StatusQueued, model.StatusQueued)
	people[0].Status, people[0].VendorStatus = model.StatusSent, "send"
	report(model.CampaignSent, model.StatusSent, model.StatusUnknown)
	people[0].Status, people[0].VendorStatus = model.StatusUnknown, ""
	report(model.CampaignSent, model.StatusSent, model.StatusUnknown)
}

func TestPeopleOfOursAboutWhomTheVendorSaysNothingStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(2), 0)
	b := claim(t, db, id, 2, 1)[0]
	record1(t, db, model.Outcome{Batch: b.ID, State: model.BatchUnknown, VendorRef: "v1",
		VendorIDs: []string{"v1"}, At: start()})
	for _, answer := range []model.Recipient{{Phone: firstPhone},
		{Phone: firstPhone, Status: model.StatusQueued, VendorStatus: "new"}} {
		if _, err := db.SaveRecipients(t.Context(), "minsk", "v1", []model.Recipient{answer}, start()); err != nil {
			t.Fatal(err)
		}
		if got, _ := statusOf(t, db, id, firstPhone); got != model.StatusUnknown {
			t.Errorf("after %v the person is %s, and might be written to again", answer, got)
		}
	}
}
