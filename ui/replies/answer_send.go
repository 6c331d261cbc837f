package replies

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
)

// check asks what would happen, as for a campaign, and then requires the number 1.
func (b *answerBox) check() tea.Cmd {
	d := b.d
	text := strings.TrimSpace(model.Sanitise(b.area.Value()))
	switch {
	case b.busy:
		return nil
	case text == "":
		b.wrong = d.Tr("write something, or press Esc")
		return nil
	}
	a, _ := d.Account(b.account())
	caps, _ := d.Capabilities(a.Name)
	c, err := model.AnswerFile(b.reply.ID, caps, text, b.way().sender, b.way().sms).Campaign(a, d.Now)
	if err != nil {
		b.wrong = d.Fault(err)
		return nil
	}
	audience := model.Audience{Total: 1, People: model.PeopleOf(model.Recipient{Phone: b.reply.Phone})}
	planner, path := d.Planner(d.Now), d.SendPath()
	b.busy, b.wrong = true, ""
	return kit.Ask(d, &b.checked, func(ctx context.Context) (model.Plan, error) {
		return planner.Ready(ctx, c, audience, caps, path)
	},
		func(p model.Plan, err error) tea.Cmd {
			b.busy = false
			if err != nil && !p.Repeats(err) {
				b.wrong = problemsOf(d, err)
				return nil
			}
			p.Answering = b.knows()
			s := compose.NewSendConfirm(d, p, b.key, b.sentOff)
			s.Guard, s.Refused, s.First = b.guard(), b.held, b.first()
			if b.ready(p) {
				b.storing = true
				return s.Store()
			}
			d.OpenUnasked(s)
			return nil
		})
}

// ready reports whether the answer may be stored without typing the number: it is an unchanged
// prepared answer, the box shows everything there is to know about it, and it can be recalled.
func (b *answerBox) ready(p model.Plan) bool {
	return b.used.text != "" && b.used.text == b.area.Value() && b.d.Send.HoldWindow() > 0 && len(b.first()) == 0 &&
		p.Overlap == 0 && len(p.Warnings)+len(p.Quiet)+len(p.LeftOut) == 0 && !p.Price.Short() &&
		p.Recipients == model.Known(1)
}

// problemsOf returns the mistakes in an error as one line.
func problemsOf(d *kit.Deck, err error) string {
	var all []model.Text
	for _, e := range compose.Flat(err) {
		all = append(all, model.TextOf(e))
	}
	return d.Text(model.Say("%s", model.ListedBy("; ", all)))
}

// knows returns what the author has seen of the reply. The store accepts the answer only if that is
// still up to date.
func (b *answerBox) knows() *model.Answering {
	a := &model.Answering{Reply: b.reply.ID, Last: lastStanding(b.answers), Prepared: b.used.name, Then: b.then,
		Session: b.d.Session}
	if b.reply.ClaimedBy != b.d.Operator {
		a.ClaimedBy = b.reply.ClaimedBy
	}
	return a
}

// first returns what must be read before the answer is confirmed: who has claimed the reply, and
// what was answered before.
func (b *answerBox) first() []string {
	var lines []string
	if by := b.reply.ClaimedBy; by != "" && by != b.d.Operator {
		lines = append(lines, b.d.Tr("%s has it", by))
	}
	for _, a := range b.answers {
		if a.Stands() {
			lines = append(lines, b.d.Tr("%s: %s answered: %s", b.d.When(a.At), a.Operator, a.Text))
		}
	}
	return lines
}

// sight is the current reply, and what has happened to it since its answer was begun.
type sight struct {
	thread model.Thread
	news   []string
}

// collision is what happened to a reply after its answer was begun.
type collision struct{ sight }

func (c collision) Error() string { return strings.Join(c.news, "; ") }

// guard checks, right before the answer is stored and again when the store refuses it, whether
// anyone has done something with the reply since it was opened.
func (b *answerBox) guard() func(context.Context) error {
	look := b.looking()
	return func(ctx context.Context) error {
		now, err := look(ctx)
		if err == nil && len(now.news) > 0 {
			err = collision{now}
		}
		return err
	}
}

// Follow shows at once what happens to the reply while its answer is being written.
func (b *answerBox) Follow() tea.Cmd {
	return kit.Ask(b.d, &b.followed, b.looking(), func(now sight, err error) tea.Cmd {
		if err != nil || !b.d.Holds(b) {
			return nil // the guard checks again before anything leaves
		}
		b.reply, b.answers = now.thread.Reply, now.thread.Answers
		if len(now.news) == 0 {
			return nil
		}
		b.checked.Forget()
		b.busy, b.seen, b.news = false, b.d.Now, append(b.news, now.news...)
		b.wrong = b.d.Tr("something happened since you opened it: read it before you send")
		if b.d.Top().Dialog != kit.Dialog(b) {
			b.d.ShowUntilKey(strings.Join(now.news, "; "))
		}
		return nil
	})
}

