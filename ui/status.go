package ui

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// segment is one part of the status line.
type segment struct {
	text       string
	short      string // used instead of text for lack of room; "": the same
	tone       term.Tone
	alarm      bool
	tight      bool // belongs to the part before it
	importance int  // the largest is shortened first, so that the smallest need not be left out
}

// statusLine shows what the program is connected to, whether it is online, the age of the data, the
// state of the outbox and who else is here. For lack of room, words are first shortened, and then
// the least important parts are dropped.
func (r *Root) statusLine(w int) string {
	parts := r.segments()
	for i := range parts {
		parts[i].text = term.Clip(parts[i].text, max(1, w-2))
	}
	byWorth := make([]int, len(parts))
	for i := range parts {
		byWorth[i] = i
	}
	slices.SortFunc(byWorth, func(a, b int) int { return parts[a].importance - parts[b].importance })
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
			line += r.d.Style.Paint(term.Dim, " · ")
		}
		if p.alarm {
			line += r.d.Style.Alarm.Render(p.text)
		} else {
			line += r.d.Style.Paint(p.tone, p.text)
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
			n += 1 + term.WidthOf(p.text)
		default:
			n += 3 + term.WidthOf(p.text)
		}
	}
	return n
}

func (r *Root) segments() []segment {
	d, o := r.d, r.d.Overview
	mode := segment{text: d.Phrase(string(d.Mode)), tone: term.Strong, importance: 100, alarm: d.Mode == kit.Demo}
	if d.ReadOnly && d.Mode != kit.ReadOnly {
		mode.text += " " + d.Tr(string(kit.ReadOnly))
	}
	parts := []segment{mode}
	if o.Brake.On {
		parts = append(parts, segment{text: d.Tr("BRAKE by %s", cmp.Or(o.Brake.By, d.Tr("somebody"))), alarm: true,
			importance: 99})
	}
	if o.Space.Low {
		parts = append(parts, segment{text: d.Tr("DISK FULL, nothing is sent"), short: d.Tr("DISK FULL"), alarm: true,
			importance: 98})
	}
	parts = append(parts, r.obstacles()...)
	if needs, ok := r.needsSegment(); ok {
		parts = append(parts, needs)
	}
	if d.Masked {
		parts = append(parts, segment{text: d.Tr("phones masked"), short: d.Tr("masked"), tone: term.Warn,
			importance: 62})
	}
	accounts := r.accounts()
	accounts.tight = len(parts) == 1
	parts = append(parts, accounts, r.reachability())
	if f := r.screens[r.front].Freshness(); f.Err != nil {
		parts = append(parts, segment{text: d.Tr("list not read"), tone: term.Bad, importance: 60})
	} else if at := r.asOf(f.At); !at.IsZero() {
		parts = append(parts, segment{text: d.Tr("list %s", d.Ago(at)), short: d.Ago(at), tone: term.Dim,
			importance: 60})
	}
	parts = append(parts, r.outboxSegment())
	if slow, ok := r.slowSegment(); ok {
		parts = append(parts, slow)
	}
	if o.Engine.Life == model.EngineEnded && !o.At.IsZero() {
		parts = append(parts, segment{text: d.Tr("no engine"), tone: term.Warn, importance: 65})
	}
	parts = append(parts, r.colleagues())
	if o.UnreadReplies > 0 && r.front > 0 && r.w >= 100 {
		parts = append(parts, segment{text: d.Tr("%s unread", lang.Count(o.UnreadReplies)), tone: term.Dim,
			importance: 30})
	}
	return slices.DeleteFunc(parts, func(s segment) bool { return s.text == "" })
}

// outboxSegment says what is under way, and whose outcome is unknown.
func (r *Root) outboxSegment() segment {
	d, o := r.d, r.d.Overview
	var words string
	tone, importance := term.Plain, 70
	switch sending := o.Sending - o.Held; {
	case o.Unknown > 0 && sending > 0:
		words = d.Tr("%s sending, %s unknown", lang.Count(sending), lang.Count(o.Unknown))
		tone, importance = term.Warn, 90
	case o.Unknown > 0:
		words, tone, importance = d.Tr("%s unknown", lang.Count(o.Unknown)), term.Warn, 90
	case sending > 0:
		words = d.Tr("%s sending", lang.Count(sending))
	case o.Held > 0:
		words = d.Tr("%s held", lang.Count(o.Held))
	default: // less important than the accounts: nothing is under way
		return segment{text: d.Tr("outbox empty"), tone: term.Dim, importance: 50}
	}
	return segment{text: d.Tr("outbox %s", words), short: words, tone: tone, importance: importance}
}

