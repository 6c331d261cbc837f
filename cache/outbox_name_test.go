package cache

import (
	"testing"

	"viberdeck/model"
)

func TestACopyGetsANameThatNoCampaignOfItsAccountHas(t *testing.T) {
	t.Parallel()
	db := open(t)
	submit(t, db, "k1", plan(2), 0)
	elsewhere := model.Campaign{Account: "minsk", Vendor: model.SMSBy, VendorID: "7001", Name: "Autumn sale 2",
		State: model.CampaignSent, CreatedAt: start()}
	if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{elsewhere}, start()); err != nil {
		t.Fatal(err)
	}
	for account, want := range map[string]string{"minsk": "Autumn sale 3", "shop-ua": "Autumn sale 2"} {
		c := plan(2).Campaign
		c.Account = account
		if name, err := db.FreeName(t.Context(), c, 0); err != nil || name != want {
			t.Errorf("%s: %q, %v", account, name, err)
		}
	}
}
