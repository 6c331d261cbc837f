package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// freshness says how old the list in front is.
type freshness struct {
	at  time.Time
	err error
}

// segment is one part of the status line.
type segment struct {
	text  string
	tone  tone
	alarm bool
	keep  int // the part with the smallest number is left out first
}

// statusLine says what the program is attached to, whether it is online, how old what is shown is, what the outbox does
// and who else is here. Where room is scarce the least important parts go.
func (r *Root) statusLine(w int) string {
	parts := r.segments()
	for i := range parts {
		parts[i].text = clip(parts[i].text, max(1, w-2))
	}
	for {
		width := 1
		for _, p := range parts {
			width += ansi.StringWidth(p.text) + 3
		}
		if width-2 <= w || len(parts) <= 1 {
			break
		}
		least := 0
		for i, p := range parts {
			if p.keep < parts[least].keep {
				least = i
			}
		}
		parts = slices.Delete(parts, least, least+1)
	}
	drawn := make([]string, len(parts))
	for i, p := range parts {
		if drawn[i] = r.d.style.paint(p.tone, p.text); p.alarm {
			drawn[i] = r.d.style.alarm.Render(p.text)
		}
	}
	return " " + strings.Join(drawn, r.d.style.paint(dim, " · "))
}

func (r *Root) segments() []segment {
	d, o := r.d, r.d.overview
	mode := segment{text: string(d.Mode), tone: strong, keep: 100, alarm: d.Mode == Demo}
	if d.ReadOnly && d.Mode != ReadOnly {
		mode.text += " " + string(ReadOnly)
	}
	parts := []segment{mode}
	if o.Brake.On {
		parts = append(parts, segment{text: "BRAKE by " + or(o.Brake.By, "somebody"), alarm: true, keep: 99})
	}
	parts = append(parts, r.accounts(), r.line())
	if f := r.screens[r.front].freshness(); f.err != nil {
		parts = append(parts, segment{text: "list not read", tone: bad, keep: 60})
	} else if !f.at.IsZero() {
		parts = append(parts, segment{text: "list " + d.ago(f.at), tone: dim, keep: 60})
	}
	outbox := segment{text: "outbox empty", tone: dim, keep: 70}
	switch {
	case o.Unknown > 0:
		outbox = segment{text: fmt.Sprintf("outbox %s sending, %s unknown", count(o.Sending), count(o.Unknown)), tone: warn, keep: 90}
	case o.Sending > 0:
		outbox.text, outbox.tone = fmt.Sprintf("outbox %s sending", count(o.Sending)), plain
	}
	parts = append(parts, outbox)
	if o.Engine == "" && !o.At.IsZero() {
		parts = append(parts, segment{text: "no engine", tone: warn, keep: 65})
	}
	if o.UnreadReplies > 0 {
		parts = append(parts, segment{text: count(o.UnreadReplies) + " unread", tone: dim, keep: 50})
	}
	here := []string{"you"}
	for _, name := range o.Operators {
		if name != d.Operator {
			here = append(here, name)
		}
	}
	return append(parts, segment{text: "here: " + strings.Join(here, ", "), tone: dim, keep: 40})
}

// accounts names the accounts.
func (r *Root) accounts() segment {
	names := make([]string, len(r.d.Accounts))
	for i, a := range r.d.Accounts {
		names[i] = a.Name
	}
	text := strings.Join(names, " ")
	if len(names) == 0 {
		text = "no account"
	}
	if ansi.StringWidth(text) > 24 {
		text = plural(int64(len(names)), "account", "accounts")
	}
	return segment{text: text, keep: 55}
}

// line says whether the vendors can be reached.
func (r *Root) line() segment {
	var off []string
	known := 0
	var since time.Time
	for _, h := range r.d.overview.Accounts {
		if !h.Known {
			continue
		}
		if known++; !h.Online {
			off = append(off, h.Account)
			if since.IsZero() || h.Since.Before(since) {
				since = h.Since
			}
		}
	}
	switch {
	case known == 0:
		return segment{text: "not asked yet", tone: dim, keep: 80}
	case len(off) == 0:
		return segment{text: "online", tone: good, keep: 45}
	case len(off) < known:
		return segment{text: "OFFLINE " + strings.Join(off, " "), alarm: true, keep: 95}
	}
	return segment{text: "OFFLINE since " + r.d.when(since), alarm: true, keep: 95}
}
