package ui

import (
	"fmt"
	"strings"

	"viberdeck/model"
)

// step is one line of the funnel, or one part of the whole.
type step struct {
	name  string
	n     model.Figure
	whyNo string // why it may be unknown
}

func (f *figures) steps() []step {
	t := f.stats.Totals
	return []step{
		{"recipients", t.Recipients, "not told by the vendor"},
		{"sent", t.Sent, "not told by the vendor"},
		{"delivered", t.Delivered, "not told by the vendor"},
		{"read", t.Read, "not told by the vendor"},
		{"clicked", t.Clicked, "not counted by the vendor"},
	}
}

// funnel gives each step with its number, its share of those sent and of the step before, and a bar.
func (f *figures) funnel(w int) []string {
	d, steps := f.d, f.steps()
	whole := steps[1].n
	if !whole.Known {
		whole = steps[0].n
	}
	widest := int64(0)
	for _, s := range steps {
		widest = max(widest, s.n.N)
	}
	short := w < narrowFigures
	taken, head := 46, fit("", 11)+fitRight("number", 9)+fitRight("of sent", 10)+fitRight("of step before", 16)
	if short {
		taken, head = 30, ""
	}
	var lines []string
	if head != "" {
		lines = []string{d.style.paint(dim, head)}
	}
	reason, before := f.reason(), model.Figure{}
	for i, s := range steps {
		line := fit(s.name, 11) + d.style.paint(strong, fitRight(figure(s.n), 9))
		if !s.n.Known {
			lines = append(lines, line+"  "+d.style.paint(dim, clip(or(reason, s.whyNo), w-22)))
			continue
		}
		ofWhole, ofBefore := d.share(s.n, whole), d.share(s.n, before)
		if i == 0 {
			ofWhole, ofBefore = "", ""
		}
		if line += fitRight(ofWhole, 10); !short {
			line += fitRight(ofBefore, 16)
		}
		if room := w - taken - 2; room >= 4 && widest > 0 {
			line += "  " + d.style.paint(accent, strings.Repeat("█", int(s.n.N*int64(room)/widest)))
		}
		lines, before = append(lines, line), s.n
	}
	return lines
}

// reason is why the vendor gives no figures at all, if that is so.
func (f *figures) reason() string {
	caps, ok := f.d.capabilities(f.campaign.Account)
	if !ok {
		return ""
	}
	return caps.Why(model.ActStatistics)
}

// parts say what became of everybody, so that they add up to the whole. Where the vendor's own figures do not, it is said
// and nothing is bent.
func (f *figures) parts(w int) []string {
	t := f.stats.Totals
	whole, n := "recipients", t.Recipients
	if !n.Known {
		whole, n = "sent", t.Sent
	}
	sum, left := int64(0), "under way or stopped"
	var words []string
	for _, p := range []step{{"delivered", t.Delivered, ""}, {"undelivered", t.Undelivered, ""}, {"expired", t.Expired, ""}, {"failed", t.Failed, ""},
		{"unknown", t.Unknown, ""}} {
		words = append(words, p.name+" "+figure(p.n))
		if sum += p.n.N; !p.n.Known {
			left = "under way, stopped or not told"
		}
	}
	line := strings.Join(words, " + ")
	switch {
	case !n.Known:
		line += " + " + left + " —"
	case sum <= n.N:
		line += " + " + left + " " + count(n.N-sum) + " = " + whole + " " + count(n.N)
	default:
		line += fmt.Sprintf(" = %s, %s more than %s %s. These are the vendor's own figures; it counts some people twice.", count(sum), count(sum-n.N),
			whole, count(n.N))
	}
	return wrap(line, max(1, w))
}

// answers say how many people answered or opted out, and what the campaign cost.
func (f *figures) answers(w int) []string {
	t, s := f.stats.Totals, f.stats
	rate := func(n model.Figure) string {
		if r, ok := n.PerThousand(t.Delivered); ok {
			return fmt.Sprintf(" (%.1f per 1000 delivered)", r)
		}
		return ""
	}
	line := "replies " + figure(t.Replies) + rate(t.Replies) + " · opt-outs " + figure(t.OptOuts) + rate(t.OptOuts)
	if !t.Replies.Known {
		caps, _ := f.d.capabilities(f.campaign.Account)
		line += " (" + or(caps.Why(model.ActReplies), "this account has given no reply yet") + ")"
	}
	lines := wrap(line, max(1, w))
	cost, as := costLine(s), plain
	if differ(s.Quoted, s.Reported) {
		as = warn
	}
	for _, l := range wrap(cost, max(1, w)) {
		lines = append(lines, f.d.style.paint(as, l))
	}
	if f.campaign.Fallback.Enabled() {
		lines = append(lines, wrap("delivered by Viber — · by SMS — (the vendor does not tell them apart)", max(1, w))...)
	}
	return lines
}

// differ tells that two amounts are known and not the same.
func differ(a, b model.Money) bool {
	return a.Known && b.Known && (a.Currency != b.Currency || !a.Amount.Equal(b.Amount))
}

// costLine says what was quoted and what is reported, and how far they lie apart.
func costLine(s model.Statistics) string {
	switch {
	case differ(s.Quoted, s.Reported) && s.Quoted.Currency == s.Reported.Currency:
		more := model.NewMoney(s.Reported.Amount.Sub(s.Quoted.Amount), s.Quoted.Currency)
		return "cost quoted " + s.Quoted.String() + " · reported " + s.Reported.String() + " · they DIFFER by " + more.String()
	case differ(s.Quoted, s.Reported):
		return "cost quoted " + s.Quoted.String() + " · reported " + s.Reported.String() + " · other currencies"
	case s.Quoted.Known && s.Reported.Known:
		return "cost " + s.Reported.String() + " reported, as quoted"
	case s.Reported.Known:
		return "cost quoted — · reported " + s.Reported.String()
	case s.Quoted.Known:
		return "cost quoted " + s.Quoted.String() + " · reported — (not told by the vendor)"
	}
	return "cost " + (*language)(nil).price(s.Cost)
}
