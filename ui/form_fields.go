package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"viberdeck/model"
)

// newFields gives the fields of a campaign in the order in which a person thinks of them.
func newFields(d *deck) []*field {
	t := d.style
	account := newField(t, "account", d.word("form", "account"), choiceField, "")
	for _, a := range d.Accounts {
		c := choice{name: a.Name, note: string(a.Vendor)}
		if caps, ok := d.Options.Capabilities[a.Vendor]; !ok {
			c.note += ": " + d.tr("this version cannot send through it")
		} else if why := cmp.Or(d.whyNotOut(a.Name), d.text(caps.Why(model.ActSend))); why != "" {
			c.note += ": " + why
		}
		account.options = append(account.options, c)
	}
	class := newField(t, "class", d.word("form", "class"), choiceField, "")
	return []*field{
		account,
		newField(t, "name", d.word("form", "name"), lineField, d.tr("what you and the vendor call it")),
		newField(t, "sender", d.word("form", "sender"), lineField, d.tr("id or name; ctrl+n the next known one")),
		newField(t, "text", d.word("form", "text"), areaField, d.tr("what people read; Enter is a new line")),
		newField(t, "template", d.word("form", "template"), lineField, d.tr("the vendor's template id")),
		newField(t, "image_url", d.word("form", "image"), lineField, "https://…"),
		newField(t, "button.caption", d.word("form", "button"), lineField, d.tr("words on the button")),
		newField(t, "button.url", d.word("form", "button goes to"), lineField, "https://…"),
		class,
		newField(t, "send_at", d.word("form", "send at"), lineField,
			d.tr("empty: now; 15:30, tomorrow 9:00, 2026-12-01 09:00, 2h")),
		newField(t, "lifetime", d.word("form", "lifetime"), lineField,
			d.tr("such as 24h; empty: the vendor's default")),
		newField(t, "stretch", d.word("form", "send over"), lineField, d.tr("such as 2h; empty: at once")),
		newField(t, "sms_fallback.text", d.word("form", "SMS instead"), lineField,
			d.tr("sent to those Viber does not reach")),
		newField(t, "sms_fallback.sender", d.word("form", "SMS sender"), lineField, ""),
		newField(t, "sms_fallback.after", d.word("form", "SMS after"), lineField, d.tr("such as 60m")),
		newField(t, "list", d.word("form", "vendor's list"), lineField, d.tr("id of a list there, instead of phones")),
		newField(t, "phones", d.word("form", "phones"), phonesField, "+375 29 111-11-11"),
		newField(t, "check", d.word("form", "Check the audience"), buttonField, ""),
	}
}

// limit brings the fields in line with what the account's vendor can do.
func (f *form) limit() {
	account := f.field("account").value()
	caps, ok := f.d.capabilities(account)
	whyNot := func(a model.Action) string {
		if !ok {
			return f.d.tr("this version cannot send through %s", account)
		}
		return f.d.text(caps.Why(a))
	}
	kinds := func(lacks string, layouts ...model.MessageKind) string {
		for _, k := range layouts {
			if caps.CanSend(k) {
				return ""
			}
		}
		return lacks
	}
	vendor := string(caps.Vendor)
	button := kinds(f.d.tr("%s sends no buttons", vendor), model.KindTextButton, model.KindTextImageButton)
	for key, why := range map[string]string{
		"text": kinds(f.d.tr("%s sends no text of your own", vendor), model.KindText, model.KindTextButton,
			model.KindTextImageButton, model.KindVideoText),
		"template": cmp.Or(whyNot(model.ActTemplate),
			kinds(f.d.tr("%s sends no templates", vendor), model.KindTemplate)),
		"image_url": kinds(f.d.tr("%s sends no images", vendor), model.KindImage, model.KindTextImageButton,
			model.KindVideoTextImage),
		"button.caption": button, "button.url": button,
		"send_at": whyNot(model.ActSchedule), "lifetime": whyNot(model.ActLifetime),
		"stretch":           whyNot(model.ActStretch),
		"sms_fallback.text": whyNot(model.ActSMSFallback), "sms_fallback.sender": whyNot(model.ActSMSFallback),
		"sms_fallback.after": whyNot(model.ActSMSFallback), "list": whyNot(model.ActSendList),
	} {
		f.field(key).why = why
	}
	class := f.field("class")
	was := class.value()
	class.options, class.at = nil, 0
	for _, c := range caps.Classes {
		class.options = append(class.options, choice{name: string(c)})
	}
	class.set(was)
}

