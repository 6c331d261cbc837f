package ui

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// hasAnswered lets anna have answered the first reply before the dashboard begins; the answer can
// be recalled for a minute.
func hasAnswered(o *kit.Options, f *fakeStore) {
	hold(o, f)
	f.now = o.Now
	f.replies[0].State, f.replies[0].DoneBy = model.ReplyDone, "anna"
	f.answers = []model.Answer{{Reply: 1, Campaign: 900, Operator: "anna", Account: "minsk", Text: "We open at nine.",
		At: start.Add(-time.Second), State: model.CampaignHeld, HoldUntil: start.Add(time.Minute)}}
}

// confirms types the number 1 and what comes before it.
func (d *driver) confirms(words ...string) {
	d.t.Helper()
	d.press("ctrl+s")
	d.wait(time.Second)
	for _, w := range append(words, "1") {
		d.typeText(w)
		d.press("enter")
	}
}

func TestTheStoreRefusesASecondAnswerAndTheBoxShowsTheFirst(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, hold, func(d *driver) {
		d.press("a")
		d.typeText("tomorrow")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.store.mu.Lock() // anna confirms at the same instant: after the last look and before the store's own
		d.store.beforeSubmit = func() {
			d.store.answers = append(d.store.answers, model.Answer{Reply: 1, Campaign: 950, Operator: "anna",
				Text: "We open at nine.", At: d.store.now(), State: model.CampaignHeld,
				HoldUntil: d.store.now().Add(time.Minute)})
		}
		d.store.mu.Unlock()
		d.typeText("1")
		d.press("enter")
		d.sees("held back", "anna answered: We open at nine.", "tomorrow")
		if n := len(d.store.answersTo(1)); n != 1 {
			t.Fatalf("%d answers were stored", n)
		}
		d.press("ctrl+s")
		d.wait(time.Second)
		d.sees("this reply has been answered", "We open at nine.")
		d.typeText("1")
		d.press("enter")
		d.sees("that is not")
		if n := len(d.store.answersTo(1)); n != 1 {
			t.Fatalf("%d answers were stored without a second yes", n)
		}
		d.press("backspace")
		d.typeText("again")
		d.press("enter")
		d.typeText("1")
		d.press("enter")
		if n := len(d.store.answersTo(1)); n != 2 {
			t.Errorf("%d answers were stored after the second yes", n)
		}
	})
}

func TestAnAnsweredReplyShowsItInTheListTheThreadAndTheBox(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(o *kit.Options, f *fakeStore) {
		hasAnswered(o, f)
		f.replies[0].State = model.ReplyOpen // a colleague opened it again
	}, func(d *driver) {
		if got := d.selected(); !strings.Contains(got, "anna") || !strings.Contains(got, "→") {
			t.Errorf("the row is %q", got)
		}
		d.press("enter")
		d.sees("answer", "anna · 11:59 · leaves in 60 s: X recalls it", "We open at nine.")
		d.wait(20 * time.Second)
		d.sees("leaves in 40 s")
		d.press("a")
		d.sees("answered: anna · 11:59 · leaves in 40 s: X recalls it", "We open at nine.")
		d.press("esc")
		d.store.recallAnswer("anna", 900)
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(0)
		d.sees("anna · 11:59 · recalled, it was not sent")
		d.wait(400 * time.Millisecond) // what has just changed is looked at first
		d.press("a")
		d.sees("an answer, not sent: anna · 11:59 · recalled, it was not sent")
		d.typeText("tomorrow")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.seesNot("this reply has been answered")
	})
}

func TestAnAnswerTakesItsReplyOutOfTheQueueAsDone(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, hold, func(d *driver) {
		d.press("j", "a")
		d.typeText("tomorrow")
		d.confirms()
		d.seesNot("333-22-01 ")
		d.sees("/11", "answer leaves in 10 s")
	})
}

func TestAnswersAreRecalledOneAfterTheOtherAlsoByAnotherSession(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, f *fakeStore) { // two of olga's were written before a restart
		hasAnswered(o, f)
		for i := range 2 {
			f.answers = append(f.answers, model.Answer{Reply: model.ReplyID(2 + i),
				Campaign: model.CampaignID(901 + i), Operator: "olga", Account: "minsk",
				Text: []string{"one", "two"}[i],
				At:   start, State: model.CampaignHeld, HoldUntil: start.Add(time.Minute)})
			f.replies[1+i].State, f.replies[1+i].DoneBy = model.ReplyDone, "olga"
		}
	}
	drive(t, 80, 24, change, func(d *driver) {
		d.sees("answer leaves in 60 s: X recalls")
		d.press("X")
		d.sees("Answer to +375 29 333-22-02", "two", "recalled: nothing was sent")
		d.seesNot("not through")
		d.press("esc", "X")
		d.sees("Answer to +375 29 333-22-01", "one")
		d.press("esc")
		text := d.store.last()
		d.press("X") // what is left is anna's, and it is not the reply under the cursor
		d.sees("no answer waits to leave")
		if got := d.store.last(); got != text {
			t.Errorf("the store was told %q", got)
		}
	})
}

