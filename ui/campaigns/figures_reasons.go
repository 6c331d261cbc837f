package campaigns

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
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
	lines := []string{"", d.Style.Paint(term.Dim, term.Clip(d.Tr("why not delivered, what to do"), w))}
	shown := f.stats.Reasons[:min(mostReasons, len(f.stats.Reasons))]
	widest := 0
	for _, r := range shown {
		widest = max(widest, ansi.StringWidth(d.Word("status", r.Status.String())))
	}
	reason := min(36, w-10-widest-2-nextWidth)
	for _, r := range shown {
		status, next := d.Word("status", r.Status.String()), NextStep(d.Language, r.Status, r.Reason.String())
		if reason < 16 {
			lines = append(lines, term.FitRight(lang.Count(r.People), 7)+"  "+
				term.Clip(cmp.Or(d.Text(r.Reason), status), w-9))
			for _, l := range term.Wrap(next, max(1, w-9)) {
				lines = append(lines, "         "+d.Style.Paint(term.Dim, l))
			}
			continue
		}
		lines = append(lines, term.FitRight(lang.Count(r.People), 8)+"  "+term.Fit(status, widest+2)+
			term.Fit(term.Clip(cmp.Or(d.Text(r.Reason), "—"), reason-2), reason)+
			d.Style.Paint(term.Dim, term.Clip(next, w-12-widest-reason)))
	}
	if more := len(f.stats.Reasons) - len(shown); more > 0 {
		lines = append(lines, d.Style.Paint(term.Dim,
			"  "+term.Clip(d.Tr("and more (%d): Recipients, filter status:", more), w-2)))
	}
	return lines
}

// NextStep says what a person can do about people in that status, by the vendor's reason where it
// names one that is known.
func NextStep(l *lang.Language, s model.DeliveryStatus, reason string) string {
	folded := model.Fold(reason)
	noViber := strings.Contains(folded, "viber") && (strings.Contains(folded, "not") || strings.Contains(folded, "no "))
	switch {
	case s == model.StatusOptedOut:
		return l.Tr("opted out: blacklist")
	case s == model.StatusNoMoney:
		return l.Tr("no money: top up, then retry")
	case s == model.StatusUnknown:
		return l.Tr("unknown: decide in Outbox")
	case noViber:
		return l.Tr("not on Viber: use SMS")
	case s == model.StatusExpired:
		return l.Tr("expired: retry")
	case s == model.StatusUndelivered:
		return l.Tr("perhaps not on Viber: use SMS")
	case s == model.StatusRejected:
		return l.Tr("refused: read why, do not repeat")
	case s == model.StatusFailed:
		return l.Tr("technical: retry")
	}
	return l.Tr("wait")
}
