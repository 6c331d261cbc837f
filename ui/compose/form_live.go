package compose

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// LivePause is how long typing must pause before the form is checked against the vendor's rules.
const LivePause = 300 * time.Millisecond

// inspection is what is known about an unfinished campaign: what the vendor would refuse, and how
// its people fill the columns.
type inspection struct {
	people   model.People
	survey   model.Survey
	findings error
}

// changed schedules saving the draft and checking what the vendor would refuse.
func (f *Form) changed() tea.Cmd {
	return tea.Batch(f.saver.Changed(f.save), kit.Later(&f.pause, LivePause, f.inspect))
}

// inspect checks the form against the vendor's rules in a command.
func (f *Form) inspect() tea.Cmd {
	c, unread := f.campaign()
	caps, ok := f.d.Capabilities(c.Account)
	if !ok {
		return nil
	}
	planner, check, phones := f.d.Planner(f.d.Now), f.d.Check, f.Field("phones").People
	return kit.Ask(f.d, &f.inspector, func(ctx context.Context) (inspection, error) {
		return inspect(ctx, planner, check, c, phones, caps), nil
	}, func(found inspection, _ error) tea.Cmd {
		f.preview.Look(found.people, found.survey)
		f.find(errors.Join(unread, found.findings))
		return nil
	})
}

// inspect returns everything that would be refused later: the vendor's rules as applied by the
// plan, and what single people would receive.
func inspect(ctx context.Context, planner model.Planner, check func(model.Campaign) error, c model.Campaign,
	phones PhoneSet, caps model.Capabilities) inspection {
	audience := phones.audience()
	found := inspection{people: audience.People}
	// Without its people the plan is quick; an audience that turns out to be empty is not reported
	// here.
	_, err := planner.Ready(ctx, c, model.Audience{Total: audience.Total}, caps, model.SendPath{Check: check})
	errs := []error{err}
	if found.survey, err = model.SurveyOf(c.Message, audience.People); err == nil && audience.People.Len() > 0 {
		errs = append(errs, personal(c, found, caps.Limits))
	}
	found.findings = errors.Join(errs...)
	return found
}

// personal refuses a column that some person lacks, and the longest text if it is too long.
func personal(c model.Campaign, found inspection, l model.Limits) error {
	if !c.Personal() {
		return nil // everyone receives the same text, which the plan has checked
	}
	if x := found.survey.Unfilled(); x != nil && x.Lacking == 1 {
		return model.Invalid("text",
			"one person has no value for {{%s}} and there is no fallback; write {{%[1]s|fallback}} or fix the file",
			x.Column)
	} else if x != nil {
		return model.Invalid("text",
			"%s {{%[2]s}} and there is no fallback; write {{%[2]s|fallback}} or fix the file",
			model.Counted(x.Lacking, "person has no value for", "people have no value for"), x.Column)
	}
	if n := found.survey.Longest; l.TextMax > 0 && n > l.TextMax {
		return model.Invalid("text", "the longest text has %s, the limit is %d", model.Characters(n), l.TextMax)
	}
	return nil
}

// find shows what would be refused beside the fields. A field that has not had the focus yet is not
// reported as empty.
func (f *Form) find(err error) {
	for _, x := range f.Fields {
		x.found = ""
	}
	if err == nil {
		return
	}
	for _, e := range Flat(err) {
		x, text := f.blame(e)
		if x == nil || x.found != "" || x.kind == phonesField || x.Value() == "" && !x.visited {
			continue
		}
		x.found = f.d.Text(text)
	}
}

// blame returns the field that an error is about and its words; nil for an error that does not
// belong to a field of the form.
func (f *Form) blame(err error) (*Field, model.Text) {
	m, ok := errors.AsType[*model.Error](err)
	if !ok {
		return nil, model.TextOf(err)
	}
	for _, key := range []string{m.Field, map[string]string{
		"button": "button.caption", "sms_fallback": "sms_fallback.text", "file": "file.url",
		"video": "video.url", "image_file": "image_url"}[m.Field]} {
		if x := f.Field(key); key != "" && x.Key != "" && x.why == "" {
			return x, m.Text
		}
	}
	return nil, model.TextOf(err)
}
