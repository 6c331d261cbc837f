package ui

import (
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// oldFigures is when the figures of a campaign that is still asked about are called old.
const oldFigures = time.Hour

// optOutWarning is how many opt-outs per 1000 delivered are marked: well before a vendor blocks a
// sender for them.
const optOutWarning = 5

// fact is a labelled line: a figure, and what is to be said of it.
type fact struct {
	label, value, note string
	tone               tone // of value and note
}

// facts draws labelled lines. What does not fit beside its label stands under it.
func (d *deck) facts(all []fact, w int) []string {
	label := 0
	for _, f := range all {
		label = max(label, ansi.StringWidth(f.label)+1)
	}
	var lines []string
	for _, f := range all {
		text := f.value
		if f.note != "" {
			text += "  " + f.note
		}
		head, room := d.style.paint(dim, fit(f.label, label)), w-label
		if ansi.StringWidth(text) > room && room < 24 {
			lines, head, room = append(lines, d.style.paint(dim, f.label)), "  ", w-2
		}
		for i, l := range wrap(text, max(1, room)) {
			if i > 0 {
				head = fit("", ansi.StringWidth(head))
			}
			lines = append(lines, head+d.style.paint(f.tone, l))
		}
	}
	return lines
}

// asOf says of when figures are. Of what cannot be asked about now they are "cached", past a limit
// "OLD", unless they are final.
func (d *deck) asOf(t time.Time, offline, final bool) (string, tone) {
	at := d.clock(t)
	switch {
	case t.IsZero():
		return d.tr("never told"), dim
	case offline:
		return d.tr("cached %s", at), warn
	case !final && d.now.Sub(t) > oldFigures:
		return d.tr("OLD %s", at), warn
	}
	return d.tr("as of %s", at), dim
}

// clock writes a time to the second, with its day when that is not today.
func (d *deck) clock(t time.Time) string {
	local, today := t.In(d.Zone), d.now.In(d.Zone)
	switch {
	case local.YearDay() == today.YearDay() && local.Year() == today.Year():
		return local.Format("15:04:05")
	case local.Year() == today.Year():
		return d.date(local, "2 Jan 15:04:05")
	}
	return d.date(local, "2 Jan 2006 15:04:05")
}

// offline tells that the vendor of an account could not be reached when it was asked last; of "",
// that none could.
func (d *deck) offline(account string) bool {
	off := func(h model.Health) bool { return h.Known && !h.Online }
	if account == "" {
		known := slices.ContainsFunc(d.overview.Accounts, off)
		return known && !slices.ContainsFunc(d.overview.Accounts,
			func(h model.Health) bool { return h.Known && h.Online })
	}
	return slices.ContainsFunc(d.overview.Accounts, func(h model.Health) bool { return h.Account == account && off(h) })
}

// perThousand writes how many there are per 1000 delivered, with a sign from warnAt on (0: never).
func (d *deck) perThousand(n, delivered model.Figure, warnAt float64) cell {
	switch rate, ok := n.PerThousand(delivered); {
	case !ok:
		return cell{"—", dim}
	case warnAt > 0 && rate >= warnAt:
		return cell{d.rate(rate) + "!", warn}
	default:
		return cell{d.rate(rate), plain}
	}
}

// statusTone says whether a status is good news. The word itself says the same.
func statusTone(s model.DeliveryStatus) tone {
	switch s {
	case model.StatusDelivered, model.StatusRead, model.StatusClicked:
		return good
	case model.StatusExpired, model.StatusUndelivered, model.StatusRejected, model.StatusFailed, model.StatusNoMoney,
		model.StatusOptedOut:
		return bad
	case model.StatusUnknown, model.StatusHeld, model.StatusSuppressed:
		return warn
	}
	return plain
}
