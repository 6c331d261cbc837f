package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// everyArgument is a sentence with an argument of each type.
func everyArgument() Text {
	return Say("%s %d %.1f %s %s %s %s %s %s %q", "done", 3, 1.5, StatusRead, Counted(4, "person", "people"),
		90*time.Second, Moment{time.Date(2026, 2, 3, 12, 0, 0, 5, time.UTC), "2 Jan 15:04"},
		Listed([]string{"sent", "open"}), Say("paused by %s", "failed"), "{\"f\":\"%s\"}")
}

func TestASentenceIsStoredWithItsArguments(t *testing.T) {
	t.Parallel()
	amount, err := ParseMoney("12.50 EUR")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]Text{
		"nothing":             {},
		"a vendor's words":    Data("Not a Viber user"),
		"a percent sign":      Data("100%d"),
		"what looks stored":   Data(`{"f":"done"}`),
		"no gaps":             Say("nothing waits"),
		"an escaped percent":  Say("100 %% of it"),
		"every argument":      everyArgument(),
		"an amount":           Say("it costs %s", amount),
		"a sentence in a gap": Say("%s: %s", Say("a"), Say("b %d", 1)),
		"a series of words":   Say("it takes %s", Listed([]CampaignState{CampaignSent, CampaignHeld})),
		"lines":               Lines(Say("a"), Data("b")),
	} {
		value, err := text.Value()
		if err != nil {
			t.Fatal(err)
		}
		column, ok := value.(string)
		if !ok {
			t.Fatalf("%s: a column holds %T", name, value)
		}
		for _, from := range []any{column, []byte(column)} {
			var back Text
			if err := back.Scan(from); err != nil || !reflect.DeepEqual(plainOf(back), plainOf(text)) {
				t.Errorf("%s: read %#v back from %s (%v), want %#v", name, back, column, err, text)
			}
			if back.String() != text.String() {
				t.Errorf("%s: says %q after it was stored, %q before", name, back, text)
			}
		}
	}
	var empty Text
	if err := empty.Scan(nil); err != nil || !empty.IsZero() {
		t.Errorf("NULL is read as %#v, %v", empty, err)
	}
	if err := empty.Scan(int64(3)); err == nil {
		t.Error("a number was read as a sentence")
	}
}

// plainOf represents times and amounts by their text, since equal ones may differ internally.
func plainOf(t Text) Text {
	plain := func(v any) any {
		switch v := v.(type) {
		case Moment:
			return "moment " + v.At.Format(time.RFC3339Nano) + v.Layout
		case Money:
			return "money " + v.String()
		case Text:
			return plainOf(v)
		}
		return v
	}
	args := slices.Clone(t.Args)
	for i, a := range args {
		args[i] = plain(a)
	}
	return Text{t.Format, args}
}

func TestARowOfAnOlderVersionIsShownAsItIs(t *testing.T) {
	t.Parallel()
	for _, old := range []string{
		"12 errors in a row: 401 at minsk", "100% sure", "%s %d", "{}", `{"f":`, `{"f":"x"`, `{"f":"x"} and more`,
		`{"error":"bad"}`, " sent",
	} {
		var text Text
		if err := text.Scan(old); err != nil || text.String() != old || text.IsSentence() {
			t.Errorf("%q is read as %#v, %v", old, text, err)
		}
	}
}

func TestASentenceWrittenByANewerProgramIsStillRead(t *testing.T) {
	t.Parallel()
	text := StoredText(`{"f":"%s and %s","a":[{"later":"kind"},"x"]}`)
	if got := text.String(); got != " and x" {
		t.Errorf("said %q", got)
	}
}

func TestASentenceSaysItselfInEnglish(t *testing.T) {
	t.Parallel()
	want := `done 3 1.5 read 4 people 1m30s 3 Feb 12:00 sent, open paused by failed "{\"f\":\"%s\"}"`
	if got := everyArgument().String(); got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	for _, c := range []struct {
		text Text
		want string
	}{
		{Text{}, ""},
		{Data("%s 100%"), "%s 100%"},
		{Say("100 %%"), "100 %"},
		{Say("%s", "50%"), "50%"},
		{Say("%s", Say("paused by %s", "x")), "paused by x"},
		{Say("%d of %d", uint8(1), int64(2)), "1 of 2"},
		{Say("%s", CampaignID(12)), "c12"},
		{Say("%s", []byte("raw")), "raw"},
		{Say("%v", true), "true"},
		{Say("%s", time.Date(2026, 2, 3, 12, 0, 0, 0, time.UTC)), "2026-02-03T12:00:00Z"},
		{Say("%s are left", Counted(1, "person", "people")), "1 person are left"},
		{Say("%s", Counted(0, "person", "people")), "0 people"},
		{Lines(Say("a"), Say("b")), "a\nb"},
		{ListedBySpaces("a", "b"), "a b"},
	} {
		if got := c.text.String(); got != c.want {
			t.Errorf("%#v says %q, want %q", c.text, got, c.want)
		}
	}
	if got, err := json.Marshal(Say("paused by %s", "anna")); err != nil || string(got) != `"paused by anna"` {
		t.Errorf("a script reads %s, %v", got, err)
	}
}

