package replies

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
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/person"
	"viberdeck/ui/term"
)

// answerBox writes one paid message to the person who replied. It leaves like a campaign to one
// person: through the same checks, with the same recall window. Unfinished text is stored
// separately for each reply.
type answerBox struct {
	d       *kit.Deck
	reply   model.Reply // as the person last saw it
	seen    time.Time   // when that was
	sent    *model.Campaign
	answers []model.Answer // the answers to it, as the person last saw them
	news    []string       // what colleagues or the person have done since: must be read before the answer leaves
	area    textarea.Model
	ways    []way // the possible ways to send it
	at      int   // the chosen one
	book    model.Answerbook
	used    preparedUse
	then    model.Chain // carried out together with the answer
	key     string      // makes a repeated submit harmless
	taken   bool        // the reply was claimed because writing began
	busy    bool
	pager   kit.Pager // of the reply
	storing bool      // it is being sent: it can no longer be edited
	wrong   string
	saver   kit.Debounce
	checked kit.Slot
	// followed is the slot for the question what happened in the meantime.
	followed kit.Slot
	stored   func(model.ReplyID) tea.Cmd // runs when the answer has been stored and the box is closed
}

// answering is the data with which a box opens.
type answering struct {
	thread model.Thread
	draft  model.AnswerDraft
	book   model.Answerbook
	ways   []way
	why    string // why the reply's own account cannot be used
}

// openAnswer opens the box for a reply with its unfinished draft.
func (s *Replies) openAnswer(r model.Reply, open func(kit.Dialog)) tea.Cmd {
	return s.openAnswerThen(r, model.Chain{}, open)
}

// openAnswerTo opens the box with a recalled answer, whose reply may have left the list. An answer
// that no account can send now stays a draft.
func (s *Replies) openAnswerTo(id model.ReplyID) tea.Cmd {
	store := s.D.Store
	return kit.Ask(s.D, new(kit.Slot), func(ctx context.Context) (model.Thread, error) {
		return store.Thread(ctx, id)
	}, func(t model.Thread, err error) tea.Cmd {
		if err != nil {
			return s.D.Fail(err)
		}
		if routes, why := routesFor(s.D, t.Reply.Account); len(routes) == 0 {
			s.D.ShowUntilKey(s.D.Tr("recalled: nothing was sent; its text stays as a draft, because it cannot leave now: %s",
				why))
			return nil
		}
		return s.openAnswer(t.Reply, s.D.Open)
	})
}

// openAnswerThen opens the box with the answer of a macro, whose other steps are carried out with
// it.
func (s *Replies) openAnswerThen(r model.Reply, then model.Chain, open func(kit.Dialog)) tea.Cmd {
	d := s.D
	store, operator, name := d.Store, d.Operator, model.AnswerDraftName(r.ID)
	routes, why := routesFor(d, r.Account)
	ways, zone := waysFor(d, routes), d.Zone
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (answering, error) {
		a := answering{why: why}
		var err error
		if a.thread, err = store.Thread(ctx, r.ID); err != nil {
			return a, err
		}
		if a.ways, err = readWays(ctx, store, ways, a.thread, zone); err != nil {
			return a, err
		}
		if a.book, err = store.Answerbook(ctx, r.ID); err != nil {
			return a, err
		}
		kept, _, err := store.Setting(ctx, operator, name)
		if err == nil && kept != "" && json.Unmarshal([]byte(kept), &a.draft) != nil {
			a.draft = model.AnswerDraft{} // from another version: start again
		}
		return a, err
	}, func(a answering, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		b := newAnswer(d, a)
		b.stored = s.answered
		err = b.begin(then)
		open(b)
		if err != nil {
			return d.Fail(err)
		}
		return nil
	})
}

