package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// reread waits until the configuration is saved and applies it. A file with a mistake changes
// nothing; the message names its line.
func (r *Root) reread() tea.Cmd {
	d := r.d
	if d.Reload == nil {
		return nil
	}
	return kit.Ask(d, &r.saved, d.Reload, func(s kit.Settings, err error) tea.Cmd {
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return tea.Batch(r.reread(),
				d.Fail(model.Errorf("the configuration has a mistake and was not reloaded: %w",
					err)))
		}
		return tea.Batch(r.reread(), r.applySettings(s))
	})
}

// applySettings applies settings.
func (r *Root) applySettings(s kit.Settings) tea.Cmd {
	d := r.d
	d.Settings = s
	d.Options = d.Options.WithDefaults()
	r.restyle()
	text := d.Tr("the configuration was reloaded")
	if len(s.Later) > 0 {
		text = d.Tr("the configuration was reloaded; changes in %s take effect at the next start",
			strings.Join(s.Later, ", "))
	}
	return tea.Batch(d.Say(text), r.screens[r.front].Show())
}

// restyle applies the current colours, signs and language from now on.
func (r *Root) restyle() {
	d := r.d
	d.Style = term.NewTheme(d.Theme, !r.light)
	r.ascii = nil
	if d.ASCIIOnly() {
		r.ascii = term.PlainSigns()
	}
	d.Speak(r.language())
}

// language returns the language of the screens: the person's choice, or else that of configuration
// and locale.
func (r *Root) language() model.Language {
	if r.chosen != "" {
		return r.chosen
	}
	return r.d.Options.ScreenLanguage()
}

// nextLanguage goes to the next language of the screens. The choice is the operator's and is
// remembered.
func (r *Root) nextLanguage() tea.Cmd {
	r.chosen = lang.After(r.d.Spoken)
	r.d.Speak(r.chosen)
	return r.d.Say(r.d.Tr("Language: English; L changes it"))
}

// mask turns the stars on phones on or off. Turning them off is recorded, because onlookers may see
// the phones.
func (r *Root) mask() tea.Cmd {
	d := r.d
	if d.Masks(!d.Masked); d.Masked {
		return d.Say(d.Tr("phones are masked on every screen; M shows them again, and that is logged"))
	}
	store, did := d.Store, model.Activity{At: d.Now, Operator: d.Operator, Action: "unmasked",
		Detail: model.Say("phones are shown whole again")}
	return kit.Act(d, func(ctx context.Context) error { return store.AddActivity(ctx, did) },
		d.SayOrFail(d.Tr("phones are shown in full; that is logged")))
}