// ListedBySpaces writes words with spaces between them.
func ListedBySpaces(words ...string) Text { return Say("%s", ListedBy(" ", words)) }

func TestOnlyDataOfASentenceIsCleaned(t *testing.T) {
	t.Parallel()
	hide := func(string) string { return "***" }
	text := Say("%s of %s (%s): %s, %d", "sent", Word{"state", "sent"}, Say("by %s", "failed"),
		Listed([]string{"a", "b"}), 7)
	if got := text.Clean(hide).String(); got != "*** of sent (by ***): ***, ***, 7" {
		t.Errorf("cleaned to %q", got)
	}
	if got := text.String(); got != "sent of sent (by failed): a, b, 7" {
		t.Errorf("cleaning changed the sentence itself to %q", got)
	}
	if got := Data("a secret").Clean(hide).String(); got != "***" {
		t.Errorf("data alone is cleaned to %q", got)
	}
	if got := (Text{}).Clean(hide); !got.IsZero() {
		t.Errorf("nothing is cleaned to %#v", got)
	}
}

func TestWhatAnErrorSaysIsFoundThroughItsChain(t *testing.T) {
	t.Parallel()
	inner := Invalid("text", "%d characters, the limit is %d", 1001, 1000)
	offline := &Error{Kind: KindOffline, Text: Say("minsk does not answer"), Vendor: "down", Err: io.EOF}
	two := fmt.Errorf("%w and %w", inner, io.EOF)
	for _, c := range []struct {
		err     error
		formats []string // of the sentence and of those inside it, in order
	}{
		{nil, []string{""}},
		{io.EOF, []string{"%s"}},
		{inner, []string{"%s: %s", "%d characters, the limit is %d"}},
		{offline, []string{"%s: %s", "%s (the vendor says: %s)", "minsk does not answer"}},
		{Errorf("write to the cache: %w", inner), []string{"write to the cache: %s", "%s: %s",
			"%d characters, the limit is %d"}},
		{fmt.Errorf("minsk: %w", inner), []string{"%s%s", "%s: %s", "%d characters, the limit is %d"}},
		{fmt.Errorf("%w", inner), []string{"%s: %s", "%d characters, the limit is %d"}},
		{fmt.Errorf("%w at minsk", inner), []string{"%s"}},
		{errors.Join(inner, Errorf("no")), []string{"%s", "%s: %s", "%d characters, the limit is %d", "no"}},
		{errors.Join(inner), []string{"%s: %s", "%d characters, the limit is %d"}},
		{two, []string{"%s"}},
	} {
		text := TextOf(c.err)
		if got := formatsOf(text); !slices.Equal(got, c.formats) {
			t.Errorf("%v is made of %q, want %q", c.err, got, c.formats)
		}
		if c.err != nil && text.String() != c.err.Error() {
			t.Errorf("%q is said as %q", c.err, text)
		}
	}
}

// formatsOf returns the formats of a sentence, followed by those of its arguments.
func formatsOf(v any) []string {
	switch v := v.(type) {
	case Text:
		all := []string{v.Format}
		for _, a := range v.Args {
			all = append(all, formatsOf(a)...)
		}
		return all
	case Series:
		var all []string
		for _, item := range v.Items {
			all = append(all, formatsOf(item)...)
		}
		return all
	}
	return nil
}

func TestAnErrorThatIsASentenceKeepsItsCauses(t *testing.T) {
	t.Parallel()
	err := Errorf("%d%% of %s: %w (%s)", 5, "minsk", io.EOF, io.ErrClosedPipe)
	if err.Error() != "5% of minsk: EOF (io: read/write on closed pipe)" {
		t.Errorf("said %q", err)
	}
	if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe) {
		t.Error("the cause is the error at %w and no other")
	}
}

func TestPropertyAnyTextComesBackFromItsColumn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`{"f":`, `{"f":"%s"}`, "%s", "%!s(MISSING)",
			"{\"f\":\"x\"}", "sent"})).Draw(t, "data")
		data = strings.ToValidUTF8(data, "") // what a column holds has been sanitised
		for _, text := range []Text{Data(data), Say("paused by %s", data), Say("%q %s", data, Listed([]string{data}))} {
			if back := StoredText(text.Stored()); !reflect.DeepEqual(back, text) {
				t.Fatalf("%#v came back as %#v", text, back)
			}
		}
	})
}
