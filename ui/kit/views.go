package kit

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

const (
	actViews         Action = "views…"
	actNextQueue     Action = "next queue"
	actPreviousQueue Action = "previous queue"
	actQueues        Action = "queues…"
)

const (
	// viewsName is the name under which Keep holds the operator's own views.
	viewsName = "views"
	// viewsCounted is how many views of a list are counted.
	viewsCounted = 20
	// ViewPause is how long counts of views stand before a change makes them be counted anew.
	ViewPause = 5 * time.Second
	// viewPatience is how long one count may take. After that it is unknown.
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
	Own    OwnView                 // that the list's screen has a key for
	Queues []Queue                 // the parts of the list that always have a tab
	filter string                  // in force when they were counted last
	counts map[string]model.Figure // by the view's filter
	of     []string                // the filters of the last round of counting
	at     time.Time               // of that round; zero: never
	round  Slot
	next   Slot
}

// Queue is a part of a list that always has its tab and its count. What is filtered beside it stays
// when another queue is chosen, and counts in all of them.
type Queue struct {
	Name   string // in English, a word of the context "queue"
	Filter string
	Drop   int // which tab folds away where there is too little room, as in Column
}

// OwnView is a filter and an order that a key of the screen puts in force; it goes by the name of
// that key's action.
type OwnView struct {
	Action       Action
	Filter, Sort string
}

func newViews(d *Deck, list model.Topic) *views {
	return &views{d: d, list: list, counts: map[string]model.Figure{}}
}

// all gives the views of the list: those that everybody has, then the operator's own. A name keeps
// its number until a view before it goes.
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

// named gives the view whose filter is in force, of several the one with the same order.
func (v *views) named(filter, sort string) string {
	if v.Own.Action != "" && filter == v.Own.Filter && sort == v.Own.Sort {
		return v.d.Word("action", string(v.Own.Action))
	}
	name := ""
	for _, from := range [][]model.View{v.d.Views, v.d.saved} {
		for i := range from {
			switch w := &from[i]; {
			case w.List != v.list || w.Filter != filter:
			case w.Sort == sort:
				return w.Name
			case name == "":
				name = w.Name
			}
		}
	}
	return name
}

// inQueue gives which of the queues a filter begins with, of several the narrowest, and what it
// asks beside that; -1 for none.
func (v *views) inQueue(filter string) (at int, rest string) {
	at, rest = -1, filter
	for i, q := range v.Queues {
		for _, spelled := range []string{q.Filter, v.d.Word("filter", q.Filter)} {
			if beside, ok := strings.CutPrefix(filter+" ", spelled+" "); ok && (at < 0 || len(beside) < len(rest)) {
				at, rest = i, strings.TrimSpace(beside)
			}
		}
	}
	return at, rest
}

// shown gives a filter as the person reads it.
func (v *views) shown(filter string) string {
	at, rest := v.inQueue(filter)
	if at < 0 {
		return filter
	}
	return strings.TrimSpace(v.d.Word("filter", v.Queues[at].Filter) + " " + rest)
}

// queues gives the queues as views, narrowed by what is filtered beside the present one.
func (v *views) queues(filter string) []savedView {
	at, rest := v.inQueue(filter)
	if at < 0 && v.named(filter, "") != "" {
		rest = "" // a view stands for itself
	}
	all := make([]savedView, len(v.Queues))
	for i, q := range v.Queues {
		all[i] = savedView{View: model.View{Name: v.d.Word("queue", q.Name), List: v.list,
			Filter: strings.TrimSpace(q.Filter + " " + rest)}, shared: true}
	}
	return all
}

// refresh counts the queues and the views anew, the same ones not again within a pause.
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
	if wait := ViewPause - v.d.Now.Sub(v.at); wait > 0 && slices.Equal(of, v.of) {
		return Later(&v.next, wait, func() tea.Cmd { return v.refresh(v.filter, campaign) })
	}
	maps.DeleteFunc(v.counts, func(filter string, _ model.Figure) bool { return !slices.Contains(of, filter) })
	v.of, v.at = of, v.d.Now
	return v.count(all[:min(len(all), viewsCounted)], campaign)
}

