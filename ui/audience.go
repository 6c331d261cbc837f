package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// audienceMost is how many people of a list become the audience of one draft.
const audienceMost = 100_000

// Actions that make a draft of people who are in a list.
const (
	actWriteTo    action = "write to them"
	actWriteAgain action = "retry failed"
)

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
			return a, model.Invalid("filter", "more than %d people match; narrow the filter, or use e and `viberdeck send --to`", audienceMost)
		case !page.More || len(page.Keys) == 0:
			return a, nil
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

// draftTo opens the form with an audience, and with the text and options of a campaign (ID 0: none).
func draftTo(d *deck, c model.Campaign, a audience, origin string) tea.Cmd {
	if len(a.phones) == 0 {
		return d.say("there is no phone among these people")
	}
	origin += " · frozen " + d.when(d.now)
	if a.others > 0 {
		origin += fmt.Sprintf(" · %s left out: no phones", count(a.others))
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
	return tea.Batch(d.say("reading the people…"), ask(d, new(slot), func(ctx context.Context) (audience, error) { return freeze(ctx, store, q) },
		func(a audience, err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			return draftTo(d, c, a, origin)
		}))
}

// writeTo asks which of the people in the list become the audience of a new draft: each choice says its number.
func (s *recipients) writeTo() tea.Cmd {
	d, q, filter := s.d, s.request(), or(s.filter, "all people")
	var c model.Campaign
	if d.campaign.ID == s.campaign {
		c = d.campaign
	}
	if s.campaign != 0 {
		filter += " of " + c.Title()
	}
	var page []model.Recipient
	for _, r := range s.grid.visible() {
		page = append(page, r.item)
	}
	choices := []choice{{name: "all " + figure(s.matching) + " matching", note: filter + ", counted " + d.ago(s.matchingAt)},
		{name: fmt.Sprintf("the %d on this page", len(page)), note: "as you see them"}}
	marked := len(s.grid.marks) > 0
	var chosen []model.Recipient
	if marked {
		chosen = s.grid.chosen()
		choices = append([]choice{{name: fmt.Sprintf("the %s marked", count(int64(len(chosen)))), note: "wherever they are in the list"}}, choices...)
	}
	d.open(newPicker(d, "A new draft to whom?", choices, false, func(i int, _ string) tea.Cmd {
		if !marked {
			i++
		}
		switch i {
		case 0:
			return draftTo(d, c, audienceOf(chosen, map[model.Phone]bool{}, audience{}), "marked in "+filter)
		case 1:
			return draftToMatching(d, c, q, filter)
		}
		return draftTo(d, c, audienceOf(page, map[model.Phone]bool{}, audience{}), "one page of "+filter)
	}))
	return nil
}

// retryable are those for whom a new try may end otherwise; permanent those for whom it hardly will. Who opted out is in
// neither: nobody writes to them.
var (
	retryable = []model.DeliveryStatus{model.StatusExpired, model.StatusFailed, model.StatusNoMoney}
	permanent = []model.DeliveryStatus{model.StatusUndelivered, model.StatusRejected}
)

// writeAgain asks which of the people a finished campaign failed to reach become the audience of a new draft.
func writeAgain(d *deck, c model.Campaign) tea.Cmd {
	store := d.Store
	return ask(d, new(slot), func(ctx context.Context) (model.Statistics, error) { return store.Statistics(ctx, c.ID) },
		func(s model.Statistics, err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			worth := failedChoice(s, "worth retrying", retryable, "")
			never := failedChoice(s, "permanent", permanent, ", use SMS")
			if out := failedWith(s, model.StatusOptedOut); out > 0 {
				never.note += fmt.Sprintf("; %s opted out stay out", count(out))
			}
			d.open(newPicker(d, "Write again to whom of "+clip(c.Title(), 30)+"?", []choice{worth, never}, false, func(i int, _ string) tea.Cmd {
				statuses := [][]model.DeliveryStatus{retryable, permanent}[i]
				filter := "status:" + strings.Join(statusWords(statuses), ",")
				parsed, err := model.ParseFilter(filter, d.now, d.Zone)
				if err != nil {
					return d.fail(err)
				}
				return draftToMatching(d, c, model.PageRequest{Filter: parsed, Campaign: c.ID, Operator: d.Operator}, filter+" of "+c.Title())
			}))
			return nil
		})
}

func failedChoice(s model.Statistics, name string, statuses []model.DeliveryStatus, advice string) choice {
	n := failedWith(s, statuses...)
	c := choice{name: name + ": " + count(n), note: strings.Join(statusWords(statuses), ", ") + advice, off: n == 0}
	if c.off {
		c.note = "nobody is " + strings.Join(statusWords(statuses), ", ")
	}
	return c
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

func statusWords(statuses []model.DeliveryStatus) []string {
	words := make([]string, len(statuses))
	for i, s := range statuses {
		words[i] = s.String()
	}
	return words
}

// whyNotAgain tells why a campaign has no failed people to write to again, "" when it may have.
func whyNotAgain(c model.Campaign) string {
	if slices.Contains([]model.CampaignState{model.CampaignSent, model.CampaignPartlySent, model.CampaignFailed, model.CampaignCancelled}, c.State) {
		return ""
	}
	return fmt.Sprintf("it is %s: who failed is known when it has ended", c.State)
}
