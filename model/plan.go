package model

import (
	"context"
	"slices"
	"time"
)

// PlanReader answers a plan's questions from local data.
type PlanReader interface {
	// Blocked returns the phones that must not be written to through the account, each with the
	// reason.
	Blocked(ctx context.Context, account string, phones []Phone) (map[Phone]string, error)
	// BlockedContacts is Blocked for contacts that are not phones, as FoldContact writes them.
	BlockedContacts(ctx context.Context, account string, contacts []string) (map[string]string, error)
	// Overlap counts the people to whom the campaign's message, or one like it, was sent (or waits
	// to be sent) since the given time through any account, and returns those campaigns. For lists
	// at a vendor it returns the size of the lists to which both go.
	Overlap(ctx context.Context, c Campaign, people People, since time.Time) (int64, []Earlier, error)
	// OnBlacklist counts the people who must not be written to through the account, whether or not
	// they are on a campaign's list.
	OnBlacklist(ctx context.Context, account string) (ListBlocks, error)
	// FreeName returns a name of at most longest characters for a copy of the campaign that no
	// campaign of its account has.
	FreeName(ctx context.Context, c Campaign, longest int) (string, error)
	// KnownSenders returns the senders of the account.
	KnownSenders(ctx context.Context, account string) ([]Sender, error)
	// Lists returns the lists of people kept at the vendor of the account.
	Lists(ctx context.Context, account string) ([]List, error)
	// SentSince counts the people written to through the account since the given time.
	SentSince(ctx context.Context, account string, since time.Time) (int64, error)
	// TemplateRefused says why the vendor refused the template when it was last sent, and when; it
	// is empty if the vendor accepted it or it was never sent.
	TemplateRefused(ctx context.Context, account, template string) (why Text, at time.Time, err error)
	// KnownValues returns the values of earlier campaigns through the account.
	KnownValues(ctx context.Context, account string) (KnownValues, error)
	// WrittenTo counts those of the people who got a message, or may have got one, since the given
	// time through any account, and names the campaigns, newest first. Test sends do not count.
	WrittenTo(ctx context.Context, people People, since time.Time) (int64, []string, error)
	// Prices returns what messages through the account have cost, and its money. countries are
	// those that matter.
	Prices(ctx context.Context, account string, countries []string) (PriceFacts, error)
}

// Audience is the people a campaign was given, before anything was checked.
type Audience struct {
	People     People // phone or contact and template columns; no duplicates
	Total      int64  // rows given
	Duplicates int64
	Invalid    int64
	BadRows    []BadRow
	// List is the number of people on a vendor's own list, if the campaign goes to one.
	List Figure
	// Read says how the list of people was read, nil if there was none.
	Read *ListFacts
}

// Plan is what will happen when a campaign is sent. It is made before anything is stored.
type Plan struct {
	Campaign   Campaign
	listNames  map[string]string // by id: of those of the campaign's lists that have a known name
	People     People            // who will receive it
	Total      int64
	Duplicates int64
	Invalid    int64
	Suppressed int64
	Recipients Figure // number of people; unknown for a list whose size the vendor does not report
	BadRows    []BadRow
	Read       *ListFacts       // how the list of people was read, nil if there was none
	Countries  map[string]int64 // by ISO code; "?" if a number has none
	LeftOut    []Phone          // suppressed, at most 20
	Calls      int              // vendor calls
	Overlap    int64            // people who got the same message within the window
	Earlier    []Earlier        // the campaigns that sent it to them
	// RepeatSince is the beginning of the window in which the same message counts as a repeat;
	// zero: repeats are not checked. The store checks again when it accepts the plan, because
	// another process may have accepted the same message meanwhile.
	RepeatSince time.Time
	Price       Estimate // what it will cost
	// SMSParts is the number of parts of the longest SMS, each of which is charged; 0: no SMS may
	// follow. FallbackSender is the name of its sender, if it is given by an id.
	SMSParts       int
	FallbackSender string
	unsent         []string // columns of the list that are not sent to the vendor
	// Today is how many of the people have already got a message today, and TodayOf the campaigns
	// that sent it; unknown for a vendor's list, and if it was not requested.
	Today   Figure
	TodayOf []string
	// Fallbacks says what is in the text for people whose rows leave a column empty.
	Fallbacks []FallbackUse
	Links     []LinkFinding // what is known about the addresses in the message
	// Answering is set if the campaign answers a reply; the store accepts it only if what it says
	// is still true.
	Answering *Answering
	Warnings  []Text // what a person should know before confirming
	// Quiet says where it would arrive within the quiet hours; such a send needs a separate
	// confirmation.
	Quiet []Text
	// VendorBlocks says that all blocked phones are sent to the vendor's own blacklist before the
	// list leaves. Other blocked people, InList of them, may be on the list, counted as of the
	// entry BlockedAsOf; such a send needs a separate confirmation.
	VendorBlocks bool
	InList       int64
	BlockedAsOf  int64
	Test         bool // to the staff only: it appears in no list and no figure
	// Storing receives the store's progress with the plan's people; nil: it is not shown.
	Storing *StoreProgress
}

