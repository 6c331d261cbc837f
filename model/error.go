package model

import (
	"errors"
	"strings"
	"time"
)

// Kind says what sort of failure an Error is, for programs and for the sentence a person sees.
type Kind string

// The kinds of failure.
const (
	KindInvalid  Kind = "invalid"   // the input breaks a rule; nothing happened
	KindNotFound Kind = "not-found" // what was named does not exist
	KindDenied   Kind = "denied"    // credentials or permission refused
	KindMoney    Kind = "money"     // the balance does not cover it
	KindLimited  Kind = "limited"   // too many requests
	KindConflict Kind = "conflict"  // it exists already, or something else was first
	KindOffline  Kind = "offline"   // no usable answer
	KindUnknown  Kind = "unknown"   // the outcome cannot be known
	KindInternal Kind = "internal"  // a fault of this program
)

// Fate is what is known about a send that ended in an error. It decides whether it may be repeated.
type Fate string

// The fates of a send that failed.
const (
	FateUnknown Fate = ""         // the vendor may have acted: never repeated by the program
	FateNotSent Fate = "not-sent" // the vendor cannot have acted and may be called again
	FateRefused Fate = "refused"  // the vendor answered no, for good
)

// Error is an application error: a kind for programs, a sentence for a person that says what to do
// next, and the vendor's own words. Text and Vendor never contain a secret.
type Error struct {
	Kind   Kind
	Field  string // the input field at fault, as the user writes it; empty if none
	Text   Text   // the sentence for a person
	Vendor string // the vendor's own words, sanitised; empty if none
	Code   string // the vendor's code or HTTP status; empty if none
	Status int    // the HTTP status of the vendor's answer; 0 if there was none
	// RetryAfter is how long the vendor asked to wait; zero if it did not say.
	RetryAfter time.Duration
	Fate       Fate
	Err        error // the cause; may be nil
}

// Error returns the sentence, the field and the vendor's words in one line.
func (e *Error) Error() string { return e.sentence().String() }

// sentence returns everything that the error says, for TextOf.
func (e *Error) sentence() Text {
	text := e.Text
	if text.IsZero() {
		text = Say("%s", e.Kind)
	}
	if e.Vendor != "" {
		text = Say("%s (the vendor says: %s)", text, e.Vendor)
	}
	if key, ok := strings.CutPrefix(e.Field, "account "); ok { // "account minsk.token"
		text = Say("account %s: %s", key, text)
	} else if e.Field != "" {
		text = Say("%s: %s", Word{"field", e.Field}, text)
	}
	if e.Err != nil {
		text = Say("%s: %s", text, TextOf(e.Err))
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Invalid returns an error for a field that breaks a rule. The text must name the limit.
func Invalid(field, format string, args ...any) *Error {
	return &Error{Kind: KindInvalid, Field: field, Text: Say(format, args...), Fate: FateRefused}
}

// NotFound returns an error for something that does not exist.
func NotFound(format string, args ...any) *Error {
	return &Error{Kind: KindNotFound, Text: Say(format, args...), Fate: FateRefused}
}

// KindOf returns the kind of the first Error in the chain, KindInternal for any other error and ""
// for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}

// FateOf returns what is known about a send that ended in err. An unclassified error leaves the
// fate unknown.
func FateOf(err error) Fate {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Fate
	}
	return FateUnknown
}

// Word returns the kind as a word for a sentence.
func (k Kind) Word() Word { return Word{"failure", string(k)} }
