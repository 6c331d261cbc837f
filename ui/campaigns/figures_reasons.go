package campaigns

import (
	"cmp"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// mostReasons is the maximum number of failure groups shown.
const mostReasons = 8

// nextWidth is the width that most next steps take.
const nextWidth = 34

// failures groups the people who did not receive it by reason, with what to do next.
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
		status, next := d.Word("status", r.Status.String()), d.Text(r.NextStep())
		if reason < 16 {
			lines = append(lines, term.FitRight(lang.Count(r.People), 7)+"  "+
				term.Clip(cmp.Or(d.Text(r.Reason), status), w-9))
			lines = append(lines, term.Indent(d.Style.PaintWrapped(term.Dim, next, w-9), "         ")...)
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
