package compose

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"viberdeck/model"
)

// Written returns the campaign as far as it can be read, for the preview.
func (f *Form) Written() model.Campaign {
	c, _ := f.campaign() // what cannot be read is left out of the bubble
	return c
}

// fieldReader reads the fields of a form and collects what is wrong with them.
type fieldReader struct {
	f    *Form
	errs []error
}

// text returns the content of a field, "" if the vendor does not use it.
func (r *fieldReader) text(key string) string {
	if x := r.f.Field(key); x.why == "" {
		return x.Value()
	}
	return ""
}

// wrong records an error, if there is one.
func (r *fieldReader) wrong(err error) { r.errs = append(r.errs, err) }

func (r *fieldReader) duration(key string) time.Duration {
	var d model.Duration
	if err := d.UnmarshalText([]byte(r.text(key))); err != nil {
		r.wrong(model.Invalid(key, "%s", err))
	}
	return d.Duration
}

func (r *fieldReader) number(key string) int {
	n, err := wholeNumber(key, r.text(key))
	r.wrong(err)
	return n
}

func (r *fieldReader) message() model.Message {
	return model.Message{Text: r.text("text"), ImageURL: r.text("image_url"), Template: r.text("template"),
		Button: model.Button{Caption: r.text("button.caption"), URL: r.text("button.url")},
		File:   fileOf(r.text("file.name"), r.text("file.type"), r.text("file.url")),
		Video: model.Video{URL: r.text("video.url"), Thumbnail: r.text("video.thumbnail"),
			SizeMB: r.number("video.size_mb"), DurationS: r.number("video.duration_s")}}
}

func (r *fieldReader) options() model.Options {
	o := model.Options{OneByOne: r.text("one_by_one") == yes, Label: r.text("label"), Device: r.text("device"),
		ContactList: r.text("contact_list"), CallbackURL: r.text("callback_url"), InboundURL: r.text("inbound_url")}
	var err error
	o.Tags, err = readSeveral("tags", r.text("tags"))
	r.wrong(err)
	o.Variables, o.Kinds, err = readVariables(r.text("variables"))
	r.wrong(err)
	return o
}

// campaign reads the form. Errors concern single fields.
func (f *Form) campaign() (model.Campaign, error) {
	r := &fieldReader{f: f}
	a, ok := f.d.Account(r.text("account"))
	if !ok {
		return model.Campaign{}, model.Invalid("account", "no account is configured")
	}
	c := model.Campaign{Account: a.Name, Vendor: a.Vendor, State: model.CampaignDraft, Ours: true,
		Name:     cmp.Or(r.text("name"), model.DefaultCampaignName(f.d.Now.In(f.d.Zone))),
		Operator: f.d.Operator, CreatedAt: f.d.Now.UTC(),
		Sender: r.text("sender"), Class: model.Class(r.text("class")), Message: r.message(), Options: r.options(),
		HandOver: r.text("hand_over") == atVendor && r.text("send_at") != "",
		Lifetime: r.duration("lifetime"), Stretch: r.duration("stretch"),
		Fallback: model.SMSFallback{Text: r.text("sms_fallback.text"), Sender: r.text("sms_fallback.sender"),
			After: r.duration("sms_fallback.after")}}
	var err error
	c.List, c.Options.OtherLists, err = f.lists(r.text("list"))
	r.wrong(err)
	if caps, _ := f.d.Capabilities(a.Name); caps.Can(model.ActUpload) {
		if name := FileNamed(c.Message.ImageURL); name != "" {
			path, err := f.d.InHome(name)
			r.wrong(renamed(err, "image_url"))
			c.Message.ImageURL, c.Message.ImageFile.Path = "", path
		}
	}
	if s := r.text("send_at"); s != "" {
		t, err := f.d.ParseTime(s)
		r.wrong(renamed(err, "send_at"))
		c.SendAt = t.UTC()
	}
	return c, errors.Join(r.errs...)
}

// renamed returns the error with another field name.
func renamed(err error, key string) error {
	if e, ok := errors.AsType[*model.Error](err); ok {
		other := *e
		other.Field = key
		return &other
	}
	return err
}

// fill copies text and options of another campaign, but nothing about its sending, and proposes a
// new name.
func (f *Form) fill(c model.Campaign) {
	f.Field("account").Set(c.Account)
	f.limit()
	f.carry(c.Carry())
	caps, _ := f.d.Capabilities(c.Account)
	f.copied = c
	name := c.CopyName(caps.Limits.NameMax)
	for key, v := range map[string]string{"name": name, "sender": cmp.Or(c.SenderName, c.Sender),
		"text":           c.Message.Text,
		"button.caption": c.Message.Button.Caption, "button.url": c.Message.Button.URL, "class": string(c.Class),
		"template": c.Message.Template,
		"lifetime": durationText(c.Lifetime), "stretch": durationText(c.Stretch), "sms_fallback.text": c.Fallback.Text,
		"sms_fallback.sender": c.Fallback.Sender, "sms_fallback.after": durationText(c.Fallback.After),
		"list": f.listsText(c)} {
		f.Field(key).Set(v)
	}
}

// carry fills the fields that only some vendors have. The rest has no field.
func (f *Form) carry(k model.Carried) {
	whole := k.To(model.Campaign{Vendor: k.Vendor})
	for key, v := range partTexts(whole.Message, whole.Options) {
		f.Field(key).Set(v)
	}
	f.carried = model.Carried{Vendor: k.Vendor, Lost: k.Lost, NoSender: k.NoSender}
}

// lists parses the format of listsText.
func (f *Form) lists(text string) (first string, others []string, err error) {
	if !f.Field("list").several {
		return text, nil, nil
	}
	all, err := readSeveral("list", text)
	if len(all) > 0 {
		first = all[0]
	}
	if len(all) > 1 {
		others = all[1:]
	}
	return first, others, err
}

// listsText returns the lists of a campaign in the format of their field.
func (f *Form) listsText(c model.Campaign) string {
	if f.Field("list").several {
		return severalText(c.Lists())
	}
	return c.List
}

// unused lists the filled fields that the vendor does not use: their content is not sent.
func (f *Form) unused() []model.Text {
	var texts []model.Text
	for _, x := range f.Fields {
		if x.why != "" && x.filled() != "" {
			texts = append(texts, model.Say("%s is left out, %s: %s", x.label, x.why, x.filled()))
		}
	}
	return texts
}

func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	text := d.String()
	for _, zero := range []string{"0s", "0m"} {
		if rest, ok := strings.CutSuffix(text, zero); ok && strings.TrimRight(rest, "0123456789.") == rest {
			text = rest // 1h0m0s is 1h, and 30m stays 30m
		}
	}
	return text
}
