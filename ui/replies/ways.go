package replies

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// way is one way in which an answer can reach the person.
type way struct {
	account model.Account
	senders []model.Sender // the possible senders
	sender  string         // the id of the chosen one; "" leaves it to the vendor
	sms     bool           // an SMS follows if the message is not delivered in time
	price   model.Estimate
}

// is reports whether two ways are the same, whatever their senders and prices.
func (w way) is(account string, sms bool) bool { return w.account.Name == account && w.sms == sms }

// whyNotAnswer says why an answer cannot go through an account, "" if it can.
func whyNotAnswer(d *kit.Deck, account string) string {
	if why := d.WhyNotSend(account); why != "" {
		return why
	}
	if caps, _ := d.Capabilities(account); !caps.CanSend(model.KindText) {
		return d.Tr("%s sends no text of your own, only %s", caps.Name, kindWords(d, caps.Kinds))
	}
	return ""
}

func kindWords(d *kit.Deck, kinds []model.MessageKind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = d.Word("kind", string(k))
	}
	return strings.Join(words, ", ")
}

// routesFor returns the accounts through which an answer can go, the reply's own first, and why the
// own one cannot.
func routesFor(d *kit.Deck, account string) (routes []string, why string) {
	if why = whyNotAnswer(d, account); why == "" {
		routes = append(routes, account)
	}
	for _, a := range d.Accounts {
		if a.Name != account && whyNotAnswer(d, a.Name) == "" {
			routes = append(routes, a.Name)
		}
	}
	return routes, why
}

// waysFor returns the ways through the accounts, before their details are read.
func waysFor(d *kit.Deck, routes []string) []way {
	var ways []way
	for _, name := range routes {
		a, _ := d.Account(name)
		caps, _ := d.Capabilities(name)
		ways = append(ways, way{account: a})
		if caps.Can(model.ActSMSFallback) {
			ways = append(ways, way{account: a, sms: true})
		}
	}
	return ways
}

