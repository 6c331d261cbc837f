package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// Start is when the clock of a test starts.
func Start() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// FirstPhone is the first phone of an audience; the others follow it.
const FirstPhone = 375290000001

// Audience returns n people.
func Audience(n int) []model.Recipient {
	people := make([]model.Recipient, n)
	for i := range people {
		people[i].Phone = model.Phone(FirstPhone + i)
	}
	return people
}

// Plan returns a campaign at minsk to n people.
func Plan(n int) model.Plan {
	return model.Plan{People: model.PeopleOf(Audience(n)...), Campaign: model.Campaign{
		Account: "minsk", Vendor: model.SMSBy, Name: "Autumn sale",
		Sender: "444", Class: model.ClassPromotional, Message: model.Message{Text: "Скидка 20 %"}}}
}

// Submit stores a campaign made by anna.
func Submit(t testing.TB, s Store, key string, p model.Plan, hold time.Duration) model.CampaignID {
	t.Helper()
	return must(s.Submit(t.Context(), "anna", key, p, hold, 0))(t)
}

// Claim claims up to the given number of batches, one after the other.
func Claim(t testing.TB, s Store, id model.CampaignID, c model.Claim, most int, now time.Time) []model.Batch {
	t.Helper()
	var batches []model.Batch
	for len(batches) < most {
		b, ok, err := s.ClaimBatch(t.Context(), id, c, now)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		batches = append(batches, b)
	}
	return batches
}

// Outcomes returns all batches the same outcome.
func Outcomes(batches []model.Batch, state model.BatchState, why string) []model.Outcome {
	var all []model.Outcome
	for _, b := range batches {
		all = append(all, model.Outcome{Batch: b.ID, State: state, Err: model.Data(why), At: Start()})
	}
	return all
}

// Record stores the outcomes of batches.
func Record(t testing.TB, s Store, outcomes ...model.Outcome) {
	t.Helper()
	if err := s.RecordOutcomes(t.Context(), outcomes); err != nil {
		t.Fatal(err)
	}
}

// Progress returns the figures of a campaign.
func Progress(t testing.TB, s Store, id model.CampaignID) model.Progress {
	t.Helper()
	return must(s.Progress(t.Context(), id))(t)
}

// WantState requires a campaign to be in a state.
func WantState(t testing.TB, s Store, id model.CampaignID, want model.CampaignState) {
	t.Helper()
	if p := Progress(t, s, id); p.State != want {
		t.Fatalf("the campaign is %s, want %s: %+v", p.State, want, p)
	}
}

// WantPaused requires a campaign to be paused with a cause that contains the given words.
func WantPaused(t testing.TB, s Store, id model.CampaignID, want string) {
	t.Helper()
	if p := Progress(t, s, id); p.State != model.CampaignPaused || !strings.Contains(p.PauseCause.String(), want) {
		t.Fatalf("it is %s: %q, want %q", p.State, p.PauseCause.String(), want)
	}
}

// Phones returns the phones of batches in order.
func Phones(batches []model.Batch) []model.Phone {
	var all []model.Phone
	for _, b := range batches {
		for _, r := range b.People {
			all = append(all, r.Phone)
		}
	}
	return all
}

// Lead makes a process lead; it fails the test if that is impossible.
func Lead(t testing.TB, s Store) model.LeadTerm {
	t.Helper()
	term, led, err := s.TryTake(t.Context())
	if err != nil || !led {
		t.Fatalf("led %v, %v", led, err)
	}
	return term
}

// LeadsNot requires a process not to lead.
func LeadsNot(t testing.TB, s Store) {
	t.Helper()
	if term, led, err := s.TryTake(t.Context()); err != nil || led {
		t.Fatalf("two lead: term %d, %v", term.Number, err)
	}
}

// Leaving claims what may leave through minsk now, and returns its number of people.
func Leaving(t testing.TB, s Store) int {
	t.Helper()
	n := 0
	for _, c := range must(s.DueCampaigns(t.Context(), "minsk", Start()))(t) {
		n += len(Phones(Claim(t, s, c.ID, model.Claim{PerCall: 100}, 1, Start())))
	}
	return n
}

// WantConflict requires an error that says that something else came first.
func WantConflict(t testing.TB, err error) {
	t.Helper()
	if model.KindOf(err) != model.KindConflict {
		t.Fatalf("got %v, want a conflict", err)
	}
}

// claimAt claims batches at a time.
func claimAt(t testing.TB, db *opened, id model.CampaignID, perCall, most int, now time.Time) []model.Batch {
	t.Helper()
	return Claim(t, db, id, model.Claim{PerCall: perCall}, most, now)
}

