package compose

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// Where a scheduled campaign waits until its time.
const (
	staysHere = "here"
	atVendor  = "vendor"
)

// The answers to a question.
const (
	no  = "no"
	yes = "yes"
)

// newFields returns the fields of a campaign in the order in which a person thinks of them.
func newFields(d *kit.Deck) []*Field {
	t := d.Style
	account := newField(t, "account", d.Word("form", "account"), choiceField, "")
	for _, a := range d.Accounts {
		c := kit.Choice{Name: a.Name, Note: d.VendorName(a.Vendor)}
		if caps, ok := d.Options.Capabilities[a.Vendor]; !ok {
			c.Note += ": " + d.Tr("this version cannot send through it")
		} else if why := cmp.Or(d.WhyNotOut(a.Name), d.Text(caps.Why(model.ActSend))); why != "" {
			c.Note += ": " + why
		}
		account.options = append(account.options, c)
	}
	class := newField(t, "class", d.Word("form", "class"), choiceField, "")
	handOver := newField(t, "hand_over", d.Word("form", "until then"), choiceField, "")
	handOver.options = []kit.Choice{{Name: staysHere}, {Name: atVendor}}
	device := newField(t, "device", d.Word("form", "device"), choiceField, "")
	device.options = []kit.Choice{{}, {Name: "all"}, {Name: "phone"}}
	oneByOne := newField(t, "one_by_one", d.Word("form", "one by one"), choiceField, "")
	oneByOne.options = []kit.Choice{{Name: no}, {Name: yes}}
	line := func(key, label, placeholder string) *Field { return newField(t, key, label, lineField, placeholder) }
	tags := line("tags", d.Word("form", "tags"), d.Tr("spring, club"))
	tags.several = true
	return []*Field{
		account,
		newField(t, "name", d.Word("form", "name"), lineField, d.Tr("what you and the vendor call it")),
		newField(t, "sender", d.Word("form", "sender"), lineField,
			d.Tr("id or name; ctrl+r shows those that are known")),
		newField(t, "text", d.Word("form", "text"), areaField, d.Tr("what people read; Enter is a new line")),
		newField(t, "template", d.Word("form", "template"), lineField, d.Tr("the vendor's template id")),
		newField(t, "image_url", d.Word("form", "image"), lineField, "https://…"),
		newField(t, "button.caption", d.Word("form", "button"), lineField, d.Tr("words on the button")),
		newField(t, "button.url", d.Word("form", "button goes to"), lineField, "https://…"),
		line("file.url", d.Word("form", "file at"), "https://…/price.pdf"),
		line("file.name", d.Word("form", "file name"), d.Tr("empty: as its address ends")),
		line("file.type", d.Word("form", "file type"), d.Tr("empty: as its name ends")),
		line("video.url", d.Word("form", "video at"), "https://…/film.mp4"),
		line("video.thumbnail", d.Word("form", "its picture at"), "https://…/film.jpg"),
		line("video.size_mb", d.Word("form", "video, MB"), ""),
		line("video.duration_s", d.Word("form", "video, seconds"), ""),
		class,
		newField(t, "send_at", d.Word("form", "send at"), lineField,
			d.Tr("empty: now; 15:30, tomorrow 9:00, 2026-12-01 09:00, 2h")),
		handOver,
		newField(t, "lifetime", d.Word("form", "lifetime"), lineField,
			d.Tr("such as 24h; empty: the vendor's default")),
		newField(t, "stretch", d.Word("form", "send over"), lineField, d.Tr("such as 2h; empty: at once")),
		newField(t, "sms_fallback.text", d.Word("form", "SMS instead"), lineField,
			d.Tr("sent to those Viber does not reach")),
		newField(t, "sms_fallback.sender", d.Word("form", "SMS sender"), lineField, ""),
		newField(t, "sms_fallback.after", d.Word("form", "SMS after"), lineField, d.Tr("such as 60m")),
		line("label", d.Word("form", "label"), d.Tr("a word of yours in the vendor's reports")),
		tags,
		device,
		oneByOne,
		line("contact_list", d.Word("form", "contact list"), d.Tr("empty: that of the account")),
		newField(t, "variables", d.Word("form", "variables"), areaField,
			d.Tr("one a line: code = AUTUMN; n := 5 for a number")),
		line("callback_url", d.Word("form", "callback"), d.Tr("empty: that of this host, if it has one")),
		line("inbound_url", d.Word("form", "replies to"), d.Tr("empty: that of this host, if it has one")),
		line("list", d.Word("form", "vendor's list"), ""),
		newField(t, "phones", d.Word("form", "phones"), phonesField, "+375 29 111-11-11"),
		newField(t, "check", d.Word("form", "Check the audience"), buttonField, ""),
	}
}

