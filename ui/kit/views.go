package kit

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

const actViews Action = "views…"

const (
	// viewsName is the name under which Keep stores the operator's own views.
	viewsName = "views"
	// viewsCounted is how many views of a list are counted.
	viewsCounted = 20
	// ViewPause is the longest time for which counts of views stay valid before a change causes
	// another count. If counting is quick they stay valid for viewLoad times as long as it took,
	// but at least for viewLeast.
	ViewPause = 5 * time.Second
	viewLeast = 300 * time.Millisecond
	viewLoad  = 20
	// viewPatience is how long one count may take. After that the number is unknown.
	viewPatience = 3 * time.Second
)

// savedView is a view as a list offers it.
type savedView struct {
	model.View
	shared bool // from the configuration
}

// views are the saved filters of one list, and how many rows each of them matches.
type views struct {
	d      *Deck
	list   model.Topic
	Own    OwnView                 // for which the list's screen has a key
	Queues []Queue                 // the parts of the list that always have a tab
	filter string                  // in effect when they were last counted
	counts map[string]model.Figure // by the view's filter
	of     []string                // the filters in the last round of counting
	at     time.Time               // of that round; zero: never
	took   time.Duration           // the duration of that round
	due    time.Time               // when to count after a change; zero: nothing has changed
	round  Slot
	next   Slot
}

// OwnView is a filter and an order that a key of the screen applies; it has the name of that key's
// action.
type OwnView struct {
	Action       Action
	Filter, Sort string
}

func newViews(d *Deck, list model.Topic) *views {
	return &views{d: d, list: list, counts: map[string]model.Figure{}}
}

// all returns the views of the list: first the shared ones, then the operator's own. A name keeps
// its number until a view before it is removed.
func (v *views) all() []savedView {
	var all []savedView
	for _, w := range v.d.Views {
		if w.List == v.list {
			all = append(all, savedView{w, true})
		}
	}
	for _, w := range v.d.saved {
		if w.List == v.list {
			all = append(all, savedView{w, false})
		}
	}
	return all
}

// named returns the name of the view with the current filter and order, "" for none.
func (v *views) named(filter, sort string) string {
	if v.Own.Action != "" && filter == v.Own.Filter && sort == v.Own.Sort {
		return v.d.Word("action", string(v.Own.Action))
	}
	return v.current(filter, sort).Name
}

// current returns the saved view with the current filter, if there are several the one with the
// same order; the zero View for none.
func (v *views) current(filter, sort string) model.View {
	var found model.View
	for _, from := range [][]model.View{v.d.Views, v.d.saved} {
		for i := range from {
			switch w := &from[i]; {
			case w.List != v.list || w.Filter != filter:
			case w.Sort == sort:
				return *w
			case found.Name == "":
				found = *w
			}
		}
	}
	return found
}

// refresh counts the queues and views again, but the same ones not twice within a pause.
func (v *views) refresh(filter string, campaign model.CampaignID) tea.Cmd {
	v.filter = filter
	all := append(v.queues(filter), v.all()...)
	if len(all) == 0 {
		return nil
	}
	of := make([]string, len(all))
	for i := range all {
		of[i] = all[i].Filter
	}
	if now := v.d.Now; slices.Equal(of, v.of) && (v.due.IsZero() || now.Before(v.due)) {
		if v.due.IsZero() { // a burst of changes is counted once, without postponing the count
			pause := min(max(viewLeast, viewLoad*v.took), ViewPause)
			v.due = now.Add(max(viewLeast, pause-now.Sub(v.at)))
		}
		return Later(&v.next, v.due.Sub(now), func() tea.Cmd { return v.refresh(v.filter, campaign) })
	}
	v.due = time.Time{}
	maps.DeleteFunc(v.counts, func(filter string, _ model.Figure) bool { return !slices.Contains(of, filter) })
	v.of, v.at, v.took = of, v.d.Now, 0
	return v.count(all[:min(len(all), viewsCounted)], campaign)
}

// count counts one view after the other, so that a slow one does not keep other users of the store
// waiting.
func (v *views) count(left []savedView, campaign model.CampaignID) tea.Cmd {
	if len(left) == 0 {
		return nil
	}
	d, store, list, filter := v.d, v.d.Store, v.list, left[0].Filter
	q, err := left[0].Request(d.Now, d.Zone)
	if err != nil {
		v.counts[filter] = model.Figure{}
		return v.count(left[1:], campaign)
	}
	q.Filter, q.Campaign, q.Operator = q.Filter.InCountry(d.DefaultCountry), campaign, d.Operator
	var took time.Duration
	return Ask(d, &v.round, func(ctx context.Context) (int64, error) {
		ctx, cancel := context.WithTimeout(ctx, viewPatience)
		defer cancel()
		began := time.Now()
		defer func() { took = time.Since(began) }()
		return store.Count(ctx, list, q)
	}, func(n int64, err error) tea.Cmd {
		v.counts[filter] = model.Figure{N: n, Known: err == nil}
		v.took += took
		return v.count(left[1:], campaign)
	})
}

// keptViews reads the operator's own views.
func keptViews(ctx context.Context, store Store, operator string) ([]model.View, error) {
	text, ok, err := store.Setting(ctx, operator, viewsName)
	if err != nil || !ok {
		return nil, err
	}
	var all []model.View
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, model.Errorf("the saved views cannot be read: %w", err)
	}
	return all, nil
}

