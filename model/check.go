package model

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// CheckCampaign compares a campaign with what its vendor can do, before anything leaves. It gives all breaches at once,
// joined; each is an Error that names the field as the campaign file writes it and the limit. Texts are checked as
// written; CheckText checks one person's finished text.
func CheckCampaign(c Campaign, caps Capabilities, now time.Time) error {
	var errs []error
	add := func(err *Error) { errs = append(errs, err) }
	kind, err := c.Message.Kind()
	if err != nil {
		errs = append(errs, err)
	} else if !caps.CanSend(kind) {
		add(Invalid(kindField(kind), "%s cannot send %s; it sends %s", caps.Vendor, kind, joinWords(caps.Kinds)))
	}
	if c.Class != "" && !slices.Contains(caps.Classes, c.Class) {
		add(Invalid("class", "%s has no class %q; it has %s", caps.Vendor, c.Class, joinWords(caps.Classes)))
	}
	if c.Class == ClassTransactional && kind != KindText && kind != KindTemplate && err == nil {
		add(Invalid("class", "a transactional message is text only; this one is %s", kind))
	}
	if c.Sender == "" && caps.Vendor != Wooxy {
		add(Invalid("sender", "name the sender: its id at the vendor, or its name as the senders list shows it"))
	}
	errs = append(errs, checkName(c.Name, caps.Limits)...)
	errs = append(errs, checkParts(c.Message, caps.Limits)...)
	errs = append(errs, checkTiming(c, caps, now)...)
	errs = append(errs, checkFallback(c.Fallback, caps)...)
	errs = append(errs, checkOptions(c, caps)...)
	if personal := c.Personal(); personal {
		if reason := caps.Why(ActPersonal); reason != "" {
			add(Invalid("text", "%s", reason))
		} else if c.List != "" {
			add(Invalid("list", "a text with {{columns}} needs phones: the people of a list are known to the vendor only"))
		} else if err == nil && !slices.Contains(caps.Personal, kind) {
			add(Invalid("text", "%s sends %s with the same text to all; take the {{columns}} out", caps.Vendor, kind))
		}
	}
	return errors.Join(errs...)
}

// CheckText tells whether one person's finished text is within the vendor's limit.
func CheckText(text string, l Limits) error {
	if n := utf8.RuneCountInString(text); l.TextMax > 0 && n > l.TextMax {
		return Invalid("text", "%d characters, the limit is %d", n, l.TextMax)
	}
	return nil
}

// Personal tells whether the message differs from person to person.
func (c Campaign) Personal() bool {
	for _, s := range []string{c.Message.Text, c.Message.Button.URL} {
		if t, err := ParseTemplate(s); err == nil && !t.Plain() {
			return true
		}
	}
	return false
}

func checkName(name string, l Limits) []error {
	n := utf8.RuneCountInString(name)
	switch {
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }):
		return []error{Invalid("name", "a name is one line without control characters")}
	case l.NameMax > 0 && n > l.NameMax:
		return []error{Invalid("name", "%d characters, the limit is %d", n, l.NameMax)}
	case l.NameMin > 0 && n < l.NameMin:
		return []error{Invalid("name", "%d characters, the least is %d", n, l.NameMin)}
	case l.NamePattern != nil && !l.NamePattern.MatchString(name):
		return []error{Invalid("name", "%s", l.NameRule)}
	}
	return nil
}

func checkParts(m Message, l Limits) []error {
	var errs []error
	add := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	if _, err := ParseTemplate(m.Text); err != nil {
		add(err)
	} else {
		add(CheckText(m.Text, l))
	}
	if m.Button != (Button{}) {
		if n := utf8.RuneCountInString(m.Button.Caption); n == 0 {
			add(Invalid("button.caption", "a button needs a caption"))
		} else if l.CaptionMax > 0 && n > l.CaptionMax {
			add(Invalid("button.caption", "%d characters, the limit is %d", n, l.CaptionMax))
		}
		add(checkURL("button.url", m.Button.URL, l.LinkMax, false))
	}
	if m.ImageURL != "" {
		add(checkURL("image_url", m.ImageURL, l.ImageURLMax, l.HTTPSOnly))
	}
	if m.File != (File{}) {
		add(checkURL("file.url", m.File.URL, 0, l.HTTPSOnly))
		if n := utf8.RuneCountInString(m.File.Name); n == 0 || l.FileNameMax > 0 && n > l.FileNameMax {
			add(Invalid("file.name", "%d characters, between 1 and %d are allowed", n, l.FileNameMax))
		}
		if l.FileTypes != nil && !slices.Contains(l.FileTypes, strings.ToLower(m.File.Type)) {
			add(Invalid("file.type", "%q is not taken; the types are %s", m.File.Type, strings.Join(l.FileTypes, " ")))
		}
	}
	if m.Video != (Video{}) {
		add(checkURL("video.url", m.Video.URL, l.ImageURLMax, l.HTTPSOnly))
		add(checkURL("video.thumbnail", m.Video.Thumbnail, l.ImageURLMax, l.HTTPSOnly))
		if m.Video.SizeMB <= 0 || l.VideoSizeMB > 0 && m.Video.SizeMB > l.VideoSizeMB {
			add(Invalid("video.size_mb", "%d MB, between 1 and %d are allowed", m.Video.SizeMB, l.VideoSizeMB))
		}
		if m.Video.DurationS <= 0 || l.VideoSeconds > 0 && m.Video.DurationS > l.VideoSeconds {
			add(Invalid("video.duration_s", "%d s, between 1 and %d are allowed", m.Video.DurationS, l.VideoSeconds))
		}
	}
	return errs
}

