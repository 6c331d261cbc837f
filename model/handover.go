package model

import (
	"encoding/json"
	"strings"
	"time"
)

// HandedKind says why something is in a hand-over, for scripts.
type HandedKind string

// The kinds of things that are handed over, in order.
const (
	HandedClaimed  HandedKind = "claimed"
	HandedSnoozed  HandedKind = "snoozed"
	HandedLong     HandedKind = "waiting"
	HandedNoted    HandedKind = "noted"
	HandedUnknown  HandedKind = "unknown"
	HandedPaused   HandedKind = "paused"
	HandedApproval HandedKind = "approval"
)

// MostHanded is how many replies of each kind a hand-over lists.
const MostHanded = 50

// longestHanded is how many characters of a reply a hand-over shows.
const longestHanded = 100

// Handover is the state of the work for the person who takes over.
type Handover struct {
	At      time.Time
	Open    int64     // replies that wait
	Oldest  time.Time // when the first of them arrived
	Long    int64     // those of them that wait longer than allowed
	Replies []HandedReply
	More    map[HandedKind]int64 // replies of a kind that are not listed
	Sends   []Need               // sends that continue only after a decision
}

// HandedReply is a reply that the next person should know about. It appears under the first kind
// that applies.
type HandedReply struct {
	Kind HandedKind
	Reply
	Name  string // of the person; "" if unknown
	Notes []Note // oldest first
}

// HandoverItem is one thing that is handed over, ready for display.
type HandoverItem struct {
	Kind     HandedKind
	Account  string
	Name     string // of the person
	Phone    Phone
	Masked   bool   // the phone must not be shown in full
	Campaign string // its name
	Quote    Text   // what the person wrote, in one line
	By       string // the operator who has it
	Since    time.Time
	Until    time.Time // when it comes back
	Notes    []Note
	Text     Text // of a send: what it is, and what to do
}

// Items returns what is handed over, replies first. mask hides phones, also those in texts;
// defaultCountry is the country of phones without a country code.
func (h Handover) Items(mask bool, defaultCountry string) []HandoverItem {
	discreet := func(s string) string {
		if mask {
			return MaskPhones(s, defaultCountry)
		}
		return s
	}
	var all []HandoverItem
	for _, r := range h.Replies {
		item := HandoverItem{Kind: r.Kind, Account: r.Account, Name: discreet(r.Name), Phone: r.Phone, Masked: mask,
			Campaign: discreet(r.CampaignName), By: r.ClaimedBy, Since: r.ReceivedAt, Until: r.SnoozedUntil,
			Quote: ReplyBody(r.Text).Clean(func(s string) string {
				return Clip(discreet(SanitiseLine(s)), longestHanded)
			})}
		for _, n := range r.Notes {
			n.Text = discreet(n.Text)
			item.Notes = append(item.Notes, n)
		}
		all = append(all, item)
	}
	for _, n := range h.Sends {
		kind := map[NeedKind]HandedKind{NeedUnknown: HandedUnknown, NeedPaused: HandedPaused,
			NeedApproval: HandedApproval}[n.Kind]
		all = append(all, HandoverItem{Kind: kind, Account: n.Account, Since: n.Since, Text: n.Text.Clean(discreet)})
	}
	return all
}

// Lines formats an operator's hand-over as text, with times in the given zone.
func (h Handover) Lines(operator string, zone *time.Location, mask bool, defaultCountry string) []Text {
	w := handoverWriter{zone: zone, now: h.At}
	lines := []Text{Say("Hand-over of %s, %s", operator, Moment{h.At.In(zone), "2 Jan 2006 15:04"}), h.queue(w)}
	var last HandedKind
	for _, item := range h.Items(mask, defaultCountry) {
		if item.Kind != last {
			lines = append(h.more(lines, last), Text{}, item.Kind.heading())
			last = item.Kind
		}
		lines = append(lines, w.item(item))
		for _, n := range item.Notes {
			lines = append(lines, Say("    note of %s, %s: %s", n.By, w.when(n.At), SanitiseLine(n.Text)))
		}
	}
	return h.more(lines, last)
}

