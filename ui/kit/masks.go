package kit

import (
	"viberdeck/model"
)

// writtenPhones is how many phones are remembered as they are written: several screens full.
const writtenPhones = 1024

// PhoneWriter writes phones for people.
type PhoneWriter struct {
	Masked  bool                   // they are shown with stars, for whoever looks on
	written map[model.Phone]string // the last ones, as they are shown
}

// Phone writes a phone for people, with stars in its middle while masks are on. Numbering plans are
// slow to ask (half of a key press was spent on them), so what was written last is remembered.
func (w *PhoneWriter) Phone(p model.Phone) string {
	if s, ok := w.written[p]; ok {
		return s
	}
	if w.written == nil || len(w.written) >= writtenPhones {
		w.written = make(map[model.Phone]string, writtenPhones)
	}
	s := p.Pretty()
	if w.Masked {
		s = p.Masked()
	}
	w.written[p] = s
	return s
}

// Masks puts stars on phones, or takes them off.
func (w *PhoneWriter) Masks(on bool) { w.Masked, w.written = on, nil }

// contact writes what a vendor's list knows a person by, with stars while masks are on.
func (w *PhoneWriter) contact(s string) string {
	if r := []rune(s); w.Masked && len(r) > 0 {
		return string(r[:1]) + "***"
	}
	return s
}

// Person names a recipient.
func (w *PhoneWriter) Person(v model.Recipient) string {
	if v.Phone == 0 {
		return w.contact(v.Contact)
	}
	return w.Phone(v.Phone)
}

// Discreet hides the phones inside a text while masks are on.
func (d *Deck) Discreet(text string) string {
	if !d.Masked {
		return text
	}
	return model.MaskPhones(text, d.DefaultCountry)
}
