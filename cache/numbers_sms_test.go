package cache

import (
	"testing"

	"viberdeck/model"
)

func TestWhetherACampaignSendsSMSIsStoredAsReportedAndFollowsFromOurs(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Found")
	use := func(id model.CampaignID) model.SMSUse { return must(db.Campaign(t.Context(), id))(t).SMS }
	for _, answer := range []model.SMSUse{model.SMSUnknown, model.SMSAsked, model.SMSUnknown, model.SMSNone} {
		before := use(1)
		if err := db.SaveStatistics(t.Context(), "minsk", "v1", model.Statistics{SMS: answer}); err != nil {
			t.Fatal(err)
		}
		if got := use(1); got != answer && (answer != model.SMSUnknown || got != before) {
			t.Errorf("told %q, kept %q", answer, got)
		}
	}
	for _, fallback := range []model.SMSFallback{{}, {Text: "Hello"}} {
		plan := model.Plan{Campaign: model.Campaign{Account: "minsk", Fallback: fallback},
			People: model.PeopleOf(model.Recipient{Phone: firstPhone})}
		id := must(db.Submit(t.Context(), "anna", "key"+fallback.Text, plan, 0, 0))(t)
		if s := must(db.Statistics(t.Context(), id))(t); s.SMS != use(id) {
			t.Errorf("its statistics tell %q", s.SMS)
		}
		if got := use(id); got != model.SMSUseOf(fallback.Enabled()) {
			t.Errorf("fallback %+v: %q", fallback, got)
		}
	}
}
