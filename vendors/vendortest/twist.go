package vendortest

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
)

// hostile is text that would set the window's title, clear the screen and reverse the line.
const hostile = "\x1b]0;owned\x07\x1b[2J\u202e\u2028"

// limbo is a status that no vendor has.
const limbo = "limbo"

// fromJSON reads a tree keeping numbers as written.
func fromJSON(body []byte) (tree any, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	return tree, dec.Decode(&tree) == nil
}

func asJSON(tree any) []byte {
	body, err := json.Marshal(tree)
	if err != nil {
		return []byte("null")
	}
	return body
}

// walk rebuilds a tree with each leaf changed. The function gets the name of the field that holds
// the leaf, directly or in an array.
func walk(tree any, field string, leaf func(field string, value any) any) any {
	switch v := tree.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = walk(inner, name, leaf)
		}
		return v
	case []any:
		for i, inner := range v {
			v[i] = walk(inner, field, leaf)
		}
		return v
	}
	return leaf(field, tree)
}

// otherTypes writes numbers as strings and strings of digits as numbers.
func otherTypes(tree any) any {
	number := regexp.MustCompile(`^(0|[1-9]\d{0,17})(\.\d+)?$`)
	return walk(tree, "", func(_ string, value any) any {
		switch v := value.(type) {
		case json.Number:
			return v.String()
		case string:
			if number.MatchString(v) {
				return json.Number(v)
			}
		}
		return value
	})
}

// withNews adds fields with unknown names to each object.
func withNews(tree any) any {
	switch v := tree.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = withNews(inner)
		}
		v["x_added_later"] = map[string]any{"deep": []any{1, "two", nil}}
	case []any:
		for i := range v {
			v[i] = withNews(v[i])
		}
	}
	return tree
}

// withStatus gives each status another value, except those that only report the call's success.
func withStatus(to any) func(any) any {
	return func(tree any) any {
		return walk(tree, "", func(field string, value any) any {
			word, isText := value.(string)
			if field == "status" && (value == nil || isText && !strings.EqualFold(word, "ok")) {
				return to
			}
			return value
		})
	}
}

// withHostileText adds hostile text to each string that holds words.
func withHostileText(tree any) any {
	words := regexp.MustCompile(`\pL{2}`)
	return walk(tree, "", func(_ string, value any) any {
		if v, ok := value.(string); ok && words.MatchString(v) && !strings.EqualFold(v, "ok") {
			return v + hostile
		}
		return value
	})
}

// numberOf returns a number of a tree, 0 for anything else.
func numberOf(value any) int64 {
	n, ok := value.(json.Number)
	if !ok {
		return 0
	}
	i, err := n.Int64()
	if err != nil {
		return 0
	}
	return i
}
