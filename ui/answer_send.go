package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// check asks what would happen, as for a campaign, and then for the number 1.
func (b *answerBox) check() tea.Cmd {
	d := b.d
	text := strings.TrimSpace(model.Sanitise(b.area.Value()))
	switch {
	case b.busy:
		return nil
	case text == "":
		b.wrong = "write something, or press Esc"
		return nil
	}
	a, _ := d.account(b.account())
	c, err := model.CampaignFile{Name: "Answer to " + b.reply.ID.String(), Sender: b.sender, Text: text}.Campaign(a, d.now)
	if err != nil {
		b.wrong = err.Error()
		return nil
	}
	caps, _ := d.capabilities(a.Name)
	audience := model.Audience{Total: 1, People: []model.Recipient{{Phone: b.reply.Phone}}}
	o := d.Options
	planner := model.Planner{Desk: o.Store, Send: o.Send, Now: d.now, Zone: o.Zone}
	b.busy, b.wrong = true, ""
	return ask(d, &b.checked, func(ctx context.Context) (model.Plan, error) { return plan(ctx, o, planner, c, audience, caps) },
		func(p model.Plan, err error) tea.Cmd {
			b.busy = false
			if err != nil && (model.KindOf(err) != model.KindConflict || p.Overlap == 0) {
				b.wrong = strings.ReplaceAll(err.Error(), "\n", "; ")
				return nil
			}
			s := newSendConfirm(d, p, b.key, false, b.stored)
			s.guard, s.refused = b.guard(), b.held
			d.openUnasked(s)
			return nil
		})
}

// collision is what happened with a reply after its answer was begun.
type collision struct {
	reply model.Reply
	news  []string
}

func (c collision) Error() string { return strings.Join(c.news, "; ") }

// guard looks, right before the answer is stored, whether anybody did something with the reply since it was opened.
func (b *answerBox) guard() func(context.Context) error {
	was, seen, operator, store := b.reply, b.seen, b.d.Operator, b.d.Store
	when := (&deck{Options: b.d.Options, now: b.d.now}).when // the command must not look at the deck itself
	return func(ctx context.Context) error {
		t, err := store.Thread(ctx, was.ID)
		if err != nil {
			return err
		}
		h, err := store.PersonHistory(ctx, was.Phone, 10)
		if err != nil {
			return err
		}
		var news []string
		now := t.Reply
		if now.State != was.State {
			by := ""
			if now.DoneBy != "" {
				by = " by " + now.DoneBy
			}
			news = append(news, fmt.Sprintf("it is %s now%s", now.State, by))
		}
		if now.ClaimedBy != was.ClaimedBy && now.ClaimedBy != "" && now.ClaimedBy != operator {
			news = append(news, now.ClaimedBy+" took it")
		}
		for _, e := range h.Events {
			if !e.At.After(seen) || e.By == operator {
				continue
			}
			switch e.Kind {
			case model.EventMessage:
				news = append(news, fmt.Sprintf("%s: %s wrote: %s", when(e.At), or(e.By, "a colleague"), e.Text))
			case model.EventReply:
				news = append(news, fmt.Sprintf("%s: the person wrote again: %s", when(e.At), e.Text))
			case model.EventNote:
				news = append(news, fmt.Sprintf("%s: %s noted: %s", when(e.At), e.By, e.Text))
			case model.EventBlock, model.EventVendor:
				news = append(news, fmt.Sprintf("%s: the phone was blocked %s", when(e.At), because(e.Text)))
			case model.EventUnblock:
			}
		}
		if len(news) == 0 {
			return nil
		}
		return collision{now, news}
	}
}

// held shows what happened meanwhile. The next try sends, unless something happened again.
func (b *answerBox) held(err error) tea.Cmd {
	c, ok := errors.AsType[collision](err)
	if !ok {
		b.wrong = "not stored, nothing was sent: " + err.Error()
		return nil
	}
	b.reply, b.seen, b.news = c.reply, b.d.now, c.news
	b.wrong = "held back: something happened since you opened it. Read it, then ctrl+s again"
	return nil
}

// leaving is an answer in its recall window.
type leaving struct {
	reply    model.Reply
	campaign model.CampaignID
	text     string
	until    time.Time
}

// stored ends the box: the answer waits for its recall window to end.
func (b *answerBox) stored(c model.Campaign) tea.Cmd {
	d := b.d
	b.saver.forget()
	d.close(b)
	text := b.area.Value()
	b.area.SetValue("")
	forget := b.save()
	hold := d.Send.HoldWindow()
	if hold <= 0 {
		return tea.Batch(forget, d.say("the answer is on its way"))
	}
	d.leaving = leaving{reply: b.reply, campaign: c.ID, text: text, until: d.now.Add(hold)}
	return tea.Batch(forget, d.say(fmt.Sprintf("the answer leaves in %s; X recalls it and gives you your text back", d.words(hold))))
}

// left tells how long the answer still waits, 0 when none does.
func (l leaving) left(now time.Time) time.Duration {
	if l.campaign == 0 {
		return 0
	}
	return max(0, l.until.Sub(now))
}

// recallAnswer calls back the answer that waits, and opens the box with its text.
func recallAnswer(d *deck) tea.Cmd {
	l := d.leaving
	store, operator := d.Store, d.Operator
	return act(d, func(ctx context.Context) error { return store.Recall(ctx, operator, l.campaign) }, func(err error) tea.Cmd {
		if err != nil {
			return d.fail(err)
		}
		d.leaving = leaving{}
		return tea.Batch(d.say("recalled: nothing was sent"), openAnswer(d, l.reply, l.text))
	})
}
