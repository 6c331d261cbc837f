package lists

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// healthSpan is the period over which the health of senders is counted, healthPause how long a
// count stays valid.
const (
	healthSpan  = 30 * 24 * time.Hour
	healthPause = time.Minute
)

// senderHealth is how people received what each sender sent in the last 30 days. It is counted
// separately from the list, which never waits for it.
type senderHealth struct {
	byID   map[string]model.SenderHealth // by account and id
	byName map[string]model.SenderHealth // by account and name, for senders whose id is unknown
	At     time.Time                     // when it was counted; zero: not yet
	asked  kit.Slot
	Busy   bool
	err    error
}

// read counts the health again, unless it was counted a moment ago.
func (s *senderHealth) read(d *kit.Deck) tea.Cmd {
	if s.Busy || !s.At.IsZero() && d.Now.Sub(s.At) < healthPause {
		return nil
	}
	s.Busy = true
	store, since := d.Store, d.Now.Add(-healthSpan)
	return kit.Ask(d, &s.asked, func(ctx context.Context) ([]model.SenderHealth, error) {
		return store.SenderHealth(ctx, since)
	},
		func(all []model.SenderHealth, err error) tea.Cmd {
			if s.Busy, s.err = false, err; err != nil {
				return nil // the screen shows it in place of the figures
			}
			s.At, s.byID, s.byName = d.Now, map[string]model.SenderHealth{}, map[string]model.SenderHealth{}
			for _, h := range all {
				if h.Sender == "" {
					s.byName[h.Account+"/"+h.Name] = h
				} else {
					s.byID[h.Account+"/"+h.Sender] = h
				}
			}
			return nil
		})
}

// of returns the health of a sender; ok is false if nothing was sent in its name or nothing has
// been counted yet.
func (s *senderHealth) of(v model.Sender) (h model.SenderHealth, ok bool) {
	if h, ok = s.byID[v.Account+"/"+v.ID]; !ok && v.Name != "" {
		h, ok = s.byName[v.Account+"/"+v.Name]
	}
	return h, ok
}

// limitsOf returns the limits stated by the vendor of an account.
func limitsOf(d *kit.Deck, account string) model.Limits {
	caps, _ := d.Capabilities(account)
	return caps.Limits
}

// healthWord says how close a sender is to being blocked.
func healthWord(d *kit.Deck, h model.SenderHealth) kit.Cell {
	switch h.Level(limitsOf(d, h.Account)) {
	case model.HealthGood:
		return kit.Cell{Text: d.Word("health", "good"), Tone: term.Good}
	case model.HealthWarning:
		return kit.Cell{Text: d.Word("health", "WARNING"), Tone: term.Warn}
	case model.HealthDanger:
		return kit.Cell{Text: d.Word("health", "DANGER"), Tone: term.Bad}
	}
	return kit.Cell{Text: "—", Tone: term.Dim}
}

// facts returns a sender's health: how close it is to being blocked, what arrived, how people
// received it, and how old the figures are. Unknown values have a reason.
func (s *senderHealth) facts(d *kit.Deck, v model.Sender) []kit.Fact {
	h, ok := s.of(v)
	label := d.Tr("health")
	switch {
	case s.err != nil:
		return []kit.Fact{{Label: label, Value: "—",
			Note: d.Tr("could not be counted: %s. Press r to try again.", d.Fault(s.err)), Tone: term.Warn}}
	case s.At.IsZero():
		return []kit.Fact{{Label: label, Value: "—", Note: d.Tr("it is being counted…"), Tone: term.Dim}}
	case !ok:
		return []kit.Fact{{Label: label, Value: "—", Note: d.Tr("nothing was sent in this name over 30 days"),
			Tone: term.Dim}}
	case h.Campaigns == 0:
		return []kit.Fact{{Label: label, Value: "—",
			Note: d.Tr("the vendor has not reported whether anything arrived: %s",
				d.Plural(h.Without, "campaign", "campaigns")), Tone: term.Dim}}
	}
	delivered := kit.Fact{Label: d.Word("figure", "delivered"),
		Value: d.Tr("%s of %s", d.Share(h.Delivered, h.Sent), lang.Figure(h.Sent))}
	if h.Rejected.Known && h.Rejected.N > 0 {
		delivered.Value += " · " + d.Tr("refused: %s", lang.Count(h.Rejected.N))
	}
	complaints := takenBy(d, d.Word("figure", "complaints"), h.Complaints, h)
	complaints.Note = cmp.Or(complaints.Note, d.Tr("replies that look like one"))
	all := []kit.Fact{delivered, takenBy(d, d.Word("figure", "opt-outs"), h.OptOuts, h), complaints}
	if h.Level(limitsOf(d, h.Account)) == model.HealthUnknown {
		all = append(all, verdict(d, h))
	} else {
		all = slices.Insert(all, 0, verdict(d, h))
	}
	stamp, as := d.AsOf(h.AsOf, d.Offline(v.Account), true)
	of := d.Plural(h.Campaigns, "campaign", "campaigns")
	if !h.Since.IsZero() {
		of = d.Tr("%s since %s", of, d.When(h.Since))
	}
	if h.Without > 0 {
		of += " · " + d.Tr("%s without figures here", lang.Count(h.Without))
	}
	return append(all, kit.Fact{Label: d.Word("figure", "counted"), Value: of + " · " + stamp + ", " + d.Ago(h.AsOf),
		Tone: as})
}

// verdict says how close a sender is to being blocked.
func verdict(d *kit.Deck, h model.SenderHealth) kit.Fact {
	limits, word := limitsOf(d, h.Account), healthWord(d, h)
	warnAt, blocked := d.Rate(10*limits.ComplaintsWarn()), d.Rate(10*limits.ComplaintsBlock)
	v := kit.Fact{Label: d.Tr("health"), Value: word.Text, Tone: word.Tone}
	switch h.Level(limits) {
	case model.HealthDanger:
		v.Note = d.Tr("the vendor blocks above %s complaints per 1000", blocked)
	case model.HealthWarning:
		v.Note = d.Tr("slow down: the vendor blocks above %s complaints per 1000", blocked)
	case model.HealthGood:
		v.Note = d.Tr("warned from %s complaints per 1000, blocked above %s", warnAt, blocked)
	default:
		if v.Note = d.Tr("the vendor states no level at which it blocks"); limits.ComplaintsBlock > 0 {
			v.Note = d.Tr("no reply has come through this account, so complaints are unknown")
		}
	}
	return v
}

// takenBy says how many people reacted to a sender's messages in one way.
func takenBy(d *kit.Deck, label string, n model.Figure, h model.SenderHealth) kit.Fact {
	rate := d.PerThousand(n, h.Delivered, 0)
	if !n.Known {
		return kit.Fact{Label: label, Value: "—", Note: d.Tr("no reply has come through this account")}
	}
	return kit.Fact{Label: label, Value: d.Tr("%s per 1000 delivered", rate.Text)}
}
