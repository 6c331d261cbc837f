package model

import (
	"slices"
	"strconv"
	"strings"
)

// FileID is an id in a campaign file: a text, or a number without quotes.
type FileID string

// UnmarshalTOML reads either.
func (f *FileID) UnmarshalTOML(v any) error {
	text, _, ok := scalarText(v)
	if _, isBool := v.(bool); !ok || isBool {
		return Errorf("it is an id: a text in quotes, or a whole number")
	}
	*f = FileID(text)
	return nil
}

// FileIDs are ids in a campaign file: one, or an array of them.
type FileIDs []FileID

// UnmarshalTOML reads either.
func (f *FileIDs) UnmarshalTOML(v any) error {
	all, isArray := v.([]any)
	if !isArray {
		all = []any{v}
	}
	ids := make(FileIDs, len(all))
	for i := range all {
		if err := ids[i].UnmarshalTOML(all[i]); err != nil {
			return err
		}
	}
	*f = ids
	return nil
}

// split returns the first id and the others, each once, without empty ones.
func (f FileIDs) split() (first string, others []string) {
	for _, id := range f {
		switch s := strings.TrimSpace(string(id)); {
		case s == "" || s == first || slices.Contains(others, s):
		case first == "":
			first = s
		default:
			others = append(others, s)
		}
	}
	return first, others
}

// FileValue is the value of a variable in a campaign file, with its kind.
type FileValue struct {
	Text string
	Kind ValueKind
}

// ValueKind is the type under which a variable's value is sent to the vendor.
type ValueKind string

// The kinds of values. Text is the default.
const (
	ValueText    ValueKind = ""
	ValueInteger ValueKind = "integer"
	ValueBoolean ValueKind = "boolean"
)

// UnmarshalTOML reads a text, a whole number, or true and false.
func (f *FileValue) UnmarshalTOML(v any) error {
	text, kind, ok := scalarText(v)
	if !ok {
		return Errorf("a variable is a text, a whole number, true or false")
	}
	*f = FileValue{text, kind}
	return nil
}

func scalarText(v any) (text string, kind ValueKind, ok bool) {
	switch v := v.(type) {
	case string:
		return v, ValueText, true
	case int64:
		return strconv.FormatInt(v, 10), ValueInteger, true
	case bool:
		return strconv.FormatBool(v), ValueBoolean, true
	}
	return "", ValueText, false
}

// Typed converts a variable's value to its kind: a number or a boolean if the text is one, else the
// text.
func (k ValueKind) Typed(text string) any {
	switch k {
	case ValueInteger:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case ValueBoolean:
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	}
	return text
}
