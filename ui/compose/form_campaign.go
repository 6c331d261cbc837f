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

// campaign reads the form. Errors concern single fields.
func (f *Form) campaign() (model.Campaign, error) {
	v := func(key string) string {
		x := f.Field(key)
		if x.why != "" {
			return ""
		}
		return x.Value()
	}
	a, ok := f.d.Account(v("account"))
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
	read := func(err error) { errs = append(errs, err) }
	number := func(key string) int {
		n, err := wholeNumber(key, v(key))
		read(err)
		return n
	}
	c := model.Campaign{Account: a.Name, Vendor: a.Vendor, Name: v("name"), State: model.CampaignDraft, Ours: true,
		Operator: f.d.Operator,
		Sender:   v("sender"), Class: model.Class(v("class")), CreatedAt: f.d.Now.UTC(),
		Message: model.Message{Text: v("text"), ImageURL: v("image_url"), Template: v("template"),
			Button: model.Button{Caption: v("button.caption"), URL: v("button.url")},
			File:   fileOf(v("file.name"), v("file.type"), v("file.url")),
			Video: model.Video{URL: v("video.url"), Thumbnail: v("video.thumbnail"),
				SizeMB: number("video.size_mb"), DurationS: number("video.duration_s")}},
		HandOver: v("hand_over") == atVendor && v("send_at") != "",
		Lifetime: duration("lifetime"), Stretch: duration("stretch"),
		Fallback: model.SMSFallback{Text: v("sms_fallback.text"), Sender: v("sms_fallback.sender"),
			After: duration("sms_fallback.after")},
		Options: model.Options{OneByOne: v("one_by_one") == yes, Label: v("label"), Device: v("device"),
			ContactList: v("contact_list"),
			CallbackURL: v("callback_url"), InboundURL: v("inbound_url")}}
	var err error
	c.Options.Tags, err = readSeveral("tags", v("tags"))
	read(err)
	c.List, c.Options.OtherLists, err = f.lists(v("list"))
	read(err)
	c.Options.Variables, c.Options.Kinds, err = readVariables(v("variables"))
	read(err)
	if c.Name == "" {
		c.Name = model.DefaultCampaignName(f.d.Now.In(f.d.Zone))
	}
	if caps, _ := f.d.Capabilities(a.Name); caps.Can(model.ActUpload) {
		if name := FileNamed(c.Message.ImageURL); name != "" {
			path, err := f.d.InHome(name)
			read(renamed(err, "image_url"))
			c.Message.ImageURL, c.Message.ImageFile.Path = "", path
		}
	}
	if s := v("send_at"); s != "" {
		t, err := f.d.ParseTime(s)
		if err != nil {
			errs = append(errs, renamed(err, "send_at"))
		}
		c.SendAt = t.UTC()
	}
	return c, errors.Join(errs...)
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
