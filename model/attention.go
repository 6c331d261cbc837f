package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// NeedKind identifies what a need is about, for scripts.
type NeedKind string

// The kinds of needs.
const (
	NeedBrake     NeedKind = "brake"
	NeedEngine    NeedKind = "engine"
	NeedCacheFile NeedKind = "cache"
	NeedDisk      NeedKind = "disk"
	NeedAlarm     NeedKind = "alarm"
	NeedUnknown   NeedKind = "unknown"
	NeedPaused    NeedKind = "paused"
	NeedApproval  NeedKind = "approval"
	NeedAccount   NeedKind = "account"
	NeedLists     NeedKind = "lists"
	NeedLate      NeedKind = "late"
	NeedSender    NeedKind = "sender"
	NeedCallbacks NeedKind = "callbacks"
)

// HealthSpan is how far back the health of senders is counted for attention.
const HealthSpan = 30 * 24 * time.Hour

// Need is one thing that continues only after a person has acted.
type Need struct {
	Kind     NeedKind
	Account  string     // "" if it belongs to none
	Campaign CampaignID // 0 if it belongs to none
	Since    time.Time  // zero if unknown
	Text     Text       // what it is, and what to do
}

// Attention is everything that may need a person.
type Attention struct {
	Overview
	Unknown  []OpenCampaign // with batches whose outcome is unknown
	Paused   []OpenCampaign
	Approval []OpenCampaign // waiting for a second person
	Patience Patience
	Late     int64     // replies open for longer than Patience.Late
	LateFrom time.Time // when the oldest of them arrived
	Senders  []SenderHealth
	Kept     []KeptCount
	// Unusable are the accounts that the asking process cannot use, and why.
	Unusable map[string]Text
}

// OpenCampaign is one of our campaigns about which a person has to decide.
type OpenCampaign struct {
	Campaign
	Batches int64     // with an unknown outcome
	People  int64     // of these batches, or waiting
	Since   time.Time // of the oldest batch; zero if unknown
}

// KeptCount is how many callbacks of an account wait for a decision.
type KeptCount struct {
	Account string
	N       int64
	Since   time.Time
}

// Needs lists what needs a person; problems that stop everything come first. limits gives the
// limits of a vendor.
func (a Attention) Needs(limits func(Vendor) Limits) []Need {
	all := a.host()
	all = append(all, a.Sends()...)
	for _, name := range slices.Sorted(maps.Keys(a.Unusable)) {
		all = append(all, Need{Kind: NeedAccount, Account: name,
			Text: Say("%s is read-only here: %s", name, a.Unusable[name])})
	}
	for _, h := range a.Accounts {
		switch _, unusable := a.Unusable[h.Account]; {
		case unusable: // said already
		case h.Known && !h.Online:
			all = append(all, Need{Kind: NeedAccount, Account: h.Account, Since: h.Since,
				Text: Say("%s is offline: %s", h.Account, h.Error)})
		case h.Known && !h.Error.IsZero():
			all = append(all, Need{Kind: NeedLists, Account: h.Account, Text: h.Error})
		}
	}
	if a.Late > 0 {
		all = append(all, Need{Kind: NeedLate, Since: a.LateFrom,
			Text: Say("%s for longer than %s", Counted(a.Late, "reply has waited", "replies have waited"),
				lengthOf(a.Patience.Late))})
	}
	for _, h := range a.Senders {
		l := limits(h.Vendor)
		if level := h.Level(l); level == HealthWarning || level == HealthDanger {
			percent, _ := h.Complaints.Share(h.Delivered)
			name := Data(cmp.Or(h.Name, h.Sender))
			if name.IsZero() {
				name = Say("the vendor's default sender")
			}
			all = append(all, Need{Kind: NeedSender, Account: h.Account,
				Text: Say("%.1f %% of those who got a message from %s complained or opted out; above %.0f %% the "+
					"vendor "+
					"blocks the sender: write to fewer people, or to those who answer", percent, name,
					l.ComplaintsBlock)})
		}
	}
	for _, k := range a.Kept {
		all = append(all, Need{Kind: NeedCallbacks, Account: k.Account, Since: k.Since,
			Text: Say("%s of %s: about people who got nothing from it, or not understood; release or drop them with "+
				"`viberdeck callbacks`", Counted(k.N, "callback waits", "callbacks wait"), k.Account)})
	}
	return all
}

// lengthOf writes a duration in hours, or in minutes if it is not a whole number of hours.
func lengthOf(d time.Duration) Count {
	if d%time.Hour == 0 {
		return Counted(int64(d/time.Hour), "hour", "hours")
	}
	return Counted(int64(d/time.Minute), "minute", "minutes")
}

// host lists what stops or impairs everything on this host.
func (a Attention) host() (all []Need) {
	add := func(kind NeedKind, since time.Time, text Text) {
		all = append(all, Need{Kind: kind, Since: since, Text: text})
	}
	switch {
	case !a.Standing.MaySend():
		add(NeedCacheFile, a.Standing.Seen, a.Standing.Text())
	case a.Engine.Blocks():
		add(NeedEngine, a.Engine.Seen, Say("the engine: %s", a.Engine.Describe(a.At)))
	case a.Engine.Life == EngineEnded && a.Sending > 0:
		add(NeedEngine, a.Engine.Seen, Say("something waits to be sent, and %s", a.Engine.Describe(a.At)))
	}
	if a.Space.Low {
		add(NeedDisk, time.Time{},
			Say("the disk of the cache is nearly full: nothing is sent until there is room again"))
	}
	if a.Brake.On {
		add(NeedBrake, a.Brake.Since, Say("the brake is on: nothing is sent until somebody takes it off (%s: %s)",
			a.Brake.By, a.Brake.Reason))
	}
	for _, alarm := range a.Alarms {
		add(NeedAlarm, alarm.Since, alarm.Text)
	}
	return all
}

// Sends lists campaigns that continue only after a person's decision.
func (a Attention) Sends() (all []Need) {
	add := func(kind NeedKind, c OpenCampaign, text Text) {
		all = append(all, Need{Kind: kind, Account: c.Account, Campaign: c.ID, Since: c.Since, Text: text})
	}
	for _, c := range a.Unknown {
		add(NeedUnknown, c, Say(
			"%s: %s with %s may or may not have left; look at the vendor, then decide in the outbox",
			c.Title(), Counted(c.Batches, "batch", "batches"), Persons(c.People)))
	}
	for _, c := range a.Paused {
		waits := Counted(c.People, "person waits", "people wait")
		if strings.Contains(c.PauseCause.Format, "resume") || strings.Contains(c.PauseCause.Format, "recall it") {
			// the cause says what to do
			add(NeedPaused, c, Say("%s is paused, %s: %s", c.Title(), waits, c.PauseCause))
			continue
		}
		add(NeedPaused, c, Say("%s is paused, %s: %s; resume or recall it", c.Title(), waits, c.PauseCause))
	}
	for _, c := range a.Approval {
		add(NeedApproval, c, Say("%s for %s, made by %s, waits for a second person's approval", c.Title(),
			Persons(c.People), c.Operator))
	}
	return all
}

// NeedFields are the fields of a need, in the order in which they are written.
func NeedFields() []RowField[Need] {
	return []RowField[Need]{
		{"kind", func(n Need) any { return string(n.Kind) }},
		{"account", func(n Need) any { return known(n.Account) }},
		{"campaign", func(n Need) any {
			if n.Campaign == 0 {
				return nil
			}
			return n.Campaign.String()
		}},
		{"since", func(n Need) any { return n.Since }},
		{"text", func(n Need) any { return n.Text.String() }},
	}
}
