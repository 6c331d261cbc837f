package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// handedOver returns a store in which a shift leaves something behind.
func handedOver(_ *kit.Options, f *fakeStore) {
	reply := model.Reply{Phone: 375293332211, CampaignName: "Autumn sale", Text: "Когда привезёте?\nЖду",
		ReceivedAt: start.Add(-5 * time.Hour), ClaimedBy: "anna"}
	put := reply
	put.Phone, put.SnoozedUntil = 375293332212, start.Add(2*time.Hour)
	f.handover = model.Handover{At: start, Open: 12, Oldest: start.Add(-30 * time.Hour), Long: 1,
		Replies: []model.HandedReply{
			{Kind: model.HandedClaimed, Reply: reply, Name: "Мария",
				Notes: []model.Note{{At: start.Add(-time.Hour), By: "boris", Text: "ring +375 29 333-22-11"}}},
			{Kind: model.HandedSnoozed, Reply: put},
		},
		More: map[model.HandedKind]int64{model.HandedSnoozed: 3},
		Sends: []model.Need{{Kind: model.NeedPaused,
			Text: model.Say("%s is paused, %s: %s; resume or recall it", "Winter",
				model.Counted(4, "person waits", "people wait"), "by hand")}}}
}

func TestAShiftIsHandedOverAsTextToCopy(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, handedOver, func(d *driver) {
		d.wait(time.Second)
		d.press("T")
		d.sees("Hand-over of olga", "12 replies wait for an answer", "1 of them has waited too long",
			"Claimed:", "anna has it: Мария, +375 29 333-22-11, “Autumn sale”", "note of boris", "Snoozed:",
			"- back ", "and 3 replies more", "Paused:", "Winter is paused, 4 people wait")
		d.press("y")
		d.sees("offered to your terminal's clipboard", "the hand-over")
		if copied := d.root.d.LastCopied; !strings.HasPrefix(copied, "Hand-over of olga") ||
			!strings.Contains(copied, "Winter is paused") {
			t.Errorf("copied %q", copied)
		}
		d.press("esc")
		d.press("M", "T")
		d.sees("+375 29 ***-**-11, “Autumn sale”")
		d.press("y")
		for _, phone := range []string{"333-22-11", "333-22-12"} {
			if strings.Contains(d.root.d.LastCopied, phone) {
				t.Errorf("%s is not masked in %q", phone, d.root.d.LastCopied)
			}
		}
	})
	russian := func(o *kit.Options, f *fakeStore) {
		handedOver(o, f)
		o.Language = model.Russian
	}
	drive(t, 100, 24, russian, func(d *driver) {
		d.wait(time.Second)
		d.press("T")
		d.sees("Передача смены: olga", "anna", "Отложены:")
	})
}

func TestSinceYouLeftSaysWhatColleaguesDidWithTheQueueAndWhatIsLate(t *testing.T) {
	t.Parallel()
	news := model.News{Replies: 2, OpenReplies: 1, Late: 3, NewlyLate: 1, Deeds: []model.Deeds{
		{Operator: "boris", Answered: 2, Blocked: 1, Done: 5, Claimed: 1}, {Operator: "vera", Done: 1}}}
	drive(t, 80, 24, away(news), func(d *driver) {
		words := []string{"Since you left", "boris on the replies: answered 2, blocked 1, done 5, claimed 1",
			"vera on the replies: done 1", "2 replies arrived, 1 still open", "3 replies are late"}
		d.sees(words...)
		d.wait(time.Second)
		d.press("esc")
		d.seesNot("Since you left")
		d.press("I")
		d.sees(words...)
	})
	drive(t, 80, 24, away(model.News{}), func(d *driver) {
		d.wait(time.Second)
		d.press("I")
		d.sees("nothing has happened since 09:00")
	})
}