// looking returns the question what has happened to the reply since its author last saw it.
func (b *answerBox) looking() func(context.Context) (sight, error) {
	was := model.Thread{Reply: b.reply, Answers: b.answers}
	seen, store, d := b.seen, b.d.Store, b.d.ForCommand()
	return func(ctx context.Context) (sight, error) {
		t, err := store.Thread(ctx, was.Reply.ID)
		if err != nil {
			return sight{}, err
		}
		h, err := store.PersonHistory(ctx, was.Reply.Phone, 10)
		if err != nil {
			return sight{}, err
		}
		news := append(triageNews(d, was.Reply, t.Reply), answerNews(d, was.Answers, t.Answers)...)
		news = append(news, eventNews(d, h.Events, seen, t.Answers)...)
		return sight{t, news}, nil
	}
}

// triageNews say what colleagues did with a reply.
func triageNews(d *kit.Deck, was, now model.Reply) []string {
	var news []string
	if now.State != was.State {
		state := d.Word("reply", string(now.State))
		if now.DoneBy != "" {
			news = append(news, d.Tr("now %s, by %s", state, now.DoneBy))
		} else {
			news = append(news, d.Tr("now %s", state))
		}
	}
	if now.ClaimedBy != was.ClaimedBy && now.ClaimedBy != "" && now.ClaimedBy != d.Operator {
		news = append(news, d.Tr("%s has claimed it", now.ClaimedBy))
	}
	return news
}

// answerNews reports new answers, including the operator's own from another session.
func answerNews(d *kit.Deck, was, now []model.Answer) []string {
	var news []string
	for _, a := range now {
		listed := slices.ContainsFunc(was, func(old model.Answer) bool { return old.Campaign == a.Campaign })
		if a.Stands() && !listed {
			news = append(news, d.Tr("%s: %s answered: %s", d.When(a.At), cmp.Or(a.Operator, d.Tr("a colleague")),
				a.Text))
		}
	}
	return news
}

// eventNews reports what else has happened with the person since a time. Answers to the reply are
// reported separately.
func eventNews(d *kit.Deck, events []model.PersonEvent, seen time.Time, answers []model.Answer) []string {
	var news []string
	for _, e := range events {
		listed := slices.ContainsFunc(answers, func(a model.Answer) bool { return a.Campaign == e.Campaign })
		if !e.At.After(seen) || e.By == d.Operator || e.Kind == model.EventMessage && listed {
			continue
		}
		switch e.Kind {
		case model.EventMessage:
			news = append(news, d.Tr("%s: %s wrote: %s", d.When(e.At), cmp.Or(e.By, d.Tr("a colleague")), e.Text))
		case model.EventReply:
			news = append(news, d.Tr("%s: the person wrote again: %s", d.When(e.At), d.Text(e.Words())))
		case model.EventNote:
			news = append(news, d.Tr("%s: %s noted: %s", d.When(e.At), e.By, e.Text))
		case model.EventBlock, model.EventVendor:
			news = append(news, d.Tr("%s: the phone was blocked", d.When(e.At))+because(d.Text(e.Words())))
		case model.EventUnblock:
		}
	}
	return news
}

// held shows what has happened in the meantime. The next attempt sends, unless something has
// happened again.
func (b *answerBox) held(err error) tea.Cmd {
	b.storing = false
	c, ok := errors.AsType[collision](err)
	if !ok {
		b.wrong = b.d.Tr("not stored, nothing was sent: %s", b.d.Fault(err))
		return nil
	}
	b.reply, b.answers, b.seen, b.news = c.thread.Reply, c.thread.Answers, b.d.Now, c.news
	b.wrong = b.d.Tr("held back: something changed while you were writing. Read it, then press ctrl+s again")
	return nil
}

// sentOff ends the box: the answer is stored and waits for its recall window to end.
func (b *answerBox) sentOff(c model.Campaign) tea.Cmd {
	d := b.d
	b.saver.Forget()
	d.Close(b)
	text := b.area.Value()
	b.area.SetValue("")
	forget := b.save()
	hold := d.Send.HoldWindow()
	if hold <= 0 {
		return tea.Batch(forget, d.Say(d.Tr("the answer is on its way")), b.stored(b.reply.ID))
	}
	// The overview will contain the same a moment later.
	d.Overview.Recallable = append([]model.Answer{{Reply: b.reply.ID, Campaign: c.ID, Operator: d.Operator, Text: text,
		At: d.Now, State: model.CampaignHeld, HoldUntil: d.Now.Add(hold)}}, d.Overview.Recallable...)
	return tea.Batch(forget, d.Say(d.Tr("the answer leaves in %s; X recalls it and gives you your text back",
		d.Words(hold))), b.stored(b.reply.ID))
}

// answered removes a reply whose answer was stored from the queue: it is done.
func (s *Replies) answered(id model.ReplyID) tea.Cmd {
	if s.leaves(model.ReplyDone) {
		s.Leave(id.String())
	} else {
		s.Changing(id.String())
	}
	return tea.Batch(s.surround(), s.Again())
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}
