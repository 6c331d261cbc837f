package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shopspring/decimal"

	"viberdeck/model"
)

// fakeStore keeps lists in memory. It counts calls, and notes those that come from within Update or
// View.
type fakeStore struct {
	fakeAnswers
	mu               sync.Mutex
	onBlacklist      model.ListBlocks
	blockDelay       time.Duration // of the last blocks
	replies          []model.Reply
	soon             int              // how many rows are read where first hits are asked for; 0: all
	reached          []model.Campaign // wait at a vendor and reach blocked people
	campaigns        []model.Campaign
	recipients       []model.Recipient
	senders          []model.Sender
	blacklist        []model.BlacklistEntry
	compared         []model.ComparedBlock
	outbox           []model.OutboxRow
	logs             []model.LogEntry
	overview         model.Overview
	progress         model.Progress
	stats            model.Statistics
	health           []model.SenderHealth
	failHealth       error
	known            model.KnownValues
	sentSince        int64 // people written to in a day
	writtenTo        int64 // of the people of a plan, today
	writtenBy        []string
	refusedTemplates map[string]string
	lastSender       map[string]string // by account
	kept             map[string]string
	opened           []model.ReplyID // of each word that the session is alive
	news             model.News
	events           []model.PersonEvent // newer ones of every person's history
	blocked          map[model.Phone]string
	overlap          int64
	prices           model.PriceFacts
	overlapped       []string // the campaigns that sent the same
	colleague        string   // who submitted the campaigns
	fail             error    // every reading ends in it
	failIntent       error    // every intent ends in it
	attention        model.Attention
	handover         model.Handover

	did      []string // intents, in words
	keys     []string // of submits
	calls    atomic.Int64
	present  atomic.Int64
	inUpdate atomic.Bool
	breaches atomic.Int64 // calls from within Update or View
	changes  chan []model.Topic
}

func (f *fakeStore) called() error {
	f.calls.Add(1)
	if f.inUpdate.Load() {
		f.breaches.Add(1)
	}
	return f.fail
}

func (f *fakeStore) note(format string, args ...any) error {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, fmt.Sprintf(format, args...))
	if f.failIntent != nil {
		return f.failIntent
	}
	return err
}

func (f *fakeStore) last() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.did) == 0 {
		return ""
	}
	return f.did[len(f.did)-1]
}

