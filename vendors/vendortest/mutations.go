package vendortest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// mutation is a vendor's answer with one thing changed.
type mutation struct {
	name string
	body []byte
	// empties says that a list was replaced by an empty one, which looks like a list in which there
	// is nothing.
	empties bool
}

// mutations changes one thing of an answer at a time: each field of each object (of lists, in the
// first and the last row) is dropped or gets another value or type, and each list is emptied,
// doubled and reversed.
func mutations(body []byte) []mutation {
	tree, ok := fromJSON(body)
	if !ok {
		return nil
	}
	all := []mutation{
		{name: "with a byte order mark", body: append([]byte("\xef\xbb\xbf"), body...)},
		{name: "as a list of one", body: asJSON([]any{tree})},
	}
	seen := map[string]bool{}
	add := func(name string, empties bool) {
		if spoilt := asJSON(tree); !seen[string(spoilt)] {
			seen[string(spoilt)] = true
			all = append(all, mutation{name, spoilt, empties})
		}
	}
	mutate(tree, "", func(v any) { tree = v }, add)
	return all
}

// mutate changes the value and what is in it, one thing at a time. set puts another value in its
// place, and add takes the whole as it is then.
func mutate(value any, path string, set func(any), add func(name string, empties bool)) {
	try := func(what string, other any, empties bool) {
		set(other)
		add(path+" "+what, empties)
		set(value)
	}
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			inner := v[key]
			delete(v, key)
			add(path+"."+key+" dropped", strings.Trim(key, "0123456789") == "") // a row under its id
			v[key] = inner
			mutate(inner, path+"."+key, func(other any) { v[key] = other }, add)
		}
		try("emptied", map[string]any{}, false)
	case []any:
		for _, i := range slices.Compact([]int{0, len(v) - 1}) {
			if i < 0 || i >= len(v) {
				continue
			}
			mutate(v[i], fmt.Sprintf("%s[%d]", path, i), func(other any) { v[i] = other }, add)
		}
		try("emptied", []any{}, true)
		try("doubled", slices.Concat(v, v), false)
		backwards := slices.Clone(v)
		slices.Reverse(backwards)
		try("reversed", backwards, false)
	case string:
		try("as a number", json.Number("12345"), false)
		try("long", strings.Repeat("long words ", 2000), false)
		try("in a list", []any{v}, false)
	case json.Number:
		try("as a string", v.String(), false)
		try("as words", "words", false)
	case bool:
		try("as a number", json.Number(map[bool]string{false: "0", true: "1"}[v]), false)
		try("as a string", fmt.Sprint(v), false)
		return // no other value is a change of form only
	}
	if value != nil {
		try("null", nil, false)
		try("as a list", []any{}, true)
		try("as an object", map[string]any{}, false)
	}
}
