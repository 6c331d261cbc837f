package replies

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
)

// check asks what would happen, as for a campaign, and then for the number 1.
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
	c, err := model.CampaignFile{Name: d.Tr("Answer to %s", b.reply.ID), Sender: b.sender, Text: text}.Campaign(a,
		d.Now)
	if err != nil {
		b.wrong = d.Fault(err)
		return nil
	}
	caps, _ := d.Capabilities(a.Name)
	audience := model.Audience{Total: 1, People: []model.Recipient{{Phone: b.reply.Phone}}}
	o := d.Options
	planner := model.Planner{Reader: o.Store, Send: o.Send, Now: d.Now, Zone: o.Zone}
	b.busy, b.wrong = true, ""
	return kit.Ask(d, &b.checked, func(ctx context.Context) (model.Plan, error) {
		return planner.Ready(ctx, c, audience, caps, o.Road())
	},
		func(p model.Plan, err error) tea.Cmd {
			b.busy = false
			if err != nil && (model.KindOf(err) != model.KindConflict || p.Overlap == 0) {
				b.wrong = problemsOf(d, err)
				return nil
			}
			s := compose.NewSendConfirm(d, p, b.key, false, b.stored)
			s.Guard, s.Refused = b.guard(), b.held
			d.OpenUnasked(s)
			return nil
		})
}

// problemsOf gives the mistakes an error is made of in one line.
func problemsOf(d *kit.Deck, err error) string {
	var all []model.Text
	for _, e := range compose.Flat(err) {
		all = append(all, model.TextOf(e))
	}
	return d.Text(model.Say("%s", model.ListedBy("; ", all)))
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
	d := &kit.Deck{Options: b.d.Options, Language: b.d.Language, Now: b.d.Now,
		PhoneWriter: kit.PhoneWriter{Masked: b.d.Masked}}
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
			state := d.Word("reply", string(now.State))
			if now.DoneBy != "" {
				news = append(news, d.Tr("it is %s now by %s", state, now.DoneBy))
			} else {
				news = append(news, d.Tr("it is %s now", state))
			}
		}
		if now.ClaimedBy != was.ClaimedBy && now.ClaimedBy != "" && now.ClaimedBy != operator {
			news = append(news, d.Tr("%s took it", now.ClaimedBy))
		}
		for _, e := range h.Events {
			if !e.At.After(seen) || e.By == operator {
				continue
			}
			switch e.Kind {
			case model.EventMessage:
				news = append(news, d.Tr("%s: %s wrote: %s", d.When(e.At), cmp.Or(e.By, d.Tr("a colleague")), e.Text))
			case model.EventReply:
				news = append(news, d.Tr("%s: the person wrote again: %s", d.When(e.At), e.Text))
			case model.EventNote:
				news = append(news, d.Tr("%s: %s noted: %s", d.When(e.At), e.By, e.Text))
			case model.EventBlock, model.EventVendor:
				news = append(news, d.Tr("%s: the phone was blocked", d.When(e.At))+because(e.Text))
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
		b.wrong = b.d.Tr("not stored, nothing was sent: %s", b.d.Fault(err))
		return nil
	}
	b.reply, b.seen, b.news = c.reply, b.d.Now, c.news
	b.wrong = b.d.Tr("held back: something happened since you opened it. Read it, then ctrl+s again")
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
	b.saver.Forget()
	d.Close(b)
	text := b.area.Value()
	b.area.SetValue("")
	forget := b.save()
	hold := d.Send.HoldWindow()
	if hold <= 0 {
		return tea.Batch(forget, d.Say(d.Tr("the answer is on its way")))
	}
	*b.leaving = leaving{reply: b.reply, campaign: c.ID, text: text, until: d.Now.Add(hold)}
	return tea.Batch(forget, d.Say(d.Tr("the answer leaves in %s; X recalls it and gives you your text back",
		d.Words(hold))))
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