// LoadViews reads the operator's own views for the lists that show them.
func (d *Deck) LoadViews() tea.Cmd {
	store, operator := d.Store, d.Operator
	return Ask(d, new(Slot), func(ctx context.Context) ([]model.View, error) { return keptViews(ctx, store, operator) },
		func(all []model.View, err error) tea.Cmd {
			if err != nil {
				return d.Fail(err)
			}
			d.saved = all
			return nil
		})
}

// changeViews changes the operator's own views in their current form, because another session may
// have changed them in the meantime.
func (d *Deck) changeViews(change func([]model.View) []model.View, then func() tea.Cmd) tea.Cmd {
	store, operator := d.Store, d.Operator
	return Ask(d, new(Slot), func(ctx context.Context) ([]model.View, error) {
		all, err := keptViews(ctx, store, operator)
		if err != nil {
			return nil, err
		}
		all = change(all)
		text, err := json.Marshal(all)
		if err != nil {
			return nil, model.Errorf("write the saved views: %w", err)
		}
		return all, store.SaveSetting(ctx, operator, viewsName, string(text))
	}, func(all []model.View, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		d.saved = all
		return then()
	})
}

// sameView reports whether two views have the same name and list.
func sameView(a, b model.View) bool {
	return a.List == b.List && model.Fold(a.Name) == model.Fold(b.Name)
}

// saveView stores a view, replacing one of the same name.
func (d *Deck) saveView(v model.View) tea.Cmd {
	return d.changeViews(func(all []model.View) []model.View {
		if i := slices.IndexFunc(all, func(w model.View) bool { return sameView(v, w) }); i >= 0 {
			all[i] = v
			return all
		}
		return append(all, v)
	}, func() tea.Cmd { return d.Say(d.Tr("saved as “%s”; V shows the views of this list", v.Name)) })
}

// deleteView deletes one of the operator's own views.
func (d *Deck) deleteView(v model.View) tea.Cmd {
	return d.changeViews(func(all []model.View) []model.View {
		return slices.DeleteFunc(all, func(w model.View) bool { return sameView(v, w) })
	}, func() tea.Cmd { return d.Say(d.Tr("the view “%s” is deleted", v.Name)) })
}

// checkView says why a view cannot be stored under its name.
func (d *Deck) checkView(v model.View) error {
	for _, err := range v.Validate() {
		return err
	}
	if slices.ContainsFunc(d.Views, func(w model.View) bool { return sameView(v, w) }) {
		return model.Invalid("name", "a view of the configuration is called %q; choose another name", v.Name)
	}
	return nil
}

// sorting returns the list's order as stored in a view.
func (l *List[T]) sorting() string {
	if l.Desc && l.Sort != "" {
		return "-" + l.Sort
	}
	return l.Sort
}

// CurrentView returns the saved view through which the list is shown, the zero View for none.
func (l *List[T]) CurrentView() model.View { return l.Views.current(l.Filter, l.sorting()) }

// openViews offers the saved views of the list.
func (l *List[T]) openViews() tea.Cmd {
	p := &viewPicker{d: l.D, views: l.Views, orders: l.Orders, campaign: l.Campaign, apply: l.ApplyView,
		heading: l.command,
		present: model.View{List: l.topic, Filter: l.Filter, Sort: l.sorting()}}
	l.D.Open(p)
	return tea.Batch(l.D.LoadViews(), p.Tick())
}

// ApplyView applies a view's filter and order and reads the list from its beginning. An order that
// this list does not support is ignored.
func (l *List[T]) ApplyView(v model.View) tea.Cmd {
	l.Sort, l.Desc = model.ParseSort(v.Sort)
	if _, ok := orderOf(l.Orders, l.Sort); !ok {
		l.Sort, l.Desc = "", false
	}
	l.before = l.snapshot() // what Esc restores if the filter is invalid
	l.Filter, l.wanted = v.Filter, Place{}
	clear(l.Grid.Marks)
	return l.fresh()
}

// GoTo shows the whole list in its natural order with the cursor on a row.
func (l *List[T]) GoTo(id string) tea.Cmd {
	l.endFilter()
	clear(l.Grid.Marks)
	l.Filter, l.Sort, l.Desc, l.wanted = l.Home, "", false, Place{ID: id}
	return l.fresh()
}

// viewLine returns the views as numbered tabs with their counts, "" if there is none.
func (l *List[T]) viewLine(w int) string {
	all := l.Views.all()
	if len(all) == 0 {
		return ""
	}
	now, line := l.Views.named(l.Filter, l.sorting()), " "+l.D.Style.Paint(term.Dim, "V")
	room := w - term.WidthOf(line) - 2
	for i, v := range all {
		label := fmt.Sprintf("%d %s %s", i+1, term.Clip(v.Name, 20), lang.Figure(l.Views.counts[v.Filter]))
		if room -= term.WidthOf(label) + 2; i == 9 || room < 0 {
			return line + l.D.Style.Paint(term.Dim, " …")
		}
		if v.Name == now {
			line += l.D.Style.Paint(term.Accent, "["+label+"]")
		} else {
			line += l.D.Style.Paint(term.Dim, " "+label+" ")
		}
	}
	return line
}