// senderOffers are the senders of an account, and the one used last with it or with one of its
// lists.
type senderOffers struct {
	all    []model.Sender
	last   string
	lastAt time.Time
}

func readSenders(ctx context.Context, store Store, account, list string) (senderOffers, error) {
	var offers senderOffers
	var err error
	if offers.all, err = store.KnownSenders(ctx, account); err != nil {
		return offers, err
	}
	offers.last, offers.lastAt, _, err = store.LastSender(ctx, account, list)
	return offers, err
}

// offerSenders lists the account's senders under their field. The one used last is put in unless a
// person chose another.
func (f *form) offerSenders(offers senderOffers) {
	s := f.field("sender")
	s.options = nil
	propose := ""
	for _, v := range offers.all {
		c := choice{name: cmp.Or(v.Name, v.ID), note: f.d.word("sender state", string(v.State))}
		c.off = v.State == model.SenderRejected || v.State == model.SenderPending
		s.options = append(s.options, c)
		if !c.off && (v.ID == offers.last || len(offers.all) == 1) {
			propose = c.name
		}
	}
	if s.value() != "" && s.value() != f.proposed {
		return
	}
	f.proposed, f.lastUsed = propose, time.Time{}
	if offers.last != "" {
		f.lastUsed = offers.lastAt
	}
	s.set(propose)
}

// senderHint says why a sender is proposed, and which others there are.
func (f *form) senderHint(x *field) string {
	offered := x.offered(f.d.tr("no sender of this account is known here"))
	if x.value() == "" || x.value() != f.proposed || f.lastUsed.IsZero() {
		return offered
	}
	used := f.d.tr("last used with this account, %s", f.d.when(f.lastUsed))
	if f.field("list").value() != "" {
		used = f.d.tr("last used with this list, %s", f.d.when(f.lastUsed))
	}
	return used + " · " + offered
}

// offerLists lists the vendor's own lists under their field.
func (f *form) offerLists(all []model.List) {
	x := f.field("list")
	x.options = nil
	for _, l := range all {
		x.options = append(x.options, choice{name: l.ID, note: f.d.tr("%s, people: %s", l.Name, figure(l.People))})
	}
}

// hintFor gives what there is to say about a field now: what is left of its limit, or what its
// content means.
func (f *form) hintFor(x *field) string {
	caps, _ := f.d.capabilities(f.field("account").value())
	l := caps.Limits
	long := func(n, limit int) string {
		if limit == 0 {
			return f.d.plural(int64(n), "character", "characters")
		}
		if n > limit {
			return f.d.tr("%d/%d: %d too many", n, limit, n-limit)
		}
		return fmt.Sprintf("%d/%d", n, limit)
	}
	used := func(s string, limit int) string { return long(utf8.RuneCountInString(s), limit) }
	switch x.key {
	case "name":
		return strings.Join(nonEmpty(used(x.value(), l.NameMax), f.d.phrase(l.NameRule)), " · ")
	case "sender":
		return f.senderHint(x)
	case "list":
		return x.offered("")
	case "text":
		if s := f.preview.survey; len(s.Places) > 0 && len(f.preview.people) > 0 {
			return f.d.tr("the longest: %s", long(s.Longest, l.TextMax))
		}
		pieces, _ := finished(x.value(), model.Recipient{})
		return used(wholeText(pieces), l.TextMax)
	case "image_url":
		return used(x.value(), l.ImageURLMax)
	case "button.caption":
		return used(x.value(), l.CaptionMax)
	case "button.url":
		return used(x.value(), l.LinkMax)
	case "send_at":
		return f.threeClocks(x.value())
	case "lifetime":
		if l.LifetimeMax > 0 {
			return f.d.tr("%s to %s", f.d.words(l.LifetimeMin), f.d.words(l.LifetimeMax))
		}
	case "stretch":
		if l.StretchMax > 0 {
			return f.d.tr("up to %s in steps of %s", f.d.words(l.StretchMax), f.d.words(l.StretchStep))
		}
	case "sms_fallback.text":
		return used(x.value(), l.FallbackTextMax)
	case "sms_fallback.after":
		if l.FallbackAfterMax > 0 {
			return f.d.tr("%s to %s", f.d.words(l.FallbackAfterMin), f.d.words(l.FallbackAfterMax))
		}
	case "phones":
		if n := len(x.bag.phones); n > 0 {
			return f.d.tr("last: %s · Backspace takes it out, ctrl+u all", f.d.phone(x.bag.phones[n-1]))
		}
	}
	return ""
}

