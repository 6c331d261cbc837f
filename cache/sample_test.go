package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestWhatIsReportedLaterNeverStandsBeforeWhatWasReportedEarlier(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Осень")
	seed(t, db, func(exec func(string, ...any)) {
		exec(`INSERT INTO campaign_ref (account, vendor_id, campaign) VALUES (1, 'a', 1), (1, 'b', 1)`)
	})
	report := func(part string, asked time.Time, delivered int64) {
		t.Helper()
		if err := db.SaveStatistics(t.Context(), "minsk", part,
			model.Statistics{Totals: model.Totals{Sent: model.Known(100), Delivered: model.Known(delivered)},
				AsOf: asked}); err != nil {
			t.Fatal(err)
		}
	}
	now := time.UnixMilli(at(5)).UTC()
	report("a", now, 60)
	report("b", now.Add(-time.Second), 20) // requested earlier, answered later
	report("a", now.Add(time.Minute), 70)
	var got []int64
	for _, s := range must(db.Statistics(t.Context(), 1))(t).Samples {
		got = append(got, s.Delivered)
	}
	if len(got) != 2 || got[0] != 80 || got[1] != 90 {
		t.Errorf("delivered over time: %v, want 80, 90", got)
	}
}
