package compose

import (
	"cmp"
	"fmt"
	"slices"
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
	line := func(key, label, placeholder string) *Field { return newField(t, key, label, lineField, placeholder) }
	choice := func(key, label string, options ...kit.Choice) *Field {
		f := newField(t, key, label, choiceField, "")
		f.options = options
		return f
	}
	tags := line("tags", d.Word("form", "tags"), d.Tr("spring, club"))
	tags.several = true
	return []*Field{
		choice("account", d.Word("form", "account"), accountChoices(d)...),
		line("name", d.Word("form", "name"), d.Tr("what you and the vendor call it")),
		line("sender", d.Word("form", "sender"), d.Tr("id or name; ctrl+r shows those that are known")),
		newField(t, "text", d.Word("form", "text"), areaField, d.Tr("what people read; Enter is a new line")),
		line("template", d.Word("form", "template"), d.Tr("the vendor's template id")),
		line("image_url", d.Word("form", "image"), "https://…"),
		line("button.caption", d.Word("form", "button"), d.Tr("words on the button")),
		line("button.url", d.Word("form", "button goes to"), "https://…"),
		line("file.url", d.Word("form", "file at"), "https://…/price.pdf"),
		line("file.name", d.Word("form", "file name"), d.Tr("empty: as its address ends")),
		line("file.type", d.Word("form", "file type"), d.Tr("empty: as its name ends")),
		line("video.url", d.Word("form", "video at"), "https://…/film.mp4"),
		line("video.thumbnail", d.Word("form", "its picture at"), "https://…/film.jpg"),
		line("video.size_mb", d.Word("form", "video, MB"), ""),
		line("video.duration_s", d.Word("form", "video, seconds"), ""),
		choice("class", d.Word("form", "class")),
		line("send_at", d.Word("form", "send at"), d.Tr("empty: now; 15:30, tomorrow 9:00, 2026-12-01 09:00, 2h")),
		choice("hand_over", d.Word("form", "until then"), kit.Choice{Name: staysHere}, kit.Choice{Name: atVendor}),
		line("lifetime", d.Word("form", "lifetime"), d.Tr("such as 24h; empty: the vendor's default")),
		line("stretch", d.Word("form", "send over"), d.Tr("such as 2h; empty: at once")),
		line("sms_fallback.text", d.Word("form", "SMS instead"), d.Tr("sent to those Viber does not reach")),
		line("sms_fallback.sender", d.Word("form", "SMS sender"), ""),
		line("sms_fallback.after", d.Word("form", "SMS after"), d.Tr("such as 60m")),
		line("label", d.Word("form", "label"), d.Tr("a word of yours in the vendor's reports")),
		tags,
		choice("device", d.Word("form", "device"), kit.Choice{}, kit.Choice{Name: "all"}, kit.Choice{Name: "phone"}),
		choice("one_by_one", d.Word("form", "one by one"), kit.Choice{Name: no}, kit.Choice{Name: yes}),
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

// accountChoices are the accounts, each with its vendor and why nothing can be sent through it.
func accountChoices(d *kit.Deck) []kit.Choice {
	var all []kit.Choice
	for _, a := range d.Accounts {
		c := kit.Choice{Name: a.Name, Note: d.VendorName(a.Vendor)}
		if why := d.WhyNotSend(a.Name); why != "" {
			c.Note += ": " + why
		}
		all = append(all, c)
	}
	return all
}

// limit adapts the fields to what the account's vendor can do.
func (f *Form) limit() {
	account := f.Field("account").Value()
	caps, ok := f.d.Capabilities(account)
	for key, why := range f.unsupported(caps) {
		if !ok {
			why = f.d.WhyNotSend(account)
		}
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

// unsupported says for each field that only some vendors have why a vendor does not use it, "" if
// it does.
func (f *Form) unsupported(caps model.Capabilities) map[string]string {
	d, vendor := f.d, caps.Name
	whyNot := func(a model.Action) string { return d.Text(caps.Why(a)) }
	kinds := func(lacks string, layouts ...model.MessageKind) string {
		if slices.ContainsFunc(layouts, caps.CanSend) {
			return ""
		}
		return lacks
	}
	button := kinds(d.Tr("%s sends no buttons", vendor), model.KindTextButton, model.KindTextImageButton)
	file := kinds(d.Tr("%s sends no files", vendor), model.KindFile)
	video := kinds(d.Tr("%s sends no videos", vendor), model.KindVideo, model.KindVideoText, model.KindVideoTextImage)
	sms := whyNot(model.ActSMSFallback)
	return map[string]string{
		"text": kinds(d.Tr("%s sends no text of your own", vendor), model.KindText, model.KindTextButton,
			model.KindTextImageButton, model.KindVideoText),
		"template": cmp.Or(whyNot(model.ActTemplate), kinds(d.Tr("%s sends no templates", vendor), model.KindTemplate)),
		"image_url": kinds(d.Tr("%s sends no images", vendor), model.KindImage, model.KindTextImageButton,
			model.KindVideoTextImage),
		"button.caption": button, "button.url": button,
		"hand_over":         whyNot(model.ActSchedule),
		"lifetime":          whyNot(model.ActLifetime),
		"sms_fallback.text": sms, "sms_fallback.sender": sms,
		"sms_fallback.after": cmp.Or(sms, whyNot(model.ActFallbackAfter)),
		"list":               whyNot(model.ActSendList),
		"file.url":           file, "file.name": file, "file.type": file,
		"video.url": video, "video.thumbnail": video, "video.size_mb": video, "video.duration_s": video,
		"one_by_one": whyNot(model.ActOneByOne),
		"label":      whyNot(model.ActLabel), "tags": whyNot(model.ActTags), "device": whyNot(model.ActDevice),
		"contact_list": whyNot(model.ActContactList), "variables": whyNot(model.ActVariables),
		"callback_url": whyNot(model.ActCallbackURL), "inbound_url": whyNot(model.ActInboundURL),
	}
}

// hintFor returns the hint for a field: what is left of its limit, or what its content means.
func (f *Form) hintFor(x *Field) string {
	caps, _ := f.d.Capabilities(f.Field("account").Value())
	l := caps.Limits
	switch x.Key {
	case "name":
		return strings.Join(term.NonEmpty(f.used(x.Value(), l.NameMax), f.d.Phrase(l.NameRule)), " · ")
	case "sender":
		return f.senderHint(x)
	case "list", "template", "label", "tags":
		return f.offered(x, "")
	case "text":
		if s := f.preview.survey; len(s.Places) > 0 && f.preview.people.Len() > 0 {
			return f.d.Tr("the longest: %s", f.length(s.Longest, l.TextMax))
		}
		pieces, _ := finished(x.Value(), model.Recipient{})
		return f.used(wholeText(pieces), l.TextMax)
	case "image_url":
		return f.used(x.Value(), l.ImageURLMax)
	case "button.caption":
		return f.used(x.Value(), l.CaptionMax)
	case "button.url":
		return f.used(x.Value(), l.LinkMax)
	case "send_at":
		return f.threeClocks(x.Value())
	case "hand_over":
		return f.d.Tr("here: late opt-outs are honoured and it can be recalled, but this host must be on then; vendor: " +
			"it is handed over at once")
	case "lifetime":
		return f.span(l.LifetimeMin, l.LifetimeMax)
	case "stretch":
		if !caps.Can(model.ActStretch) {
			return f.d.Tr("up to %s, paced from here", f.d.Words(model.MaxPace))
		}
		if l.StretchMax > 0 {
			return f.d.Tr("up to %s in steps of %s", f.d.Words(l.StretchMax), f.d.Words(l.StretchStep))
		}
	case "sms_fallback.text":
		return f.used(x.Value(), l.FallbackTextMax)
	case "sms_fallback.after":
		return f.span(l.FallbackAfterMin, l.FallbackAfterMax)
	case "phones":
		if n := len(x.People.Phones); n > 0 {
			return f.d.Tr("last: %s · Backspace takes it out, ctrl+u all", f.d.Phone(x.People.Phones[n-1]))
		}
	}
	return ""
}

// used returns the length of a text beside its limit, 0 for none.
func (f *Form) used(text string, limit int) string {
	return f.length(utf8.RuneCountInString(text), limit)
}

// length writes a number of characters beside their limit, 0 for none.
func (f *Form) length(n, limit int) string {
	switch {
	case limit == 0:
		return f.d.Plural(int64(n), "character", "characters")
	case n > limit:
		return f.d.Tr("%d/%d: %d too many", n, limit, n-limit)
	}
	return fmt.Sprintf("%d/%d", n, limit)
}

// span writes the limits of a duration; "" if there is no upper one.
func (f *Form) span(least, most time.Duration) string {
	if most == 0 {
		return ""
	}
	return f.d.Tr("%s to %s", f.d.Words(least), f.d.Words(most))
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
	caps, _ := d.Capabilities(a.Name)
	for _, clock := range model.Clocks(t, d.Now, d.Zone, caps.Location(a)) {
		parts = append(parts, d.Text(clock))
	}
	return strings.Join(parts, " · ")
}
