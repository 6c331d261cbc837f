package ui

import (
	"cmp"
	"context"
	"errors"
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
		b.wrong = d.tr("write something, or press Esc")
		return nil
	}
	a, _ := d.account(b.account())
	c, err := model.CampaignFile{Name: d.tr("Answer to %s", b.reply.ID), Sender: b.sender, Text: text}.Campaign(a,
		d.now)
	if err != nil {
		b.wrong = d.fault(err)
		return nil
	}
	caps, _ := d.capabilities(a.Name)
	audience := model.Audience{Total: 1, People: []model.Recipient{{Phone: b.reply.Phone}}}
	o := d.Options
	planner := model.Planner{Desk: o.Store, Send: o.Send, Now: d.now, Zone: o.Zone}
	b.busy, b.wrong = true, ""
	return ask(d, &b.checked, func(ctx context.Context) (model.Plan, error) {
		return planner.Ready(ctx, c, audience, caps, o.road())
	},
		func(p model.Plan, err error) tea.Cmd {
			b.busy = false
			if err != nil && (model.KindOf(err) != model.KindConflict || p.Overlap == 0) {
				b.wrong = problemsOf(d, err)
				return nil
			}
			s := newSendConfirm(d, p, b.key, false, b.stored)
			s.guard, s.refused = b.guard(), b.held
			d.openUnasked(s)
			return nil
		})
}

// problemsOf gives the mistakes an error is made of in one line.
func problemsOf(d *deck, err error) string {
	var all []model.Text
	for _, e := range flat(err) {
		all = append(all, model.TextOf(e))
	}
	return d.text(model.Say("%s", model.ListedBy("; ", all)))
}

// collision is what happened with a reply after its answer was begun.
type collision struct {
	reply model.Reply
	news  []string
}

func (c collision) Error() string { return strings.Join(c.news, "; ") }

// guard looks, right before the answer is stored, whether anybody did something with the reply
// since it was opened.
func (b *answerBox) guard() func(context.Context) error {
	was, seen, operator, store := b.reply, b.seen, b.d.Operator, b.d.Store
	// the command must not look at the deck itself
	d := &deck{Options: b.d.Options, language: b.d.language, now: b.d.now, phoneWriter: phoneWriter{masked: b.d.masked}}
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
			state := d.word("reply", string(now.State))
			if now.DoneBy != "" {
				news = append(news, d.tr("it is %s now by %s", state, now.DoneBy))
			} else {
				news = append(news, d.tr("it is %s now", state))
			}
		}
		if now.ClaimedBy != was.ClaimedBy && now.ClaimedBy != "" && now.ClaimedBy != operator {
			news = append(news, d.tr("%s took it", now.ClaimedBy))
		}
		for _, e := range h.Events {
			if !e.At.After(seen) || e.By == operator {
				continue
			}
			switch e.Kind {
			case model.EventMessage:
				news = append(news, d.tr("%s: %s wrote: %s", d.when(e.At), cmp.Or(e.By, d.tr("a colleague")), e.Text))
			case model.EventReply:
				news = append(news, d.tr("%s: the person wrote again: %s", d.when(e.At), e.Text))
			case model.EventNote:
				news = append(news, d.tr("%s: %s noted: %s", d.when(e.At), e.By, e.Text))
			case model.EventBlock, model.EventVendor:
				news = append(news, d.tr("%s: the phone was blocked", d.when(e.At))+because(e.Text))
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
		b.wrong = b.d.tr("not stored, nothing was sent: %s", b.d.fault(err))
		return nil
	}
	b.reply, b.seen, b.news = c.reply, b.d.now, c.news
	b.wrong = b.d.tr("held back: something happened since you opened it. Read it, then ctrl+s again")
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
		return tea.Batch(forget, d.say(d.tr("the answer is on its way")))
	}
	*b.leaving = leaving{reply: b.reply, campaign: c.ID, text: text, until: d.now.Add(hold)}
	return tea.Batch(forget, d.say(d.tr("the answer leaves in %s; X recalls it and gives you your text back",
		d.words(hold))))
}

// left tells how long the answer still waits, 0 when none does.
func (l leaving) left(now time.Time) time.Duration {
	if l.campaign == 0 {
		return 0
	}
	return max(0, l.until.Sub(now))
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}