// page answers a request by keyset over rows that are in order; key returns a row's place. It also
// returns how many rows match.
func page[T any](rows []T, key func(T) string, matches func(T) bool, q model.PageRequest) (model.Page[T], int) {
	type keyed struct { // rows are large, and copying them is what takes long with the race detector
		key string
		row *T
	}
	all := make([]keyed, 0, len(rows))
	for i := range rows {
		if matches(rows[i]) {
			all = append(all, keyed{key(rows[i]), &rows[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	find := func() (int, bool) {
		return slices.BinarySearchFunc(all, q.Cursor, func(r keyed, k string) int { return cmp.Compare(r.key, k) })
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 60
	}
	from, to := 0, len(all)
	if q.Cursor != "" && q.Back {
		to, _ = find()
	} else if q.Cursor != "" {
		var found bool
		from, found = find()
		if found && !q.From {
			from++
		}
	}
	p := model.Page[T]{More: to-from > limit}
	if p.More && q.Back {
		from = to - limit
	} else if p.More {
		to = from + limit
	}
	for _, r := range all[from:to] {
		p.Rows, p.Keys = append(p.Rows, *r.row), append(p.Keys, r.key)
	}
	return p, len(all)
}

// matchesReply understands is: and words, which is enough here.
func matchesReply(f model.Filter, r model.Reply) bool {
	for _, t := range f.Terms {
		ok := false
		switch t.Field {
		case model.FieldIs:
			ok = slices.Contains(t.Values, string(r.State)) || r.Unread && slices.Contains(t.Values, "unread") ||
				r.OptOut != "" && slices.Contains(t.Values, "optout") ||
				r.ClaimedBy == "olga" && slices.Contains(t.Values, "mine")
		case model.FieldDone:
			ok = r.State == model.ReplyDone && !r.DoneAt.Before(t.Time)
		case model.FieldText:
			for _, v := range t.Values {
				ok = ok || strings.Contains(strings.ToLower(r.Text), strings.ToLower(v))
			}
		}
		if ok == t.Negate {
			return false
		}
	}
	return true
}

// matchesRecipient understands status: and phone:.
func matchesRecipient(f model.Filter, r model.Recipient) bool {
	for _, t := range f.Terms {
		switch {
		case t.Field == model.FieldStatus && slices.Contains(t.Values, r.Status.String()) == t.Negate:
			return false
		case t.Field == model.FieldPhone && slices.ContainsFunc(t.Phones,
			func(p model.PhonePattern) bool { return p.Matches(r.Phone) }) == t.Negate:
			return false
		}
	}
	return true
}

// fakeList returns a page of a list, and how many of its rows match the request.
type fakeList func(q model.PageRequest) (page any, count int)

// listed makes the row of a list; key returns a row's place, and matches, if there is one, what a
// request matches.
func listed[T any](rows func() []T, key func(T) string, matches func(model.PageRequest, T) bool) fakeList {
	return func(q model.PageRequest) (any, int) {
		return page(rows(), key, func(r T) bool { return matches == nil || matches(q, r) }, q)
	}
}

// fixture is for the rows of a list that a test has put there.
func fixture[T any](rows *[]T) func() []T { return func() []T { return *rows } }

// lists is every list of the store: a new one needs a row here.
func (f *fakeStore) lists() map[model.Topic]fakeList {
	return map[model.Topic]fakeList{
		model.TopicCampaigns: listed(fixture(&f.campaigns),
			func(c model.Campaign) string { return fmt.Sprintf("%09d", 1000000-int64(c.ID)) }, nil),
		model.TopicRecipients: listed(fixture(&f.recipients),
			func(r model.Recipient) string { return r.Phone.String() + r.Campaign.String() },
			func(q model.PageRequest, r model.Recipient) bool {
				return (q.Campaign == 0 || r.Campaign == q.Campaign) && matchesRecipient(q.Filter, r)
			}),
		model.TopicReplies: listed(f.countedReplies,
			func(r model.Reply) string { return fmt.Sprintf("%012d %09d", r.ReceivedAt.Unix(), r.ID) },
			func(q model.PageRequest, r model.Reply) bool { return matchesReply(q.Filter, r) }),
		model.TopicSenders: listed(fixture(&f.senders),
			func(s model.Sender) string { return s.Account + s.Name }, nil),
		model.TopicBlacklist: listed(fixture(&f.blacklist),
			func(b model.BlacklistEntry) string { return b.Phone.String() }, nil),
		model.TopicOutbox: listed(fixture(&f.outbox),
			func(o model.OutboxRow) string { return fmt.Sprintf("%09d", o.Batch) }, nil),
		model.TopicLog: listed(fixture(&f.logs),
			func(l model.LogEntry) string { return fmt.Sprintf("%09d", 1000000-l.ID) }, nil),
	}
}

func (f *fakeStore) countedReplies() []model.Reply {
	f.leaveDue()
	rows := make([]model.Reply, len(f.replies))
	for i, r := range f.replies {
		rows[i] = f.counted(r)
	}
	return rows
}

func (f *fakeStore) Page(_ context.Context, list model.Topic, q model.PageRequest) (any, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	if list == model.TopicReplies && q.Soon && f.soon > 0 {
		q.Limit = f.soon
	}
	rows, ok := f.lists()[list]
	if !ok {
		return nil, fmt.Errorf("fakeStore.lists has no row for %s", list)
	}
	p, _ := rows(q)
	return p, err
}

func (f *fakeStore) Count(_ context.Context, list model.Topic, q model.PageRequest) (int64, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	rows, ok := f.lists()[list]
	if !ok {
		return 0, fmt.Errorf("fakeStore.lists has no row for %s", list)
	}
	_, n := rows(q)
	return int64(n), err
}

func (f *fakeStore) Campaign(_ context.Context, id model.CampaignID) (model.Campaign, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.campaigns {
		if c.ID == id {
			return c, err
		}
	}
	return model.Campaign{}, model.NotFound("no campaign %s", id)
}

func (f *fakeStore) Statistics(_ context.Context, id model.CampaignID) (model.Statistics, error) {
	s := f.stats
	s.Campaign = id
	return s, f.called()
}

func (f *fakeStore) Cuts(_ context.Context, by model.CutBy, q model.PageRequest) (model.Cuts, error) {
	name := map[model.CutBy]string{model.CutVendor: "smsby", model.CutSender: "Brand", model.CutCountry: "BY"}[by]
	t := f.stats.Totals
	few := model.Totals{Recipients: model.Known(40), Sent: model.Known(40), Delivered: model.Known(30),
		OptOuts: model.Known(1)}
	return model.Cuts{By: by, Campaigns: 2, Without: 1, AsOf: start.Add(-time.Minute), Rows: []model.Cut{
		{Name: name, Account: "minsk", Campaigns: 2, Totals: t},
		{Account: "shop", Campaigns: 1 + int64(q.Campaign), Totals: few}}}, f.called()
}

func (f *fakeStore) SenderHealth(context.Context, time.Time) ([]model.SenderHealth, error) {
	err := f.called()
	if err == nil {
		err = f.failHealth
	}
	return f.health, err
}

func (f *fakeStore) LastSender(_ context.Context, account, _ string) (string, time.Time, bool, error) {
	sender, ok := f.lastSender[account]
	return sender, start.Add(-24 * time.Hour), ok, f.called()
}

func (f *fakeStore) Archive(_ context.Context, operator string, ids []model.CampaignID, on model.Switch) error {
	err := f.note("%s archive %v %v", operator, ids, on)
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.campaigns {
		if slices.Contains(ids, f.campaigns[i].ID) {
			f.campaigns[i].Archived = bool(on)
		}
	}
	return err
}

func (f *fakeStore) Progress(_ context.Context, id model.CampaignID) (model.Progress, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.progress
	p.Campaign = id
	return p, err
}

func (f *fakeStore) Activities(_ context.Context, id model.CampaignID, _ int) ([]model.Activity, error) {
	return []model.Activity{{At: start.Add(-2 * time.Hour), Operator: f.colleague, Action: "submitted", Campaign: id,
		Detail: model.Say("%s", model.Counted(1240, "person", "people"))}}, f.called()
}

func (f *fakeStore) Thread(_ context.Context, id model.ReplyID) (model.Thread, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.replies {
		if r.ID == id {
			f.leaveDue()
			return model.Thread{Reply: f.counted(r), Answers: f.answersTo(id), Events: f.conversation,
				Sent: &model.Campaign{
					ID: 1, Name: r.CampaignName, SenderName: "Brand", SendAt: start.Add(-26 * time.Hour),
					Message: model.Message{Text: "Здравствуйте, Анна! Сегодня скидка 20 % на всё."}},
				Status: model.StatusRead, ReadAt: start.Add(-25 * time.Hour),
				Person: model.PersonTotals{Messages: 14, Replies: 3, OptOuts: 1, Since: start.Add(-9000 * time.Hour)},
				Notes:  []model.Note{{At: start.Add(-time.Hour), By: "anna", Text: "called her"}}}, err
		}
	}
	return model.Thread{}, model.NotFound("no reply %s", id)
}

func (f *fakeStore) Lists(context.Context, string) ([]model.List, error) {
	return []model.List{{Account: "shop", ID: "77", Name: "Customers", People: model.Known(320)}}, f.called()
}

func (f *fakeStore) Overview(_ context.Context, operator string) (model.Overview, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.leaveDue()
	o := f.overview
	o.Recallable, o.Notices = f.recallable(), slices.Clone(f.notices[operator])
	return o, err
}

func (f *fakeStore) Attention(context.Context, model.Patience) (model.Attention, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.attention, err
}

func (f *fakeStore) Changed(ctx context.Context) ([]model.Topic, error) {
	select {
	case topics := <-f.changes:
		return topics, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (f *fakeStore) change(ids []model.ReplyID, change func(*model.Reply)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.replies {
		if slices.Contains(ids, f.replies[i].ID) {
			change(&f.replies[i])
		}
	}
}

func (f *fakeStore) SetReplyState(_ context.Context, operator string, ids []model.ReplyID, state model.ReplyState,
	until time.Time) (int, error) {
	err, changed := f.note("%s %s %v %s", operator, state, ids, stamp(until)), 0
	if err == nil {
		f.change(ids, func(r *model.Reply) {
			if r.State != state || state == model.ReplySnoozed {
				changed++
			}
			if r.State, r.SnoozedUntil, r.DoneBy = state, until, ""; state == model.ReplyDone {
				r.DoneBy = operator
			}
		})
	}
	return changed, err
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}

func (f *fakeStore) SetUnread(_ context.Context, operator string, ids []model.ReplyID, unread bool) error {
	f.change(ids, func(r *model.Reply) { r.Unread = unread })
	return f.note("%s unread %v %v", operator, ids, unread)
}

func (f *fakeStore) Claim(_ context.Context, operator, _ string, ids []model.ReplyID) (int, error) {
	f.change(ids, func(r *model.Reply) { r.ClaimedBy = operator })
	return 0, f.note("%s claim %v", operator, ids)
}

func (f *fakeStore) Release(_ context.Context, operator string, ids []model.ReplyID) (int, error) {
	f.change(ids, func(r *model.Reply) { r.ClaimedBy = "" })
	return 0, f.note("%s release %v", operator, ids)
}

func (f *fakeStore) Label(_ context.Context, operator string, ids []model.ReplyID, label string,
	on model.Switch) error {
	f.change(ids, func(r *model.Reply) {
		if r.Labels = nil; on {
			r.Labels = []string{label}
		}
	})
	return f.note("%s label %v %s %v", operator, ids, label, on)
}

func (f *fakeStore) AddNote(_ context.Context, operator string, id model.ReplyID, text string) error {
	return f.note("%s note %s %s", operator, id, text)
}

func (f *fakeStore) OptOut(_ context.Context, operator string, ids []model.ReplyID) error {
	f.change(ids, func(r *model.Reply) { r.State, r.Blocked, r.DoneBy = model.ReplyDone, true, operator })
	return f.note("%s opt-out %v", operator, ids)
}

func (f *fakeStore) Undo(_ context.Context, operator string) (model.Text, error) {
	return model.Say("took back %q: %s", model.Word{Context: "step", Text: "done"},
		model.Counted(1, "reply", "replies")), f.note("%s undo", operator)
}

func (f *fakeStore) Block(_ context.Context, operator string, phones []model.Phone, reason string, only []string,
	source model.BlacklistSource) (int, error) {
	return len(phones), f.note("%s block %v %s %v %s", operator, phones, reason, only, source)
}

func (f *fakeStore) Unblock(_ context.Context, operator string, phones []model.Phone, reason string, _ []string) (int,
	error) {
	return len(phones), f.note("%s unblock %v %s", operator, phones, reason)
}

func (f *fakeStore) BlockContacts(_ context.Context, operator string, contacts []string, reason string,
	only []string) (int, error) {
	return len(contacts), f.note("%s block %v %s %v", operator, contacts, reason, only)
}

func (f *fakeStore) UnblockContacts(_ context.Context, operator string, contacts []string, reason string,
	only []string) (int, error) {
	return len(contacts), f.note("%s unblock %v %s %v", operator, contacts, reason, only)
}

func (f *fakeStore) Blocked(_ context.Context, _ string, phones []model.Phone) (map[model.Phone]string, error) {
	found := map[model.Phone]string{}
	for _, p := range phones {
		if reason, ok := f.blocked[p]; ok {
			found[p] = reason
		}
	}
	return found, f.called()
}

func (f *fakeStore) BlockedContacts(context.Context, string, []string) (map[string]string, error) {
	return nil, f.called()
}

func (f *fakeStore) Overlap(context.Context, model.Campaign, model.People, time.Time) (int64, []model.Earlier, error) {
	if f.overlap == 0 {
		return 0, nil, f.called()
	}
	var earlier []model.Earlier
	for _, name := range f.overlapped {
		earlier = append(earlier, model.Earlier{Name: name, People: f.overlap, Text: "Sale today"})
	}
	return f.overlap, earlier, f.called()
}

func (f *fakeStore) KnownSenders(_ context.Context, account string) ([]model.Sender, error) {
	var mine []model.Sender
	for _, s := range f.senders {
		if s.Account == account {
			mine = append(mine, s)
		}
	}
	return mine, f.called()
}

func (f *fakeStore) WrittenTo(context.Context, model.People, time.Time) (int64, []string, error) {
	return f.writtenTo, f.writtenBy, f.called()
}

func (f *fakeStore) SentSince(context.Context, string, time.Time) (int64, error) {
	return f.sentSince, f.called()
}

func (f *fakeStore) FreeName(_ context.Context, c model.Campaign, longest int) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := 2; ; i++ {
		name := c.NumberedName(i, longest)
		if !slices.ContainsFunc(f.campaigns, func(other model.Campaign) bool { return other.Name == name }) {
			return name, nil
		}
	}
}

func (f *fakeStore) OnBlacklist(context.Context, string) (model.ListBlocks, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.onBlacklist, nil
}

func (f *fakeStore) TemplateRefused(_ context.Context, _, template string) (model.Text, time.Time, error) {
	if why, ok := f.refusedTemplates[template]; ok {
		return model.Say("%s", why), start.Add(-time.Hour), f.called()
	}
	return model.Text{}, time.Time{}, f.called()
}

func (f *fakeStore) KnownValues(context.Context, string) (model.KnownValues, error) {
	return f.known, f.called()
}

func (f *fakeStore) Prices(context.Context, string, []string) (model.PriceFacts, error) {
	return f.prices, f.called()
}

func (f *fakeStore) Submit(_ context.Context, operator, key string, plan model.Plan, hold time.Duration,
	approveAbove int64) (model.CampaignID, error) {
	err := f.note("%s submit %s %d people hold %s approve %d", operator, plan.Campaign.Name, plan.People.Len(), hold,
		approveAbove)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keys = append(f.keys, key)
	if before := f.beforeSubmit; before != nil {
		f.beforeSubmit = nil
		before()
	}
	if key == "" {
		return 0, model.Invalid("key", "no key")
	}
	if plan.Answering != nil {
		if err == nil {
			err = f.answer(operator, plan, hold)
		}
		return model.CampaignID(899 + len(f.answers)), err
	}
	f.progress = model.Progress{State: model.CampaignHeld, Total: int64(plan.People.Len()),
		Waiting: int64(plan.People.Len()), HoldUntil: start.Add(hold + time.Minute)}
	if c := plan.Campaign; err == nil {
		c.ID, c.Ours, c.State, c.HoldUntil, c.CreatedAt = 900, true, model.CampaignHeld, start.Add(hold+time.Minute),
			start
		f.campaigns = append(f.campaigns, c)
	}
	return 900, err
}

func (f *fakeStore) Recall(_ context.Context, operator string, id model.CampaignID) error {
	err := f.note("%s recall %s", operator, id)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err == nil {
		f.recallAnswer(operator, id)
	}
	return err
}
func (f *fakeStore) DeleteHandedOver(_ context.Context, operator string, id model.CampaignID) error {
	return f.note("%s delete %s at the vendor", operator, id)
}
func (f *fakeStore) StillReached(context.Context, []model.Phone) ([]model.Campaign, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reached, nil
}
func (f *fakeStore) Pause(_ context.Context, operator string, id model.CampaignID) error {
	return f.note("%s pause %s", operator, id)
}
func (f *fakeStore) Resume(_ context.Context, operator string, id model.CampaignID) error {
	return f.note("%s resume %s", operator, id)
}
func (f *fakeStore) Countries(_ context.Context, id model.CampaignID) (map[string]int64, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	people := map[string]int64{}
	for _, r := range f.recipients {
		if r.Campaign == id {
			people[r.Phone.Country()]++
		}
	}
	return people, err
}

func (f *fakeStore) Approve(_ context.Context, operator string, id model.CampaignID) error {
	return f.note("%s approve %s", operator, id)
}
func (f *fakeStore) Resending(_ context.Context, id model.BatchID) (model.Resend, error) {
	err := f.called()
	return model.Resend{Campaign: model.Campaign{Account: "minsk"}, People: 100}, err
}
func (f *fakeStore) Resolve(_ context.Context, operator string, id model.BatchID, as model.Resolution) error {
	return f.note("%s resolve %s %s", operator, id, as)
}
func (f *fakeStore) SetBrake(_ context.Context, operator string, on model.Switch, reason string) error {
	return f.note("%s brake %v %s", operator, on, reason)
}

func (f *fakeStore) SaveSetting(_ context.Context, operator, name, value string) error {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kept[operator+"/"+name] = value
	return err
}

func (f *fakeStore) Setting(_ context.Context, operator, name string) (string, bool, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	v, ok := f.kept[operator+"/"+name]
	return v, ok, err
}

func (f *fakeStore) Present(_ context.Context, _, _ string, open model.ReplyID) error {
	f.present.Add(1)
	f.mu.Lock()
	f.opened = append(f.opened, open)
	f.mu.Unlock()
	return f.called()
}
func (f *fakeStore) Leave(context.Context, string) error { return f.note("leave") }

// newFakeStore returns a store with a little of everything, and thousands of recipients.
func newFakeStore(now time.Time) *fakeStore {
	f := &fakeStore{kept: map[string]string{}, blocked: map[model.Phone]string{}, changes: make(chan []model.Topic),
		overlapped: []string{"Autumn sale"}, colleague: "anna"}
	f.now = func() time.Time { return now }
	texts := []string{"СТОП", "Reply to received message", "Yes", "Да, хочу!\nКогда привезёте?", "Дзякуй 👨‍👩‍👧",
		"please call me back tomorrow after lunch because I am at work now"}
	for i := range 12 {
		r := model.Reply{ID: model.ReplyID(i + 1), Account: "minsk", Campaign: 1, CampaignName: "Autumn sale",
			Phone: model.Phone(375293332200 + i),
			Text:  texts[i%len(texts)], ReceivedAt: now.Add(-5*time.Hour + time.Duration(i)*20*time.Minute),
			State: model.ReplyOpen, Unread: i%2 == 0}
		if r.Text == "СТОП" {
			r.OptOut = "СТОП"
		}
		if i == 2 {
			r.ClaimedBy = "anna"
		}
		f.replies = append(f.replies, r)
	}
	states := []model.CampaignState{model.CampaignSent, model.CampaignSending, model.CampaignHeld, model.CampaignPaused,
		model.CampaignScheduled}
	for i := range 30 {
		c := model.Campaign{ID: model.CampaignID(i + 1), Account: "minsk", Vendor: model.SMSBy,
			VendorID: strconv.Itoa(5000 + i), Name: fmt.Sprintf("Sale %02d", i+1),
			State: states[(30-i)%5], Message: model.Message{Text: "Скидка 20 % на всё"}, SenderName: "Brand",
			Sender: "444", Ours: true, Operator: "anna",
			CreatedAt: now.Add(time.Duration(i-40) * time.Hour), AsOf: now.Add(-time.Minute),
			Totals: model.Totals{Recipients: model.Known(1240), Sent: model.Known(1200), Delivered: model.Known(1000)},
			Cost:   model.NewMoney(decimal.RequireFromString("58.8"), "EUR")}
		if c.State == model.CampaignHeld {
			c.HoldUntil = now.Add(42 * time.Second)
		}
		f.campaigns = append(f.campaigns, c)
	}
	statuses := []model.DeliveryStatus{model.StatusDelivered, model.StatusRead, model.StatusUndelivered,
		model.StatusUnknown}
	f.recipients = make([]model.Recipient, 0, 5000)
	for i := range cap(f.recipients) {
		f.recipients = append(f.recipients, model.Recipient{
			Campaign: 30, CampaignName: "Sale 30", Account: "minsk", Phone: model.Phone(375291000000 + i),
			Status: statuses[i%4], VendorStatus: "VS", UpdatedAt: now.Add(-time.Hour)})
	}
	f.senders = []model.Sender{
		{Account: "minsk", Vendor: model.SMSBy, ID: "444", Name: "Brand", State: model.SenderApproved, Country: "BY",
			AsOf: now},
		{Account: "shop", Vendor: model.SendPulse, ID: "9", Name: "Shop", State: model.SenderRejected, Country: "UA",
			Comment: "The name is a trade mark of somebody else", AsOf: now},
		{Account: "shop", Vendor: model.SendPulse, ID: "10", Name: "Shop UA", State: model.SenderPending,
			Traffic: "promotional", AsOf: now},
	}
	f.health = []model.SenderHealth{{Account: "minsk", Vendor: model.SMSBy, Sender: "444", Name: "Brand", Campaigns: 24,
		Without: 2, Sent: model.Known(28800),
		Delivered: model.Known(24000), OptOuts: model.Known(48), Complaints: model.Known(72), Rejected: model.Known(3),
		Since: now.Add(-30 * 24 * time.Hour), AsOf: now.Add(-time.Minute)}}
	f.blacklist = []model.BlacklistEntry{
		{Phone: 375291111111, Accounts: []string{"shop"}, Reason: model.Say("opt-out: %s", "СТОП"), AddedBy: "anna",
			AddedAt: now.Add(-48 * time.Hour), Source: model.SourceReply},
		{Phone: 375291111112, Pending: []string{"shop"}, Reason: model.Data("asked by phone"), AddedBy: "olga",
			AddedAt: now.Add(-time.Hour), Source: model.SourceOperator},
	}
	f.outbox = []model.OutboxRow{
		{Campaign: 29, CampaignName: "Sale 29", CampaignState: model.CampaignSending, Batch: 7, Account: "minsk",
			State: model.BatchUnknown, Recipients: 100,
			ClaimedAt: now.Add(-10 * time.Minute), Error: model.Say("no answer within %s", 30*time.Second),
			Evidence: model.Data("the vendor lists no mailing of that name")},
		{Campaign: 29, CampaignName: "Sale 29", CampaignState: model.CampaignSending, Batch: 8, Account: "minsk",
			State: model.BatchClaimed, Recipients: 100, ClaimedAt: now.Add(-4 * time.Second)},
	}
	for i := range 200 {
		e := model.LogEntry{ID: int64(i + 1), At: now.Add(time.Duration(i-200) * time.Minute), Account: "minsk",
			Method: "GET /api/v1/getViberMessages", Status: 200,
			Duration: 120 * time.Millisecond, Try: 1, Result: model.Data("ok"), Bytes: 2048}
		if i%7 == 3 {
			e.Status, e.Result, e.Try = 429, model.Data("too many requests; again in 2 s"), 2
		}
		f.logs = append(f.logs, e)
	}
	f.overview = model.Overview{Accounts: []model.Health{
		{Account: "minsk", Vendor: model.SMSBy, Online: true, Known: true, Since: now.Add(-time.Hour), SyncedAt: now},
		{Account: "shop", Vendor: model.SendPulse, Online: true, Known: true, Since: now.Add(-time.Hour),
			SyncedAt: now}},
		Sending: 2, Unknown: 1, Operators: []string{"anna", "olga"}, OpenReplies: 12, UnreadReplies: 6, At: now,
		Engine: model.EngineRun{Term: 1, Host: "host", Process: 1, Life: model.EngineWorks}}
	f.progress = model.Progress{State: model.CampaignSending, Total: 1240, Waiting: 640, InFlight: 100, Accepted: 400,
		Unknown: 100}
	f.stats = model.Statistics{Account: "minsk", AsOf: now.Add(-12 * time.Second), State: model.CampaignSending,
		Totals: model.Totals{Recipients: model.Known(1240), Sent: model.Known(1200), Delivered: model.Known(1000),
			Read:        model.Known(700),
			Undelivered: model.Known(150), Failed: model.Known(20), Replies: model.Known(12), OptOuts: model.Known(2)},
		Cost: model.NewMoney(decimal.RequireFromString("58.8"), "EUR"),
		Reasons: []model.ReasonCount{{Status: model.StatusUndelivered, Reason: model.Data("not a Viber user"),
			People: 150},
			{Status: model.StatusFailed, Reason: model.Data(""), People: 20}}}
	for i := range 10 {
		f.stats.Samples = append(f.stats.Samples,
			model.Sample{At: now.Add(time.Duration(i-10) * 10 * time.Minute), Sent: 1200, Delivered: int64(i) * 110,
				Read: int64(i) * 70})
	}
	return f
}

// testCapabilities describes two vendors that differ.
func testCapabilities() map[model.Vendor]model.Capabilities {
	kinds := []model.MessageKind{model.KindText, model.KindTextButton, model.KindTextImageButton, model.KindImage}
	return map[model.Vendor]model.Capabilities{
		model.SMSBy: {Vendor: model.SMSBy, Name: "sms.by", Kinds: kinds,
			Classes: []model.Class{model.ClassPromotional, model.ClassTransactional},
			Lacks: map[model.Action]string{model.ActLifetime: "sms.by has no lifetime",
				model.ActStretch:       "sms.by does not send gradually",
				model.ActCancelRunning: "sms.by cannot stop a mailing",
				model.ActLabel:         "sms.by has no labels", model.ActTags: "sms.by has no tags",
				model.ActDevice:      "sms.by has no choice of device",
				model.ActContactList: "sms.by has no contact lists", model.ActVariables: "sms.by has no variables",
				model.ActCallbackURL: "sms.by has no callbacks",
				model.ActInboundURL:  "sms.by has no address for replies"},
			Limits: model.Limits{TextMax: 1000, CaptionMax: 30, LinkMax: 150, PeoplePerCall: 1000}},
		model.SendPulse: {Vendor: model.SendPulse, Name: "SendPulse", Kinds: kinds,
			Classes: []model.Class{model.ClassPromotional, model.ClassTransactional},
			Lacks:   map[model.Action]string{model.ActReplies: "SendPulse gives no replies"},
			Limits: model.Limits{TextMax: 1000, CaptionMax: 30, LinkMax: 150, PeoplePerCall: 1000,
				LifetimeMin: time.Minute, LifetimeMax: 24 * time.Hour,
				StretchMax: 5 * time.Hour, StretchStep: time.Hour}},
	}
}
