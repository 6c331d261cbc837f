package kit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

const (
	actNextQueue     Action = "next queue"
	actPreviousQueue Action = "previous queue"
	actQueues        Action = "queues…"
)

// Queue is a part of a list that always has a tab and a count. An additional filter stays when
// another queue is chosen, and applies to all their counts.
type Queue struct {
	Name   string // in English, a word of the context "queue"
	Filter string
	Drop   int // which tab is hidden first for lack of room, as in Column
}

// inQueue returns the queue with which a filter begins, the narrowest if there are several, and the
// rest of the filter; -1 for none.
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

// shown returns a filter as the person reads it.
func (v *views) shown(filter string) string {
	at, rest := v.inQueue(filter)
	if at < 0 {
		return filter
	}
	return strings.TrimSpace(v.d.Word("filter", v.Queues[at].Filter) + " " + rest)
}

// queues returns the queues as views, narrowed by the additional filter of the current one.
func (v *views) queues(filter string) []savedView {
	at, rest := v.inQueue(filter)
	if at < 0 && v.named(filter, "") != "" {
		rest = "" // a view has its own filter
	}
	all := make([]savedView, len(v.Queues))
	for i, q := range v.Queues {
		all[i] = savedView{View: model.View{Name: v.d.Word("queue", q.Name), List: v.list,
			Filter: strings.TrimSpace(q.Filter + " " + rest)}, shared: true}
	}
	return all
}

// queueLine returns the queues as numbered tabs with their counts and the age of the counts, "" if
// the list has none. For lack of room it drops first the age, then the second space between tabs,
// then their numbers, and finally the tabs with the largest drop. The current one stays.
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
	names, numbered := make([]string, len(all)), make([]string, len(all))
	for i, q := range all {
		names[i] = q.Name + " " + tally(l.Views.counts[q.Filter])
		numbered[i] = fmt.Sprintf("%d %s", i+1, names[i])
	}
	tabs := queueTabs{labels: numbered, now: now, roomy: true}
	if tabs.width()+term.WidthOf(age) > w {
		age = ""
	}
	for _, narrower := range []queueTabs{{labels: numbered, now: now}, {labels: names, now: now}} {
		if tabs.width() > w && narrower.width() <= w {
			tabs = narrower
		}
	}
	folded := ""
	for tabs.width()+term.WidthOf(folded) > w && tabs.fold(l.Views.Queues) {
		folded = "…"
	}
	return tabs.draw(l.D) + l.D.Style.Paint(term.Dim, folded+age)
}

// tally formats the number of rows of a queue briefly.
func tally(n model.Figure) string {
	if !n.Known {
		return "—"
	}
	return lang.TightCount(n.N)
}

// queueTabs are the tabs of queues; a hidden one has no label.
type queueTabs struct {
	labels []string
	now    int  // the current one, -1 for none
	roomy  bool // with two spaces between them, which the brackets of the current one occupy
}

func (q queueTabs) width() int {
	n := 1
	for i, label := range q.labels {
		switch {
		case label == "":
		case q.roomy || i == q.now:
			n += term.WidthOf(label) + 2
		default:
			n += term.WidthOf(label) + 1
		}
	}
	return n
}

// fold hides the tab with the largest drop, except the current one; it returns false if none is
// left.
func (q queueTabs) fold(of []Queue) bool {
	worst := -1
	for i := range of {
		if q.labels[i] != "" && i != q.now && (worst < 0 || of[i].Drop > of[worst].Drop) {
			worst = i
		}
	}
	if worst >= 0 {
		q.labels[worst] = ""
	}
	return worst >= 0
}

func (q queueTabs) draw(d *Deck) string {
	line := " "
	for i, label := range q.labels {
		switch {
		case label == "":
		case i == q.now && q.roomy:
			line += d.Style.Paint(term.Accent, "["+label+"]")
		case i == q.now:
			line = strings.TrimSuffix(line, " ") + d.Style.Paint(term.Accent, "["+label+"]") + " "
		case q.roomy:
			line += d.Style.Paint(term.Dim, " "+label+" ")
		default:
			line += d.Style.Paint(term.Dim, label) + " "
		}
	}
	return line
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

// queueBeside goes to the queue or saved view next to the current one.
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
	p := NewPicker(l.D, l.D.Tr("Queues"), choices, func(i int, _ string) tea.Cmd { return l.ApplyView(all[i].View) })
	p.Numbered = true
	l.D.Open(p)
	return l.Views.refresh(l.Filter, l.Campaign)
}
