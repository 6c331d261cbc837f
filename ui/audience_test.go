package ui

import (
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

func TestAFilteredListBecomesTheAudienceOfADraftWithItsTrueNumber(t *testing.T) {
	t.Parallel()
	drive(t, 99, 30, nil, func(d *driver) {
		d.press("3", "w")
		d.sees("New draft: send to", "all 5 000 matching", "the 25 on this page")
		d.press("enter")
		d.sees("New campaign", "5 000 phones, all people · frozen 12:00")
		if got := len(d.form().Field("phones").People.Phones); got != 5000 {
			t.Errorf("%d phones", got)
		}
		d.press("esc", "space", "space", "w")
		d.sees("the 2 marked")
		d.press("enter")
		d.sees("Replace your draft?")
		d.press("y")
		d.sees("2 phones, marked in all people · frozen 12:00")
	})
	drive(t, 99, 30, nil, func(d *driver) {
		d.press("3", "w", "down", "enter")
		d.sees("25 phones, one page of all people · frozen 12:00")
		d.press("esc", "2", "N")
		d.sees("25 phones, one page of all people · frozen 12:00") // the kept draft still says where they are from
	})
}

func TestThoseAFinishedCampaignFailedAreSplitIntoWorthRetryingAndPermanent(t *testing.T) {
	t.Parallel()
	change := func(_ *kit.Options, f *fakeStore) {
		f.campaigns[29].State = model.CampaignSent
		f.recipients[3].Status = model.StatusExpired
		f.stats.Reasons = append(f.stats.Reasons, model.ReasonCount{Status: model.StatusOptedOut, People: 3},
			model.ReasonCount{Status: model.StatusExpired, People: 7})
	}
	drive(t, 120, 30, change, func(d *driver) {
		d.press("2", "j", "W")
		d.sees("it is held: who failed is known when it has ended")
		d.press("k", "W")
		d.sees("Retry Sale 30: send to", "worth retrying: 27", "expired, failed, no-money", "permanent: 150",
			"undelivered, rejected, use SMS; 3 opted out stay out")
		d.press("enter")
		form := d.form()
		if form.Field("name").Value() != "Sale 30 2" || form.Field("text").Value() != "Скидка 20 % на всё" {
			t.Errorf("the draft is %q: %q", form.Field("name").Value(), form.Field("text").Value())
		}
		if got := form.Field("phones").People.Origin; !strings.HasPrefix(got,
			"status:expired,failed,no-money of Sale 30 · frozen 12:00") {
			t.Errorf("the phones are from %q", got)
		}
	})
}
