package kit

import (
	"time"

	"viberdeck/model"
	"viberdeck/ui/term"
)

// ParseTime reads a time as a person types it; see model.ParseTime.
func (d *Deck) ParseTime(s string) (time.Time, error) { return model.ParseTime(s, d.Now, d.Zone) }

// Age formats how long ago a time was, with a dash for an unknown time.
func (d *Deck) Age(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return d.Span(d.Now.Sub(t))
}

// Ago writes the age in words for a sentence.
func (d *Deck) Ago(t time.Time) string {
	if t.IsZero() {
		return d.Tr("never")
	}
	if s := d.Now.Sub(t); s < 5*time.Second {
		return d.Tr("now")
	}
	return d.Tr("%s ago", d.Age(t))
}

// When formats a time for the operator, the closer the shorter; "" for no time.
func (d *Deck) When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local, today := t.In(d.Zone), d.Now.In(d.Zone)
	switch {
	case local.YearDay() == today.YearDay() && local.Year() == today.Year():
		return local.Format("15:04")
	case local.Year() == today.Year():
		return d.Date(local, "2 Jan 15:04")
	}
	return d.Date(local, "2 Jan 2006 15:04")
}

// Day formats a time for a narrow column: like When, but a time in another year only as a date.
func (d *Deck) Day(t time.Time) string {
	if local := t.In(d.Zone); !t.IsZero() && local.Year() != d.Now.In(d.Zone).Year() {
		return d.Date(local, "2 Jan 2006")
	}
	return d.When(t)
}

// Exactly formats a time to the second with its zone.
func (d *Deck) Exactly(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return d.Date(t.In(d.Zone), "2 Jan 2006 15:04:05 MST")
}

// SecondOrDay formats a time for a column of 8: to the second, but one of another day only as a
// date.
func (d *Deck) SecondOrDay(t time.Time) string {
	if d.Now.Sub(t) > 20*time.Hour {
		return d.Date(t.In(d.Zone), "2 Jan")
	}
	return t.In(d.Zone).Format("15:04:05")
}

// ClockIn formats the time of day in another zone with its name; "" if clocks there show what they
// show here.
func (d *Deck) ClockIn(zone *time.Location, t time.Time) string {
	there := t.In(zone)
	_, offset := there.Zone()
	if _, ours := t.In(d.Zone).Zone(); ours == offset {
		return ""
	}
	return there.Format("15:04 ") + zone.String()
}

// OnDay formats a time within the next days with its day of the week.
func (d *Deck) OnDay(t time.Time) string {
	local := t.In(d.Zone)
	return d.Word("weekday", local.Format("Mon")) + " " + d.Date(local, "2 Jan 15:04")
}

// oldFigures is the age from which the figures of a campaign that is still polled are called old.
const oldFigures = time.Hour

// AsOf says how old figures are. If their vendor is offline they are "cached", beyond a limit
// "OLD", unless they are final.
func (d *Deck) AsOf(t time.Time, offline, final bool) (string, term.Tone) {
	at := d.clock(t)
	switch {
	case t.IsZero():
		return d.Tr("never reported"), term.Dim
	case offline:
		return d.Tr("cached %s", at), term.Warn
	case !final && d.Now.Sub(t) > oldFigures:
		return d.Tr("OLD %s", at), term.Warn
	}
	return d.Tr("as of %s", at), term.Dim
}

// clock formats a time to the second, with its day if it is not today.
func (d *Deck) clock(t time.Time) string {
	local, today := t.In(d.Zone), d.Now.In(d.Zone)
	switch {
	case local.YearDay() == today.YearDay() && local.Year() == today.Year():
		return local.Format("15:04:05")
	case local.Year() == today.Year():
		return d.Date(local, "2 Jan 15:04:05")
	}
	return d.Date(local, "2 Jan 2006 15:04:05")
}

// writtenPhones is how many formatted phones are cached: several screens full. A server caches as
// many for each session.
const writtenPhones = 256

// PhoneWriter formats phones for people.
type PhoneWriter struct {
	Masked  bool                   // phones are shown with stars, to hide them from onlookers
	written map[model.Phone]string // the latest ones, as shown
}

// Phone formats a phone for people, with stars in its middle while masks are on. Looking up
// numbering plans is slow (half of a key press was spent on it), so the latest results are cached.
func (w *PhoneWriter) Phone(p model.Phone) string {
	if s, ok := w.written[p]; ok {
		return s
	}
	if w.written == nil || len(w.written) >= writtenPhones {
		w.written = make(map[model.Phone]string)
	}
	s := p.Pretty()
	if w.Masked {
		s = p.Masked()
	}
	w.written[p] = s
	return s
}

// Masks turns the stars on phones on or off.
func (w *PhoneWriter) Masks(on bool) { w.Masked, w.written = on, nil }

// contact formats a person's identifier in a vendor's list, with stars while masks are on.
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