// limit adapts the fields to what the account's vendor can do.
func (f *Form) limit() {
	account := f.Field("account").Value()
	caps, ok := f.d.Capabilities(account)
	whyNot := func(a model.Action) string {
		if !ok {
			return f.d.Tr("this version cannot send through %s", account)
		}
		return f.d.Text(caps.Why(a))
	}
	kinds := func(lacks string, layouts ...model.MessageKind) string {
		for _, k := range layouts {
			if caps.CanSend(k) {
				return ""
			}
		}
		return lacks
	}
	vendor := caps.Name
	button := kinds(f.d.Tr("%s sends no buttons", vendor), model.KindTextButton, model.KindTextImageButton)
	file := kinds(f.d.Tr("%s sends no files", vendor), model.KindFile)
	video := kinds(f.d.Tr("%s sends no videos", vendor), model.KindVideo, model.KindVideoText, model.KindVideoTextImage)
	for key, why := range map[string]string{
		"text": kinds(f.d.Tr("%s sends no text of your own", vendor), model.KindText, model.KindTextButton,
			model.KindTextImageButton, model.KindVideoText),
		"template": cmp.Or(whyNot(model.ActTemplate),
			kinds(f.d.Tr("%s sends no templates", vendor), model.KindTemplate)),
		"image_url": kinds(f.d.Tr("%s sends no images", vendor), model.KindImage, model.KindTextImageButton,
			model.KindVideoTextImage),
		"button.caption": button, "button.url": button,
		"hand_over":         whyNot(model.ActSchedule),
		"lifetime":          whyNot(model.ActLifetime),
		"sms_fallback.text": whyNot(model.ActSMSFallback), "sms_fallback.sender": whyNot(model.ActSMSFallback),
		"sms_fallback.after": cmp.Or(whyNot(model.ActSMSFallback), whyNot(model.ActFallbackAfter)),
		"list":               whyNot(model.ActSendList),
		"file.url":           file, "file.name": file, "file.type": file,
		"video.url": video, "video.thumbnail": video, "video.size_mb": video, "video.duration_s": video,
		"one_by_one": whyNot(model.ActOneByOne),
		"label":      whyNot(model.ActLabel), "tags": whyNot(model.ActTags), "device": whyNot(model.ActDevice),
		"contact_list": whyNot(model.ActContactList), "variables": whyNot(model.ActVariables),
		"callback_url": whyNot(model.ActCallbackURL), "inbound_url": whyNot(model.ActInboundURL),
	} {
		f.Field(key).why = why
	}
	picture := "https://…"
	if caps.Can(model.ActUpload) && !f.d.Elsewhere {
		picture = f.d.Tr("https://…, or a file here: ~/sale.png")
	}
	f.Field("image_url").input.Placeholder = term.Placeholder(picture)
	list := f.Field("list")
	list.several = caps.Limits.ListsPerCall > 1
	wanted := f.d.Tr("id of a list there, instead of phones")
	if caps.PeopleBesideLists {
		wanted = f.d.Tr("lists there, between commas, with or without phones")
	}
	list.input.Placeholder = term.Placeholder(wanted)
	class := f.Field("class")
	was := class.Value()
	class.options, class.at = nil, 0
	for _, c := range caps.Classes {
		class.options = append(class.options, kit.Choice{Name: string(c)})
	}
	class.Set(was)
}

