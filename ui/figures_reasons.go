package ui

import (
	"fmt"
	"strings"

	"viberdeck/model"
)

// mostReasons is how many groups of failures are shown.
const mostReasons = 8

// failures groups those who did not get it by reason, with what to do next.
func (f *figures) failures(w int) []string {
	if len(f.stats.Reasons) == 0 {
		return nil
	}
	d := f.d
	lines := []string{"", d.style.paint(dim, "not delivered, by reason, and what to do")}
	for i, r := range f.stats.Reasons {
		if i == mostReasons {
			lines = append(lines, d.style.paint(dim, fmt.Sprintf("  and %d reasons more: Recipients, filter status:", len(f.stats.Reasons)-i)))
			break
		}
		next := nextStep(r.Status, r.Reason)
		if w < narrowFigures {
			lines = append(lines, fitRight(count(r.People), 6)+" "+clip(or(r.Reason, r.Status.String()), w-7), "       "+d.style.paint(dim, clip(next, w-7)))
			continue
		}
		reason := min(30, max(8, w/4))
		line := fitRight(count(r.People), 8) + "  " + fit(r.Status.String(), 12) + fit(clip(or(r.Reason, "—"), reason), reason)
		lines = append(lines, line+d.style.paint(dim, clip(" "+next, max(0, w-22-reason))))
	}
	return lines
}

// nextStep says what a person can do about people in that status, by the vendor's reason where it names one that is known.
func nextStep(s model.DeliveryStatus, reason string) string {
	folded := model.Fold(reason)
	noViber := strings.Contains(folded, "viber") && (strings.Contains(folded, "not") || strings.Contains(folded, "no "))
	switch {
	case s == model.StatusOptedOut:
		return "opted out: blacklist"
	case s == model.StatusNoMoney:
		return "no money: top up, then retry"
	case s == model.StatusUnknown:
		return "unknown: decide in Outbox"
	case noViber:
		return "not on Viber: use SMS"
	case s == model.StatusExpired:
		return "expired: retry"
	case s == model.StatusUndelivered:
		return "perhaps not on Viber: use SMS"
	case s == model.StatusRejected:
		return "refused: read why, do not repeat"
	case s == model.StatusFailed:
		return "technical: retry"
	}
	return "wait"
}
