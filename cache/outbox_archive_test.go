package cache

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// listed returns the ids of the campaigns that a filter finds.
func listed(t testing.TB, db *DB, expression string) string {
	t.Helper()
	var ids []string
	for _, c := range must(db.Campaigns(t.Context(), model.PageRequest{Filter: filtered(t, expression)}))(t).Rows {
		ids = append(ids, c.ID.String())
	}
	return strings.Join(ids, " ")
}

func TestAnArchivedCampaignIsHiddenUntilItIsAskedForAndSurvivesASync(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for i, name := range []string{"Winter", "Spring", "Autumn"} {
		seedCampaign(t, db, i+1, name)
	}
	if err := db.Archive(t.Context(), "anna", []model.CampaignID{1, 2, 2}, model.On); err != nil {
		t.Fatal(err)
	}
	again := []model.Campaign{{VendorID: "v1", Name: "Winter, told anew", State: model.CampaignSent,
		Totals: model.Totals{Sent: model.Known(11)}}}
	if err := db.SaveCampaigns(t.Context(), "minsk", again, start()); err != nil {
		t.Fatal(err)
	}
	for expression, want := range map[string]string{
		"": "c3", "is:final": "c3", "is:archived": "c2 c1", "-is:archived": "c3", "is:archived,final": "c3 c2 c1",
		"is:archived winter": "c1", "winter": ""} {
		if got := listed(t, db, expression); got != want {
			t.Errorf("%q finds %q, want %q", expression, got, want)
		}
		if n := must(db.Count(t.Context(), model.TopicCampaigns,
			model.PageRequest{Filter: filtered(t, expression)}))(t); n != int64(len(strings.Fields(want))) {
			t.Errorf("%q counts %d", expression, n)
		}
	}
	if c := must(db.Campaign(t.Context(), 1))(t); !c.Archived || c.Name != "Winter, told anew" {
		t.Errorf("the archived campaign: %+v", c)
	}
	if log := must(db.Activities(t.Context(), 1, 10))(t); len(log) != 1 || log[0].Action != "archived" ||
		log[0].Operator != "anna" {
		t.Errorf("its log: %+v", log)
	}
}

func TestArchivingIsOneStepOfUndo(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Winter")
	seedCampaign(t, db, 2, "Spring")
	for _, on := range []bool{true, false} {
		if err := db.Archive(t.Context(), "anna", []model.CampaignID{1, 2}, model.Switch(on)); err != nil {
			t.Fatal(err)
		}
	}
	if text := must(db.Undo(t.Context(), "anna"))(
		t); text.String() != `took back "take out of the archive": 2 campaigns` ||
		listed(t, db, "") != "" {
		t.Errorf("%s, and listed are %q", text, listed(t, db, ""))
	}
	if err := db.Archive(t.Context(), "olga", []model.CampaignID{2}, model.Off); err != nil {
		t.Fatal(err)
	}
	if words := must(db.Undo(t.Context(), "anna"))(t); !strings.HasPrefix(words.String(),
		`took back "archive": 1 campaign; a colleague`) || listed(t, db, "") != "c2 c1" {
		t.Errorf("%s, and listed are %q", words, listed(t, db, ""))
	}
}

func TestOnlyWhatIsOverCanBeArchived(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for i, state := range model.CampaignStates() {
		for ours := range 2 {
			id := 2*i + ours + 1
			seedCampaign(t, db, id, fmt.Sprint(state, ours))
			seed(t, db, func(exec func(string, ...any)) {
				exec(`UPDATE campaign SET state = ?, ours = ? WHERE id = ?`, state, ours, id)
			})
			err := db.Archive(t.Context(), "anna", []model.CampaignID{model.CampaignID(id)}, model.On)
			can := state.Over() || ours == 0 && (state == model.CampaignDraft || state == model.CampaignUnknown)
			if can != (err == nil) || err != nil && model.KindOf(err) != model.KindConflict {
				t.Errorf("%s, ours %d: %v", state, ours, err)
			}
		}
	}
	if err := db.Archive(t.Context(), "anna", []model.CampaignID{999},
		model.On); model.KindOf(err) != model.KindNotFound {
		t.Errorf("of nothing: %v", err)
	}
}

func TestTheAgendaIsSortedByWhenCampaignsLeave(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for id, hours := range map[int]int{1: 5, 2: 1, 3: 3} {
		seedCampaign(t, db, id, fmt.Sprint("Sale ", id))
		seed(t, db, func(exec func(string, ...any)) {
			exec(`UPDATE campaign SET state = 'scheduled', send_at = ?1, sort_at = ?1 WHERE id = ?2`,
				millis(start().Add(time.Duration(hours)*time.Hour)), id)
		})
	}
	page := must(db.Campaigns(t.Context(), model.PageRequest{
		Filter: filtered(t, "state:scheduled"), Sort: "send_at"}))(t)
	if len(page.Rows) != 3 || page.Rows[0].ID != 2 || page.Rows[1].ID != 3 || page.Rows[2].ID != 1 {
		t.Errorf("the agenda: %+v", page.Rows)
	}
}

func TestTheAgendaPutsWhatIsHeldWhereItsWindowEnds(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for id := 1; id <= 3; id++ {
		seedCampaign(t, db, id, fmt.Sprint("Sale ", id))
	}
	seed(t, db, func(exec func(string, ...any)) {
		now := millis(start())
		exec(`UPDATE campaign SET state = 'held', send_at = 0, sort_at = ?, hold_until = ? WHERE id = 1`, now,
			now+120_000)
		exec(`UPDATE campaign SET state = 'scheduled', send_at = ?, sort_at = ? WHERE id = 2`, now+60_000, now+60_000)
		exec(`UPDATE campaign SET state = 'queued', send_at = 0, sort_at = ?, hold_until = 0 WHERE id = 3`, now)
	})
	page := must(db.Campaigns(t.Context(), model.PageRequest{
		Filter: filtered(t, "state:held,scheduled,queued"), Sort: "send_at"}))(t)
	if len(page.Rows) != 3 || page.Rows[0].ID != 3 || page.Rows[1].ID != 2 || page.Rows[2].ID != 1 {
		t.Errorf("the agenda: %+v", page.Rows)
	}
}

func TestCampaignsWithoutANameAreSortedByTheTextThatStandsForIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for id, name := range map[int]string{1: "Autumn sale", 2: "", 3: "", 4: "Клиника"} {
		seedCampaign(t, db, id, name)
	}
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE campaign SET message = '{"text":"Бонусы сгорают"}' WHERE id = 2`)
		exec(`UPDATE campaign SET message = '{"text":"Yes or no?"}' WHERE id = 3`)
	})
	page := must(db.Campaigns(t.Context(), model.PageRequest{Sort: "name"}))(t)
	var order []model.CampaignID
	for _, c := range page.Rows {
		order = append(order, c.ID)
	}
	if fmt.Sprint(order) != "[c1 c3 c2 c4]" {
		t.Errorf("by name: %v", order)
	}
}
