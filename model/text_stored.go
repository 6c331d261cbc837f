package model

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// storedMark begins every stored sentence. A plain text that begins with it is stored as a sentence
// too, so that it cannot be mistaken for one.
const storedMark = `{"f":`

// storedText is a sentence in a column of the cache.
type storedText struct {
	Format string `json:"f"`
	Args   []any  `json:"a,omitempty"`
}

// Stored returns the sentence as stored in a column: pure data as it is, everything else as JSON.
func (t Text) Stored() string {
	if plain, ok := t.data(); ok && !strings.HasPrefix(plain, storedMark) {
		return plain
	}
	text, err := json.Marshal(stored(t))
	if err != nil {
		return t.String()
	}
	return string(text)
}

// data returns the plain string of a text that contains nothing else.
func (t Text) data() (string, bool) {
	if t.IsZero() {
		return "", true
	}
	if t.Format != "%s" || len(t.Args) != 1 {
		return "", false
	}
	s, ok := t.Args[0].(string)
	return s, ok
}

// StoredText reads what Stored wrote. Text written by older versions is plain English and is shown
// as it is.
func StoredText(s string) Text {
	if !strings.HasPrefix(s, storedMark) {
		return Data(s)
	}
	decoder := json.NewDecoder(strings.NewReader(s))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil || decoder.More() {
		return Data(s)
	}
	if t, ok := restored(v).(Text); ok {
		return t
	}
	return Data(s)
}

// Scan reads a column of the cache; NULL gives an empty text.
func (t *Text) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = Text{}
	case string:
		*t = StoredText(v)
	case []byte:
		*t = StoredText(string(v))
	default:
		return fmt.Errorf("%T where a sentence belongs", v)
	}
	return nil
}

// Value writes a column of the cache.
func (t Text) Value() (driver.Value, error) { return t.Stored(), nil }

// IsSentence reports whether the text is more than outside data.
func (t Text) IsSentence() bool {
	_, plain := t.data()
	return !plain
}

// MarshalJSON writes the sentence in English, for scripts.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }

// stored converts an argument for JSON: a string and a number stay as they are, the rest becomes an
// object that names its type.
func stored(v any) any {
	switch v := v.(type) {
	case Text:
		return storedText{v.Format, storedAll(v.Args)}
	case Word:
		return map[string]any{"w": v.Text, "c": v.Context}
	case Count:
		return map[string]any{"n": v.N, "one": v.One, "many": v.Many}
	case Span:
		return map[string]any{"d": time.Duration(v).String()}
	case Moment:
		return map[string]any{"t": v.At.Format(time.RFC3339Nano), "as": v.Layout}
	case Money:
		return map[string]any{"m": v.String()}
	case float64:
		return map[string]any{"x": v}
	case Series:
		return map[string]any{"l": storedAll(v.Items), "sep": v.Sep}
	}
	return v
}

func storedAll(args []any) []any {
	if args == nil {
		return nil
	}
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = stored(a)
	}
	return out
}

// restored converts back what stored wrote.
func restored(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		return v.String()
	case map[string]any:
		return restoredObject(v)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

func restoredObject(o map[string]any) any {
	word := func(key string) string { s, _ := o[key].(string); return s }
	list := func(key string) []any {
		all, ok := o[key].([]any)
		if !ok {
			return nil
		}
		out := make([]any, len(all))
		for i, v := range all {
			out[i] = restored(v)
		}
		return out
	}
	has := func(key string) bool { _, ok := o[key]; return ok }
	switch {
	case has("f"):
		return Text{word("f"), list("a")}
	case has("w"):
		return Word{word("c"), word("w")}
	case has("n"):
		n, _ := restored(o["n"]).(int64)
		return Count{n, word("one"), word("many")}
	case has("d"):
		d, err := time.ParseDuration(word("d"))
		if err == nil {
			return Span(d)
		}
	case has("t"):
		if at, err := time.Parse(time.RFC3339Nano, word("t")); err == nil {
			return Moment{at, word("as")}
		}
	case has("m"):
		if m, err := ParseMoney(word("m")); err == nil {
			return m
		}
	case has("x"):
		if n, ok := o["x"].(json.Number); ok {
			if f, err := n.Float64(); err == nil {
				return f
			}
		}
	case has("l"):
		return Series{list("l"), word("sep")}
	}
	return ""
}