func TestARecalledAnswerThatCanGoNowhereStaysADraftAndSaysWhy(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, f *fakeStore) {
		for _, a := range o.Accounts {
			if o.Unusable == nil {
				o.Unusable = map[string]model.Text{}
			}
			o.Unusable[a.Name] = model.Say("the account %s has no secret here", a.Name)
		}
		f.answers = append(f.answers, model.Answer{Reply: 2, Campaign: 901, Operator: "olga", Account: "minsk",
			Text: "one", At: start, State: model.CampaignNeedsApproval})
		f.replies[1].State, f.replies[1].DoneBy = model.ReplyDone, "olga"
	}
	drive(t, 140, 24, change, func(d *driver) {
		d.press("X")
		d.seesNot("Answer to")
		d.sees("recalled: nothing was sent", "its text stays as a draft", "the account minsk has no secret here")
	})
}

func TestAColleaguesAnswerIsRecalledFromItsReplyAndWaitsForTheColleague(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, hasAnswered, func(d *driver) {
		d.press("/")
		d.press("ctrl+u")
		d.typeText("is:done")
		d.press("enter")
		d.wait(time.Second)
		d.press("X")
		d.sees("recalled: nothing was sent; anna is notified and gets the text back")
		d.seesNot("Answer to")
		if got := d.store.last(); got != "olga recall c900" {
			t.Errorf("the store was told %q", got)
		}
		if n := d.store.notices["anna"]; len(n) != 1 {
			t.Errorf("anna is told %v", n)
		}
	})
}

func TestAnOpenBoxLearnsOfAColleaguesAnswerAtOnce(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, hold, func(d *driver) {
		d.press("a")
		d.typeText("tomorrow")
		d.meanwhile("answer", []model.ReplyID{1})
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(0)
		d.sees("something happened since you opened it", "anna answered: by anna", "tomorrow")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.sees("this reply has been answered", "by anna")
		d.typeText("1")
		d.press("enter")
		if n := len(d.store.answersTo(1)); n != 1 {
			t.Fatalf("%d answers were stored without a second yes", n)
		}
		d.press("esc", "esc")
		d.press("j", "a")
		d.typeText("tomorrow")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.meanwhile("answer", []model.ReplyID{2})
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(time.Second)
		d.sees("anna answered: by anna") // over the confirmation too
		d.typeText("1")
		d.press("enter")
		d.sees("held back", "by anna")
		if n := len(d.store.answersTo(2)); n != 1 {
			t.Fatalf("%d answers were stored without a second yes", n)
		}
	})
}

func TestTheThreadShowsAtOnceThatAnAnswerHasLeft(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, func(o *kit.Options, f *fakeStore) {
		hasAnswered(o, f)
		f.replies[0].State = model.ReplyOpen
	}, func(d *driver) {
		d.sees("X recalls it")
		d.store.mu.Lock()
		d.store.answers[0].State, d.store.answers[0].Status = model.CampaignSent, model.StatusDelivered
		d.store.mu.Unlock()
		d.store.changes <- []model.Topic{model.TopicCampaigns, model.TopicRecipients, model.TopicOutbox}
		d.wait(0)
		d.sees("anna · 11:59 · delivered")
		d.seesNot("X recalls it")
	})
}

func TestAColleaguesAnswerToAnotherReplyIsNotDenied(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, nil, func(d *driver) {
		d.press("X")
		d.sees("no answer waits to leave")
		d.press("G")
		d.store.mu.Lock()
		d.store.answers = append(d.store.answers, model.Answer{Reply: 2, Campaign: 900, Operator: "anna",
			State: model.CampaignHeld, HoldUntil: start.Add(time.Hour)})
		d.store.mu.Unlock()
		d.store.changes <- []model.Topic{model.TopicReplies}
		d.wait(time.Second)
		d.press("X")
		d.sees("no answer waits to leave here; X in 7 Outbox recalls")
	})
}
