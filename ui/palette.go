package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
)

// offer is one line of the palette with the action behind it.
type offer struct {
	kit.Choice
	kit.Binding
	rank int // the smallest comes first
}

// palette lists every action by name, with its key: first what is possible here, in the order of
// the help, then what is not possible now, with the reason, and last the actions of other screens.
// A name followed by text ("filter is:open") passes the text to the action.
func (r *Root) palette() kit.Dialog {
	all := r.elsewhere(r.here())
	slices.SortStableFunc(all, func(a, b offer) int { return cmp.Compare(a.rank, b.rank) })
	choices := make([]kit.Choice, len(all))
	for i, o := range all {
		choices[i] = o.Choice
	}
	p := kit.NewPicker(r.d, r.d.Tr("Actions of %s", r.title()), choices,
		func(i int, _ string) tea.Cmd { return r.run(all[i].Binding) })
	p.Read = func(text string) (string, func() tea.Cmd, error) {
		words, take := r.spoken(all, text)
		return words, take, nil
	}
	return p
}

// here returns the actions of the screen in front.
func (r *Root) here() []offer {
	goals := kit.Goals()
	var all []offer
	for _, table := range r.tables() {
		for _, b := range table {
			o := offer{kit.Choice{Name: r.d.Word("action", string(b.Action)),
				Note: strings.TrimSpace(b.Key() + "  " + r.d.Phrase(b.Help))}, b, slices.Index(goals, b.Goal())}
			if b.Takes != "" {
				o.Note += " · :" + bareName(r.d, b) + " " + b.Takes
			}
			if why := r.why(b); why != "" {
				o.Note, o.Off = b.Key()+" · "+r.d.Tr("not now: %s", why), true
				o.rank += len(goals)
			}
			all = append(all, o)
		}
	}
	return all
}

// elsewhere adds the actions that only other screens have.
func (r *Root) elsewhere(all []offer) []offer {
	for i, s := range r.screens {
		for _, table := range s.Keys() {
			for _, b := range table {
				if b.Outgoing && r.d.NothingLeaves() ||
					slices.ContainsFunc(all, func(o offer) bool { return o.Action == b.Action }) {
					continue
				}
				all = append(all, offer{kit.Choice{Name: r.d.Word("action", string(b.Action)), Off: true,
					Note: b.Key() + " · " + r.d.Tr("not here: it belongs to %s, press %s first",
						r.d.Phrase(r.tabs[i].name), r.tabs[i].key)}, b, 2*len(kit.Goals()) + i})
			}
		}
	}
	return all
}

// spoken interprets the name of an action followed by text.
func (r *Root) spoken(all []offer, text string) (string, func() tea.Cmd) {
	for _, o := range all {
		if o.With == nil || o.rank >= 2*len(kit.Goals()) {
			continue
		}
		for _, name := range []string{bareName(r.d, o.Binding), strings.TrimSuffix(string(o.Action), "…")} {
			arg, ok := behind(text, name)
			if !ok {
				continue
			}
			b, with := o.Binding, o.With
			b.Do = func() tea.Cmd {
				cmd, err := with(arg)
				if err != nil {
					return r.d.Fail(err)
				}
				return cmd
			}
			return name + " " + arg, func() tea.Cmd { return r.run(b) }
		}
	}
	return "", nil
}

// behind returns the text after a name.
func behind(text, name string) (string, bool) {
	words := strings.SplitN(strings.TrimSpace(text), " ", len(strings.Fields(name))+1)
	if len(words) != len(strings.Fields(name))+1 {
		return "", false
	}
	if model.Fold(strings.Join(words[:len(words)-1], " ")) != model.Fold(name) {
		return "", false
	}
	arg := strings.TrimSpace(words[len(words)-1])
	return arg, arg != ""
}

// bareName returns the name of an action without the dots that mean that it asks a question.
func bareName(d *kit.Deck, b kit.Binding) string {
	return strings.TrimSuffix(d.Word("action", string(b.Action)), "…")
}

// askWhere asks for the argument of goTo.
func (r *Root) askWhere() tea.Cmd {
	r.d.Open(kit.NewPrompt(r.d, r.d.Tr("Go where?"), r.d.Tr("a view, a campaign's id or a part of its name"), nil,
		r.goTo))
	return nil
}

// goTo brings a view to the front by its name, or opens a campaign.
func (r *Root) goTo(text string) (tea.Cmd, error) {
	for i, t := range r.tabs {
		if words := model.Fold(text); words == model.Fold(t.name) || words == model.Fold(r.d.Phrase(t.name)) {
			return r.showTab(i), nil
		}
	}
	for i, s := range r.screens {
		if s, ok := s.(*campaigns.Campaigns); ok {
			find, err := s.Find(text)
			if err != nil {
				return nil, err
			}
			return tea.Batch(r.showTab(i), find), nil
		}
	}
	return nil, nil
}