// colleagues names who else is here; empty if no one is.
func (r *Root) colleagues() segment {
	d := r.d
	others := slices.DeleteFunc(slices.Clone(d.Overview.Operators), func(name string) bool { return name == d.Operator })
	if len(others) == 0 {
		return segment{}
	}
	here := append([]string{d.Tr("you")}, others...)
	return segment{text: d.Tr("here: %s", strings.Join(here, ", ")), short: d.Tr("%d here", len(here)), tone: term.Dim,
		importance: 40}
}

// alarmWidth is the maximum width of an alarm in the status line; the doctor command shows all of
// it.
const alarmWidth = 60

// obstacles say that nothing leaves from this cache, and that the sending process is stuck.
func (r *Root) obstacles() []segment {
	d, o := r.d, r.d.Overview
	var parts []segment
	if !o.Standing.MaySend() {
		what := map[model.StandingKind]string{
			model.StandingMoved:    d.Tr("MOVED FILE: sends nothing"),
			model.StandingCopied:   d.Tr("COPIED FILE: sends nothing"),
			model.StandingRestored: d.Tr("OLDER FILE: sends nothing"),
			model.StandingGone:     d.Tr("FILE GONE: sends nothing"),
		}
		parts = append(parts, segment{text: what[o.Standing.Kind], short: d.Tr("SENDS NOTHING"), alarm: true,
			importance: 98})
	}
	if names := slices.Sorted(maps.Keys(d.Unusable)); len(names) > 0 {
		parts = append(parts, segment{text: term.Clip(d.Text(d.Unusable[names[0]]), alarmWidth),
			short: d.Tr("NO SECRET %s", names[0]), alarm: true, importance: 93})
	}
	if len(o.Alarms) > 0 {
		a := o.Alarms[len(o.Alarms)-1]
		parts = append(parts, segment{text: term.Clip(d.Text(a.Text), alarmWidth), short: d.Tr("ALARM %s", a.Name),
			alarm: true, importance: 94})
	}
	if o.Engine.Blocks() {
		where := d.Tr("process %d on %s", o.Engine.Process, o.Engine.Host)
		parts = append(parts, segment{text: d.Tr("ENGINE NOT RESPONDING: %s, last seen %s", where,
			d.Ago(o.Engine.Seen)),
			short: d.Tr("ENGINE NOT RESPONDING"), alarm: true, importance: 97})
	}
	return parts
}

// asOf returns the time as of which a list read from the cache is current: with an account offline,
// not later than the last reading there.
func (r *Root) asOf(read time.Time) time.Time {
	for _, h := range r.d.Overview.Accounts {
		if h.Known && !h.Online && !h.SyncedAt.IsZero() && h.SyncedAt.Before(read) {
			read = h.SyncedAt
		}
	}
	return read
}

// accounts names the accounts.
func (r *Root) accounts() segment {
	names := make([]string, len(r.d.Accounts))
	for i, a := range r.d.Accounts {
		names[i] = a.Name
	}
	text := strings.Join(names, " ")
	if len(names) == 0 {
		text = r.d.Tr("no account")
	}
	if term.WidthOf(text) > 24 {
		text = r.d.Plural(int64(len(names)), "account", "accounts")
	}
	return segment{text: text, short: r.d.Tr("%d acc.", len(names)), importance: 55}
}

// reachability says whether the vendors are reachable.
func (r *Root) reachability() segment {
	var off []string
	known := 0
	var since time.Time
	var doubted []string
	for _, h := range r.d.Overview.Accounts {
		if _, unusable := r.d.Unusable[h.Account]; !h.Known || unusable {
			continue // an unusable one has a segment of its own
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
		return segment{text: r.d.Tr("not asked yet"), tone: term.Dim, tight: true, importance: 36}
	case len(off) == 0 && len(doubted) > 0:
		text := r.d.Tr("PARTLY READ %s", strings.Join(doubted, " "))
		return segment{text: r.d.Tr("%s: see the log", text), short: text, tone: term.Warn, importance: 90}
	case len(off) == 0:
		return segment{text: r.d.Tr("online"), tone: term.Good, tight: true, importance: 35}
	case len(off) < known:
		text := r.d.Tr("OFFLINE %s", strings.Join(off, " "))
		return segment{text: r.d.Tr("%s since %s", text, r.d.When(since)), short: text, alarm: true, importance: 95}
	}
	return segment{text: r.d.Tr("OFFLINE since %s", r.d.When(since)), alarm: true, importance: 95}
}
