package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// reread waits until the configuration is saved and takes what it says. A file with a mistake
// changes nothing; the message names its line.
func (r *Root) reread() tea.Cmd {
	d := r.d
	if d.Reload == nil {
		return nil
	}
	return ask(d, &r.saved, d.Reload, func(s Settings, err error) tea.Cmd {
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return tea.Batch(r.reread(),
				d.fail(model.Errorf("the configuration was saved with a mistake, what was in force stays: %w",
					err)))
		}
		return tea.Batch(r.reread(), r.take(s))
	})
}

// take puts settings in force.
func (r *Root) take(s Settings) tea.Cmd {
	d := r.d
	d.Settings = s
	d.Options = d.Options.withDefaults()
	r.restyle()
	text := d.tr("the configuration was read anew")
	if len(s.Later) > 0 {
		text = d.tr("the configuration was read anew; what changed in %s counts from the next start",
			strings.Join(s.Later, ", "))
	}
	return tea.Batch(d.say(text), r.screens[r.front].show())
}

// restyle draws everything from now on in the colours, signs and language that are in force.
func (r *Root) restyle() {
	d := r.d
	d.style = newTheme(d.Theme, !r.light)
	r.signs = nil
	if d.asciiOnly() {
		r.signs = plainSigns()
	}
	d.speak(r.tongue())
}

// tongue gives the language the screens speak: the one the person chose, or else that of
// configuration and locale.
func (r *Root) tongue() model.Language {
	if r.chosen != "" {
		return r.chosen
	}
	return r.d.Options.screenLanguage()
}

// nextLanguage goes to the next language of the screens. The choice is the operator's and is
// remembered.
func (r *Root) nextLanguage() tea.Cmd {
	r.chosen = after(r.d.spoken)
	r.d.speak(r.chosen)
	return r.d.say(r.d.tr("the screens speak English; L changes it"))
}

// mask shows phones with stars, or whole again. That they are shown again is written down: somebody
// may look on.
func (r *Root) mask() tea.Cmd {
	d := r.d
	if d.masks(!d.masked); d.masked {
		return d.say(d.tr("phones are masked on every screen; M shows them again, which is written down"))
	}
	store, did := d.Store, model.Activity{At: d.now, Operator: d.Operator, Action: "unmasked",
		Detail: model.Say("phones are shown whole again")}
	return act(d, func(ctx context.Context) error { return store.AddActivity(ctx, did) },
		d.told(d.tr("phones are shown whole; that is written down")))
}
