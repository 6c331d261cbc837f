package model

import (
	"errors"
)

// codeNotWhole is the error code of an inconsistent reading.
const codeNotWhole = "not-whole"

// NotWhole is the error of an inconsistent reading of a vendor's list: what was known about the
// list stays known.
func NotWhole(account, what string, why Text) *Error {
	return &Error{
		Kind: KindUnknown, Code: codeNotWhole,
		Text: Say(
			"%s did not give all of its %s: %s; what is known of them stays, and they are read again",
			account,
			Word{"list", what},
			why,
		),
	}
}

// ShrunkError is the error of a reading that lacks many known rows: it may be right, but is not
// believed without a person's confirmation.
func ShrunkError(account, what string, known, gone int) *Error {
	return &Error{
		Kind: KindUnknown, Code: codeNotWhole,
		Text: Say(
			"%s lacks %d of the %d known of its %s; they stay known: if the vendor really removed them, run "+
				"viberdeck sync --believe --account %s",
			account,
			gone,
			known,
			Word{"list", what},
			account,
		),
	}
}

// IsNotWhole reports whether an error is that of an inconsistent reading.
func IsNotWhole(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Code == codeNotWhole
}

// MostMissing is how many of the known rows of a list one reading may lack and still be believed: a
// few, or one in a hundred.
func MostMissing(known int) int { return max(3, known/100) }
