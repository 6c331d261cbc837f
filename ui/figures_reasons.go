package ui

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
)

// mostReasons is how many groups of failures are shown.
const mostReasons = 8

// nextWidth is what most next steps take.
const nextWidth = 34

// failures groups those who did not get it by reason, with what to do next.
func (f *figures) failures(w int) []string {
	if len(f.stats.Reasons) == 0 {
		return nil
	}
	d := f.d
	lines := []string{"", d.style.paint(dim, clip(d.tr("why not delivered, what to do"), w))}
	shown := f.stats.Reasons[:min(mostReasons, len(f.stats.Reasons))]
	widest := 0
	for _, r := range shown {
		widest = max(widest, ansi.StringWidth(d.word("status", r.Status.String())))
	}
	reason := min(36, w-10-widest-2-nextWidth)
	for _, r := range shown {
		status, next := d.word("status", r.Status.String()), nextStep(d.language, r.Status, r.Reason.String())
		if reason < 16 {
			lines = append(lines, fitRight(count(r.People), 7)+"  "+clip(cmp.Or(d.text(r.Reason), status), w-9))
			for _, l := range wrap(next, max(1, w-9)) {
				lines = append(lines, "         "+d.style.paint(dim, l))
			}
			continue
		}
		lines = append(lines, fitRight(count(r.People), 8)+"  "+fit(status, widest+2)+
			fit(clip(cmp.Or(d.text(r.Reason), "—"), reason-2), reason)+
			d.style.paint(dim, clip(next, w-12-widest-reason)))
	}
	if more := len(f.stats.Reasons) - len(shown); more > 0 {
		lines = append(lines, d.style.paint(dim,
			"  "+clip(d.tr("and more (%d): Recipients, filter status:", more), w-2)))
	}
	return lines
}

// nextStep says what a person can do about people in that status, by the vendor's reason where it
// names one that is known.
func nextStep(l *language, s model.DeliveryStatus, reason string) string {
	folded := model.Fold(reason)
	noViber := strings.Contains(folded, "viber") && (strings.Contains(folded, "not") || strings.Contains(folded, "no "))
	switch {
	case s == model.StatusOptedOut:
		return l.tr("opted out: blacklist")
	case s == model.StatusNoMoney:
		return l.tr("no money: top up, then retry")
	case s == model.StatusUnknown:
		return l.tr("unknown: decide in Outbox")
	case noViber:
		return l.tr("not on Viber: use SMS")
	case s == model.StatusExpired:
		return l.tr("expired: retry")
	case s == model.StatusUndelivered:
		return l.tr("perhaps not on Viber: use SMS")
	case s == model.StatusRejected:
		return l.tr("refused: read why, do not repeat")
	case s == model.StatusFailed:
		return l.tr("technical: retry")
	}
	return l.tr("wait")
}
