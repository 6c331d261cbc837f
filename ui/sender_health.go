package ui

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// healthSpan is how far back the health of senders is counted, healthPause how long a count holds.
const (
	healthSpan  = 30 * 24 * time.Hour
	healthPause = time.Minute
)

// senderHealth is how people took what each sender sent over the last 30 days. It is counted beside
// the list, which never waits for it.
type senderHealth struct {
	byID   map[string]model.SenderHealth // by account and id
	byName map[string]model.SenderHealth // by account and name, of senders whose id nobody knows
	at     time.Time                     // when it was counted; zero: not yet
	asked  slot
	busy   bool
	err    error
}

// read counts the health anew, unless it was counted a moment ago.
func (s *senderHealth) read(d *deck) tea.Cmd {
	if s.busy || !s.at.IsZero() && d.now.Sub(s.at) < healthPause {
		return nil
	}
	s.busy = true
	store, since := d.Store, d.now.Add(-healthSpan)
	return ask(d, &s.asked, func(ctx context.Context) ([]model.SenderHealth, error) {
		return store.SenderHealth(ctx, since)
	},
		func(all []model.SenderHealth, err error) tea.Cmd {
			if s.busy, s.err = false, err; err != nil {
				return nil // the screen says so where the figures would be
			}
			s.at, s.byID, s.byName = d.now, map[string]model.SenderHealth{}, map[string]model.SenderHealth{}
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

// of gives the health of a sender; ok is false where nothing was sent in its name or nothing is
// counted yet.
func (s *senderHealth) of(v model.Sender) (h model.SenderHealth, ok bool) {
	if h, ok = s.byID[v.Account+"/"+v.ID]; !ok && v.Name != "" {
		h, ok = s.byName[v.Account+"/"+v.Name]
	}
	return h, ok
}

// limitsOf gives what the vendor of an account states.
func limitsOf(d *deck, account string) model.Limits {
	caps, _ := d.capabilities(account)
	return caps.Limits
}

// healthWord says how near a sender is to being blocked.
func healthWord(d *deck, h model.SenderHealth) cell {
	switch h.Level(limitsOf(d, h.Account)) {
	case model.HealthGood:
		return cell{d.word("health", "good"), good}
	case model.HealthWarning:
		return cell{d.word("health", "WARNING"), warn}
	case model.HealthDanger:
		return cell{d.word("health", "DANGER"), bad}
	}
	return cell{"—", dim}
}

// facts say all of a sender's health: how near it is to being blocked, what arrived, how people
// took it, and how old the figures are. What is unknown has its reason.
func (s *senderHealth) facts(d *deck, v model.Sender) []fact {
	h, ok := s.of(v)
	label := d.tr("health")
	switch {
	case s.err != nil:
		return []fact{{label: label, value: "—",
			note: d.tr("could not be counted: %s. Press r to try again.", d.fault(s.err)), tone: warn}}
	case s.at.IsZero():
		return []fact{{label: label, value: "—", note: d.tr("it is being counted…"), tone: dim}}
	case !ok:
		return []fact{{label: label, value: "—", note: d.tr("nothing was sent in this name over 30 days"), tone: dim}}
	case h.Campaigns == 0:
		return []fact{{label: label, value: "—",
			note: d.tr("the vendor has not told whether anything arrived: %s",
				d.plural(h.Without, "campaign", "campaigns")), tone: dim}}
	}
	delivered := fact{label: d.word("figure", "delivered"),
		value: d.tr("%s of %s", d.share(h.Delivered, h.Sent), figure(h.Sent))}
	if h.Rejected.Known && h.Rejected.N > 0 {
		delivered.value += " · " + d.tr("refused: %s", count(h.Rejected.N))
	}
	complaints := takenBy(d, d.word("figure", "complaints"), h.Complaints, h)
	complaints.note = cmp.Or(complaints.note, d.tr("replies that look like one"))
	all := []fact{delivered, takenBy(d, d.word("figure", "opt-outs"), h.OptOuts, h), complaints}
	if h.Level(limitsOf(d, h.Account)) == model.HealthUnknown {
		all = append(all, verdict(d, h))
	} else {
		all = slices.Insert(all, 0, verdict(d, h))
	}
	stamp, as := d.asOf(h.AsOf, d.offline(v.Account), true)
	of := d.plural(h.Campaigns, "campaign", "campaigns")
	if !h.Since.IsZero() {
		of = d.tr("%s since %s", of, d.when(h.Since))
	}
	if h.Without > 0 {
		of += " · " + d.tr("%s without figures here", count(h.Without))
	}
	return append(all, fact{label: d.word("figure", "counted"), value: of + " · " + stamp + ", " + d.ago(h.AsOf),
		tone: as})
}

// verdict says how near a sender is to being blocked.
func verdict(d *deck, h model.SenderHealth) fact {
	limits, word := limitsOf(d, h.Account), healthWord(d, h)
	warnAt, blocked := d.rate(10*limits.ComplaintsWarn()), d.rate(10*limits.ComplaintsBlock)
	v := fact{label: d.tr("health"), value: word.text, tone: word.tone}
	switch h.Level(limits) {
	case model.HealthDanger:
		v.note = d.tr("the vendor blocks above %s complaints per 1000", blocked)
	case model.HealthWarning:
		v.note = d.tr("slow down: the vendor blocks above %s complaints per 1000", blocked)
	case model.HealthGood:
		v.note = d.tr("warned from %s complaints per 1000, blocked above %s", warnAt, blocked)
	default:
		if v.note = d.tr("the vendor states no level at which it blocks"); limits.ComplaintsBlock > 0 {
			v.note = d.tr("no reply has come through this account, so nobody knows of complaints")
		}
	}
	return v
}

// takenBy says how many people took a sender's messages in one way.
func takenBy(d *deck, label string, n model.Figure, h model.SenderHealth) fact {
	rate := d.perThousand(n, h.Delivered, 0)
	if !n.Known {
		return fact{label: label, value: "—", note: d.tr("no reply has come through this account")}
	}
	return fact{label: label, value: d.tr("%s per 1000 delivered", rate.text)}
}
