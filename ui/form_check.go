package ui

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// check asks what would happen, in a command: it reads the blacklist and what was sent before, and
// may ask the vendor about its own list. A test goes to the staff's phones only.
func (f *form) check(test bool) tea.Cmd {
	if f.busy {
		return nil
	}
	if busy := f.field("phones").busy; busy != "" {
		return f.d.say(busy)
	}
	f.wrong = ""
	for _, x := range f.fields {
		x.wrong = ""
	}
	c, err := f.campaign()
	if err == nil {
		if why := f.d.whyNotOut(c.Account); why != "" {
			err = model.Invalid("account", "%s", why)
		}
	}
	caps, ok := f.d.capabilities(c.Account)
	if err == nil && !ok {
		err = model.Invalid("account", "this version cannot send through %s", c.Account)
	}
	to := f.field("phones").bag
	if test {
		to = readPhones(f.d.DefaultCountry, nil, strings.Join(f.d.StaffPhones, "\n"))
		c.Name, c.List, c.SendAt = c.Name+" test", "", time.Time{}
		if err == nil && len(to.phones) == 0 {
			err = model.Invalid("staff_phones",
				"a test goes to the staff's phones only; name them in the configuration")
		}
	}
	if err != nil {
		f.refused(err)
		return nil
	}
	o := f.d.Options
	planner := model.Planner{Desk: o.Store, Send: o.Send, Now: f.d.now, Zone: o.Zone}
	f.busy = true
	return ask(f.d, &f.checker, func(ctx context.Context) (planned, error) {
		p, err := planner.Ready(ctx, c, to.audience(), caps, o.road())
		survey, _ := model.SurveyOf(p.Campaign.Message, p.People) // the plan has refused a text that cannot be read
		return planned{p, survey}, err
	}, func(p planned, err error) tea.Cmd {
		f.busy = false
		if err != nil && (model.KindOf(err) != model.KindConflict || p.Overlap == 0) {
			f.refused(err)
			return nil
		}
		f.confirm(p, test)
		return nil
	})
}

// planned is a plan, and whose message the preview shows first.
type planned struct {
	model.Plan
	survey model.Survey
}

// confirm asks for the number of people. After a test the form stays.
func (f *form) confirm(p planned, test bool) {
	key := f.key
	if test {
		f.tests++
		key = fmt.Sprintf("%s-test-%d", key, f.tests)
	}
	s := newSendConfirm(f.d, p.Plan, key, test, func(c model.Campaign) tea.Cmd {
		w := newProgress(f.d, c)
		f.d.openUnasked(w)
		if test {
			return w.tick()
		}
		f.d.close(f)
		f.saver.forget()
		return tea.Batch(keepDraft(f.d, ""), w.tick())
	})
	s.preview.survey = p.survey
	f.d.openUnasked(s)
}

// refused puts each error beside its field and goes to the first of them.
func (f *form) refused(err error) {
	first := ""
	for _, e := range flat(err) {
		x, text := f.blame(e)
		if x == nil {
			f.wrong = model.SanitiseLine(f.d.text(text))
			continue
		}
		x.wrong = f.d.text(text)
		first = cmp.Or(first, x.key)
	}
	if first != "" {
		f.goTo(first)
	}
}

// flat gives the errors that were joined into one.
func flat(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, flat(e)...)
		}
		return all
	}
	return []error{err}
}
