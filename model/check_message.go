package model

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkText reports whether one person's finished text is within the vendor's limit.
func checkText(text string, l Limits) error {
	return checkLength("text", text, l.TextMax)
}

func checkParts(m Message, l Limits) []error {
	var errs []error
	add := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	if t, err := ParseTemplate(m.Text); err != nil {
		add(err)
	} else {
		add(checkText(t.Encode(func(string, string) string { return "" }), l))
	}
	if m.Button != (Button{}) {
		if m.Button.Caption == "" {
			add(Invalid("button.caption", "a button needs a caption"))
		}
		add(checkLength("button.caption", m.Button.Caption, l.CaptionMax))
		add(checkSame("button.caption", m.Button.Caption))
		add(checkLink(m.Button.URL, l))
	}
	if m.ImageURL != "" {
		add(checkFixedAddress("image_url", m.ImageURL, l.ImageURLMax, l.HTTPSOnly))
	}
	if m.File != (File{}) {
		add(checkFixedAddress("file.url", m.File.URL, 0, l.HTTPSOnly))
		if m.File.Name == "" {
			add(Invalid("file.name", "a file needs a name"))
		}
		add(checkLength("file.name", m.File.Name, l.FileNameMax))
		if l.FileTypes != nil && !slices.Contains(l.FileTypes, strings.ToLower(m.File.Type)) {
			add(Invalid("file.type", "%q is not taken; the types are %s", m.File.Type, strings.Join(l.FileTypes, " ")))
		}
	}
	if m.Video != (Video{}) {
		add(checkFixedAddress("video.url", m.Video.URL, l.ImageURLMax, l.HTTPSOnly))
		add(checkFixedAddress("video.thumbnail", m.Video.Thumbnail, l.ImageURLMax, l.HTTPSOnly))
		add(checkAmount("video.size_mb", m.Video.SizeMB, l.VideoSizeMB, Word{"unit", "MB"}))
		add(checkAmount("video.duration_s", m.Video.DurationS, l.VideoSeconds, Word{"unit", "s"}))
	}
	return errs
}

// checkLength counts characters; a limit of 0 means none. Control characters, which no phone shows,
// are refused: part of a pasted escape sequence would be paid for and read.
func checkLength(field, s string, limit int) error {
	control := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }
	if i := strings.IndexFunc(s, control); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s[i:])
		return Invalid(field, "take out the control character %s after “%s”", fmt.Sprintf("U+%04X", r),
			Clip(SanitiseLine(s[:i]), 40))
	}
	if n := utf8.RuneCountInString(s); limit > 0 && n > limit {
		return Invalid(field, "%s, the limit is %d", Characters(n), limit)
	}
	return nil
}

// checkAmount requires at least 1; a limit of 0 means none.
func checkAmount(field string, n, limit int, unit Word) error {
	switch {
	case n < 1:
		return Invalid(field, "give it; it is at least 1 %s", unit)
	case limit > 0 && n > limit:
		return Invalid(field, "%d %s, the limit is %d", n, unit, limit)
	}
	return nil
}

// checkSame refuses {{columns}} in a part that is not filled in, because people would see the
// braces.
func checkSame(field, s string) error {
	if strings.Contains(s, "{{") {
		return Invalid(field,
			"it is the same for all; {{columns}} are filled in only in the text and the button's address")
	}
	return nil
}

// checkLink checks the button's address before its columns are filled in. Columns may occur in its
// path, query and fragment, but not in its host: a row of a file must not decide whose site people
// are sent to. The length is checked on the finished address.
func checkLink(s string, l Limits) error {
	t, err := parseLink(s)
	if err != nil {
		return err
	}
	fill := func(value string) string { return t.Encode(func(string, string) string { return value }) }
	if t.Plain() {
		return checkAddress("button.url", fill(""), l.LinkMax, false)
	}
	x, errX := url.Parse(fill("x"))
	y, errY := url.Parse(fill("y"))
	if errX == nil && errY == nil && (x.Scheme != y.Scheme || x.Host != y.Host) {
		return Invalid("button.url", "a {{column}} may stand after the host only, like https://example.com/{{code}}")
	}
	if err := checkLength("button.url", fill(""), l.LinkMax); err != nil {
		return err
	}
	return checkAddress("button.url", fill("x"), 0, false)
}

// parseLink is ParseTemplate for the button's address; its errors name that field.
func parseLink(s string) (Template, error) {
	t, err := ParseTemplate(s)
	if e, ok := errors.AsType[*Error](err); ok {
		e.Field = "button.url"
	}
	return t, err
}

// checkFixedAddress is checkAddress for an address that is the same for all.
func checkFixedAddress(field, s string, limit int, httpsOnly bool) error {
	if err := checkSame(field, s); err != nil {
		return err
	}
	if err := checkAddress(field, s, limit, httpsOnly); err != nil {
		return err
	}
	if u, err := url.Parse(s); err == nil && HiddenHost(u.Hostname()) && field != "callback_url" &&
		field != "inbound_url" {
		return Invalid(field, "no vendor can fetch it from there: %s is this host or its own network", u.Hostname())
	}
	return nil
}

// CheckReachable refuses addresses that the campaign's vendor cannot post to; see CheckPostable.
func (c Campaign) CheckReachable(vendor string) error {
	return errors.Join(CheckPostable("callback_url", c.Options.CallbackURL, vendor),
		CheckPostable("inbound_url", c.Options.InboundURL, vendor))
}

// CheckPostable refuses an address that a vendor cannot post to: one of this host and its own
// network. A vendor in the same network can. An empty address is accepted.
func CheckPostable(field, address, vendor string) error {
	if at, err := url.Parse(vendor); err == nil && HiddenHost(at.Hostname()) {
		return nil
	}
	at, err := url.Parse(address)
	if err == nil && address != "" && HiddenHost(at.Hostname()) {
		return Invalid(field, "the vendor cannot reach it: %s is this host or its own network", at.Hostname())
	}
	return nil
}

// checkAddress accepts absolute http and https addresses in their final form, without columns.
func checkAddress(field, s string, limit int, httpsOnly bool) error {
	if s == "" {
		return Invalid(field, "the address is missing")
	}
	if err := checkLength(field, s, limit); err != nil {
		return err
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return Invalid(field, "it is not a web address; one begins with https://")
	case u.User != nil:
		return Invalid(field, "an address with a password in it is not sent")
	case strings.ContainsFunc(s, unicode.IsSpace):
		return Invalid(field, "an address has no spaces in it; write %%20 instead")
	case httpsOnly && u.Scheme != "https":
		return Invalid(field, "the address must begin with https://")
	}
	return nil
}