// ListBlocks counts the people who must not be written to and may be on a list kept at a vendor.
type ListBlocks struct {
	Phones    int64 // of our blacklist
	Contacts  int64 // entries of our blacklist that are not phones
	Elsewhere int64 // phones that a vendor blocks and our blacklist lacks
	AsOf      int64 // the newest entry of our blacklist
}

// Planner checks a campaign and its audience against the vendor, the blacklist and the
// organisation's rules.
type Planner struct {
	Reader PlanReader
	Send   SendConfig
	Now    time.Time
	Zone   *time.Location // the operator's, for quiet hours; nil: UTC
	// Accounts are those of the configuration.
	Accounts []Account
	// Test plans a send to the staff: it may be repeated and sent at night, and has no canary.
	Test bool
	// Midnight is when the operator's day began: people who got a message since then are counted;
	// zero: they are not.
	Midnight time.Time
}

// Plan returns what would happen. Errors are of KindInvalid and name the field; a repeated message
// is a KindConflict that is returned together with the plan, so that a person can decide.
func (p Planner) Plan(ctx context.Context, c Campaign, a Audience, caps Capabilities, perCall int) (Plan, error) {
	if p.Test {
		p.Send.QuietHours, p.Send.Canary, p.Send.RepeatWindow = "", 0, &Duration{}
	}
	plan := Plan{Campaign: c, Test: p.Test, Total: a.Total, Duplicates: a.Duplicates, Invalid: a.Invalid,
		BadRows:    a.BadRows,
		Read:       a.Read,
		Recipients: a.List, Countries: map[string]int64{}}
	if err := p.sender(ctx, &plan, caps); err != nil {
		return plan, err
	}
	if err := p.names(ctx, &plan, caps); err != nil {
		return plan, err
	}
	caps = caps.forContacts(a.People)
	if err := p.campaign(ctx, &plan, a.People, caps); err != nil {
		return plan, err
	}
	if plan.Campaign.List != "" {
		return p.planList(ctx, plan, a, caps)
	}
	if err := p.people(ctx, &plan, a, caps); err != nil {
		return plan, err
	}
	n := int64(plan.People.Len())
	plan.Recipients = Known(n)
	switch {
	case n == 0 && plan.Total == 0:
		return plan, Invalid("phones", "add at least one phone, a file or a list")
	case n == 0:
		return plan, Invalid("phones",
			"no recipients are left: %d given, %s, %d invalid, %d on the blacklist",
			plan.Total, Counted(plan.Duplicates, "duplicate", "duplicates"), plan.Invalid, plan.Suppressed)
	}
	p.canary(&plan, n)
	plan.Calls = plan.calls(caps, perCall)
	if err := p.estimate(ctx, &plan); err != nil {
		return plan, err
	}
	if err := p.today(ctx, &plan); err != nil {
		return plan, err
	}
	if err := p.dailyCap(ctx, plan.Campaign, n); err != nil {
		return plan, err
	}
	err := p.repeat(ctx, &plan)
	return plan, err
}

// campaign checks everything of the campaign that does not depend on who gets it, and completes it.
func (p Planner) campaign(ctx context.Context, plan *Plan, people People, caps Capabilities) error {
	if err := CheckCampaign(plan.Campaign, caps, p.Now); err != nil {
		return err
	}
	if plan.Campaign.Class == ClassPromotional && caps.takesAsTransactional(plan.Campaign) {
		plan.Campaign.Class = ClassTransactional
	}
	if err := checkFilled(plan.Campaign, caps, people); err != nil {
		return err
	}
	if err := p.schedule(plan, caps); err != nil {
		return err
	}
	if err := p.template(ctx, plan.Campaign); err != nil {
		return err
	}
	return p.tags(ctx, plan)
}

// today counts the people who have already got a message today.
func (p Planner) today(ctx context.Context, plan *Plan) error {
	if p.Midnight.IsZero() || p.Test {
		return nil
	}
	n, names, err := p.Reader.WrittenTo(ctx, plan.People, p.Midnight)
	if err != nil {
		return Errorf("who got a message today: %w", err)
	}
	plan.Today, plan.TodayOf = Known(n), names
	return nil
}

