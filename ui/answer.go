package ui

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// answerBox writes one paid message to the person who replied. It leaves like a campaign of one
// person: through the same checks, with the same recall window. What is half-written is kept for
// each reply apart.
type answerBox struct {
	d       *deck
	reply   model.Reply // as it was when the person saw it last
	seen    time.Time   // when that was
	sent    *model.Campaign
	news    []string // what colleagues or the person did since: to be read before the answer leaves
	area    textarea.Model
	routes  []string // accounts it can go through
	route   int
	senders []model.Sender
	sender  string // its id, "" leaves it to the vendor
	key     string // makes a repeated submit harmless
	taken   bool   // the reply was taken because writing began
	busy    bool
	wrong   string
	saver   soon
	asked   slot
	checked slot
	leaving *leaving // of the screen: the answer that can still be called back
}

// answerName is the name under which Keep holds the half-written answer to a reply.
func answerName(id model.ReplyID) string { return "answer " + id.String() }

// answerDraft is a half-written answer as it is kept.
type answerDraft struct {
	Key     string `json:"key"`
	Text    string `json:"text"`
	Account string `json:"account"`
	Sender  string `json:"sender"`
}

// whyNotAnswer tells why an answer cannot go through an account, "" when it can.
func whyNotAnswer(d *deck, account string) string {
	if why := d.whyNotOut(account); why != "" {
		return why
	}
	caps, ok := d.capabilities(account)
	switch {
	case !ok:
		return d.tr("this version cannot send through %s", account)
	case !caps.Can(model.ActSend):
		return d.text(caps.Why(model.ActSend))
	case !caps.CanSend(model.KindText):
		return d.tr("%s sends no text of your own, only %s", caps.Vendor, kindWords(d, caps.Kinds))
	}
	return ""
}

func kindWords(d *deck, kinds []model.MessageKind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = d.word("kind", string(k))
	}
	return strings.Join(words, ", ")
}

