package compose

import (
	"cmp"
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// senderOffers are the senders of an account, and the one last used with it or with one of its
// lists.
type senderOffers struct {
	all    []model.Sender
	last   string
	lastAt time.Time
	used   []model.KnownValue
}

// offers are the known values of an account.
type offers struct {
	senders   senderOffers
	lists     []model.List
	templates []model.KnownTemplate
	model.KnownValues
}

func readOffers(ctx context.Context, store kit.Store, a model.Account, list string) (offers, error) {
	var o offers
	var err error
	if o.KnownValues, err = store.KnownValues(ctx, a.Name); err != nil {
		return o, err
	}
	if o.senders.all, err = store.KnownSenders(ctx, a.Name); err != nil {
		return o, err
	}
	o.senders.used = o.Senders
	if o.senders.last, o.senders.lastAt, _, err = store.LastSender(ctx, a.Name, list); err != nil {
		return o, err
	}
	if o.templates, err = a.KnownTemplates(ctx, store, o.Templates); err != nil {
		return o, err
	}
	o.lists, err = store.Lists(ctx, a.Name)
	return o, err
}

// readOffers requests what the account has and what was used before, for choosing.
func (f *Form) readOffers() tea.Cmd {
	store := f.d.Store
	account, _ := f.d.Account(f.Field("account").Value())
	list := f.Field("list").Value()
	return kit.Ask(f.d, &f.offers, func(ctx context.Context) (offers, error) {
		return readOffers(ctx, store, account, list)
	}, func(o offers, err error) tea.Cmd {
		if err != nil {
			return f.d.Fail(err)
		}
		f.offerSenders(o.senders)
		f.offerLists(o.lists)
		f.offerTemplates(o.templates)
		f.Field("label").options = f.usedBefore(o.Labels)
		f.Field("tags").options = f.usedBefore(o.Tags)
		return f.inspect()
	})
}

// usedBefore returns choices of values with the time of their last use.
func (f *Form) usedBefore(all []model.KnownValue) []kit.Choice {
	var choices []kit.Choice
	for _, v := range all {
		choices = append(choices, kit.Choice{Name: v.Value, Note: f.lastUse(v.At)})
	}
	return choices
}

// lastUse says when something was last used, "" if never.
func (f *Form) lastUse(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return f.d.Tr("last used %s", f.d.When(at))
}

// offerTemplates lists the templates under their field with what is known about them.
func (f *Form) offerTemplates(all []model.KnownTemplate) {
	x := f.Field("template")
	x.options = nil
	for _, t := range all {
		state := f.d.Word("template state", string(t.State()))
		if !t.Refused.IsZero() {
			state += " " + f.d.When(t.RefusedAt) + ": " + f.d.Text(t.Refused)
		}
		x.options = append(x.options, kit.Choice{Name: t.ID, Off: !t.Refused.IsZero(),
			Note: strings.Join(term.NonEmpty(t.Name, state, f.lastUse(t.Used)), " · ")})
	}
}

// choose opens the list of the field's known values.
func (f *Form) choose(x *Field) tea.Cmd {
	if len(x.options) == 0 {
		return f.d.Say(f.d.Tr("there are no known values for this field"))
	}
	f.d.Open(kit.NewPicker(f.d, x.label, x.options, func(i int, _ string) tea.Cmd {
		x.take(x.options[i].Name)
		return f.changed()
	}))
	return nil
}

// offered describes the value of a field, and the alternatives.
func (f *Form) offered(x *Field, none string) string {
	if len(x.options) == 0 {
		return none
	}
	for _, o := range x.options {
		if o.Name == x.Value() && o.Note != "" {
			return f.d.Tr("%s · ctrl+r shows all %d", o.Note, len(x.options))
		}
	}
	var known []string
	for _, o := range x.options[:min(len(x.options), 3)] {
		word := o.Name
		if o.Off || x.Key == "list" || x.Key == "template" {
			word += " (" + o.Note + ")"
		}
		known = append(known, word)
	}
	if n := len(x.options); n > len(known) {
		return f.d.Tr("ctrl+r shows all %d: %s…", n, strings.Join(known, ", "))
	}
	return "ctrl+r: " + strings.Join(known, ", ")
}

// offerSenders lists the account's senders under their field. The one last used is filled in unless
// a person chose another.
func (f *Form) offerSenders(offers senderOffers) {
	s := f.Field("sender")
	s.options = nil
	propose := ""
	for _, v := range offers.all {
		c := kit.Choice{Name: cmp.Or(v.Name, v.ID), Note: strings.Join(term.NonEmpty(
			f.d.Word("sender state", string(v.State)), f.lastUse(model.LastUse(offers.used, v.ID))), " · ")}
		c.Off = v.State == model.SenderRejected || v.State == model.SenderPending
		s.options = append(s.options, c)
		if !c.Off && (v.ID == offers.last || len(offers.all) == 1) {
			propose = c.Name
		}
	}
	if s.Value() != "" && s.Value() != f.proposed {
		return
	}
	if f.carried.NoSender {
		return // the copied campaign had none
	}
	f.proposed, f.lastUsed = propose, time.Time{}
	if offers.last != "" {
		f.lastUsed = offers.lastAt
	}
	s.Set(propose)
}

// senderHint says why a sender is proposed, and which alternatives there are.
func (f *Form) senderHint(x *Field) string {
	offered := f.offered(x, f.d.Tr("no sender of this account is known here"))
	if x.Value() == "" || x.Value() != f.proposed || f.lastUsed.IsZero() {
		return offered
	}
	used := f.d.Tr("last used with this account, %s", f.d.When(f.lastUsed))
	if f.Field("list").Value() != "" {
		used = f.d.Tr("last used with this list, %s", f.d.When(f.lastUsed))
	}
	return used + " · " + strings.Replace(offered, " · "+f.lastUse(f.lastUsed), "", 1)
}

// offerLists lists the vendor's own lists under their field.
func (f *Form) offerLists(all []model.List) {
	x := f.Field("list")
	x.options = nil
	for _, l := range all {
		x.options = append(x.options, kit.Choice{
			Name: l.ID, Note: f.d.Tr("%s, people: %s", l.Name, lang.Figure(l.People))})
	}
}
