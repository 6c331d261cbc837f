package vendors

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatAnAnswerSaysIsReadInAnyShape(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"no such sender"`:           "no such sender",
		`213`:                        "213",
		`true`:                       "true",
		`["too long","too many"]`:    "too long; too many",
		`[null,"",0,"one"]`:          "one",
		`{"0":"first","1":"second"}`: "first; second",
		`{"sender_id":["is invalid","is old"],"a":{"b":"c"}}`: "b: c; sender_id: is invalid; sender_id: is old",
		`null`: "", `false`: "", `0`: "", `""`: "", `[]`: "", `{}`: "", ``: "", `{"a":`: "",
	} {
		if got := Words(json.RawMessage(raw)); got != want {
			t.Errorf("%s says %q, want %q", raw, got, want)
		}
	}
	if got := Words(json.RawMessage(`"a"`), nil, json.RawMessage(`["b"]`)); got != "a; b" {
		t.Errorf("several values say %q", got)
	}
	if got := Words(json.RawMessage(strings.Repeat("[", 5000) + `"deep"` + strings.Repeat("]", 5000))); got != "deep" {
		t.Errorf("a deep value says %q", got)
	}
}

func TestOnlyAnObjectIsReadAsOne(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		`{"a":"x"}`: true, "\xef\xbb\xbf {\"a\":\"x\"}\n": true, `[{"a":"x"}]`: false, ``: false, `<html>`: false,
		`{"a":1}`: false, `{"a":"x"`: false,
	} {
		var answer struct{ A string }
		if got := (Response{Body: []byte(body)}).Object(&answer); got != want || want && answer.A != "x" {
			t.Errorf("%q is an object: %v, with %q", body, got, answer.A)
		}
	}
}