// hintFor returns the hint for a field: what is left of its limit, or what its content means.
func (f *Form) hintFor(x *Field) string {
	caps, _ := f.d.Capabilities(f.Field("account").Value())
	l := caps.Limits
	long := func(n, limit int) string {
		if limit == 0 {
			return f.d.Plural(int64(n), "character", "characters")
		}
		if n > limit {
			return f.d.Tr("%d/%d: %d too many", n, limit, n-limit)
		}
		return fmt.Sprintf("%d/%d", n, limit)
	}
	used := func(s string, limit int) string { return long(utf8.RuneCountInString(s), limit) }
	switch x.Key {
	case "name":
		return strings.Join(term.NonEmpty(used(x.Value(), l.NameMax), f.d.Phrase(l.NameRule)), " · ")
	case "sender":
		return f.senderHint(x)
	case "list", "template", "label", "tags":
		return f.offered(x, "")
	case "text":
		if s := f.preview.survey; len(s.Places) > 0 && f.preview.people.Len() > 0 {
			return f.d.Tr("the longest: %s", long(s.Longest, l.TextMax))
		}
		pieces, _ := finished(x.Value(), model.Recipient{})
		return used(wholeText(pieces), l.TextMax)
	case "image_url":
		return used(x.Value(), l.ImageURLMax)
	case "button.caption":
		return used(x.Value(), l.CaptionMax)
	case "button.url":
		return used(x.Value(), l.LinkMax)
	case "send_at":
		return f.threeClocks(x.Value())
	case "hand_over":
		return f.d.Tr("here: late opt-outs are honoured and it can be recalled, but this host must be on then; vendor: " +
			"it is handed over at once")
	case "lifetime":
		if l.LifetimeMax > 0 {
			return f.d.Tr("%s to %s", f.d.Words(l.LifetimeMin), f.d.Words(l.LifetimeMax))
		}
	case "stretch":
		if !caps.Can(model.ActStretch) {
			return f.d.Tr("up to %s, paced from here", f.d.Words(model.MaxPace))
		}
		if l.StretchMax > 0 {
			return f.d.Tr("up to %s in steps of %s", f.d.Words(l.StretchMax), f.d.Words(l.StretchStep))
		}
	case "sms_fallback.text":
		return used(x.Value(), l.FallbackTextMax)
	case "sms_fallback.after":
		if l.FallbackAfterMax > 0 {
			return f.d.Tr("%s to %s", f.d.Words(l.FallbackAfterMin), f.d.Words(l.FallbackAfterMax))
		}
	case "phones":
		if n := len(x.People.Phones); n > 0 {
			return f.d.Tr("last: %s · Backspace takes it out, ctrl+u all", f.d.Phone(x.People.Phones[n-1]))
		}
	}
	return ""
}

// threeClocks repeats a typed time in the operator's zone, the account's zone and UTC, with the
// time until then.
func (f *Form) threeClocks(text string) string {
	if text == "" {
		return f.d.Tr("at once after the recall window (%s)", f.d.Words(f.d.Send.HoldWindow()))
	}
	t, err := f.d.ParseTime(text)
	if err != nil {
		return f.d.Fault(err)
	}
	a, _ := f.d.Account(f.Field("account").Value())
	return clocks(f.d, t, a)
}

func clocks(d *kit.Deck, t time.Time, a model.Account) string {
	var parts []string
	for _, clock := range model.Clocks(t, d.Now, d.Zone, a.Location()) {
		parts = append(parts, d.Text(clock))
	}
	return strings.Join(parts, " · ")
}
