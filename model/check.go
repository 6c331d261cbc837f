package model

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// CheckCampaign compares a campaign with what its vendor can do, before anything leaves. It returns
// all violations at once, joined; each is an Error that names the limit and the field as written in
// the campaign file. For a text with {{columns}} only the part that all people receive is measured
// here; checkText checks one person's finished text.
func CheckCampaign(c Campaign, caps Capabilities, now time.Time) error {
	var errs []error
	add := func(err *Error) { errs = append(errs, err) }
	kind, err := c.Message.Kind()
	if err != nil {
		errs = append(errs, err)
	} else if !caps.CanSend(kind) {
		add(unsendable(kind, caps))
	}
	if c.Class != "" && !slices.Contains(caps.Classes, c.Class) {
		add(Invalid("class", "%s has no class %q; it has %s", caps.Name, c.Class, Listed(caps.Classes)))
	}
	if c.Class == ClassTransactional && kind != KindText && kind != KindTemplate && err == nil {
		add(Invalid("class", "a transactional message is text only; this one is %s", kind))
	}
	if c.Sender == "" && !caps.DefaultSender {
		add(Invalid("sender", "name the sender: its id at the vendor, or its name as the senders list shows it"))
	}
	errs = append(errs, checkName(c.Name, caps.Limits)...)
	errs = append(errs, checkParts(c.Message, caps.Limits)...)
	errs = append(errs, checkTiming(c, caps, now)...)
	errs = append(errs, checkFallback(c.Fallback, caps)...)
	errs = append(errs, checkOptions(c, caps)...)
	if field := c.personalField(); field != "" {
		filled := c.List != "" && caps.PersonalLists
		if reason := caps.Why(ActPersonal); !reason.IsZero() && !filled {
			add(Invalid(field, "%s", reason))
		} else if c.List != "" && !filled {
			add(Invalid("list", "a text with {{columns}} needs phones: the people of a list are known to the "+
				"vendor only"))
		} else if err == nil && !slices.Contains(caps.Personal, kind) {
			add(Invalid(field, "%s sends %s with the same text to all; take the {{columns}} out", caps.Name, kind))
		}
	}
	return errors.Join(errs...)
}

// Personal reports whether the message differs from person to person.
func (c Campaign) Personal() bool { return c.personalField() != "" }

// personalField returns the first field that differs from person to person, "" if none does. Only
// the text and the button's address are filled in.
func (c Campaign) personalField() string {
	for _, part := range []struct{ field, text string }{
		{"text", c.Message.Text}, {"button.url", c.Message.Button.URL}} {
		if t, err := ParseTemplate(part.text); err == nil && !t.Plain() {
			return part.field
		}
	}
	return ""
}

func checkName(name string, l Limits) []error {
	n := utf8.RuneCountInString(name)
	switch {
	case Sanitise(name) != name || strings.Contains(name, "\n"):
		return []error{Invalid("name", "a name is one line of plain text without control characters and tabs")}
	case l.NameMax > 0 && n > l.NameMax:
		return []error{Invalid("name", "%s, the limit is %d", Characters(n), l.NameMax)}
	case n < l.NameMin:
		return []error{Invalid("name", "%s, the least is %d", Characters(n), l.NameMin)}
	case l.NamePattern != nil && !l.NamePattern.MatchString(name):
		return []error{Invalid("name", "%s", Text{Format: l.NameRule})}
	}
	return nil
}

