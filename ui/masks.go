package ui

import (
	"viberdeck/model"
)

// writtenPhones is how many phones are remembered as they are written: several screens full.
const writtenPhones = 1024

// phone writes a phone for people, with stars in its middle while masks are on. Numbering plans are
// slow to ask (half of a key press was spent on them), so what was written last is remembered.
func (d *deck) phone(p model.Phone) string {
	if s, ok := d.written[p]; ok {
		return s
	}
	if d.written == nil || len(d.written) >= writtenPhones {
		d.written = make(map[model.Phone]string, writtenPhones)
	}
	s := p.Pretty()
	if d.masked {
		s = p.Masked()
	}
	d.written[p] = s
	return s
}

// discreet hides the phones inside a text while masks are on.
func (d *deck) discreet(text string) string {
	if !d.masked {
		return text
	}
	return model.MaskPhones(text, d.DefaultCountry)
}

// masks puts stars on phones, or takes them off.
func (d *deck) masks(on bool) { d.masked, d.written = on, nil }

// contact writes what a vendor's list knows a person by, with stars while masks are on.
func (d *deck) contact(s string) string {
	if r := []rune(s); d.masked && len(r) > 0 {
		return string(r[:1]) + "***"
	}
	return s
}

// person names a recipient.
func (d *deck) person(v model.Recipient) string {
	if v.Phone == 0 {
		return d.contact(v.Contact)
	}
	return d.phone(v.Phone)
}
