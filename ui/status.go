package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// segment is one part of the status line.
type segment struct {
	text  string
	short string // instead of text where room is scarce; "" for the same
	tone  tone
	alarm bool
	tight bool // belongs to the part before it
	keep  int  // what it is worth: the largest is shortened first, so that the smallest need not be left out
}

// statusLine says what the program is attached to, whether it is online, how old what is shown is,
// what the outbox does and who else is here. Where room is scarce words get shorter, and then the
// least important parts go.
func (r *Root) statusLine(w int) string {
	parts := r.segments()
	for i := range parts {
		parts[i].text = clip(parts[i].text, max(1, w-2))
	}
	byWorth := make([]int, len(parts))
	for i := range parts {
		byWorth[i] = i
	}
	slices.SortFunc(byWorth, func(a, b int) int { return parts[a].keep - parts[b].keep })
	for n := len(byWorth) - 1; n >= 0; n-- {
		if i := byWorth[n]; statusWidth(parts) > w {
			parts[i].text = cmp.Or(parts[i].short, parts[i].text)
		}
	}
	for _, i := range byWorth[:len(byWorth)-1] {
		if statusWidth(parts) > w {
			parts[i].text = ""
		}
	}
	line := ""
	for i, p := range parts {
		if p.text == "" {
			continue
		}
		switch {
		case i == 0 || p.tight:
			line += " "
		default:
			line += r.d.style.paint(dim, " · ")
		}
		if p.alarm {
			line += r.d.style.alarm.Render(p.text)
		} else {
			line += r.d.style.paint(p.tone, p.text)
		}
	}
	return line
}

func statusWidth(parts []segment) int {
	n := 0
	for i, p := range parts {
		switch {
		case p.text == "":
		case i == 0 || p.tight:
			n += 1 + widthOf(p.text)
		default:
			n += 3 + widthOf(p.text)
		}
	}
	return n
}

func (r *Root) segments() []segment {
	d, o := r.d, r.d.overview
	mode := segment{text: d.phrase(string(d.Mode)), tone: strong, keep: 100, alarm: d.Mode == Demo}
	if d.ReadOnly && d.Mode != ReadOnly {
		mode.text += " " + d.tr(string(ReadOnly))
	}
	parts := []segment{mode}
	if o.Brake.On {
		parts = append(parts, segment{text: d.tr("BRAKE by %s", cmp.Or(o.Brake.By, d.tr("somebody"))), alarm: true,
			keep: 99})
	}
	if d.masked {
		parts = append(parts, segment{text: d.tr("phones masked"), short: d.tr("masked"), tone: warn, keep: 62})
	}
	accounts := r.accounts()
	accounts.tight = len(parts) == 1
	parts = append(parts, accounts, r.line())
	if f := r.screens[r.front].freshness(); f.err != nil {
		parts = append(parts, segment{text: d.tr("list not read"), tone: bad, keep: 60})
	} else if !f.at.IsZero() {
		parts = append(parts, segment{text: d.tr("list %s", d.ago(f.at)), short: d.ago(f.at), tone: dim, keep: 60})
	}
	// worth less than the accounts: nothing is on its way
	outbox := segment{text: d.tr("outbox empty"), tone: dim, keep: 50}
	switch {
	case o.Unknown > 0:
		short := d.tr("%s sending, %s unknown", count(o.Sending-o.Held), count(o.Unknown))
		outbox = segment{text: d.tr("outbox %s", short), short: short, tone: warn, keep: 90}
	case o.Sending > 0 && o.Sending == o.Held:
		short := d.tr("%s held", count(o.Held))
		outbox = segment{text: d.tr("outbox %s", short), short: short, keep: 70}
	case o.Sending > 0:
		short := d.tr("%s sending", count(o.Sending-o.Held))
		outbox = segment{text: d.tr("outbox %s", short), short: short, keep: 70}
	}
	parts = append(parts, outbox)
	if slow, ok := r.slowSegment(); ok {
		parts = append(parts, slow)
	}
	if o.Engine.Life == model.EngineEnded && !o.At.IsZero() {
		parts = append(parts, segment{text: d.tr("no engine"), tone: warn, keep: 65})
	}
	here := []string{d.tr("you")}
	for _, name := range o.Operators {
		if name != d.Operator {
			here = append(here, name)
		}
	}
	parts = append(parts, segment{text: d.tr("here: %s", strings.Join(here, ", ")), short: d.tr("%d here", len(here)),
		tone: dim, keep: 40})
	if o.UnreadReplies > 0 && r.front > 0 && r.w >= 100 {
		parts = append(parts, segment{text: d.tr("%s unread", count(o.UnreadReplies)), tone: dim, keep: 30})
	}
	return parts
}

// accounts names the accounts.
func (r *Root) accounts() segment {
	names := make([]string, len(r.d.Accounts))
	for i, a := range r.d.Accounts {
		names[i] = a.Name
	}
	text := strings.Join(names, " ")
	if len(names) == 0 {
		text = r.d.tr("no account")
	}
	if widthOf(text) > 24 {
		text = r.d.plural(int64(len(names)), "account", "accounts")
	}
	return segment{text: text, short: r.d.tr("%d acc.", len(names)), keep: 55}
}

// line says whether the vendors can be reached.
func (r *Root) line() segment {
	var off []string
	known := 0
	var since time.Time
	var doubted []string
	for _, h := range r.d.overview.Accounts {
		if !h.Known {
			continue
		}
		if h.Online && !h.Error.IsZero() {
			doubted = append(doubted, h.Account)
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
		return segment{text: r.d.tr("not asked yet"), tone: dim, tight: true, keep: 36}
	case len(off) == 0 && len(doubted) > 0:
		text := r.d.tr("HALF READ %s", strings.Join(doubted, " "))
		return segment{text: r.d.tr("%s: see the log", text), short: text, tone: warn, keep: 90}
	case len(off) == 0:
		return segment{text: r.d.tr("online"), tone: good, tight: true, keep: 35}
	case len(off) < known:
		text := r.d.tr("OFFLINE %s", strings.Join(off, " "))
		return segment{text: r.d.tr("%s since %s", text, r.d.when(since)), short: text, alarm: true, keep: 95}
	}
	return segment{text: r.d.tr("OFFLINE since %s", r.d.when(since)), alarm: true, keep: 95}
}
