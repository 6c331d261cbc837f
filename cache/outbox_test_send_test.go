package cache

import (
	"testing"

	"viberdeck/model"
)

func TestATestSendStandsInNoListAndIsNotARepeat(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	p := plan(2)
	p.Test = true
	submit(t, db, "test", p, 0)
	if page := must(db.Campaigns(t.Context(), model.PageRequest{}))(t); len(page.Rows) != 0 {
		t.Errorf("it stands among the campaigns: %+v", page.Rows)
	}
	if cuts := must(db.Cuts(t.Context(), model.CutVendor, model.PageRequest{}))(t); cuts.Campaigns+cuts.Without != 0 {
		t.Errorf("it counts in figures: %+v", cuts)
	}
	n, names, err := db.Overlap(t.Context(), p.Campaign, p.People, start().AddDate(-1, 0, 0))
	if err != nil || n != 0 {
		t.Errorf("the campaign repeats its test: %d, %v, %v", n, names, err)
	}
}

func TestAListOfUnknownSizeNeedsApproval(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	p := plan(0)
	p.Campaign.List, p.Recipients = "77", model.Figure{}
	id := must(db.Submit(t.Context(), "anna", "k", p, 0, 10))(t)
	wantState(t, db, id, model.CampaignNeedsApproval)
	p.Recipients = model.Known(10)
	wantState(t, db, must(db.Submit(t.Context(), "anna", "other", p, 0, 10))(t), model.CampaignQueued)
}
