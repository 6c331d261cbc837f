package vendors

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"viberdeck/model"
)

// shapeError says that a value has a shape that no lenient type can read.
type shapeError struct{ want, got string }

func (e *shapeError) Error() string { return e.Text().String() }

// Text returns the error as a sentence for a screen.
func (e *shapeError) Text() model.Text {
	return model.Say("%s where %s belongs", model.Word{Context: "shape", Text: e.got},
		model.Word{Context: "shape", Text: e.want})
}

// String reads a string, a number, a bool or null as a string. Null is "".
type String string

// UnmarshalJSON reads any scalar.
func (t *String) UnmarshalJSON(b []byte) error {
	s, err := scalar(b, "a text")
	*t = String(s)
	return err
}

// Line returns the text as one harmless line.
func (t String) Line() string { return model.SanitiseLine(string(t)) }

// Safe returns the text made harmless, with its line breaks.
func (t String) Safe() string { return model.Sanitise(string(t)) }

// Int reads a whole number written as a number or a string. Null, "" and text that is not a number
// are unknown.
type Int struct {
	N     int64
	Known bool
}

// UnmarshalJSON reads any scalar.
func (i *Int) UnmarshalJSON(b []byte) error {
	s, err := scalar(b, "a number")
	*i = Int{}
	if d, ok := parseNumber(s); ok && d.IsInteger() && d.BigInt().IsInt64() {
		*i = Int{N: d.IntPart(), Known: true}
	}
	return err
}

// Figure returns the number as a figure.
func (i Int) Figure() model.Figure { return model.Figure{N: i.N, Known: i.Known} }

// Number reads a decimal number written as a number or a string, with a decimal point or comma.
// Null, "" and text that is not a number are unknown.
type Number struct {
	D     decimal.Decimal
	Known bool
}

// UnmarshalJSON reads any scalar.
func (n *Number) UnmarshalJSON(b []byte) error {
	s, err := scalar(b, "a number")
	n.D, n.Known = parseNumber(s)
	return err
}

// Money returns the number as an amount in a currency.
func (n Number) Money(currency string) model.Money {
	if !n.Known {
		return model.Money{}
	}
	return model.NewMoney(n.D, currency)
}

// Bool reads true and false, 1 and 0, and their spellings as strings. Anything else, null too, is
// false.
type Bool bool

// UnmarshalJSON reads any scalar.
func (t *Bool) UnmarshalJSON(b []byte) error {
	s, err := scalar(b, "a yes or no")
	switch strings.ToLower(s) {
	case "true", "1", "yes", "on":
		*t = true
	default:
		*t = false
	}
	return err
}

// List reads many values written as an array, as an object (its values, in document order), as a
// single value, or as null. An object is a single value if T is a struct and not all of the
// object's values are objects.
type List[T any] []T

// UnmarshalJSON reads any of the forms. Elements that are null are left out.
func (l *List[T]) UnmarshalJSON(b []byte) error { return l.read(b, false) }

// read reads any of the forms; with nulls, an element that is null is an empty one.
func (l *List[T]) read(b []byte, nulls bool) error {
	*l = nil
	b = bytes.TrimSpace(b)
	raw, err := listElements(b, reflect.TypeFor[T]().Kind() == reflect.Struct)
	if err != nil {
		return err
	}
	for _, element := range raw {
		if !nulls && bytes.Equal(element, []byte("null")) {
			continue
		}
		var v T
		if err := json.Unmarshal(element, &v); err != nil {
			return err
		}
		*l = append(*l, v)
	}
	return nil
}

func listElements(b []byte, ofStructs bool) ([]json.RawMessage, error) {
	switch {
	case len(b) == 0 || bytes.Equal(b, []byte("null")) || bytes.Equal(b, []byte(`""`)) ||
		bytes.Equal(b, []byte("false")):
		return nil, nil
	case b[0] == '[':
		var all []json.RawMessage
		err := json.Unmarshal(b, &all)
		return all, err
	case b[0] == '{':
		values, objects, err := objectValues(b)
		if err != nil || len(values) == 0 || !ofStructs || objects == len(values) {
			return values, err
		}
	}
	return []json.RawMessage{b}, nil
}

// objectValues returns the values of an object in document order, and how many of them are objects.
func objectValues(b []byte) (values []json.RawMessage, objects int, err error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	if _, err := dec.Token(); err != nil {
		return nil, 0, err
	}
	for dec.More() {
		if _, err := dec.Token(); err != nil {
			return nil, 0, err
		}
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return nil, 0, err
		}
		if len(v) > 0 && v[0] == '{' {
			objects++
		}
		values = append(values, v)
	}
	return values, objects, nil
}

// scalar returns a JSON scalar as text, "" for null.
func scalar(b []byte, want string) (string, error) {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0 || bytes.Equal(b, []byte("null")):
		return "", nil
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return "", model.Errorf("read a text: %w", err)
		}
		return s, nil
	case b[0] == '{':
		return "", &shapeError{want, "an object"}
	case b[0] == '[':
		// PHP writes an empty value of unknown type as an empty array.
		if len(bytes.TrimSpace(bytes.Trim(b, "[]"))) == 0 {
			return "", nil
		}
		return "", &shapeError{want, "an array"}
	}
	return string(b), nil
}

// parseNumber reads a decimal. Numbers of more than 40 characters or with large exponents are
// rejected: writing them out would take gigabytes.
func parseNumber(s string) (decimal.Decimal, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 40 {
		return decimal.Decimal{}, false
	}
	if i := strings.LastIndexAny(s, "eE"); i >= 0 {
		if exp, err := strconv.Atoi(s[i+1:]); err != nil || exp < -20 || exp > 20 {
			return decimal.Decimal{}, false
		}
	}
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}
