package compose

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// audienceMost is the maximum number of people of a list in the audience of one draft.
const audienceMost = 100_000

// Audience is the people of a list at one point in time.
type Audience struct {
	phones   []model.Phone
	contacts []string // people identified by something other than a phone
	repeats  int64    // number of people found again in another campaign; each is taken once
	known    map[string]bool
	columns  columnsOf
}

// columnsOf are the columns of people by phone or contact, as far as known.
type columnsOf map[string]map[string]string

// keep stores the columns of a person.
func (c *columnsOf) keep(who string, vars map[string]string) {
	if len(vars) == 0 {
		return
	}
	if *c == nil {
		*c = columnsOf{}
	}
	(*c)[who] = vars
}

// AudienceOf takes each phone of the given people once.
func AudienceOf(people []model.Recipient, seen map[model.Phone]bool, a Audience) Audience {
	for _, p := range people {
		switch {
		case p.Phone == 0 && a.known[p.Contact]:
			a.repeats++
		case p.Phone == 0:
			if a.known == nil {
				a.known = map[string]bool{}
			}
			a.known[p.Contact] = true
			a.contacts = append(a.contacts, p.Contact)
			a.columns.keep(p.Contact, p.Vars)
		case seen[p.Phone]:
			a.repeats++
		default:
			seen[p.Phone] = true
			a.phones = append(a.phones, p.Phone)
			a.columns.keep(p.Phone.String(), p.Vars)
		}
	}
	return a
}

// freeze reads all people that a request matches, those of one campaign in their original order.
func freeze(ctx context.Context, store kit.Store, q model.PageRequest) (Audience, error) {
	var a Audience
	var rows []model.Recipient
	q.Limit = model.BulkRows
	err := model.EachRow(ctx, model.RecipientRows().Reader(store), q, func(r model.Recipient) (bool, error) {
		if rows = append(rows, r); len(rows) > audienceMost {
			return false, model.Invalid("filter",
				"more than %d people match; narrow the filter, or use e and `viberdeck send --to`", audienceMost)
		}
		return true, nil
	})
	if err != nil {
		return a, err
	}
	if q.Campaign != 0 {
		model.InOrder(rows)
	}
	return AudienceOf(rows, map[model.Phone]bool{}, a), nil
}

// DraftTo opens the form with an audience and the text and options of a campaign (ID 0: none).
func DraftTo(d *kit.Deck, c model.Campaign, a Audience, origin string) tea.Cmd {
	// Only the campaign's own vendor knows its contacts.
	var contacts []string
	if caps, ok := d.Capabilities(c.Account); ok && c.ID != 0 && caps.Contacts {
		contacts = a.contacts
	}
	if len(a.phones) == 0 && len(contacts) == 0 {
		return d.Say(d.Tr("there is no phone among these people"))
	}
	origin += " · " + d.Tr("frozen %s", d.When(d.Now))
	if others := len(a.contacts) - len(contacts); others > 0 {
		origin += " · " + d.Tr("%s left out: no phones", lang.Count(int64(others)))
	}
	return beginDraft(d, func(f *Form) {
		if c.ID != 0 {
			f.fill(c)
			f.Field("list").Set("")
		}
		f.Field("phones").People = PhoneSet{Phones: a.phones, contacts: contacts, columns: a.columns, Origin: origin}
	})
}

// DraftToMatching reads the people of a request and opens the form with them.
func DraftToMatching(d *kit.Deck, c model.Campaign, q model.PageRequest, origin string) tea.Cmd {
	store := d.Store
	return tea.Batch(d.Say(d.Tr("reading the people…")),
		kit.Ask(d, new(kit.Slot), func(ctx context.Context) (Audience, error) { return freeze(ctx, store, q) },
			func(a Audience, err error) tea.Cmd {
				if err != nil {
					return d.Fail(err)
				}
				return DraftTo(d, c, a, origin)
			}))
}

// WriteAgain asks which of the people that a finished campaign did not reach become the audience of
// a new draft.
func WriteAgain(d *kit.Deck, c model.Campaign) tea.Cmd {
	store, retryable, permanent := d.Store, model.Retryable(), model.Permanent()
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (model.Statistics, error) {
		return store.Statistics(ctx, c.ID)
	},
		func(s model.Statistics, err error) tea.Cmd {
			if err != nil {
				return d.Fail(err)
			}
			again, never := s.FailedWith(retryable...), s.FailedWith(permanent...)
			worth := kit.Choice{Name: d.Tr("worth retrying: %s", lang.Count(again)),
				Note: statusList(d.Language, retryable),
				Off:  again == 0}
			hopeless := kit.Choice{Name: d.Tr("permanent: %s", lang.Count(never)),
				Note: d.Tr("%s, use SMS", statusList(d.Language, permanent)), Off: never == 0}
			if worth.Off {
				worth.Note = d.Tr("nobody is %s", statusList(d.Language, retryable))
			}
			if hopeless.Off {
				hopeless.Note = d.Tr("nobody is %s", statusList(d.Language, permanent))
			}
			if out := s.FailedWith(model.StatusOptedOut); out > 0 {
				hopeless.Note += "; " + d.Tr("%s opted out stay out", lang.Count(out))
			}
			d.Open(kit.NewPicker(d, d.Tr("Retry %s: send to", term.Clip(c.Title(), 30)),
				[]kit.Choice{worth, hopeless},
				func(i int, _ string) tea.Cmd {
					statuses := [][]model.DeliveryStatus{retryable, permanent}[i]
					filter := model.StatusFilter(statuses)
					parsed, err := model.ParseFilter(filter, d.Now, d.Zone)
					if err != nil {
						return d.Fail(err)
					}
					return DraftToMatching(d, c,
						model.PageRequest{Filter: parsed, Campaign: c.ID, Operator: d.Operator},
						d.Tr("%s of %s", filter, c.Title()))
				}))
			return nil
		})
}

// statusList names statuses for a person.
func statusList(l *lang.Language, statuses []model.DeliveryStatus) string {
	words := make([]string, len(statuses))
	for i, s := range statuses {
		words[i] = l.Word("status", s.String())
	}
	return strings.Join(words, ", ")
}

// WhyNotAgain says why a campaign has no failed people to write to again, "" if it may have.
func WhyNotAgain(d *kit.Deck, c model.Campaign) string {
	return d.Text(c.WhyNotRetry())
}
