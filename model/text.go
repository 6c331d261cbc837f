package model

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Text is a sentence of the program as data: an English format and the arguments for its gaps.
// String formats it in English for logs, files and scripts; a screen translates the format and the
// arguments that are the program's own words. A plain string in a gap is outside data and is never
// translated.
//
// Arguments are string, int64, float64, Word, Count, Span, Moment, Money, Series and Text; Say
// converts everything else to one of these.
type Text struct {
	Format string
	Args   []any
}

// Word is one of the program's own words, such as a state or the name of a field, which a screen
// translates. The context distinguishes words that mean different things in different places.
type Word struct{ Context, Text string }

// String returns the English word.
func (w Word) String() string { return w.Text }

// Worded is a value that has its own word: a state, a status, a kind.
type Worded interface{ Word() Word }

// Count is a counted thing with its English forms: "1 person", "4 people".
type Count struct {
	N         int64
	One, Many string
}

// Counted returns a counted thing.
func Counted[N ~int | ~int64](n N, one, many string) Count { return Count{int64(n), one, many} }

// Persons counts people.
func Persons[N ~int | ~int64](n N) Count { return Counted(n, "person", "people") }

// Characters counts characters.
func Characters[N ~int | ~int64](n N) Count { return Counted(n, "character", "characters") }

// String writes the number and the thing in English.
func (c Count) String() string {
	if c.N == 1 {
		return "1 " + c.One
	}
	return fmt.Sprintf("%d %s", c.N, c.Many)
}

// Span is a length of time in a sentence.
type Span time.Duration

// String writes it as 24h0m0s.
func (s Span) String() string { return time.Duration(s).String() }

// Moment is a point in time in a sentence, written by a layout of package time, in the zone of At.
type Moment struct {
	At     time.Time
	Layout string
}

// String writes it with the English month.
func (m Moment) String() string { return m.At.Format(m.Layout) }

// Series is a list of things with a separator between them.
type Series struct {
	Items []any
	Sep   string
}

// Listed returns a list of things separated by commas.
func Listed[T any](items []T) Series { return ListedBy(", ", items) }

// ListedBy returns a list of things with the given separator.
func ListedBy[T any](sep string, items []T) Series {
	l := Series{Items: make([]any, len(items)), Sep: sep}
	for i, item := range items {
		l.Items[i] = argument(item)
	}
	return l
}

// String writes them in English.
func (l Series) String() string {
	words := make([]string, len(l.Items))
	for i, item := range l.Items {
		words[i] = fmt.Sprint(item)
	}
	return strings.Join(words, l.Sep)
}

// Say makes a sentence from a format of package fmt and its arguments.
func Say(format string, args ...any) Text {
	if false {
		_ = fmt.Sprintf(format, args...) // makes go vet compare the verbs with the arguments wherever Say is called
	}
	if format == "%s" && len(args) == 1 {
		switch a := argument(args[0]).(type) {
		case Text:
			return a
		case string:
			return Data(a)
		}
	}
	t := Text{Format: format}
	if len(args) > 0 {
		t.Args = make([]any, len(args))
	}
	for i, a := range args {
		t.Args[i] = argument(a)
	}
	return t
}

// Data is outside text: a vendor's words, or what a person typed. It is shown as it is.
func Data(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{Format: "%s", Args: []any{s}}
}

// argument converts a value to one of the types of an argument.
func argument(v any) any {
	switch v := v.(type) {
	case string, int64, float64, Word, Count, Span, Moment, Money, Series:
		return v
	case Text:
		if plain, ok := v.data(); ok {
			return plain
		}
		return v
	case Worded:
		return v.Word()
	case time.Duration:
		return Span(v)
	case time.Time:
		return Moment{v, time.RFC3339}
	case int:
		return int64(v)
	case error:
		return TextOf(v)
	case []byte:
		return string(v)
	case fmt.Stringer:
		return v.String()
	}
	switch number := reflect.ValueOf(v); {
	case number.CanInt():
		return number.Int()
	case number.CanUint():
		return int64(number.Uint())
	}
	return fmt.Sprint(v)
}

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.Format == "" }

// String formats the sentence in English.
func (t Text) String() string {
	if len(t.Args) == 0 {
		return strings.ReplaceAll(t.Format, "%%", "%")
	}
	return fmt.Sprintf(t.Format, t.Args...)
}

// Clean passes every plain string in the text through a function, such as one that masks phones or
// removes secrets.
func (t Text) Clean(clean func(string) string) Text {
	out, _ := cleaned(t, clean).(Text)
	return out
}

func cleaned(v any, clean func(string) string) any {
	switch v := v.(type) {
	case string:
		return clean(v)
	case Text:
		v.Args = cleanedAll(v.Args, clean)
		return v
	case Series:
		v.Items = cleanedAll(v.Items, clean)
		return v
	}
	return v
}

func cleanedAll(args []any, clean func(string) string) []any {
	if args == nil {
		return nil
	}
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = cleaned(a, clean)
	}
	return out
}

// Lines joins several sentences, each on its own line.
func Lines(all ...Text) Text {
	if len(all) == 1 {
		return all[0]
	}
	return Say("%s", ListedBy("\n", all))
}

// sentenceError is an error that is a sentence.
type sentenceError struct {
	text   Text
	causes []error
}

func (e *sentenceError) Error() string   { return e.text.String() }
func (e *sentenceError) Text() Text      { return e.text }
func (e *sentenceError) Unwrap() []error { return e.causes }

// Errorf makes an error that is a sentence, with the causes at %w. Its format is translated like
// that of Say.
func Errorf(format string, args ...any) error {
	if false {
		_ = fmt.Errorf(format, args...) // for go vet, as in Say
	}
	e := &sentenceError{text: Say(strings.ReplaceAll(format, "%w", "%s"), args...)}
	for i, a := range args {
		if err, ok := a.(error); ok && wraps(format, i) {
			e.causes = append(e.causes, err)
		}
	}
	return e
}

// wraps reports whether the verb of an argument is %w; formats of errors name their arguments in
// order.
func wraps(format string, at int) bool {
	verbs := strings.Split(strings.ReplaceAll(format, "%%", ""), "%")
	return at+1 < len(verbs) && strings.HasPrefix(verbs[at+1], "w")
}

// TextOf returns the sentence of an error for a screen: the only way from an error chain to a
// sentence. An error without a sentence of the program is data.
func TextOf(err error) Text {
	switch e := err.(type) { //nolint:errorlint // each link of the chain is taken by itself
	case nil:
		return Text{}
	case *Error:
		return e.sentence()
	case interface{ Text() Text }:
		return e.Text()
	case interface{ Unwrap() []error }:
		return joined(err, e.Unwrap())
	}
	if inner := errors.Unwrap(err); inner != nil {
		if before, ok := strings.CutSuffix(err.Error(), inner.Error()); ok {
			if before == "" {
				return TextOf(inner)
			}
			return Say("%s%s", before, TextOf(inner))
		}
	}
	return Data(err.Error())
}

// joined returns the sentences of errors.Join, and for an error with several causes its own
// sentence.
func joined(err error, causes []error) Text {
	all := make([]Text, len(causes))
	for i, c := range causes {
		all[i] = TextOf(c)
	}
	if text := Lines(all...); text.String() == err.Error() {
		return text
	}
	return Data(err.Error())
}
