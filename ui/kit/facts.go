package kit

import (
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/term"
)

// oldFigures is when the figures of a campaign that is still asked about are called old.
const oldFigures = time.Hour

// OptOutWarning is how many opt-outs per 1000 delivered are marked: well before a vendor blocks a
// sender for them.
const OptOutWarning = 5

// Fact is a labelled line: a figure, and what is to be said of it.
type Fact struct {
	Label, Value, Note string
	Tone               term.Tone // of value and note
}

// Facts draws labelled lines. What does not fit beside its label stands under it.
func (d *Deck) Facts(all []Fact, w int) []string {
	label := 0
	for _, f := range all {
		label = max(label, ansi.StringWidth(f.Label)+1)
	}
	var lines []string
	for _, f := range all {
		text := f.Value
		if f.Note != "" {
			text += "  " + f.Note
		}
		head, room := d.Style.Paint(term.Dim, term.Fit(f.Label, label)), w-label
		if ansi.StringWidth(text) > room && room < 24 {
			lines, head, room = append(lines, d.Style.Paint(term.Dim, f.Label)), "  ", w-2
		}
		for i, l := range term.Wrap(text, max(1, room)) {
			if i > 0 {
				head = term.Fit("", ansi.StringWidth(head))
			}
			lines = append(lines, head+d.Style.Paint(f.Tone, l))
		}
	}
	return lines
}

// AsOf says of when figures are. Of what cannot be asked about now they are "cached", past a limit
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

// clock writes a time to the second, with its day when that is not today.
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

// Offline says that the vendor of an account could not be reached when it was asked last; of "",
// that none could.
func (d *Deck) Offline(account string) bool {
	off := func(h model.Health) bool { return h.Known && !h.Online }
	if account == "" {
		known := slices.ContainsFunc(d.Overview.Accounts, off)
		return known && !slices.ContainsFunc(d.Overview.Accounts,
			func(h model.Health) bool { return h.Known && h.Online })
	}
	return slices.ContainsFunc(d.Overview.Accounts, func(h model.Health) bool { return h.Account == account && off(h) })
}

// PerThousand writes how many there are per 1000 delivered, with a sign from warnAt on (0: never).
func (d *Deck) PerThousand(n, delivered model.Figure, warnAt float64) Cell {
	switch rate, ok := n.PerThousand(delivered); {
	case !ok:
		return Cell{"—", term.Dim}
	case warnAt > 0 && rate >= warnAt:
		return Cell{d.Rate(rate) + "!", term.Warn}
	default:
		return Cell{d.Rate(rate), term.Plain}
	}
}

// StatusTone says whether a status is good news. The word itself says the same.
func StatusTone(s model.DeliveryStatus) term.Tone {
	switch s {
	case model.StatusDelivered, model.StatusRead, model.StatusClicked:
		return term.Good
	case model.StatusExpired, model.StatusUndelivered, model.StatusRejected, model.StatusFailed, model.StatusNoMoney,
		model.StatusOptedOut:
		return term.Bad
	case model.StatusUnknown, model.StatusHeld, model.StatusSuppressed:
		return term.Warn
	}
	return term.Plain
}
