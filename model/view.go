package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// View is a named filter of one list with a sort order.
type View struct {
	Name string `toml:"name" json:"name"`
	List Topic  `toml:"list" json:"list"` // one of ViewLists
	// in the filter language; times like 2d count from when the view is opened
	Filter string `toml:"filter" json:"filter"`
	Sort   string `toml:"sort" json:"sort"` // a column, with - before it largest first; "": the list's natural order
	// of replies only: while it is shown an open one is marked from this age on; absent: the usual
	// rule, 0: never
	Waiting *Duration `toml:"waiting" json:"-"`
}

// ViewLists names the lists, which can have views, in the order of the tabs.
func ViewLists() []Topic {
	var topics []Topic
	for _, l := range RowLists() {
		topics = append(topics, l.Topic)
	}
	return topics
}

// Request returns the first page of the view. The error names the fault in the filter.
func (v View) Request(now time.Time, zone *time.Location) (PageRequest, error) {
	f, err := ParseFilter(v.Filter, now, zone)
	if err != nil {
		return PageRequest{}, err
	}
	if f.Incomplete {
		return PageRequest{}, Invalid("filter", "%q breaks off: give the last field a value and close the last quote",
			SanitiseLine(v.Filter))
	}
	column, desc := ParseSort(v.Sort)
	return PageRequest{Filter: f, Sort: column, Desc: desc}, nil
}

// ParseSort reads the name of a column, with a leading - for the largest first.
func ParseSort(s string) (column string, desc bool) { return strings.CutPrefix(s, "-") }

// Validate lists everything that is wrong with the view; the fields of the errors are its own.
func (v View) Validate() []*Error {
	var errs []*Error
	add := func(field, format string, args ...any) { errs = append(errs, Invalid(field, format, args...)) }
	if !shortName(v.Name, longestViewName) {
		add("name", "a view needs a name of 1 to %d characters in one line", longestViewName)
	}
	if !slices.Contains(ViewLists(), v.List) {
		var lists []string
		for _, l := range ViewLists() {
			lists = append(lists, string(l))
		}
		add("list", "%q is not a list; the lists are %s", v.List, Listed(lists))
	}
	if _, err := v.Request(time.Now(), time.UTC); err != nil {
		add("filter", "%s", reasonOf(err))
	}
	if strings.ContainsFunc(v.Sort, func(r rune) bool { return r != '-' && r != '_' && (r < 'a' || r > 'z') }) {
		add("sort", "%q is not a column; write it like send_at, or -send_at for the largest first", v.Sort)
	}
	switch err := validateWait("waiting", v.Waiting); {
	case v.Waiting != nil && v.List != TopicReplies:
		add("waiting", "only a view of the list %q can have it; leave it out", string(TopicReplies))
	case err != nil:
		errs = append(errs, err)
	}
	return errs
}

// validateViews checks the views of a configuration. Names must be unique, ignoring case.
func validateViews(views []View) []error {
	var errs []error
	seen := map[string]bool{}
	for i, v := range views {
		for _, err := range v.Validate() {
			err.Field = fmt.Sprintf("view[%d].%s", i, err.Field)
			errs = append(errs, err)
		}
		if name := Fold(v.Name); name != "" && seen[name] {
			errs = append(errs, Invalid(fmt.Sprintf("view[%d].name", i), "two views are called %q", v.Name))
		} else {
			seen[name] = true
		}
	}
	return errs
}