func newAnswer(d *kit.Deck, a answering) *answerBox {
	b := &answerBox{d: d, reply: a.thread.Reply, seen: d.Now, sent: a.thread.Sent, answers: a.thread.Answers,
		area: d.Style.NewArea(d.Tr("Enter is a new line"), 3), pager: kit.Pager{ByPages: true}}
	b.ways, b.book, b.used.name = a.ways, a.book, a.draft.Prepared
	if a.why != "" {
		b.wrong = d.Tr("not through %s: %s", b.reply.Account, a.why)
	}
	if i := slices.IndexFunc(b.ways, func(w way) bool { return w.is(a.draft.Account, a.draft.SMS) }); i >= 0 {
		b.at = i
		b.way().choose(a.draft.Sender)
	}
	b.key = cmp.Or(a.draft.Key, fmt.Sprintf("%s-%s-%d", d.Session, b.reply.ID, d.Now.UnixNano()))
	b.area.SetValue(a.draft.Text)
	b.area.Focus()
	return b
}

// take claims an unclaimed reply, so that colleagues see who is writing an answer.
func (b *answerBox) take() tea.Cmd {
	if b.reply.ClaimedBy != "" || b.taken {
		return nil
	}
	b.taken = true
	d, id := b.d, b.reply.ID
	store, operator, session := d.Store, d.Operator, d.Session
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (int, error) {
		return store.Claim(ctx, operator, session, []model.ReplyID{id})
	}, func(others int, err error) tea.Cmd {
		if err != nil || others > 0 {
			b.taken = false
			return nil // a colleague was faster: the guard reports it before anything leaves
		}
		b.reply.ClaimedBy = operator
		return nil
	})
}

// release releases a reply that the box claimed, if nothing was written after all.
func (b *answerBox) release() tea.Cmd {
	if !b.taken || strings.TrimSpace(b.area.Value()) != "" {
		return nil
	}
	d, id := b.d, b.reply.ID
	store, operator := d.Store, d.Operator
	return kit.Act(d, func(ctx context.Context) error {
		_, err := store.Release(ctx, operator, []model.ReplyID{id})
		return err
	}, func(error) tea.Cmd { return nil })
}

func (b *answerBox) account() string { return b.way().account.Name }

// changed discards the check results for the previous version of the answer.
func (b *answerBox) changed() {
	b.wrong, b.busy = "", false
	b.checked.Forget()
}

func (b *answerBox) Setting() kit.Setting {
	k := kit.Setting{Name: model.AnswerDraftName(b.reply.ID)}
	if strings.TrimSpace(b.area.Value()) == "" {
		return k
	}
	text, err := json.Marshal(model.AnswerDraft{
		Key: b.key, Text: b.area.Value(), Account: b.account(), Sender: b.way().sender, SMS: b.way().sms,
		Prepared: b.used.name})
	if err == nil {
		k.Value = string(text)
	}
	return k
}

func (b *answerBox) save() tea.Cmd {
	return b.d.Keep(b.Setting(), func(err error) tea.Cmd {
		if err != nil {
			return b.d.Fail(model.Errorf("the draft of the answer could not be kept: %w", err))
		}
		return nil
	})
}

// WantsFull marks a dialog that takes the whole screen.
func (b *answerBox) WantsFull() {}

// Title names the dialog.
func (b *answerBox) Title() string { return b.d.Tr("Answer to %s", b.d.Phone(b.reply.Phone)) }

// Hint returns the key hints of the dialog.
func (b *answerBox) Hint() string {
	if b.busy {
		return b.d.Tr("checking…")
	}
	return b.d.Tr("ctrl+s check and send   / prepared   ctrl+r ways   ctrl+n sender   ctrl+g keep for all   ctrl+x " +
		"empty   Esc leaves, draft stays")
}

// Update handles a message and reports whether the dialog has ended.
func (b *answerBox) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if b.storing {
			return nil, false
		}
		switch k := key.String(); {
		case k == "esc":
			b.saver.Forget()
			return tea.Batch(b.save(), b.release()), true
		case k == "ctrl+s":
			return b.check(), false
		case k == "ctrl+n":
			return b.nextSender(), false
		case k == "ctrl+r":
			return b.showWays(), false
		case k == "ctrl+x":
			b.area.SetValue("")
			b.used = preparedUse{}
			return b.save(), false
		case k == "pgup", k == "pgdown":
			b.pager.Scroll(key)
			return nil, false
		case k == "ctrl+g":
			return b.keepPrepared(), false
		case k == "ctrl+o", b.area.Value() == "" && kit.Command(key) == "/":
			return b.showPrepared(), false
		}
	}
	was := b.area.Value()
	var cmd tea.Cmd
	b.area, cmd = b.area.Update(msg)
	if b.area.Value() == was {
		return cmd, false
	}
	b.changed()
	return tea.Batch(cmd, b.take(), b.saver.Changed(b.save)), false
}

