package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// recipientBox shows what the vendor itself says of one message to one person: its own word, code
// and time.
type recipientBox struct {
	d      *deck
	of     model.Recipient
	scroll int
}

func (b *recipientBox) title() string {
	return b.d.tr("%s in the vendor's own words", b.d.person(b.of))
}
func (b *recipientBox) hint() string {
	return b.d.tr("p history of the person   any other key closes this")
}

func (b *recipientBox) update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	switch by := scrollBy(key.String()); {
	case !ok:
		return nil, false
	case by != 0:
		b.scroll += by
		return nil, false
	case command(key) == "p" && b.of.Phone != 0:
		return openPerson(b.d, b.of.Phone), true
	}
	return nil, true
}

func (b *recipientBox) body(w, h int) []string {
	d, v := b.d, b.of
	at := fact{label: d.tr("time"), value: "—", note: d.tr("the vendor gave none")}
	if !v.UpdatedAt.IsZero() {
		at.value, at.note = d.exactly(v.UpdatedAt), d.ago(v.UpdatedAt)
	}
	own := fact{label: d.tr("vendor's word"), value: v.VendorStatus}
	if own.value == "" {
		own.value, own.note = "—", d.tr("the vendor has not told of this message yet")
	}
	price := fact{label: d.word("column", "price"), value: d.money(v.Price)}
	if !v.Price.Known {
		price.note = d.tr("not told by the vendor")
	}
	facts := []fact{{label: d.word("column", "status"), value: d.word("status", v.Status.String()),
		tone: statusTone(v.Status)}, own,
		{label: d.tr("reason, code"), value: cmp.Or(d.text(v.Reason), "—")}, at, price,
		{label: d.tr("vendor's id"), value: cmp.Or(v.VendorID, "—")},
		{label: d.word("column", "campaign"), value: cmp.Or(v.CampaignName, v.Campaign.String()) + " · " + v.Account}}
	if a, ok := d.account(v.Account); ok {
		facts[len(facts)-1].value += " (" + string(a.Vendor) + ")"
	}
	return scrolled(d, d.facts(facts, w), &b.scroll, max(1, h))
}
