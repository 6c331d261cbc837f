package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// check asks what would happen, in a command: it reads the blacklist and what was sent before, and may ask the vendor
// about its own list. A test goes to the staff's phones only.
func (f *form) check(test bool) tea.Cmd {
	if f.busy {
		return nil
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
		err = model.Invalid("account", "%s", f.d.tr("this version cannot send through %s", c.Account))
	}
	audience := f.field("phones").bag.audience()
	if test {
		audience = readPhones(f.d.DefaultCountry, nil, strings.Join(f.d.StaffPhones, "\n")).audience()
		c.Name, c.List, c.SendAt = c.Name+" test", "", time.Time{}
		if err == nil && len(audience.People) == 0 {
			err = model.Invalid("staff_phones", "%s", f.d.tr("a test goes to the staff's phones only; name them in the configuration"))
		}
	}
	if err != nil {
		f.refused(err)
		return nil
	}
	o := f.d.Options
	planner := model.Planner{Desk: o.Store, Send: o.Send, Now: f.d.now, Zone: o.Zone}
	f.busy = true
	return ask(f.d, &f.checker, func(ctx context.Context) (model.Plan, error) { return planner.Ready(ctx, c, audience, caps, o.road()) },
		func(p model.Plan, err error) tea.Cmd {
			f.busy = false
			if err != nil && (model.KindOf(err) != model.KindConflict || p.Overlap == 0) {
				f.refused(err)
				return nil
			}
			f.confirm(p, test)
			return nil
		})
}

// confirm asks for the number of people. After a test the form stays.
func (f *form) confirm(p model.Plan, test bool) {
	key := f.key
	if test {
		f.tests++
		key = fmt.Sprintf("%s-test-%d", key, f.tests)
	}
	f.d.openUnasked(newSendConfirm(f.d, p, key, test, func(c model.Campaign) tea.Cmd {
		w := newProgress(f.d, c)
		f.d.openUnasked(w)
		if test {
			return w.tick()
		}
		f.d.close(f)
		f.saver.forget()
		return tea.Batch(keepDraft(f.d, ""), w.tick())
	}))
}

// road is the way to the vendors as a plan needs it.
func (o Options) road() model.Road {
	return model.Road{PerCall: o.PerCall, Check: o.Check, Prepare: o.Prepare}
}

// refused puts each error beside its field and goes to the first of them.
func (f *form) refused(err error) {
	first := ""
	for _, e := range flat(err) {
		m, ok := errors.AsType[*model.Error](e)
		if !ok || f.field(m.Field).key == "" || f.field(m.Field).why != "" {
			if key := parent(m); key != "" && f.field(key).key != "" {
				f.field(key).wrong = f.d.sentence(m.Text)
				first = or(first, key)
				continue
			}
			f.wrong = model.SanitiseLine(f.d.sentence(e.Error()))
			continue
		}
		f.field(m.Field).wrong = f.d.sentence(m.Text)
		first = or(first, m.Field)
	}
	if first != "" {
		f.goTo(first)
	}
}

// parent names the form's field for an error about a part as a whole.
func parent(m *model.Error) string {
	if m == nil {
		return ""
	}
	return map[string]string{"button": "button.caption", "sms_fallback": "sms_fallback.text"}[m.Field]
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
