package evidence

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"viberdeck/model"
)

const (
	// longest is the maximum length of a line in such a file, in bytes.
	longest = 1 << 20
	// shown is the maximum number of characters shown of one text in it.
	shown = 400
)

// File is the content of an evidence file.
type File struct {
	head, campaign, plan, end map[string]any
	calls, activity           []map[string]any
	statuses                  map[string]int64
	requests, people, lines   int64
	sum                       string // of all lines before the last
}

// Facts are the named facts about a file.
func Facts() []model.RowField[File] {
	return []model.RowField[File]{
		{Name: "ok", Value: func(b File) any { return b.Whole() }},
		{Name: "campaign", Value: func(b File) any { return b.campaign["id"] }},
		{Name: "name", Value: func(b File) any { return b.campaign["name"] }},
		{Name: "made_at", Value: func(b File) any { return b.head["made_at"] }},
		{Name: "calls", Value: func(b File) any { return int64(len(b.calls)) }},
		{Name: "requests", Value: func(b File) any { return b.requests }},
		{Name: "people", Value: func(b File) any { return b.people }},
		{Name: "activity", Value: func(b File) any { return int64(len(b.activity)) }},
	}
}

// Whole reports whether the file is unchanged.
func (b File) Whole() bool {
	return b.end["sha256"] == b.sum && b.end["lines"] == float64(b.lines-1)
}

// Read reads the lines of a file.
func Read(r io.Reader) (File, error) {
	b := File{statuses: map[string]int64{}}
	sum := sha256.New()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longest)
	for lines.Scan() {
		var object map[string]any
		if err := json.Unmarshal(lines.Bytes(), &object); err != nil {
			return b, fmt.Errorf("line %d is not a line of evidence", b.lines+1)
		}
		if b.lines == 0 && object["record"] != "evidence" {
			return b, fmt.Errorf("this is not a file of evidence")
		}
		if b.end != nil { // nothing may follow the end
			b.end = nil
			return b, nil
		}
		b.lines++
		b.sum = hex.EncodeToString(sum.Sum(nil))
		_, _ = sum.Write(lines.Bytes())
		_, _ = sum.Write([]byte{'\n'})
		b.take(object)
	}
	return b, lines.Err()
}

func (b *File) take(object map[string]any) {
	switch object["record"] {
	case "evidence":
		b.head = object
	case "campaign":
		b.campaign = object
	case "plan":
		b.plan = object
	case "call":
		b.calls = append(b.calls, object)
	case "request":
		b.requests++
	case "person":
		b.people++
		b.statuses[fmt.Sprint(object["status"])]++
	case "activity":
		b.activity = append(b.activity, object)
	case "end":
		b.end = object
	}
}

// Words describes the file's contents, in lines for a person.
func (b File) Words() string {
	var s strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&s, format+"\n", args...) }
	of := func(o map[string]any, name string) string { return clean(model.PlainText(o[name], "—")) }
	say("%s %s of %s, written %s by %s", of(b.campaign, "id"), of(b.campaign, "name"), of(b.campaign, "account"),
		of(b.head, "made_at"), of(b.head, "made_by"))
	say("confirmed by %s at %s; people: %s; sender: %s", of(b.plan, "confirmed_by"), of(b.plan, "confirmed_at"),
		of(b.plan, "people"), of(b.plan, "sender"))
	say("text: %s", model.Clip(of(b.plan, "text"), 200))
	for _, call := range b.calls {
		say("call %s at %s; people: %s; %s %s", of(call, "batch"), of(call, "claimed_at"), of(call, "recipients"),
			of(call, "state"), strings.TrimPrefix(of(call, "error"), "—"))
	}
	say("%s", model.Counted(b.requests, "request to the vendor", "requests to the vendor").String())
	for _, status := range slices.Sorted(maps.Keys(b.statuses)) {
		say("%s: %d", clean(status), b.statuses[status])
	}
	for _, a := range b.activity {
		say("%s %s %s %s", of(a, "at"), strings.TrimPrefix(of(a, "operator"), "—"), of(a, "action"),
			strings.TrimPrefix(of(a, "detail"), "—"))
	}
	if b.Whole() {
		say("it is as it was written")
	}
	return s.String()
}

// clean removes control characters from a text of the file, and shortens it.
func clean(s string) string { return model.Clip(model.SanitiseLine(s), shown) }
