package campaigns

import (
	"cmp"
	"slices"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// answers shows how many people replied or opted out, the quoted and the reported cost, and the
// cost of Viber and SMS.
func (f *figures) answers(w int) []string {
	ways, why := f.channels()
	lines := f.d.Facts(slices.Concat(f.replies(), f.cost(), ways), w)
	if why != "" {
		lines = append(lines, f.d.Style.PaintWrapped(term.Dim, "— "+why, w)...)
	}
	return lines
}

func (f *figures) replies() []kit.Fact {
	d, t := f.d, f.stats.Totals
	why := ""
	if !t.Replies.Known {
		caps, _ := d.Capabilities(f.campaign.Account)
		why = cmp.Or(d.Text(caps.Why(model.ActReplies)), d.Tr("no reply has come through this account yet"))
	}
	one := func(label string, n model.Figure) kit.Fact {
		a := kit.Fact{Label: label, Value: lang.Figure(n), Note: why}
		if rate, ok := n.PerThousand(t.Delivered); ok {
			a.Note = d.Tr("%s per 1000 delivered", d.Rate(rate))
		}
		return a
	}
	replies, optOuts := one(d.Word("figure", "replies"), t.Replies), one(d.Word("figure", "opt-outs"), t.OptOuts)
	if optOuts.Note == why {
		optOuts.Note = "" // shown only once
	}
	if rate, ok := t.OptOuts.PerThousand(t.Delivered); ok && rate >= kit.OptOutWarning {
		optOuts.Note, optOuts.Tone = optOuts.Note+" · "+d.Tr("many"), term.Warn
	}
	return []kit.Fact{replies, optOuts}
}

// cost shows the expected, the quoted and the reported amount, and how much they differ.
func (f *figures) cost() []kit.Fact {
	d, s := f.d, f.stats
	if !s.Expected.Known {
		return f.charged()
	}
	expected := kit.Fact{Label: d.Tr("cost expected"), Value: d.Money(s.Expected)}
	switch more := model.Difference(s.Expected, s.Cost); {
	case more.Known && more.Amount.IsZero():
		expected.Note = d.Tr("and so it is")
	case more.Known:
		expected.Note, expected.Tone = d.Tr("≠ DIFFERS by %s", d.Money(more)), term.Warn
	case s.Cost.Known:
		expected.Note, expected.Tone = d.Tr("≠ another currency"), term.Warn
	}
	return append([]kit.Fact{expected}, f.charged()...)
}

// charged shows what the vendor quoted and what it reports.
func (f *figures) charged() []kit.Fact {
	d, s := f.d, f.stats
	quoted, reported := kit.Fact{Label: d.Tr("cost quoted"), Value: d.Money(s.Quoted)},
		kit.Fact{Label: d.Tr("cost reported"), Value: d.Money(s.Reported)}
	switch {
	case differ(s.Quoted, s.Reported) && s.Quoted.Currency == s.Reported.Currency:
		more := model.NewMoney(s.Reported.Amount.Sub(s.Quoted.Amount), s.Quoted.Currency)
		reported.Note, reported.Tone = d.Tr("≠ DIFFERS by %s", d.Money(more)), term.Warn
	case differ(s.Quoted, s.Reported):
		reported.Note, reported.Tone = d.Tr("≠ another currency"), term.Warn
	case s.Quoted.Known && s.Reported.Known:
		return []kit.Fact{{Label: d.Tr("cost"), Value: d.Money(s.Reported), Note: d.Tr("reported, as quoted")}}
	case s.Reported.Known:
		if quoted.Note = d.Tr("none was given"); !f.campaign.Ours {
			quoted.Note = d.Tr("not sent from here")
		}
	case s.Quoted.Known:
		reported.Note = d.Tr("not reported by the vendor")
	case s.Cost.Known:
		return []kit.Fact{{Label: d.Tr("cost"), Value: d.Money(s.Cost)}}
	default:
		return []kit.Fact{{Label: d.Tr("cost"), Value: "—", Note: d.Tr("not reported by the vendor")}}
	}
	return []kit.Fact{quoted, reported}
}

// differ reports whether two amounts are known and different.
func differ(a, b model.Money) bool {
	return a.Known && b.Known && (a.Currency != b.Currency || !a.Amount.Equal(b.Amount))
}

// channels shows Viber and the fallback SMS separately, each with its cost, or why that is not
// possible.
func (f *figures) channels() (ways []kit.Fact, why string) {
	d := f.d
	caps, _ := d.Capabilities(f.campaign.Account)
	ch := f.stats.Channels(caps)
	viber, sms := channelFact(d, ch.Viber), channelFact(d, ch.SMS)
	viber.Label, sms.Label = d.Tr("delivered by Viber"), d.Tr("delivered by SMS")
	switch {
	case ch.Use == model.SMSNone:
		sms.Note = d.Tr("not asked for")
	case !ch.SMS.Delivered.Known:
		sms.Note = d.Tr("not reported separately")
	}
	if !ch.Viber.Delivered.Known && ch.ViberAtLeast.Known && ch.ViberAtLeast.N > 0 {
		viber.Note = d.Tr("at least %s, read there", lang.Count(ch.ViberAtLeast.N))
	} else if !ch.Viber.Delivered.Known {
		viber.Note = d.Tr("not reported separately")
	}
	return []kit.Fact{viber, sms}, d.Text(ch.Why)
}

// channelFact shows what went through one channel: how many messages, and for how much.
func channelFact(d *kit.Deck, c model.ChannelFigures) kit.Fact {
	switch {
	case !c.Delivered.Known:
		return kit.Fact{Value: "—"}
	case c.Delivered.N == 0 && !c.Cost.Known: // a dash would look like a missing figure
		return kit.Fact{Value: lang.Figure(c.Delivered)}
	}
	return kit.Fact{Value: lang.Figure(c.Delivered) + " · " + d.Money(c.Cost)}
}