// routesFor gives the accounts an answer can go through, the reply's own first, and why the own one
// cannot.
func routesFor(d *deck, account string) (routes []string, why string) {
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

// answering is what a box opens with.
type answering struct {
	thread model.Thread
	draft  answerDraft
}

// openAnswer opens the box for a reply with the draft that was left, or with the text when there is
// one. What it stores is noted as the answer that waits to leave.
func openAnswer(d *deck, waits *leaving, r model.Reply, text string, open func(dialog)) tea.Cmd {
	store, operator, name := d.Store, d.Operator, answerName(r.ID)
	return ask(d, new(slot), func(ctx context.Context) (answering, error) {
		var a answering
		var err error
		if a.thread, err = store.Thread(ctx, r.ID); err != nil {
			return a, err
		}
		kept, _, err := store.Kept(ctx, operator, name)
		if err == nil && kept != "" && json.Unmarshal([]byte(kept), &a.draft) != nil {
			a.draft = answerDraft{} // of another version: begin anew
		}
		return a, err
	}, func(a answering, err error) tea.Cmd {
		if err != nil {
			return d.fail(err)
		}
		if text != "" {
			a.draft = answerDraft{Text: text, Account: a.draft.Account, Sender: a.draft.Sender}
		}
		b := newAnswer(d, a)
		b.leaving = waits
		open(b)
		return b.readSenders(a.draft.Sender)
	})
}

func newAnswer(d *deck, a answering) *answerBox {
	b := &answerBox{d: d, reply: a.thread.Reply, seen: d.now, sent: a.thread.Sent,
		area: d.style.newArea(d.tr("your answer; Enter is a new line"), 3)}
	var why string
	if b.routes, why = routesFor(d, b.reply.Account); why != "" {
		b.wrong = d.tr("not through %s: %s", b.reply.Account, why)
	}
	if i := slices.Index(b.routes, a.draft.Account); i >= 0 {
		b.route = i
	}
	b.key = cmp.Or(a.draft.Key, fmt.Sprintf("%s-%s-%d", d.Session, b.reply.ID, d.now.UnixNano()))
	b.area.SetValue(a.draft.Text)
	b.area.Focus()
	return b
}

// take claims a reply that nobody has, so that colleagues see who is writing an answer.
func (b *answerBox) take() tea.Cmd {
	if b.reply.ClaimedBy != "" || b.taken {
		return nil
	}
	b.taken = true
	d, id := b.d, b.reply.ID
	store, operator, session := d.Store, d.Operator, d.Session
	return ask(d, new(slot), func(ctx context.Context) (int, error) {
		return store.Claim(ctx, operator, session, []model.ReplyID{id}, true)
	}, func(others int, err error) tea.Cmd {
		if err != nil || others > 0 {
			b.taken = false
			return nil // a colleague was quicker: the guard tells before anything leaves
		}
		b.reply.ClaimedBy = operator
		return nil
	})
}

// giveBack frees a reply that the box took, when nothing was written after all.
func (b *answerBox) giveBack() tea.Cmd {
	if !b.taken || strings.TrimSpace(b.area.Value()) != "" {
		return nil
	}
	d, id := b.d, b.reply.ID
	store, operator, session := d.Store, d.Operator, d.Session
	return act(d, func(ctx context.Context) error {
		_, err := store.Claim(ctx, operator, session, []model.ReplyID{id}, false)
		return err
	}, func(error) tea.Cmd { return nil })
}

func (b *answerBox) account() string { return b.routes[b.route] }

// readSenders asks which senders the route has and proposes the one the person knows already.
func (b *answerBox) readSenders(wanted string) tea.Cmd {
	store, account := b.d.Store, b.account()
	return ask(b.d, &b.asked, func(ctx context.Context) ([]model.Sender, error) {
		return store.KnownSenders(ctx, account)
	},
		func(all []model.Sender, err error) tea.Cmd {
			if err != nil {
				return b.d.fail(err)
			}
			b.senders, b.sender = nil, ""
			for _, s := range all {
				if s.State != model.SenderRejected && s.State != model.SenderPending {
					b.senders = append(b.senders, s)
				}
			}
			if c := b.sent; c != nil && c.Account == account && c.Sender != "" &&
				!slices.ContainsFunc(all, func(s model.Sender) bool { return s.ID == c.Sender }) {
				b.senders = append([]model.Sender{{ID: c.Sender, Name: c.SenderName}}, b.senders...)
			}
			if len(b.senders) > 0 {
				b.sender = b.senders[0].ID
			}
			for _, s := range b.senders {
				if s.ID == wanted || wanted == "" && b.sent != nil && b.sent.Account == account &&
					s.ID == b.sent.Sender {
					b.sender = s.ID
				}
			}
			return nil
		})
}

// nextSender goes to the next sender of the route.
func (b *answerBox) nextSender() tea.Cmd {
	if len(b.senders) == 0 {
		return b.d.say(b.d.tr("no sender of %s is known: the vendor's default is used", b.account()))
	}
	i := slices.IndexFunc(b.senders, func(s model.Sender) bool { return s.ID == b.sender })
	b.sender = b.senders[(i+1)%len(b.senders)].ID
	return b.saver.changed(b.save)
}

// nextRoute goes to the next account an answer can go through.
func (b *answerBox) nextRoute() tea.Cmd {
	if len(b.routes) < 2 {
		return b.d.say(b.d.tr("an answer can go through %s only", b.account()))
	}
	b.route, b.wrong = (b.route+1)%len(b.routes), ""
	return tea.Batch(b.readSenders(""), b.saver.changed(b.save))
}

func (b *answerBox) keepsake() keepsake {
	k := keepsake{name: answerName(b.reply.ID)}
	if strings.TrimSpace(b.area.Value()) == "" {
		return k
	}
	text, err := json.Marshal(answerDraft{Key: b.key, Text: b.area.Value(), Account: b.account(), Sender: b.sender})
	if err == nil {
		k.value = string(text)
	}
	return k
}

func (b *answerBox) save() tea.Cmd {
	return b.d.keep(b.keepsake(), func(err error) tea.Cmd {
		if err != nil {
			return b.d.fail(model.Errorf("the draft of the answer could not be kept: %w", err))
		}
		return nil
	})
}

func (b *answerBox) wantsFull()    {}
func (b *answerBox) title() string { return b.d.tr("Answer to %s", b.d.phone(b.reply.Phone)) }
func (b *answerBox) hint() string {
	if b.busy {
		return b.d.tr("checking…")
	}
	return b.d.tr("ctrl+s check and send   ctrl+n sender   ctrl+r account   ctrl+x empty   Esc leaves, draft stays")
}

func (b *answerBox) update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			b.saver.forget()
			return tea.Batch(b.save(), b.giveBack()), true
		case "ctrl+s":
			return b.check(), false
		case "ctrl+n":
			return b.nextSender(), false
		case "ctrl+r":
			return b.nextRoute(), false
		case "ctrl+x":
			b.area.SetValue("")
			return b.save(), false
		}
	}
	was := b.area.Value()
	var cmd tea.Cmd
	b.area, cmd = b.area.Update(msg)
	if b.area.Value() == was {
		return cmd, false
	}
	b.wrong, b.busy = "", false
	b.checked.forget()
	return tea.Batch(cmd, b.take(), b.saver.changed(b.save)), false
}