// readWays reads senders and prices of the ways to the person of a thread, and orders them: first
// the one by which the person wrote, then the cheap ones, then those of unknown price, and after
// all these the ones with an SMS, which must be chosen explicitly.
func readWays(ctx context.Context, store kit.Store, ways []way, t model.Thread, zone *time.Location) ([]way, error) {
	country := t.Reply.Phone.Country()
	for i := range ways {
		w := &ways[i]
		senders, err := store.KnownSenders(ctx, w.account.Name)
		if err != nil {
			return nil, err
		}
		facts, err := store.Prices(ctx, w.account.Name, []string{country})
		if err != nil {
			return nil, err
		}
		w.senders, w.sender = model.AnswerSenders(senders, t.Sent, w.account.Name)
		plan := model.Plan{Recipients: model.Known(1), Countries: map[string]int64{country: 1}}
		plan.Campaign.Message.Text = "…"
		if w.sms {
			plan.Campaign.Fallback.Text = "…"
		}
		w.price = model.EstimateOf(plan, facts, w.account.Prices, zone)
	}
	slices.SortStableFunc(ways, func(a, b way) int {
		own := func(w way) int {
			if w.account.Name == t.Reply.Account {
				return 0
			}
			return 1
		}
		withSMS := func(w way) int {
			if w.sms {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(withSMS(a), withSMS(b)), cmp.Compare(own(a), own(b)), a.dear().cmp(b.dear()))
	})
	return ways, nil
}

// choose sets the sender, if it may be used.
func (w *way) choose(id string) {
	if slices.ContainsFunc(w.senders, func(s model.Sender) bool { return s.ID == id }) {
		w.sender = id
	}
}

// dear orders ways by price.
type dear struct {
	unknown bool
	price   model.Money
}

func (w way) dear() dear {
	most := w.price.Maximum
	if !most.Known {
		most = w.price.Expected
	}
	return dear{!most.Known, most}
}

func (a dear) cmp(b dear) int {
	switch {
	case a.unknown != b.unknown && a.unknown:
		return 1
	case a.unknown != b.unknown:
		return -1
	case a.unknown || a.price.Currency != b.price.Currency:
		return 0
	}
	return a.price.Amount.Cmp(b.price.Amount)
}

// senderName returns the name of the chosen sender, "" if the vendor chooses.
func (w way) senderName() string {
	for _, s := range w.senders {
		if s.ID == w.sender {
			return cmp.Or(s.Name, s.ID)
		}
	}
	return ""
}

// senderWords name the sender.
func (w way) senderWords(d *kit.Deck) string {
	if name := w.senderName(); name != "" {
		return d.Tr("sender %s", name)
	}
	return d.Tr("the vendor's default sender")
}

// priceWords say what the answer costs.
func (w way) priceWords(d *kit.Deck) string {
	p := w.price
	switch {
	case !p.Expected.Known:
		return d.Price(model.Money{})
	case w.sms && !p.Maximum.Known:
		return d.Tr("%s, the price of an SMS is unknown", d.Price(p.Expected))
	case p.Maximum.Known && p.Maximum.Amount.GreaterThan(p.Expected.Amount):
		return d.Tr("%s, at most %s", d.Price(p.Expected), d.Price(p.Maximum))
	}
	return d.Price(p.Expected)
}

// words says by which way the answer goes and what it costs.
func (w way) words(d *kit.Deck) string {
	words := d.Tr("through %s (%s), %s, %s", w.account.Name, d.VendorName(w.account.Vendor), w.senderWords(d),
		w.priceWords(d))
	if w.sms {
		words += ", " + d.Tr("an SMS if not delivered")
	}
	return words
}

// seen says what the person will see.
func (w way) seen(d *kit.Deck) string {
	name, caps := w.senderName(), d.Options.Capabilities[w.account.Vendor]
	switch {
	case name == "":
		return d.Tr("Viber from the vendor's default sender")
	case w.sms:
		return d.Tr("Viber from %s, an SMS if not delivered", name)
	case slices.Contains(caps.Classes, model.ClassSession):
		return d.Tr("Viber from %s, in a conversation", name)
	}
	return d.Tr("Viber from %s", name)
}

// way returns the way by which the answer goes.
func (b *answerBox) way() *way { return &b.ways[b.at] }

// nextSender goes to the next sender of the way.
func (b *answerBox) nextSender() tea.Cmd {
	w := b.way()
	if len(w.senders) == 0 {
		return b.d.Say(b.d.Tr("no sender of %s is known: the vendor's default is used", w.account.Name))
	}
	i := slices.IndexFunc(w.senders, func(s model.Sender) bool { return s.ID == w.sender })
	w.sender = w.senders[(i+1)%len(w.senders)].ID
	b.changed()
	return b.saver.Changed(b.save)
}

// showWays lists all ways to this person, best first, and last the accounts through which no answer
// can go, with the reason; a number or Enter chooses one.
func (b *answerBox) showWays() tea.Cmd {
	d := b.d
	var choices []kit.Choice
	for i, w := range b.ways {
		choices = append(choices, kit.Choice{Name: fmt.Sprintf("%d %s", i+1, w.account.Name),
			Note: strings.Join(term.NonEmpty(w.priceWords(d), w.seen(d)), " · ")})
	}
	for _, a := range d.Accounts { // all are named, so that nobody looks for one that is missing
		if why := whyNotAnswer(d, a.Name); why != "" {
			choices = append(choices, kit.Choice{Name: a.Name, Note: why, Off: true})
		}
	}
	p := kit.NewPicker(d, d.Tr("Ways to %s", d.Phone(b.reply.Phone)), choices, func(i int, _ string) tea.Cmd {
		b.at = i
		b.changed()
		return b.saver.Changed(b.save)
	})
	p.Numbered, p.Tall = true, true
	d.Open(p)
	return nil
}