// Midnight returns when the day of a time began in a zone.
func Midnight(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// template refuses a template that the vendor refused: its state is known from nothing else. A test
// may use it, because the vendor's answer to the test is the newest information.
func (p Planner) template(ctx context.Context, c Campaign) error {
	id := c.Message.Template
	if id == "" || p.Test {
		return nil
	}
	why, at, err := p.Reader.TemplateRefused(ctx, c.Account, id)
	if err != nil {
		return Errorf("template %s: %w", id, err)
	}
	if why.IsZero() {
		return nil
	}
	account, _ := FindAccount(p.Accounts, c.Account)
	return Invalid("template",
		"%s was refused on %s: %s; choose another one, or send a test with it once the vendor has "+
			"approved it: when the vendor takes the test, the template can be used",
		account.templateTitle(id), Moment{at.In(p.zone()), "2 Jan 15:04"}, why)
}

// tags warns of tags that no earlier campaign of the account had: its vendor accepts only existing
// ones.
func (p Planner) tags(ctx context.Context, plan *Plan) error {
	c := plan.Campaign
	if len(c.Options.Tags) == 0 {
		return nil
	}
	known, err := p.Reader.KnownValues(ctx, c.Account)
	if err != nil {
		return Errorf("tags: %w", err)
	}
	fresh := slices.DeleteFunc(slices.Clone(c.Options.Tags), func(tag string) bool {
		return !LastUse(known.Tags, tag).IsZero()
	})
	if len(fresh) > 0 {
		plan.Warnings = append(plan.Warnings,
			Say("tags that were not used here before: %s; the vendor refuses everybody "+
				"where a tag does not exist there, so make them there first", Listed(fresh)))
	}
	return nil
}

// sender finds the sender's id from an id or a name and refuses one that is not approved.
func (p Planner) sender(ctx context.Context, plan *Plan, caps Capabilities) error {
	c := &plan.Campaign
	if c.Sender == "" && c.Fallback.Sender == "" {
		return nil
	}
	known, err := p.Reader.KnownSenders(ctx, c.Account)
	if err != nil {
		return Errorf("senders of %s: %w", c.Account, err)
	}
	if i := slices.IndexFunc(known, func(s Sender) bool { return s.ID == c.Fallback.Sender }); i >= 0 {
		plan.FallbackSender = known[i].Name
	}
	if c.Sender == "" {
		return nil
	}
	refused := func(s Sender) bool { return s.State == SenderRejected || s.State == SenderPending }
	i := slices.IndexFunc(known, func(s Sender) bool { return s.ID == c.Sender })
	if i < 0 {
		named := func(s Sender) bool { return Fold(s.Name) == Fold(c.Sender) }
		// A name may have been applied for more than once: the usable one is meant.
		if i = slices.IndexFunc(known, func(s Sender) bool { return named(s) && !refused(s) }); i < 0 {
			i = slices.IndexFunc(known, named)
		}
	}
	if i < 0 && len(known) > 0 && caps.Can(ActSenders) {
		return Invalid("sender",
			"%s has no sender %q as its senders were read; choose one of the list, or synchronise "+
				"and try again", c.Account, c.Sender)
	}
	if i < 0 {
		return nil // not synchronised yet, or the vendor does not list its senders: it decides
	}
	if s := known[i]; refused(s) {
		return Invalid("sender", "%q is %s at the vendor; choose an approved sender", s.Name, s.State)
	}
	c.Sender, c.SenderName = known[i].ID, known[i].Name
	return nil
}

func (p Planner) dailyCap(ctx context.Context, c Campaign, n int64) error {
	if p.Send.DailyCap <= 0 {
		return nil
	}
	sent, err := p.Reader.SentSince(ctx, c.Account, p.Now.Add(-24*time.Hour))
	if err != nil {
		return Errorf("daily cap: %w", err)
	}
	if over := sent + n - p.Send.DailyCap; over > 0 {
		return &Error{Kind: KindLimited, Field: "send.daily_cap", Fate: FateRefused,
			Text: Say("%s in 24 hours; with %d more the cap of %d is passed by %d",
				Counted(sent, "person was written to", "people were written to"), n, p.Send.DailyCap, over)}
	}
	return nil
}

func (p Planner) repeat(ctx context.Context, plan *Plan) error {
	window := p.Send.repeatGuard()
	if window <= 0 {
		return nil
	}
	plan.RepeatSince = p.Now.Add(-window)
	n, earlier, err := p.Reader.Overlap(ctx, plan.Campaign, plan.People, plan.RepeatSince)
	if err != nil {
		return Errorf("repeat guard: %w", err)
	}
	if plan.Overlap, plan.Earlier = n, earlier; n == 0 {
		return nil
	}
	return Repeated(n, Say("within %s", window), EarlierNames(earlier))
}

// Repeated is the KindConflict for n people who got the same message by the named campaigns; when
// gives the period, as "within 24h0m0s".
func Repeated(n int64, when Text, names []string) error {
	return &Error{Kind: KindConflict, Field: "text", Fate: FateRefused,
		Text: Say("%d of these people got the same message %s (%s); send it again only on purpose: --again",
			n, when, Listed(names))}
}
