package vendors

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"viberdeck/model"
)

// Decode reads a vendor's JSON answer. An answer that is not JSON, or whose shape differs from the
// document, is a KindOffline error that says what arrived instead and quotes at most 80 harmless
// characters of it. Its fate is unknown: a send whose answer cannot be read may have been accepted.
//
// Adapters prefer Response.Decode, which also names the account and hides its secrets.
func Decode(body []byte, into any) error { return decode(body, into, "the vendor", NewRedactor()) }

func decode(body []byte, into any, who string, redact *Redactor) error {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	var err error
	if TooDeep(body) {
		err = errTooDeep
	} else {
		err = json.Unmarshal(body, into)
	}
	if err == nil {
		return nil
	}
	what := model.Say("something that is not JSON")
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what = model.Say("JSON of another shape than documented (%s at %q)", wrong.Value, wrong.Field)
	} else if shape, ok := errors.AsType[*shapeError](err); ok {
		what = model.Say("JSON of another shape than documented (%s)", shape)
	} else if errors.Is(err, errTooDeep) {
		what = model.Say("JSON of another shape than documented (more than %d levels)", deepest)
	} else if len(body) == 0 {
		return &model.Error{Kind: model.KindOffline, Text: model.Say("%s gave an empty answer; try again later", who)}
	} else if body[0] == '<' {
		what = model.Say("a web page instead of data")
	} else if syntax, ok := errors.AsType[*json.SyntaxError](err); ok &&
		strings.HasPrefix(syntax.Error(), "unexpected end") {
		what = model.Say("JSON that was cut off")
	}
	// Only the beginning is cleaned: the whole may be megabytes of rubbish.
	shown := redact.line(string(body[:min(len(body), 4096)]), maxShown)
	return &model.Error{
		Kind: model.KindOffline,
		Text: model.Say("%s answered with %s, beginning with %q; try again later", who, what,
			shown).Clean(redact.Clean),
	}
}

// deepest is how many levels of arrays and objects an answer may have; no documented answer has
// even ten.
const deepest = 100

var errTooDeep = errors.New("too many levels")

// TooDeep reports whether JSON has more levels than any vendor's answer. It looks at each byte
// once; decoding such a body would take seconds, because each level is read again by the levels
// above it.
func TooDeep(body []byte) bool {
	level, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if level++; level > deepest {
				return true
			}
		case c == '}' || c == ']':
			level--
		}
	}
	return false
}
