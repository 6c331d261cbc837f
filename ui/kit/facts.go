package kit

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/term"
)

// OptOutWarning is the number of opt-outs per 1000 delivered that is marked as a warning, well
// below the number for which a vendor blocks a sender.
const OptOutWarning = 5

// Fact is a labelled line: a figure and a remark about it.
type Fact struct {
	Label, Value, Note string
	Tone               term.Tone // of the value and the note
}

// Facts draws labelled lines. Text that does not fit beside its label goes below it.
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

// Offline reports whether the vendor of an account was unreachable when last asked; for "", whether
// all were.
func (d *Deck) Offline(account string) bool {
	off := func(h model.Health) bool { return h.Known && !h.Online }
	if account == "" {
		known := slices.ContainsFunc(d.Overview.Accounts, off)
		return known && !slices.ContainsFunc(d.Overview.Accounts,
			func(h model.Health) bool { return h.Known && h.Online })
	}
	return slices.ContainsFunc(d.Overview.Accounts, func(h model.Health) bool { return h.Account == account && off(h) })
}

// PerThousand formats a count as a number per 1000 delivered, with a sign from warnAt on (0:
// never).
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

// StatusTone returns the tone of good or bad news for a status. The word itself says the same.
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

// CampaignTone returns the tone for a campaign of this state.
func CampaignTone(s model.CampaignState) term.Tone {
	switch s {
	case model.CampaignSent:
		return term.Good
	case model.CampaignFailed:
		return term.Bad
	case model.CampaignSending, model.CampaignQueued:
		return term.Accent
	case model.CampaignPaused, model.CampaignHeld, model.CampaignNeedsApproval, model.CampaignModeration,
		model.CampaignPartlySent, model.CampaignUnknown:
		return term.Warn
	case model.CampaignDraft, model.CampaignCancelled:
		return term.Dim
	}
	return term.Plain
}
