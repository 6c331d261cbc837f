package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// Needs are read when something has changed, but not more often than soon, and also from time to
// time, because some arise merely by waiting.
const (
	needsSoon  = 5 * time.Second
	needsPause = time.Minute
)

// needs is what requires a person's attention, as last read.
type needs struct {
	all     []model.Need
	at      time.Time // when it was last read
	changed bool      // something has changed since then
	due     kit.Slot  // until soon has passed after a change
	slot    kit.Slot
}

// place is where a person handles a need: the action of a tab, and the filter of its list. If row
// is set, the cursor is put on the need's campaign instead.
type place struct {
	tab    kit.Action
	filter func(n model.Need) string
	row    bool
}

// needPlaces maps kinds of needs to their places.
func needPlaces() map[model.NeedKind]place {
	is := func(filter string) func(model.Need) string { return func(model.Need) string { return filter } }
	account := func(n model.Need) string {
		if n.Account == "" {
			return ""
		}
		return "account:" + n.Account
	}
	return map[model.NeedKind]place{
		model.NeedUnknown:   {tab: "outbox", filter: is("state:unknown")},
		model.NeedBrake:     {tab: "outbox", filter: is("")},
		model.NeedPaused:    {tab: "campaigns", row: true},
		model.NeedApproval:  {tab: "campaigns", row: true},
		model.NeedLate:      {tab: "replies", filter: is("is:open")},
		model.NeedSender:    {tab: "senders", filter: account},
		model.NeedAccount:   {tab: "log", filter: account},
		model.NeedLists:     {tab: "log", filter: account},
		model.NeedCallbacks: {tab: "log", filter: account},
		model.NeedAlarm:     {tab: "log", filter: account},
		model.NeedEngine:    {tab: "log", filter: is("")},
		model.NeedCacheFile: {tab: "log", filter: is("")},
		model.NeedDisk:      {tab: "log", filter: is("")},
	}
}

// narrowed is a screen whose list can be narrowed to the subject of a need.
type narrowed interface {
	ApplyView(v model.View) tea.Cmd
	GoTo(id string) tea.Cmd
}

// readNeeds asks for the needs if it is time to.
func (r *Root) readNeeds() tea.Cmd {
	pause := needsPause
	if r.needs.changed {
		pause = needsSoon
	}
	if wait := pause - r.d.Now.Sub(r.needs.at); !r.needs.at.IsZero() && wait > 0 {
		if !r.needs.changed {
			return nil
		}
		return kit.Later(&r.needs.due, wait, r.readNeeds)
	}
	r.needs.at, r.needs.changed = r.d.Now, false
	return tea.Batch(r.readDrill(), r.askNeeds(func(all []model.Need, err error) tea.Cmd {
		if err == nil {
			r.needs.all = all
		}
		return nil
	}))
}

func (r *Root) askNeeds(then func([]model.Need, error) tea.Cmd) tea.Cmd {
	store, caps, patience, unusable := r.d.Store, r.d.Options.Capabilities, r.d.Patience, r.d.Unusable
	return kit.Ask(r.d, &r.needs.slot, func(ctx context.Context) ([]model.Need, error) {
		a, err := store.Attention(ctx, patience)
		a.Unusable = unusable
		return a.Needs(func(v model.Vendor) model.Limits { return caps[v].Limits }), err
	}, then)
}

// openNeeds lists the current needs; Enter leads to the place where one is handled.
func (r *Root) openNeeds() tea.Cmd {
	return r.askNeeds(func(all []model.Need, err error) tea.Cmd {
		if err != nil {
			return r.d.Fail(err)
		}
		r.needs.all, r.needs.at, r.needs.changed = all, r.d.Now, false
		if len(all) == 0 {
			return r.d.Say(r.d.Tr("nothing needs you"))
		}
		choices := make([]kit.Choice, len(all))
		for i, n := range all {
			choices[i] = kit.Choice{Name: r.d.Word("need", string(n.Kind)), Note: r.d.Text(n.Text)}
			if !n.Since.IsZero() {
				choices[i].Note = r.d.Tr("since %s", r.d.When(n.Since)) + " · " + choices[i].Note
			}
		}
		p := kit.NewPicker(r.d, r.d.Plural(int64(len(all)), "thing needs you", "things need you"), choices,
			func(i int, _ string) tea.Cmd { return r.openNeed(all[i]) })
		p.Keys = r.d.Tr("↑↓ Enter go there   Esc close")
		p.Tall = true
		r.d.Open(p)
		return nil
	})
}

// openNeed brings the place of a need to the front.
func (r *Root) openNeed(n model.Need) tea.Cmd {
	p := needPlaces()[n.Kind]
	i := slices.IndexFunc(r.tabs, func(t tab) bool { return t.action == p.tab })
	if i < 0 {
		return nil
	}
	shown := r.showTab(i)
	list, ok := r.screens[i].(narrowed)
	if !ok {
		return shown
	}
	if p.row && n.Campaign > 0 {
		return tea.Batch(shown, list.GoTo(n.Campaign.String()))
	}
	return tea.Batch(shown, list.ApplyView(model.View{Filter: p.filter(n)}))
}

// needsSegment shows the number of needs in the status line.
func (r *Root) needsSegment() (segment, bool) {
	n := len(r.needs.all)
	if n == 0 {
		return segment{}, false
	}
	return segment{text: "! " + r.d.Plural(int64(n), "needs you", "need you"),
		short: r.d.Tr("! %d", n), tone: term.Warn, importance: 92}, true
}