// claim claims batches now.
func claim(t testing.TB, db *opened, id model.CampaignID, perCall, most int) []model.Batch {
	t.Helper()
	return claimAt(t, db, id, perCall, most, db.clock.Now())
}

// statusOf returns what became of a person of a campaign.
func statusOf(t testing.TB, db *opened, id model.CampaignID, phone int) (status model.DeliveryStatus, reason string) {
	t.Helper()
	for _, r := range must(model.RecipientRows().Read(t.Context(), db, model.PageRequest{Campaign: id, Limit: 100}))(t).Rows {
		if r.Phone == model.Phone(phone) {
			return r.Status, r.Reason.String()
		}
	}
	t.Fatalf("%d is not among the people of the campaign", phone)
	return 0, ""
}

// queue stores five open replies of five people, and marks anna (s1) and boris (s2) as present.
func queue(t testing.TB, place *place) *opened {
	t.Helper()
	db := place.open()
	for i := range 5 {
		db.receive(t, model.Phone(375291111111+i), "да", i)
	}
	for session, operator := range map[string]string{"s1": "anna", "s2": "boris"} {
		if err := db.Present(t.Context(), session, operator, 0); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// receive stores a reply that came the given number of minutes after the start, and returns its
// number in order of arrival.
func (db *opened) receive(t testing.TB, phone model.Phone, text string, minutes int) int {
	t.Helper()
	known := map[model.ReplyID]bool{}
	for _, id := range db.ids {
		known[id] = true
	}
	must(db.SaveReplies(t.Context(), "minsk", []model.Reply{{VendorID: fmt.Sprint("v", len(db.ids)+1), Phone: phone,
		Text: text, ReceivedAt: Start().Add(time.Duration(minutes) * time.Minute)}}, db.clock.Now()))(t)
	for _, r := range must(model.ReplyRows().Read(t.Context(), db, model.PageRequest{Limit: 100}))(t).Rows {
		if !known[r.ID] {
			db.ids = append(db.ids, r.ID)
		}
	}
	return len(db.ids)
}

// reply returns the id of the n-th reply.
func (db *opened) reply(n int) model.ReplyID { return db.ids[n-1] }

// replies returns the ids of some replies.
func (db *opened) replies(numbers ...int) []model.ReplyID {
	var ids []model.ReplyID
	for _, n := range numbers {
		ids = append(ids, db.reply(n))
	}
	return ids
}

// answer is a planned answer to the n-th reply of the queue, with what its author knows.
func (db *opened) answer(n int, text string) model.Plan {
	p := Plan(1)
	p.Campaign.Message.Text = text
	p.People = model.PeopleOf(model.Recipient{Phone: model.Phone(375291111110 + n)})
	p.Answering = &model.Answering{Reply: db.reply(n)}
	return p
}

// must returns a value, or fails the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// filtered reads the filter language as the screens do.
func filtered(t testing.TB, expression string) model.Filter {
	t.Helper()
	return must(model.ParseFilter(expression, Start(), time.UTC))(t)
}

// failed returns the error of a call that also returns a value.
func failed[T any](_ T, err error) error { return err }

// replyOf reads the n-th reply.
func replyOf(t testing.TB, db *opened, n int) model.Reply {
	t.Helper()
	return must(db.Thread(t.Context(), db.reply(n)))(t).Reply
}

// repliesFor returns the numbers of the replies that a filter finds for an operator.
func repliesFor(t testing.TB, db *opened, expression, operator string) string {
	t.Helper()
	q := model.PageRequest{Filter: filtered(t, expression), Operator: operator}
	var found []string
	for _, r := range must(model.ReplyRows().Read(t.Context(), db, q))(t).Rows {
		found = append(found, fmt.Sprint(slices.Index(db.ids, r.ID)+1))
	}
	if n := must(db.Count(t.Context(), model.TopicReplies, q))(t); n != int64(len(found)) {
		t.Errorf("%s: counted %d of %d", expression, n, len(found))
	}
	return strings.Join(found, " ")
}

// Owed returns what has not been sent to vendors yet: "account +phone" to block, "account -phone"
// to unblock.
func Owed(t testing.TB, s Store) string {
	t.Helper()
	var all []string
	for _, account := range []string{"minsk", "shop"} {
		for _, b := range must(s.Blocks(t.Context(), account, 100))(t) {
			sign := "+"
			if b.Remove {
				sign = "-"
			}
			all = append(all, account+" "+sign+b.Phone.Digits()[9:])
		}
	}
	return strings.Join(all, ", ")
}
