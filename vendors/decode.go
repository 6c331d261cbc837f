package vendors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"viberdeck/model"
)

// Decode reads a vendor's JSON answer. What is no JSON, or has another shape than the document
// says, gives a KindOffline error that tells what came instead and quotes at most 80 harmless
// characters of it. Its fate is unknown: a send whose answer cannot be read may have been accepted.
//
// Adapters prefer Response.Decode, which also names the account and hides its secrets.
func Decode(body []byte, into any) error { return decode(body, into, "the vendor", NewRedactor()) }

func decode(body []byte, into any, who string, redact *Redactor) error {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	err := json.Unmarshal(body, into)
	if err == nil {
		return nil
	}
	what := "something that is no JSON"
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what = fmt.Sprintf("JSON of another shape than documented (%s at %q)", wrong.Value, wrong.Field)
	} else if shape, ok := errors.AsType[*shapeError](err); ok {
		what = "JSON of another shape than documented (" + shape.Error() + ")"
	} else if len(body) == 0 {
		return &model.Error{Kind: model.KindOffline, Text: who + " gave an empty answer; try again later"}
	} else if body[0] == '<' {
		what = "a web page instead of data"
	} else if syntax, ok := errors.AsType[*json.SyntaxError](err); ok &&
		strings.HasPrefix(syntax.Error(), "unexpected end") {
		what = "JSON that was cut off"
	}
	// Only the beginning is cleaned: the whole may be megabytes of rubbish.
	shown := redact.line(string(body[:min(len(body), 4096)]), maxShown)
	return &model.Error{
		Kind: model.KindOffline,
		Text: redact.Clean(fmt.Sprintf("%s answered with %s, beginning with %q; try again later", who, what, shown)),
	}
}