func checkTiming(c Campaign, caps Capabilities, now time.Time) []error {
	var errs []error
	add := func(field, format string, args ...any) { errs = append(errs, Invalid(field, format, args...)) }
	l := caps.Limits
	if c.Lifetime != 0 {
		if reason := caps.Why(ActLifetime); !reason.IsZero() {
			add("lifetime", "%s", reason)
		} else if least := max(l.LifetimeMin, time.Second); !within(c.Lifetime, least, l.LifetimeMax, time.Second) {
			add("lifetime", "%s is outside %s, in whole seconds", c.Lifetime, span(least, l.LifetimeMax))
		}
	}
	if c.Stretch != 0 {
		if reason := caps.Why(ActStretch); !reason.IsZero() {
			if c.List != "" { // its people leave in one call
				add("stretch", "%s", reason)
			} else if !within(c.Stretch, time.Minute, MaxPace, time.Second) {
				add("stretch", "%s is outside %s, in whole seconds", c.Stretch, span(time.Minute, MaxPace))
			}
		} else if !within(c.Stretch, 0, l.StretchMax, l.StretchStep) {
			add("stretch", "%s is outside %s in steps of %s", c.Stretch, span(0, l.StretchMax),
				max(l.StretchStep, time.Second))
		}
	}
	if !c.SendAt.IsZero() {
		if reason := caps.Why(ActSchedule); !reason.IsZero() && c.HandOver {
			add("hand_over", "%s", reason)
		} else if c.SendAt.Before(now.Add(-time.Minute)) {
			add("send_at", "%s is in the past; leave it out to send now", c.SendAt)
		}
	}
	return errs
}

// within reports whether d is a multiple of step between least and most. A most or a step of 0
// means no limit.
func within(d, least, most, step time.Duration) bool {
	return d >= least && (most == 0 || d <= most) && (step == 0 || d%step == 0)
}

// span formats two limits.
func span(least, most time.Duration) Text {
	if most == 0 {
		return Say("%s or more", least)
	}
	return Say("%s to %s", least, most)
}

func checkFallback(f SMSFallback, caps Capabilities) []error {
	if !f.Enabled() {
		return nil
	}
	if reason := caps.Why(ActSMSFallback); !reason.IsZero() {
		return []error{Invalid("sms_fallback", "%s", reason)}
	}
	var errs []error
	l := caps.Limits
	if f.After != 0 && !within(f.After, l.FallbackAfterMin, l.FallbackAfterMax, l.FallbackStep) {
		errs = append(errs, Invalid("sms_fallback.after", "%s is outside %s in steps of %s",
			f.After, span(l.FallbackAfterMin, l.FallbackAfterMax), max(l.FallbackStep, time.Second)))
	}
	for _, err := range []error{checkLength("sms_fallback.text", f.Text, l.FallbackTextMax),
		checkSame("sms_fallback.text", f.Text)} {
		if err != nil {
			errs = append(errs, err)
		}
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
		{"image_file", c.Message.ImageFile != Upload{}, ActUpload},
		{"one_by_one", c.Options.OneByOne, ActOneByOne},
		{"device", c.Options.Device != "", ActDevice},
		{"contact_list", c.Options.ContactList != "", ActContactList},
		{"variables", len(c.Options.Variables) > 0, ActVariables},
		{"callback_url", c.Options.CallbackURL != "", ActCallbackURL},
		{"inbound_url", c.Options.InboundURL != "", ActInboundURL},
		{"list", c.List != "", ActSendList},
	} {
		if reason := caps.Why(o.act); o.set && !reason.IsZero() {
			errs = append(errs, Invalid(o.field, "%s", reason))
		}
	}
	if c.Message.ImageFile != (Upload{}) && c.Message.ImageURL != "" {
		errs = append(errs, Invalid("image_file", "give either a file or an address of the image, not both"))
	}
	if n, most := len(c.Lists()), max(1, caps.Limits.ListsPerCall); n > most && caps.Can(ActSendList) {
		errs = append(errs, Invalid("list", "%s, and %s takes %d at once; send to each by itself",
			Counted(n, "list", "lists"), caps.Name, most))
	}
	if err := checkLength("label", c.Options.Label, caps.Limits.LabelMax); err != nil {
		errs = append(errs, err)
	}
	for _, tag := range c.Options.Tags {
		if err := checkLength("tags", tag, caps.Limits.TagMax); err != nil {
			errs = append(errs, err)
		}
	}
	for _, u := range []struct{ field, url string }{
		{"callback_url", c.Options.CallbackURL}, {"inbound_url", c.Options.InboundURL}} {
		if u.url != "" {
			if err := checkFixedAddress(u.field, u.url, 0, false); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errs
}

// kindField returns the field to change to get another layout.
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
