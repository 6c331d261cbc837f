package routee_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

func TestTheAccountChoosesWhatRouteesSourcesWriteInTwoWays(t *testing.T) {
	t.Parallel()
	other := model.Settings{"video_field": "videoUrl", "blacklist_body": "objects"}
	for _, scenario := range sim.Scenarios() {
		for _, settings := range []model.Settings{{}, other} {
			fits := (scenario == sim.OtherSpellings) == (len(settings) > 0)
			world := sim.New(sim.Options{Scenario: scenario, Now: vendortest.Standing, PerSecond: 1e6})
			if scenario == sim.FireDrill {
				continue // its faults do not matter here
			}
			server := httptest.NewServer(simulated(world))
			t.Cleanup(server.Close)
			account := simulatedAccount(world)
			account.BaseURL, account.Settings = server.URL, model.Settings{"auth_url": server.URL}
			for key, value := range settings {
				account.Settings[key] = value
			}
			a := vendortest.NewAdapter(t, account, routee.New)
			_, err := a.Send(t.Context(), nil, model.Batch{ID: 1, Number: 1, ClaimedAt: time.Now(),
				Campaign: model.Campaign{Name: "Film", Sender: sim.RouteeSender, Class: model.ClassPromotional,
					Message: model.Message{Video: model.Video{URL: "https://example.com/v.mp4",
						Thumbnail: "https://example.com/v.jpg", SizeMB: 1, DurationS: 1}}},
				People: []model.Recipient{{Phone: 306948530920}}})
			if (err == nil) != fits {
				t.Errorf("%s with %v: a film: %v", scenario, settings, err)
			}
			if err := a.Block(t.Context(), []model.Phone{306948530920}, "test"); (err == nil) != fits {
				t.Errorf("%s with %v: a block: %v", scenario, settings, err)
			}
		}
	}
}