// count counts one view after the other, so that a slow one does not keep the others of the store
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
	return Ask(d, &v.round, func(ctx context.Context) (int64, error) {
		ctx, cancel := context.WithTimeout(ctx, viewPatience)
		defer cancel()
		return store.Count(ctx, list, q)
	}, func(n int64, err error) tea.Cmd {
		v.counts[filter] = model.Figure{N: n, Known: err == nil}
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

// RecallViews reads the operator's own views for the lists that name them.
func (d *Deck) RecallViews() tea.Cmd {
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

// changeViews changes the operator's own views as they are now: another session may have changed
// them meanwhile.
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

// sameView reports whether two views stand under one name in one list.
func sameView(a, b model.View) bool {
	return a.List == b.List && model.Fold(a.Name) == model.Fold(b.Name)
}

// saveView keeps a view, in the place of one of the same name.
func (d *Deck) saveView(v model.View) tea.Cmd {
	return d.changeViews(func(all []model.View) []model.View {
		if i := slices.IndexFunc(all, func(w model.View) bool { return sameView(v, w) }); i >= 0 {
			all[i] = v
			return all
		}
		return append(all, v)
	}, func() tea.Cmd { return d.Say(d.Tr("saved as “%s”; V shows the views of this list", v.Name)) })
}

// deleteView takes a view of the operator's own away.
func (d *Deck) deleteView(v model.View) tea.Cmd {
	return d.changeViews(func(all []model.View) []model.View {
		return slices.DeleteFunc(all, func(w model.View) bool { return sameView(v, w) })
	}, func() tea.Cmd { return d.Say(d.Tr("the view “%s” is deleted", v.Name)) })
}

// checkView says why a view cannot be kept under its name.
func (d *Deck) checkView(v model.View) error {
	for _, err := range v.Validate() {
		return err
	}
	if slices.ContainsFunc(d.Views, func(w model.View) bool { return sameView(v, w) }) {
		return model.Invalid("name", "a view of the configuration is called %q; choose another name", v.Name)
	}
	return nil
}

// sorting gives the list's order as a view keeps it.
func (l *List[T]) sorting() string {
	if l.Desc && l.Sort != "" {
		return "-" + l.Sort
	}
	return l.Sort
}

// openViews offers the saved views of the list.
func (l *List[T]) openViews() tea.Cmd {
	p := &viewPicker{d: l.D, views: l.Views, campaign: l.Campaign, apply: l.ApplyView, heading: l.command,
		present: model.View{List: l.topic, Filter: l.Filter, Sort: l.sorting()}}
	l.D.Open(p)
	return tea.Batch(l.D.RecallViews(), p.Tick())
}

// ApplyView puts a view's filter and order in force and reads the list from its beginning. An order
// that this list cannot be in is left out.
func (l *List[T]) ApplyView(v model.View) tea.Cmd {
	if l.Sort, l.Desc = model.ParseSort(v.Sort); !slices.Contains(l.Sorts, l.Sort) {
		l.Sort, l.Desc = "", false
	}
	l.before = l.snapshot() // where Esc goes back to when the filter is wrong
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

// viewLine gives the views as numbered tabs with their counts, "" when there is none.
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

// queueLine gives the queues as numbered tabs with their counts and the age of these, "" when the
// list has none. Where there is too little room the age goes first, then the tab with the largest
// drop; that of the present queue stays.
func (l *List[T]) queueLine(w int) string {
	all := l.Views.queues(l.Filter)
	if len(all) == 0 {
		return ""
	}
	now, _ := l.Views.inQueue(l.Filter)
	age := ""
	if at := l.Views.at; !at.IsZero() && l.D.Now.Sub(at) > time.Minute {
		age = " " + l.D.Tr("counted %s", l.D.Ago(at))
	}
	labels, need := make([]string, len(all)), 1
	for i, q := range all {
		labels[i] = fmt.Sprintf("%d %s %s", i+1, q.Name, lang.Figure(l.Views.counts[q.Filter]))
		need += term.WidthOf(labels[i]) + 2
	}
	if need+term.WidthOf(age) > w {
		age = ""
	}
	folded := ""
	for need > w-len(folded) {
		worst := -1
		for i, q := range l.Views.Queues {
			if labels[i] != "" && i != now && (worst < 0 || q.Drop > l.Views.Queues[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		need -= term.WidthOf(labels[worst]) + 2
		labels[worst], folded = "", "…"
	}
	line := " "
	for i, label := range labels {
		switch {
		case label == "":
		case i == now:
			line += l.D.Style.Paint(term.Accent, "["+label+"]")
		default:
			line += l.D.Style.Paint(term.Dim, " "+label+" ")
		}
	}
	return line + l.D.Style.Paint(term.Dim, folded+age)
}

// QueueKeys are the keys of a list that has queues.
func (l *List[T]) QueueKeys() []Binding {
	return []Binding{
		{Action: actNextQueue, Keys: []string{">"}, Help: "the next queue, after the last one the saved views",
			Do: func() tea.Cmd { return l.queueBeside(1) }},
		{Action: actPreviousQueue, Keys: []string{"<"}, Help: "the queue before",
			Do: func() tea.Cmd { return l.queueBeside(-1) }},
		{Action: actQueues, Keys: []string{"Q"}, Help: "the queues and their counts; a number opens one",
			Do: l.openQueues},
	}
}

// queueBeside goes to the queue or the saved view that stands beside the present one.
func (l *List[T]) queueBeside(by int) tea.Cmd {
	ring := append(l.Views.queues(l.Filter), l.Views.all()...)
	at, _ := l.Views.inQueue(l.Filter)
	if name := l.Views.named(l.Filter, l.sorting()); name != "" {
		if i := slices.IndexFunc(l.Views.all(), func(v savedView) bool { return v.Name == name }); i >= 0 {
			at = len(l.Views.Queues) + i
		}
	}
	if at < 0 && by < 0 {
		at = 0
	}
	return l.ApplyView(ring[(at+by+len(ring))%len(ring)].View)
}

// openQueues offers the queues by their numbers.
func (l *List[T]) openQueues() tea.Cmd {
	all := l.Views.queues(l.Filter)
	choices := make([]Choice, len(all))
	for i, q := range all {
		choices[i] = Choice{Name: fmt.Sprintf("%d %s", i+1, q.Name),
			Note: lang.Figure(l.Views.counts[q.Filter])}
	}
	p := NewPicker(l.D, l.D.Tr("Queues"), choices, false,
		func(i int, _ string) tea.Cmd { return l.ApplyView(all[i].View) })
	p.Numbered = true
	l.D.Open(p)
	return l.Views.refresh(l.Filter, l.Campaign)
}
