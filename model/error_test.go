package model

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// fieldsOf returns the fields of all Errors in a joined error.
func fieldsOf(err error) []string {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var fields []string
		for _, e := range joined.Unwrap() {
			fields = append(fields, fieldsOf(e)...)
		}
		return fields
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return []string{e.Field}
	}
	return []string{"no Error: " + err.Error()}
}

// expectField requires one breach, in this field, whose sentence contains the given words.
func expectField(t *testing.T, name string, err error, field, says string) {
	t.Helper()
	if fields := fieldsOf(err); !slices.Equal(fields, []string{field}) || KindOf(err) != KindInvalid ||
		FateOf(err) != FateRefused {
		t.Errorf("%s: got %v; want one breach of %s", name, err, field)
	} else if !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %q does not say %q", name, err, says)
	}
}

func TestAnErrorReadsAsOneSentence(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]*Error{
		"text: too long":                      Invalid("text", "too %s", "long"),
		"there is no campaign c12":            NotFound("there is no campaign %s", CampaignID(12)),
		"offline":                             {Kind: KindOffline},
		"denied (the vendor says: bad token)": {Kind: KindDenied, Vendor: "bad token"},
		"no answer: EOF":                      {Kind: KindOffline, Text: Say("no answer"), Err: io.EOF},
		"f: t (the vendor says: v): EOF": {
			Kind: KindUnknown, Field: "f", Text: Say("t"), Vendor: "v", Err: io.EOF},
	} {
		if e.Error() != want {
			t.Errorf("got %q, want %q", e, want)
		}
	}
}

func TestAnErrorKeepsItsKindAndFateWhenItIsWrapped(t *testing.T) {
	t.Parallel()
	e := &Error{Kind: KindLimited, Fate: FateNotSent, Err: io.EOF}
	for name, err := range map[string]error{
		"plain": e, "wrapped": fmt.Errorf("minsk: %w", e), "joined": errors.Join(io.ErrClosedPipe, e),
	} {
		if KindOf(err) != KindLimited || FateOf(err) != FateNotSent || !errors.Is(err, io.EOF) {
			t.Errorf("%s: %s, %s", name, KindOf(err), FateOf(err))
		}
	}
}

func TestAnErrorNobodyClassifiedLeavesTheFateUnknown(t *testing.T) {
	t.Parallel()
	if KindOf(nil) != "" || KindOf(io.EOF) != KindInternal || FateOf(io.EOF) != FateUnknown {
		t.Errorf("got %q, %q, %q", KindOf(nil), KindOf(io.EOF), FateOf(io.EOF))
	}
	if e := Invalid("text", "x"); e.Kind != KindInvalid || e.Fate != FateRefused {
		t.Errorf("got %+v", e)
	}
	if e := NotFound("x"); e.Kind != KindNotFound || e.Fate != FateRefused {
		t.Errorf("got %+v", e)
	}
}