// threeClocks says back a typed time: the operator's, the account's, UTC, and how far away it is.
func (f *form) threeClocks(text string) string {
	if text == "" {
		return f.d.tr("at once, after the recall window of %s", f.d.words(f.d.Send.HoldWindow()))
	}
	t, err := f.d.parseTime(text)
	if err != nil {
		return f.d.fault(err)
	}
	a, _ := f.d.account(f.field("account").value())
	return clocks(f.d, t, a)
}

func clocks(d *deck, t time.Time, a model.Account) string {
	const layout = "2 Jan 15:04 MST"
	return d.tr("%s here · %s at the vendor · %s · in %s", d.date(t.In(d.Zone), layout),
		d.date(t.In(a.Location()), layout),
		d.date(t.UTC(), layout), d.span(t.Sub(d.now)))
}

// shown gives what the preview shows.
func (f *form) shown() model.Campaign {
	c, _ := f.campaign() // what cannot be read is no part of the bubble
	return c
}

// campaign reads the form. Errors are about single fields.
func (f *form) campaign() (model.Campaign, error) {
	v := func(key string) string {
		x := f.field(key)
		if x.why != "" {
			return ""
		}
		return x.value()
	}
	a, ok := f.d.account(v("account"))
	if !ok {
		return model.Campaign{}, model.Invalid("account", "no account is configured")
	}
	var errs []error
	duration := func(key string) time.Duration {
		var d model.Duration
		if err := d.UnmarshalText([]byte(v(key))); err != nil {
			errs = append(errs, model.Invalid(key, "%s", err))
		}
		return d.Duration
	}
	c := model.Campaign{Account: a.Name, Vendor: a.Vendor, Name: v("name"), State: model.CampaignDraft, Ours: true,
		Operator: f.d.Operator,
		Sender:   v("sender"), Class: model.Class(v("class")), CreatedAt: f.d.now.UTC(), List: v("list"),
		Message: model.Message{Text: v("text"), ImageURL: v("image_url"), Template: v("template"),
			Button: model.Button{Caption: v("button.caption"), URL: v("button.url")}},
		Lifetime: duration("lifetime"), Stretch: duration("stretch"),
		Fallback: model.SMSFallback{Text: v("sms_fallback.text"), Sender: v("sms_fallback.sender"),
			After: duration("sms_fallback.after")}}
	if c.Name == "" {
		c.Name = "Campaign " + f.d.now.In(f.d.Zone).Format("2006-01-02 15-04-05")
	}
	if s := v("send_at"); s != "" {
		t, err := f.d.parseTime(s)
		if err != nil {
			errs = append(errs, renamed(err, "send_at"))
		}
		c.SendAt = t.UTC()
	}
	if waiting := f.field("phones").input.Value(); strings.TrimSpace(waiting) != "" {
		errs = append(errs, model.Invalid("phones", "“%s” was typed but not added: press Enter there",
			clip(waiting, 40)))
	}
	return c, errors.Join(errs...)
}

// renamed gives the error as one about another field.
func renamed(err error, key string) error {
	if e, ok := errors.AsType[*model.Error](err); ok {
		other := *e
		other.Field = key
		return &other
	}
	return err
}

// fill copies text and options of another campaign, but nothing of its sending, and proposes a new
// name.
func (f *form) fill(c model.Campaign) {
	f.field("account").set(c.Account)
	f.limit()
	name := strings.TrimSpace(c.Name + " 2")
	if caps, ok := f.d.capabilities(c.Account); ok && caps.Limits.NameMax > 0 &&
		len([]rune(name)) > caps.Limits.NameMax {
		name = string([]rune(c.Name)[:caps.Limits.NameMax-2]) + " 2"
	}
	for key, v := range map[string]string{"name": name, "sender": cmp.Or(c.SenderName, c.Sender),
		"text": c.Message.Text, "image_url": c.Message.ImageURL,
		"button.caption": c.Message.Button.Caption, "button.url": c.Message.Button.URL, "class": string(c.Class),
		"template": c.Message.Template,
		"lifetime": durationText(c.Lifetime), "stretch": durationText(c.Stretch), "sms_fallback.text": c.Fallback.Text,
		"sms_fallback.sender": c.Fallback.Sender, "sms_fallback.after": durationText(c.Fallback.After),
		"list": c.List} {
		f.field(key).set(v)
	}
}

func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(d.String(), "0s"), "0m")
}
