package compose

import (
	"cmp"
	"context"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// recipients are the people that a form sends to.
type recipients int

const (
	thePeople recipients = iota // of the form
	theStaff                    // by their own phones, as a test
)

// check asks in a command what would happen: it reads the blacklist and earlier sends, and may ask
// the vendor about its own list.
func (f *Form) check(who recipients) tea.Cmd {
	if f.Busy {
		return nil
	}
	if busy := f.Field("phones").busy; busy != "" {
		return f.d.Say(busy)
	}
	f.wrong = ""
	for _, x := range f.Fields {
		x.Wrong = ""
	}
	c, to, err := f.written(who)
	if err != nil {
		f.refused(err)
		return nil
	}
	caps, _ := f.d.Capabilities(c.Account)
	planner, way := f.d.Planner(f.d.Now), f.d.SendPath()
	planner.Test, planner.Midnight = who == theStaff, model.Midnight(f.d.Now, f.d.Zone)
	way.Links = model.LinkCheck(f.ChecksLinks(), f.d.Links)
	f.Busy, f.checked = true, who
	lost := append(f.carried.LostAt(c.Vendor, f.d.VendorName), f.unused()...)
	return kit.Ask(f.d, &f.checker, func(ctx context.Context) (planned, error) {
		if path := c.Message.ImageFile.Path; path != "" {
			image, err := model.ReadUpload(os.DirFS("/"), path)
			if err != nil {
				return planned{}, err
			}
			c.Message.ImageFile = image
		}
		p, err := planner.Ready(ctx, c, to(), caps, way)
		p.Warnings = append(p.Warnings, lost...)
		survey, _ := model.SurveyOf(p.Campaign.Message, p.People) // the plan has already refused an unreadable text
		return planned{p, survey}, err
	}, func(p planned, err error) tea.Cmd {
		f.Busy = false
		if err != nil && !p.Repeats(err) {
			f.refused(err)
			return nil
		}
		f.confirm(p)
		return nil
	})
}

// written returns the campaign of the form, and its people or the staff. The audience is worked out
// in a command.
func (f *Form) written(who recipients) (c model.Campaign, to func() model.Audience, err error) {
	people := f.Field("phones")
	c, err = f.campaign()
	if err == nil && who == thePeople {
		err = people.addTyped(f.d.DefaultCountry)
	}
	if why := f.d.WhyNotSend(c.Account); err == nil && why != "" {
		err = model.Invalid("account", "%s", why)
	}
	if who == thePeople {
		return c, people.People.audience, err
	}
	like, _ := f.preview.person()
	staff, wrong := model.StaffAudience(f.d.StaffPhones, f.d.DefaultCountry, like.Vars)
	return c.ForTest(), func() model.Audience { return staff }, cmp.Or(err, wrong)
}

// planned is a plan, and the person whose message the preview shows first.
type planned struct {
	model.Plan
	survey model.Survey
}

// confirm asks for the number of people. After a test the form stays open.
func (f *Form) confirm(p planned) {
	key := f.Key
	if p.Test {
		f.tests++
		key = fmt.Sprintf("%s-test-%d", key, f.tests)
	}
	s := NewSendConfirm(f.d, p.Plan, key, func(c model.Campaign) tea.Cmd {
		w := NewProgress(f.d, c)
		f.d.OpenUnasked(w)
		if p.Test {
			return w.Tick()
		}
		f.d.Close(f)
		f.saver.Forget()
		var shown tea.Cmd
		if f.d.Sent != nil {
			shown = f.d.Sent(c.ID)
		}
		return tea.Batch(keepDraft(f.d, ""), w.Tick(), shown)
	})
	s.preview.survey = p.survey
	f.d.OpenUnasked(s)
}

// refused puts each error beside its field and goes to the first of them.
func (f *Form) refused(err error) {
	first := ""
	for _, e := range Flat(err) {
		x, text := f.blame(e)
		if x == nil {
			f.wrong = model.SanitiseLine(f.d.Text(text))
			continue
		}
		x.Wrong = f.d.Text(text)
		first = cmp.Or(first, x.Key)
	}
	if first != "" {
		f.GoTo(first)
	}
}

// Flat returns the errors that were joined into one.
func Flat(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, Flat(e)...)
		}
		return all
	}
	return []error{err}
}

// ChecksLinks reports whether the addresses of the message will be asked.
func (f *Form) ChecksLinks() bool { return f.d.Send.ChecksLinks() != f.unlinked }

// switchLinks switches link checks on or off. A check in progress starts again.
func (f *Form) switchLinks() tea.Cmd {
	f.unlinked = !f.unlinked
	notice := f.d.Say(f.d.Tr("the addresses of the message are not asked; ctrl+l: they are"))
	if f.ChecksLinks() {
		notice = f.d.Say(f.d.Tr("the addresses of the message are asked before the confirmation; ctrl+l: they are not"))
	}
	if !f.Busy {
		return notice
	}
	f.checker.Forget()
	f.Busy = false
	return tea.Batch(notice, f.check(f.checked))
}
