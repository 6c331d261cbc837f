package cache

import (
	"fmt"
	"testing"

	"viberdeck/model"
)

func TestAShortListOfCampaignsLosesNothingAndIsSaid(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	var page []model.Campaign
	var ids []string
	for i := range 8 {
		id := fmt.Sprint("v", i)
		page = append(page, model.Campaign{VendorID: id, Name: id, State: model.CampaignSent})
		ids = append(ids, id)
	}
	if err := db.SaveCampaigns(ctx, "minsk", page, start()); err != nil {
		t.Fatal(err)
	}
	listed := func(ids ...string) error { return db.CampaignsListed(ctx, "minsk", ids) }
	for _, c := range []struct {
		ids   []string
		short bool
	}{
		{ids, false},
		{ids[:2], true},
		{nil, true}, // again and again, until it is whole
		{ids[:5], false},
		{ids, false},
	} {
		if err := listed(c.ids...); (err != nil) != c.short || c.short && !model.IsNotWhole(err) {
			t.Errorf("%d of %d: %v", len(c.ids), len(ids), err)
		}
	}
	if got := must(db.Campaigns(ctx, model.PageRequest{}))(t); len(got.Rows) != 8 {
		t.Errorf("%d campaigns are left of 8", len(got.Rows))
	}
	if err := listed(ids[0]); !model.IsNotWhole(err) {
		t.Errorf("one of 8: %v", err)
	}
	if err := db.Believe(ctx, "anna", "minsk"); err != nil {
		t.Fatal(err)
	}
	if err := listed(ids[0]); err != nil {
		t.Errorf("a person has confirmed it: %v", err)
	}
	if err := listed(); err != nil {
		t.Errorf("one is a few: %v", err)
	}
}
