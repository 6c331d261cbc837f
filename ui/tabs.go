package ui

import (
	"fmt"
)

// tabStyle says how much the tab bar writes.
type tabStyle int

const (
	fullTabs   tabStyle = iota // whole words
	shortTabs                  // short words
	numberTabs                 // numbers, and the word of the front tab
)

// tabLabels gives the labels of the tab bar, with as much of their words as fits.
func (r *Root) tabLabels(w int) []string {
	for style := fullTabs; style < numberTabs; style++ {
		labels, width := r.tabsIn(style), 0
		for _, l := range labels {
			width += widthOf(l)
		}
		if width <= w {
			return labels
		}
	}
	return r.tabsIn(numberTabs)
}

func (r *Root) tabsIn(style tabStyle) []string {
	labels := make([]string, len(r.screens))
	for i, s := range r.screens {
		word, short := s.name()
		if word = r.d.tr(word); style != fullTabs {
			word = r.d.word("tab", short)
		}
		label := fmt.Sprintf("%d %s", i+1, word)
		if n := r.d.overview.OpenReplies; i == 0 && n > 0 {
			label += " " + count(n)
		}
		if style == numberTabs && i != r.front {
			label = fmt.Sprint(i + 1)
		}
		if i == r.front {
			labels[i] = r.d.style.paint(accent, "["+label+"]")
		} else {
			labels[i] = r.d.style.paint(dim, " "+label+" ")
		}
	}
	return labels
}
