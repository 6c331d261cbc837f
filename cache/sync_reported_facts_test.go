package cache

import (
	"slices"
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheVendorsTotalsAndThePeopleCountedAreBothKeptAndNeverMixed(t *testing.T) {
	t.Parallel()
	db := open(t)
	save := func(minute int, s model.Statistics) model.Statistics {
		t.Helper()
		s.AsOf = start().Add(time.Duration(minute) * time.Minute)
		if err := db.SaveStatistics(t.Context(), "minsk", "v1", s); err != nil {
			t.Fatal(err)
		}
		id := must(campaignOfRef(t.Context(), db.reader, "minsk", "v1"))(t)
		return must(db.Statistics(t.Context(), id))(t)
	}
	bare := found("v1")
	bare.Totals = model.Totals{}
	if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{bare}, start()); err != nil {
		t.Fatal(err)
	}
	counted := model.Totals{Recipients: model.Known(1), Sent: model.Known(1), Delivered: model.Known(1)}
	must(db.SaveRecipients(t.Context(), "minsk", "v1",
		[]model.Recipient{{Phone: firstPhone, Status: model.StatusDelivered}}, start()))(t)
	if s := save(1, model.Statistics{Totals: counted, ByPeople: true}); s.Own.Sent.Known || len(s.Samples) != 1 {
		t.Errorf("counted only: own %+v, samples %+v", s.Own, s.Samples)
	}
	own := model.Totals{Sent: model.Known(3), Delivered: model.Known(2), Read: model.Known(1)}
	reported := []model.ReportedFact{{Name: model.FactSMSState, Value: "2"}}
	s := save(2, model.Statistics{Totals: own, Facts: reported})
	if s.Own.Sent.N != 3 || s.Counted.Sent.N != 1 || !s.Differ() || !slices.Equal(s.Facts, reported) {
		t.Errorf("own %+v, counted %+v, told %v", s.Own, s.Counted, s.Facts)
	}
	listed := must(db.Campaigns(t.Context(), model.PageRequest{Limit: 9}))(t).Rows
	if !slices.ContainsFunc(listed, func(c model.Campaign) bool { return slices.Equal(c.Facts, reported) }) {
		t.Errorf("the list of campaigns does not say what the vendor told: %+v", listed)
	}
	if len(s.Samples) != 1 || s.Samples[0].Sent != 3 {
		t.Errorf("the curve mixes what was counted with the vendor's totals: %+v", s.Samples)
	}
	s = save(3, model.Statistics{Totals: counted, ByPeople: true})
	if s.Totals.Sent.N != 3 || len(s.Samples) != 1 || !slices.Equal(s.Facts, reported) {
		t.Errorf("counting replaced the vendor's totals: %+v, %+v", s.Totals, s.Samples)
	}
}
