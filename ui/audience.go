package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// audienceMost is how many people of a list become the audience of one draft.
const audienceMost = 100_000

// audience is people as they were in a list at one time.
type audience struct {
	phones  []model.Phone
	others  int64 // contacts that are no phones, left out
	repeats int64 // the same phone in another campaign, taken once
}

// audienceOf takes each phone of some people once.
func audienceOf(people []model.Recipient, seen map[model.Phone]bool, a audience) audience {
	for _, p := range people {
		switch {
		case p.Phone == 0:
			a.others++
		case seen[p.Phone]:
			a.repeats++
		default:
			seen[p.Phone] = true
			a.phones = append(a.phones, p.Phone)
		}
	}
	return a
}

// freeze reads all people a request matches.
func freeze(ctx context.Context, store Store, q model.PageRequest) (audience, error) {
	var a audience
	seen := map[model.Phone]bool{}
	q.Limit = exportRows
	for {
		page, err := store.Recipients(ctx, q)
		if err != nil {
			return a, err
		}
		a = audienceOf(page.Rows, seen, a)
		switch {
		case len(a.phones) > audienceMost:
			return a, model.Invalid("filter",
				"more than %d people match; narrow the filter, or use e and `viberdeck send --to`", audienceMost)
		case !page.More || len(page.Keys) == 0:
			return a, nil
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

// draftTo opens the form with an audience, and with the text and options of a campaign (ID 0:
// none).
func draftTo(d *deck, c model.Campaign, a audience, origin string) tea.Cmd {
	if len(a.phones) == 0 {
		return d.say(d.tr("there is no phone among these people"))
	}
	origin += " · " + d.tr("frozen %s", d.when(d.now))
	if a.others > 0 {
		origin += " · " + d.tr("%s left out: no phones", count(a.others))
	}
	return beginDraft(d, func(f *form) {
		if c.ID != 0 {
			f.fill(c)
			f.field("list").set("")
		}
		f.field("phones").bag = bag{phones: a.phones, origin: origin}
	})
}

// draftToMatching reads the people of a request and opens the form with them.
func draftToMatching(d *deck, c model.Campaign, q model.PageRequest, origin string) tea.Cmd {
	store := d.Store
	return tea.Batch(d.say(d.tr("reading the people…")),
		ask(d, new(slot), func(ctx context.Context) (audience, error) { return freeze(ctx, store, q) },
			func(a audience, err error) tea.Cmd {
				if err != nil {
					return d.fail(err)
				}
				return draftTo(d, c, a, origin)
			}))
}

// retryable are those for whom a new try may end otherwise; permanent those for whom it hardly
// will. Who opted out is in neither: nobody writes to them.
var (
	retryable = []model.DeliveryStatus{model.StatusExpired, model.StatusFailed, model.StatusNoMoney}
	permanent = []model.DeliveryStatus{model.StatusUndelivered, model.StatusRejected}
)

// writeAgain asks which of the people a finished campaign failed to reach become the audience of a
// new draft.
func writeAgain(d *deck, c model.Campaign) tea.Cmd {
	store := d.Store
	return ask(d, new(slot), func(ctx context.Context) (model.Statistics, error) { return store.Statistics(ctx, c.ID) },
		func(s model.Statistics, err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			again, never := failedWith(s, retryable...), failedWith(s, permanent...)
			worth := choice{name: d.tr("worth retrying: %s", count(again)), note: statusList(d.language, retryable),
				off: again == 0}
			hopeless := choice{name: d.tr("permanent: %s", count(never)),
				note: d.tr("%s, use SMS", statusList(d.language, permanent)), off: never == 0}
			if worth.off {
				worth.note = d.tr("nobody is %s", statusList(d.language, retryable))
			}
			if hopeless.off {
				hopeless.note = d.tr("nobody is %s", statusList(d.language, permanent))
			}
			if out := failedWith(s, model.StatusOptedOut); out > 0 {
				hopeless.note += "; " + d.tr("%s opted out stay out", count(out))
			}
			d.open(newPicker(d, d.tr("Write again to whom of %s?", clip(c.Title(), 30)), []choice{worth, hopeless},
				false, func(i int, _ string) tea.Cmd {
					statuses := [][]model.DeliveryStatus{retryable, permanent}[i]
					filter := "status:" + strings.Join(statusWords(statuses), ",")
					parsed, err := model.ParseFilter(filter, d.now, d.Zone)
					if err != nil {
						return d.fail(err)
					}
					return draftToMatching(d, c,
						model.PageRequest{Filter: parsed, Campaign: c.ID, Operator: d.Operator},
						d.tr("%s of %s", filter, c.Title()))
				}))
			return nil
		})
}

func failedWith(s model.Statistics, statuses ...model.DeliveryStatus) int64 {
	var n int64
	for _, r := range s.Reasons {
		if slices.Contains(statuses, r.Status) {
			n += r.People
		}
	}
	return n
}

// statusList names statuses for a person; statusWords are what a filter wants.
func statusList(l *language, statuses []model.DeliveryStatus) string {
	words := statusWords(statuses)
	for i, s := range words {
		words[i] = l.word("status", s)
	}
	return strings.Join(words, ", ")
}

func statusWords(statuses []model.DeliveryStatus) []string {
	words := make([]string, len(statuses))
	for i, s := range statuses {
		words[i] = s.String()
	}
	return words
}

// whyNotAgain tells why a campaign has no failed people to write to again, "" when it may have.
func whyNotAgain(d *deck, c model.Campaign) string {
	if slices.Contains([]model.CampaignState{model.CampaignSent, model.CampaignPartlySent, model.CampaignFailed,
		model.CampaignCancelled}, c.State) {
		return ""
	}
	return d.tr("it is %s: who failed is known when it has ended", d.word("state", string(c.State)))
}
