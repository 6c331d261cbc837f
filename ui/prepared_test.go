package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// prepared configures two prepared answers and adds a written one, and gives the people of the
// replies a name.
func prepared(o *kit.Options, f *fakeStore) {
	hold(o, f)
	o.Answers = []model.PreparedAnswer{{Name: "hours", Text: "We are open 9 to 18, {{name|friend}}. {{operator}}"},
		{Name: "price", Text: "It costs {{price}}."}}
	f.book = model.Answerbook{Written: []model.PreparedAnswer{{Name: "доставка", Text: "Привезём завтра, {{name}}.",
		By: "anna"}}, Columns: map[string]string{"name": "Анна"}, Uses: map[string]model.AnswerUses{"hours": {Here: 1}}}
}

func TestAPreparedAnswerTakesFourKeysAndShowsEverythingBefore(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, prepared, func(d *driver) {
		d.press("j")
		d.press("a", "/")
		d.sees("Prepared answers", "▸ hours", "We are open 9 to 18, Анна. olga", "доставка")
		d.press("enter")
		d.sees("Answer to +375 29 333-22-01", "We are open 9 to 18, Анна. olga", "31 of 1 000 characters",
			"through minsk (sms.by), sender Brand, price unknown")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.seesNot("Send it?")
		d.sees("answer leaves in")
		if got := d.store.last(); got != "olga submit Answer to r2 1 people hold 10s approve 0" {
			t.Errorf("the store was told %q", got)
		}
		if a := d.store.answersTo(2); len(a) != 1 || a[0].Text != "We are open 9 to 18, Анна. olga" {
			t.Errorf("stored %+v", a)
		}
		if got := d.selected(); !strings.Contains(got, "333-22-02") {
			t.Errorf("the cursor stands on %q", got)
		}
	})
}

func TestAPreparedAnswerThatWasChangedOrCannotBeRecalledWantsTheNumber(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*kit.Options, *fakeStore)
		typed  string
	}{
		"changed":         {prepared, "!"},
		"no recall":       {func(o *kit.Options, f *fakeStore) { prepared(o, f); o.Send.Hold = &model.Duration{} }, ""},
		"same text":       {func(o *kit.Options, f *fakeStore) { prepared(o, f); f.overlap = 1 }, ""},
		"a colleague has": {func(o *kit.Options, f *fakeStore) { prepared(o, f); f.replies[0].ClaimedBy = "anna" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, c.change, func(d *driver) {
				d.press("a", "/", "enter")
				d.typeText(c.typed)
				d.press("ctrl+s")
				d.wait(time.Second)
				d.sees("Type ")
				if n := len(d.store.answersTo(1)); n != 0 {
					t.Errorf("%d answers were stored", n)
				}
			})
		})
	}
}

func TestAPreparedAnswerIsFoundByTextAndGoesToTheCursor(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, prepared, func(d *driver) {
		d.press("a")
		d.typeText("Здравствуйте! ")
		d.press("ctrl+o")
		d.typeText("привезем")
		d.press("enter")
		d.sees("Здравствуйте! Привезём завтра, Анна.")
		d.press("ctrl+x", "/")
		d.typeText("price")
		d.sees("no value here for {{price}}")
		d.press("enter")
		d.sees("no value here for {{price}}", "Prepared answers")
		d.press("esc")
		d.sees("your answer", "(Enter is a new line)")
	})
}

func TestAPreparedAnswerThatLacksAValueComesLastHoweverOftenItWasUsed(t *testing.T) {
	t.Parallel()
	often := func(o *kit.Options, f *fakeStore) {
		prepared(o, f)
		f.book.Uses["price"] = model.AnswerUses{Here: 9}
	}
	drive(t, 100, 24, often, func(d *driver) {
		d.press("a", "/")
		d.sees("▸ hours", "price", "It costs {{price}}. · text: \"price\" has no value here")
		d.typeText("costs")
		d.sees("It costs {{price}}.")
		d.seesNot("hours")
	})
}

func TestTheTextOfTheBoxIsKeptChangedAndDeletedForEverybody(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, prepared, func(d *driver) {
		d.press("a")
		d.typeText("Thank you, {{name}}")
		d.press("ctrl+g")
		d.typeText("hours")
		d.press("enter")
		d.sees("there is a prepared answer hours already")
		d.press("backspace", "backspace", "backspace", "backspace", "backspace")
		d.typeText("thanks")
		d.press("ctrl+s")
		d.sees("the prepared answer thanks is saved; everybody has it")
		if got := d.store.last(); got != "olga prepares thanks: Thank you, {{name}}" {
			t.Errorf("the store was told %q", got)
		}
		d.press("ctrl+x", "/")
		d.typeText("thanks")
		d.press("ctrl+e")
		d.typeText("!")
		d.press("ctrl+s")
		if got := d.store.last(); got != "olga prepares thanks: Thank you, {{name}}!" {
			t.Errorf("the store was told %q", got)
		}
		d.press("/")
		d.typeText("thanks")
		d.press("ctrl+x")
		d.sees("Delete the prepared answer thanks?")
		d.press("y")
		if got := d.store.last(); got != "olga deletes thanks" {
			t.Errorf("the store was told %q", got)
		}
		d.press("esc", "/")
		d.typeText("price")
		d.press("ctrl+x")
		d.sees("price is in the configuration")
	})
}

func TestNoSMSFollowsAnAnswerUnlessItWasChosen(t *testing.T) {
	t.Parallel()
	priced := func(o *kit.Options, f *fakeStore) {
		hold(o, f)
		f.prices.Paid = []model.Paid{{Campaign: 1, Kind: model.KindText, Country: "BY", People: 10,
			Sum:     model.NewMoney(decimal.RequireFromString("0.50"), "EUR"),
			Dearest: model.NewMoney(decimal.RequireFromString("0.09"), "EUR")}}
	}
	drive(t, 80, 24, priced, func(d *driver) {
		d.press("a")
		d.sees("through minsk (sms.by), sender Brand, 0.05 EUR, at most 0.09 EUR")
		d.seesNot("SMS")
	})
}

func TestTheWaysNameAnAccountThatCannotAnswerAndSayWhy(t *testing.T) {
	t.Parallel()
	templates := func(o *kit.Options, f *fakeStore) {
		hold(o, f)
		caps := o.Capabilities[model.SendPulse]
		caps.Kinds = []model.MessageKind{model.KindTemplate}
		o.Capabilities[model.SendPulse] = caps
	}
	drive(t, 100, 24, templates, func(d *driver) {
		d.press("a", "ctrl+r")
		d.sees("1 minsk", "2 minsk", "shop", "sends no text of your own, only template")
		d.press("3")
		d.sees("Ways to +375 29 333-22-00", "shop: ")
		d.press("2")
		d.sees("through minsk (sms.by), sender Brand, price unknown", "an SMS if not delivered")
	})
}

func TestAllWaysToAPersonAreShownAndOneIsChosenByItsNumber(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, hold, func(d *driver) {
		d.press("a")
		d.typeText("tomorrow")
		d.press("ctrl+r")
		d.sees("Ways to +375 29 333-22-00", "1 minsk", "price unknown · Viber from Brand", "2 shop", "3 minsk",
			"Viber from Brand, an SMS if not delivered")
		d.press("3")
		d.sees("through minsk (sms.by), sender Brand, price unknown", "an SMS if not delivered")
		d.press("ctrl+s")
		d.wait(time.Second)
		d.sees("the number of people")
	})
}