// Body draws the dialog within the given width and height.
func (b *answerBox) Body(w, h int) []string {
	t, d := b.d.Style, b.d
	head := t.Paint(term.Strong, " "+b.Title())
	if by := b.reply.ClaimedBy; by != "" && by != d.Operator {
		head += t.Paint(term.Warn, "  "+term.Clip(d.Tr("%s has it", by), 28))
	}
	if who := readerWords(d, b.reply.ID); who != "" {
		head += t.Paint(term.Warn, "  "+term.Clip(who, 40))
	}
	lines := []string{term.Cut(head, w)}
	if b.reply.OptOut != "" {
		lines = append(lines,
			" "+t.Paint(term.Warn, term.Clip(d.Tr("looks like an opt-out (“%s”): o in the list accepts it",
				d.Discreet(b.reply.OptOut)), w-1)))
	}
	lines = append(lines, b.answerLines(w, h)...)
	for _, n := range b.news {
		lines = append(lines, term.Indent(t.PaintWrapped(term.Warn, "! "+d.Discreet(n), max(8, w-2)), " ")...)
	}
	about := person.NonBlank(term.Wrap(d.Discreet(d.Text(model.ReplyBody(b.reply.Text))), max(8, w-4)))
	if c := b.sent; c != nil && h > 12 {
		for i, l := range person.NonBlank(term.Wrap(d.Discreet(c.Message.Text), max(8, w-4))) {
			if i < 3 {
				lines = append(lines, "  "+t.Paint(term.Dim, l))
			}
		}
	}
	route, label := term.Wrap(b.way().words(b.d), max(8, w-2)), []string{}
	if len(b.then.Steps) > 0 {
		route = append(route, term.Wrap(d.Tr("%s: %s", b.then.Name, b.then.Words()), max(8, w-2))...)
	}
	if h > 12 {
		label = []string{"", t.Paint(term.Dim, "  "+d.Tr("your answer"))}
	}
	counter := b.counter(max(8, w-2))
	below := len(route) + len(label) + len(counter)
	area := max(1, min(8, h-len(lines)-len(about)-below))
	room := max(1, h-len(lines)-area-below)
	for _, l := range b.pager.Visible(d, about, room) {
		lines = append(lines, "  "+t.Paint(term.Accent, "│ ")+l)
	}
	lines = append(lines, label...)
	b.area.SetWidth(max(4, w-3))
	b.area.SetHeight(area)
	lines = append(lines, term.Indent(strings.Split(b.area.View(), "\n"), "  ")...)
	return append(append(lines, term.Indent(counter, " ")...), term.Indent(route, " ")...)
}

// counter shows the length of the text, or in full what is wrong with it.
func (b *answerBox) counter(w int) []string {
	t := b.d.Style
	n := utf8.RuneCountInString(strings.TrimSpace(b.area.Value()))
	caps, _ := b.d.Capabilities(b.account())
	words, as := b.d.Plural(int64(n), "character", "characters"), term.Dim
	if most := caps.Limits.TextMax; most > 0 {
		if words = b.d.Tr("%s of %s characters", lang.Count(int64(n)), lang.Count(int64(most))); n > most {
			words, as = b.d.Tr("%s of %s characters: too long", lang.Count(int64(n)), lang.Count(int64(most))), term.Bad
		}
	}
	switch {
	case b.busy:
		return []string{t.Paint(term.Accent, b.d.Tr("checking…"))}
	case b.wrong != "":
		return t.PaintWrapped(term.Bad, "! "+b.wrong, w)
	}
	return []string{t.Paint(as, term.Cut(words, w))}
}