// checkURL accepts absolute http and https addresses. The columns of a template may stand in the path or query.
func checkURL(field, s string, limit int, httpsOnly bool) error {
	if n := utf8.RuneCountInString(s); limit > 0 && n > limit {
		return Invalid(field, "%d characters, the limit is %d", n, limit)
	}
	t, err := ParseTemplate(s)
	if err != nil {
		return err
	}
	u, err := url.Parse(t.Encode(func(string, string) string { return "x" }))
	switch {
	case s == "":
		return Invalid(field, "the address is missing")
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return Invalid(field, "%q is no web address; it begins with https://", s)
	case httpsOnly && u.Scheme != "https":
		return Invalid(field, "the address must begin with https://")
	case u.User != nil:
		return Invalid(field, "an address with a password in it is not sent")
	}
	return nil
}

func checkTiming(c Campaign, caps Capabilities, now time.Time) []error {
	var errs []error
	l := caps.Limits
	if c.Lifetime != 0 {
		if reason := caps.Why(ActLifetime); reason != "" {
			errs = append(errs, Invalid("lifetime", "%s", reason))
		} else if c.Lifetime < l.LifetimeMin || c.Lifetime > l.LifetimeMax || c.Lifetime%time.Second != 0 {
			errs = append(errs, Invalid("lifetime", "%s is outside %s to %s, in whole seconds", c.Lifetime, l.LifetimeMin, l.LifetimeMax))
		}
	}
	if c.Stretch != 0 {
		if reason := caps.Why(ActStretch); reason != "" {
			errs = append(errs, Invalid("stretch", "%s", reason))
		} else if c.Stretch < 0 || c.Stretch > l.StretchMax || l.StretchStep > 0 && c.Stretch%l.StretchStep != 0 {
			errs = append(errs, Invalid("stretch", "%s is outside 0 to %s in steps of %s", c.Stretch, l.StretchMax, l.StretchStep))
		}
	}
	if !c.SendAt.IsZero() {
		if reason := caps.Why(ActSchedule); reason != "" {
			errs = append(errs, Invalid("send_at", "%s", reason))
		} else if c.SendAt.Before(now.Add(-time.Minute)) {
			errs = append(errs, Invalid("send_at", "%s is in the past; leave it out to send now", c.SendAt.Format(time.RFC3339)))
		}
	}
	return errs
}

func checkFallback(f SMSFallback, caps Capabilities) []error {
	if !f.Enabled() {
		return nil
	}
	if reason := caps.Why(ActSMSFallback); reason != "" {
		return []error{Invalid("sms_fallback", "%s", reason)}
	}
	var errs []error
	l := caps.Limits
	if l.FallbackAfterMax > 0 && f.After != 0 &&
		(f.After < l.FallbackAfterMin || f.After > l.FallbackAfterMax || l.FallbackStep > 0 && f.After%l.FallbackStep != 0) {
		errs = append(errs, Invalid("sms_fallback.after", "%s is outside %s to %s, in whole minutes", f.After, l.FallbackAfterMin, l.FallbackAfterMax))
	}
	if n := utf8.RuneCountInString(f.Text); l.FallbackTextMax > 0 && n > l.FallbackTextMax {
		errs = append(errs, Invalid("sms_fallback.text", "%d characters, the limit is %d", n, l.FallbackTextMax))
	}
	return errs
}

func checkOptions(c Campaign, caps Capabilities) []error {
	var errs []error
	for _, o := range []struct {
		field string
		set   bool
		act   Action
	}{
		{"label", c.Options.Label != "", ActLabel},
		{"tags", len(c.Options.Tags) > 0, ActTags},
		{"device", c.Options.Device != "", ActDevice},
		{"contact_list", c.Options.ContactList != "", ActContactList},
		{"variables", len(c.Options.Variables) > 0, ActVariables},
		{"callback_url", c.Options.CallbackURL != "", ActCallbackURL},
		{"inbound_url", c.Options.InboundURL != "", ActInboundURL},
		{"list", c.List != "", ActSendList},
	} {
		if reason := caps.Why(o.act); o.set && reason != "" {
			errs = append(errs, Invalid(o.field, "%s", reason))
		}
	}
	if n := utf8.RuneCountInString(c.Options.Label); caps.Limits.LabelMax > 0 && n > caps.Limits.LabelMax {
		errs = append(errs, Invalid("label", "%d characters, the limit is %d", n, caps.Limits.LabelMax))
	}
	for _, u := range []struct{ field, url string }{{"callback_url", c.Options.CallbackURL}, {"inbound_url", c.Options.InboundURL}} {
		if u.url != "" {
			if err := checkURL(u.field, u.url, 0, false); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errs
}

// kindField names the field a person would change to get another layout.
func kindField(k MessageKind) string {
	switch k {
	case KindImage:
		return "image_url"
	case KindTextButton, KindTextImageButton:
		return "button"
	case KindFile:
		return "file"
	case KindVideo, KindVideoText, KindVideoTextImage:
		return "video"
	case KindTemplate:
		return "template"
	}
	return "text"
}

func joinWords[T ~string](words []T) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = string(w)
	}
	return strings.Join(parts, ", ")
}
