package cli

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// longestEvidence bounds a line of such a file.
const longestEvidence = 1 << 20

// readBundle is what was read of a file of evidence.
type readBundle struct {
	head, campaign, plan, end map[string]any
	calls, activity           []map[string]any
	statuses                  map[string]int64
	requests, people, lines   int64
	sum                       string // of all lines before the last
}

// whole reports whether the file is as it was written.
func (b readBundle) whole() bool {
	return b.end["sha256"] == b.sum && b.end["lines"] == float64(b.lines-1)
}

// readEvidence says what is in a file of evidence, and whether it is as it was written.
func (p *program) readEvidence(path string) error {
	if err := p.mayOpen(path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return usage("evidence: %w", err)
	}
	defer file.Close()
	b, err := parseEvidence(file)
	if err != nil {
		return usage("%s: %w", path, err)
	}
	if p.json || p.csv {
		out := newSink(p, []column[readBundle]{
			{"ok", func(b readBundle) any { return b.whole() }, 0},
			{"campaign", func(b readBundle) any { return b.campaign["id"] }, 0},
			{"name", func(b readBundle) any { return b.campaign["name"] }, 0},
			{"made_at", func(b readBundle) any { return b.head["made_at"] }, 0},
			{"calls", func(b readBundle) any { return int64(len(b.calls)) }, 0},
			{"requests", func(b readBundle) any { return b.requests }, 0},
			{"people", func(b readBundle) any { return b.people }, 0},
			{"activity", func(b readBundle) any { return int64(len(b.activity)) }, 0},
		}, time.UTC)
		if err := out.Row(b); err != nil {
			return err
		}
		if err := out.End(); err != nil {
			return err
		}
	} else if _, err := io.WriteString(p.Out, b.words()); err != nil {
		return err
	}
	if !b.whole() {
		return exitError{exitFailed, fmt.Errorf("%s is not as it was written: something in it was changed or cut off",
			path)}
	}
	return nil
}

// parseEvidence reads the lines.
func parseEvidence(r io.Reader) (readBundle, error) {
	b := readBundle{statuses: map[string]int64{}}
	sum := sha256.New()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestEvidence)
	for lines.Scan() {
		var object map[string]any
		if err := json.Unmarshal(lines.Bytes(), &object); err != nil {
			return b, fmt.Errorf("line %d is not a line of evidence", b.lines+1)
		}
		if b.lines == 0 && object["record"] != "evidence" {
			return b, fmt.Errorf("this is not a file of evidence")
		}
		if b.end != nil { // nothing comes after the end
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

func (b *readBundle) take(object map[string]any) {
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

// words say what the file holds.
func (b readBundle) words() string {
	var s strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&s, format+"\n", harmless(args)...) }
	of := func(o map[string]any, name string) string { return model.PlainText(o[name], "—") }
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
		say("%s: %d", status, b.statuses[status])
	}
	for _, a := range b.activity {
		say("%s %s %s %s", of(a, "at"), strings.TrimPrefix(of(a, "operator"), "—"), of(a, "action"),
			strings.TrimPrefix(of(a, "detail"), "—"))
	}
	if b.whole() {
		say("it is as it was written")
	}
	return s.String()
}