// queue says how many replies wait.
func (h Handover) queue(w handoverWriter) Text {
	switch {
	case h.Open == 0:
		return Say("Nobody waits for an answer.")
	case h.Long == 0:
		return Say("%s for an answer, the oldest since %s.", Counted(h.Open, "reply waits", "replies wait"),
			w.when(h.Oldest))
	}
	return Say("%s for an answer, the oldest since %s; %s too long.", Counted(h.Open, "reply waits", "replies wait"),
		w.when(h.Oldest), Counted(h.Long, "of them has waited", "of them have waited"))
}

// more adds how many of a kind are not listed.
func (h Handover) more(lines []Text, k HandedKind) []Text {
	if n := h.More[k]; n > 0 {
		return append(lines, Say("  and %s", Counted(n, "reply more", "replies more")))
	}
	return lines
}

// heading returns the heading of a part of a hand-over.
func (k HandedKind) heading() Text {
	switch k {
	case HandedClaimed:
		return Say("Claimed:")
	case HandedSnoozed:
		return Say("Snoozed:")
	case HandedLong:
		return Say("Waiting too long:")
	case HandedNoted:
		return Say("With notes:")
	case HandedUnknown:
		return Say("Outcome unknown:")
	case HandedPaused:
		return Say("Paused:")
	case HandedApproval:
		return Say("Waiting for approval:")
	}
	return Text{}
}

// handoverWriter formats items with times in a zone.
type handoverWriter struct {
	zone *time.Location
	now  time.Time
}

// when formats a time, with the year only if it is not the current one.
func (w handoverWriter) when(t time.Time) Moment {
	t = t.In(w.zone)
	if t.Year() != w.now.In(w.zone).Year() {
		return Moment{t, "2 Jan 2006 15:04"}
	}
	return Moment{t, "2 Jan 15:04"}
}

func (w handoverWriter) item(i HandoverItem) Text {
	if !i.Text.IsZero() {
		return Say("- %s", i.Text)
	}
	who := Data(i.Phone.Pretty())
	if i.Masked {
		who = Data(i.Phone.Masked())
	}
	if i.Name != "" {
		who = Say("%s, %s", i.Name, who)
	}
	if i.Campaign != "" {
		who = Say("%s, “%s”", who, strings.TrimSuffix(i.Campaign, "."))
	}
	switch i.Kind {
	case HandedClaimed:
		return Say("- %s has it: %s, since %s: “%s”", i.By, who, w.when(i.Since), i.Quote)
	case HandedSnoozed:
		return Say("- back %s: %s: “%s”", w.when(i.Until), who, i.Quote)
	case HandedLong, HandedNoted, HandedUnknown, HandedPaused, HandedApproval:
	}
	return Say("- %s, since %s: “%s”", who, w.when(i.Since), i.Quote)
}

// HandedFields are the fields of a handed-over item, in the order in which they are written.
func HandedFields() []RowField[HandoverItem] {
	return []RowField[HandoverItem]{
		{"kind", func(i HandoverItem) any { return string(i.Kind) }},
		{"account", func(i HandoverItem) any { return known(i.Account) }},
		{"name", func(i HandoverItem) any { return known(i.Name) }},
		{"phone", func(i HandoverItem) any {
			if i.Masked {
				return i.Phone.Masked()
			}
			return known(i.Phone.String())
		}},
		{"campaign_name", func(i HandoverItem) any { return known(i.Campaign) }},
		{"text", func(i HandoverItem) any {
			if i.Text.IsZero() {
				return i.Quote.String()
			}
			return i.Text.String()
		}},
		{"by", func(i HandoverItem) any { return known(i.By) }},
		{"since", func(i HandoverItem) any { return i.Since }},
		{"until", func(i HandoverItem) any { return i.Until }},
		{"notes", func(i HandoverItem) any {
			notes := make([]string, len(i.Notes))
			for n, note := range i.Notes {
				notes[n] = note.By + ": " + note.Text
			}
			return notes
		}},
	}
}

// DashboardSetting is the name of the setting in which the dashboard keeps where an operator was.
const DashboardSetting = "dashboard"

// KeptMasks reports whether the dashboard hides phones, according to an operator's stored setting.
func KeptMasks(kept string) bool {
	var m struct {
		Masked bool `json:"masked"`
	}
	return json.Unmarshal([]byte(kept), &m) == nil && m.Masked
}
