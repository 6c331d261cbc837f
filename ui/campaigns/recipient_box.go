package campaigns

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/person"
)

// recipientBox shows the vendor's own information about one message to one person: its word, code
// and time.
type recipientBox struct {
	d     *kit.Deck
	of    model.Recipient
	pager kit.Pager
}

// Title names the dialog.
func (b *recipientBox) Title() string {
	return b.d.Tr("%s in the vendor's own words", b.d.Person(b.of))
}

// Hint returns the key hints of the dialog.
func (b *recipientBox) Hint() string {
	return b.d.Tr("p history of the person   any other key closes this")
}

// Update handles a message and reports whether the dialog has ended.
func (b *recipientBox) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok, b.pager.Scroll(key):
		return nil, false
	case kit.Command(key) == "p" && b.of.Phone != 0:
		return person.OpenPerson(b.d, b.of.Phone), true
	}
	return nil, true
}

// Body draws the dialog within the given width and height.
func (b *recipientBox) Body(w, h int) []string {
	d, v := b.d, b.of
	at := kit.Fact{Label: d.Tr("time"), Value: "—", Note: d.Tr("the vendor gave none")}
	if !v.UpdatedAt.IsZero() {
		at.Value, at.Note = d.Exactly(v.UpdatedAt), d.Ago(v.UpdatedAt)
	}
	own := kit.Fact{Label: d.Tr("vendor's word"), Value: v.VendorStatus}
	if own.Value == "" {
		own.Value, own.Note = "—", d.Tr("no status from the vendor yet")
	}
	price := kit.Fact{Label: d.Word("column", "price"), Value: d.Money(v.Price)}
	if !v.Price.Known {
		price.Note = d.Tr("not reported by the vendor")
	}
	facts := []kit.Fact{{Label: d.Word("column", "status"), Value: d.Word("status", v.Status.String()),
		Tone: kit.StatusTone(v.Status)}, own,
		{Label: d.Tr("reason, code"), Value: cmp.Or(d.Text(v.Reason), "—")}, at, price,
		{Label: d.Tr("vendor's id"), Value: cmp.Or(v.VendorID, "—")},
		{Label: d.Word("column", "campaign"), Value: cmp.Or(v.CampaignName, v.Campaign.String()) + " · " + v.Account}}
	if a, ok := d.Account(v.Account); ok {
		facts[len(facts)-1].Value += " (" + d.VendorName(a.Vendor) + ")"
	}
	if list := cmp.Or(v.ListName, v.List); list != "" {
		facts = append(facts, kit.Fact{Label: d.Tr("list at the vendor"), Value: list})
	}
	return b.pager.Visible(d, d.Facts(facts, w), h)
}
