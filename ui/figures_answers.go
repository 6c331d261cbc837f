package ui

import (
	"cmp"
	"slices"

	"viberdeck/model"
)

// answers say how many people answered or opted out, what was quoted and what is reported, and what
// Viber and SMS cost.
func (f *figures) answers(w int) []string {
	ways, why := f.channels()
	lines := f.d.facts(slices.Concat(f.replies(), f.cost(), ways), w)
	if why != "" {
		for _, l := range wrap("— "+why, max(1, w)) {
			lines = append(lines, f.d.style.paint(dim, l))
		}
	}
	return lines
}

func (f *figures) replies() []fact {
	d, t := f.d, f.stats.Totals
	why := ""
	if !t.Replies.Known {
		caps, _ := d.capabilities(f.campaign.Account)
		why = cmp.Or(d.text(caps.Why(model.ActReplies)), d.tr("this account has given no reply yet"))
	}
	one := func(label string, n model.Figure) fact {
		a := fact{label: label, value: figure(n), note: why}
		if rate, ok := n.PerThousand(t.Delivered); ok {
			a.note = d.tr("%s per 1000 delivered", d.rate(rate))
		}
		return a
	}
	replies, optOuts := one(d.word("figure", "replies"), t.Replies), one(d.word("figure", "opt-outs"), t.OptOuts)
	if optOuts.note == why {
		optOuts.note = "" // said once
	}
	if rate, ok := t.OptOuts.PerThousand(t.Delivered); ok && rate >= optOutWarning {
		optOuts.note, optOuts.tone = optOuts.note+" · "+d.tr("many"), warn
	}
	return []fact{replies, optOuts}
}

// cost says what was quoted and what is reported, and how far they lie apart.
func (f *figures) cost() []fact {
	d, s := f.d, f.stats
	quoted, reported := fact{label: d.tr("cost quoted"), value: d.money(s.Quoted)},
		fact{label: d.tr("cost reported"), value: d.money(s.Reported)}
	switch {
	case differ(s.Quoted, s.Reported) && s.Quoted.Currency == s.Reported.Currency:
		more := model.NewMoney(s.Reported.Amount.Sub(s.Quoted.Amount), s.Quoted.Currency)
		reported.note, reported.tone = d.tr("≠ DIFFERS by %s", d.money(more)), warn
	case differ(s.Quoted, s.Reported):
		reported.note, reported.tone = d.tr("≠ another currency"), warn
	case s.Quoted.Known && s.Reported.Known:
		return []fact{{label: d.tr("cost"), value: d.money(s.Reported), note: d.tr("reported, as quoted")}}
	case s.Reported.Known:
		if quoted.note = d.tr("none was given"); !f.campaign.Ours {
			quoted.note = d.tr("not sent from here")
		}
	case s.Quoted.Known:
		reported.note = d.tr("not told by the vendor")
	case s.Cost.Known:
		return []fact{{label: d.tr("cost"), value: d.money(s.Cost)}}
	default:
		return []fact{{label: d.tr("cost"), value: "—", note: d.tr("not told by the vendor")}}
	}
	return []fact{quoted, reported}
}

// differ tells that two amounts are known and not the same.
func differ(a, b model.Money) bool {
	return a.Known && b.Known && (a.Currency != b.Currency || !a.Amount.Equal(b.Amount))
}

// channels tell Viber and the fallback SMS apart, each with its cost, and why that cannot be done.
func (f *figures) channels() (ways []fact, why string) {
	d := f.d
	caps, _ := d.capabilities(f.campaign.Account)
	ch := f.stats.Channels(caps)
	viber, sms := channelFact(d, ch.Viber), channelFact(d, ch.SMS)
	viber.label, sms.label = d.tr("delivered by Viber"), d.tr("delivered by SMS")
	switch {
	case ch.Use == model.SMSNone:
		sms.note = d.tr("not asked for")
	case !ch.SMS.Delivered.Known:
		sms.note = d.tr("not told apart")
	}
	if !ch.Viber.Delivered.Known && ch.ViberAtLeast.Known && ch.ViberAtLeast.N > 0 {
		viber.note = d.tr("at least %s, read there", count(ch.ViberAtLeast.N))
	} else if !ch.Viber.Delivered.Known {
		viber.note = d.tr("not told apart")
	}
	return []fact{viber, sms}, d.text(ch.Why)
}

// channelFact writes what went one way: how many, and for how much.
func channelFact(d *deck, c model.ChannelFigures) fact {
	if !c.Delivered.Known {
		return fact{value: "—"}
	}
	return fact{value: figure(c.Delivered) + " · " + d.money(c.Cost)}
}