func (b *answerBox) body(w, h int) []string {
	t, d := b.d.style, b.d
	head := t.paint(strong, " "+b.title())
	if by := b.reply.ClaimedBy; by != "" && by != d.Operator {
		head += t.paint(warn, "  "+clip(d.tr("%s has it", by), 28))
	}
	if who := readerWords(d, b.reply.ID); who != "" {
		head += t.paint(warn, "  "+clip(who, 40))
	}
	lines := []string{cut(head, w)}
	if b.reply.OptOut != "" {
		lines = append(lines,
			" "+t.paint(warn, clip(d.tr("looks like an opt-out (“%s”): o in the list accepts it",
				d.discreet(b.reply.OptOut)), w-1)))
	}
	for _, n := range b.news {
		for _, l := range wrap("! "+d.discreet(n), max(8, w-2)) {
			lines = append(lines, " "+t.paint(warn, l))
		}
	}
	about := nonBlank(wrap(d.discreet(b.reply.Text), max(8, w-4)))
	if c := b.sent; c != nil && h > 12 {
		for i, l := range nonBlank(wrap(d.discreet(c.Message.Text), max(8, w-4))) {
			if i < 3 {
				lines = append(lines, "  "+t.paint(dim, l))
			}
		}
	}
	route, label := wrap(b.routeWords(), max(8, w-2)), []string{}
	if h > 12 {
		label = []string{"", t.paint(dim, "  "+d.tr("your answer"))}
	}
	below := len(route) + len(label) + 1
	area := max(1, min(8, h-len(lines)-len(about)-below))
	room := max(1, h-len(lines)-area-below)
	for i, l := range about {
		if i < room {
			lines = append(lines, "  "+t.paint(accent, "│ ")+l)
		}
	}
	lines = append(lines, label...)
	b.area.SetWidth(max(4, w-3))
	b.area.SetHeight(area)
	lines = append(lines, indent(strings.Split(b.area.View(), "\n"), "  ")...)
	return append(append(lines, " "+b.counter(w-1)), indent(route, " ")...)
}

// counter tells how long the text is, or what is wrong with it.
func (b *answerBox) counter(w int) string {
	t := b.d.style
	n := utf8.RuneCountInString(strings.TrimSpace(b.area.Value()))
	caps, _ := b.d.capabilities(b.account())
	words, as := b.d.plural(int64(n), "character", "characters"), dim
	if most := caps.Limits.TextMax; most > 0 {
		if words = b.d.tr("%s of %s characters", count(int64(n)), count(int64(most))); n > most {
			words, as = b.d.tr("%s of %s characters: too long", count(int64(n)), count(int64(most))), bad
		}
	}
	switch {
	case b.busy:
		return t.paint(accent, b.d.tr("checking…"))
	case b.wrong != "":
		return t.paint(bad, clip("! "+b.wrong, w))
	}
	return t.paint(as, cut(words, w))
}

// routeWords say by which way the answer goes and what it costs.
func (b *answerBox) routeWords() string {
	sender := b.d.tr("the vendor's default sender")
	for _, s := range b.senders {
		if s.ID == b.sender {
			sender = b.d.tr("sender %s", cmp.Or(s.Name, s.ID))
		}
	}
	a, _ := b.d.account(b.account())
	return b.d.tr("through %s (%s), %s, %s", b.account(), a.Vendor, sender, b.d.price(model.Money{}))
}
