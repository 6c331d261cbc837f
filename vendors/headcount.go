package vendors

import (
	"time"

	"viberdeck/model"
)

// headcount counts the people of one campaign by how far their message got.
type headcount struct {
	people, open int64
	by           map[model.DeliveryStatus]int64
	cost         model.Money // of all people, as long as each price is known and in one currency
}

func (n *headcount) add(page []model.Recipient) {
	if n.by == nil {
		n.by = make(map[model.DeliveryStatus]int64)
	}
	for _, who := range page {
		if n.people == 0 {
			n.cost = who.Price
		} else {
			n.cost = n.cost.Plus(who.Price)
		}
		n.people++
		n.by[who.Status]++
		if !who.Status.Final() {
			n.open++
		}
	}
}

// complete adds to a vendor's totals what follows from counting its people: how many there are and,
// where the vendor has no totals of its own, how far their messages got, and the total cost if
// every price is known.
func (n *headcount) complete(s *model.Statistics, expected int64) {
	if s.AsOf.IsZero() {
		s.AsOf, s.Totals, s.ByPeople = time.Now(), n.totals(), true
	} else if !s.Totals.Recipients.Known {
		s.Totals.Recipients = model.Known(n.people)
	}
	if r := &s.Totals.Recipients; r.N < expected {
		r.N = expected // people whom the vendor does not list yet also belong to it
	}
	if !s.Cost.Known && n.people >= expected {
		s.Cost = n.cost
	}
}

// totals returns the figures. A message that was read was also delivered and sent. Clicks are known
// only if there is at least one: a vendor that does not report them returns the same rows as one
// whose people never clicked.
func (n *headcount) totals() model.Totals {
	of := func(statuses ...model.DeliveryStatus) int64 {
		var sum int64
		for _, s := range statuses {
			sum += n.by[s]
		}
		return sum
	}
	seen := of(model.StatusRead, model.StatusClicked)
	reached := seen + of(model.StatusDelivered)
	t := model.Totals{
		Recipients: model.Known(n.people),
		Sent: model.Known(reached + of(model.StatusSent, model.StatusUndelivered, model.StatusExpired,
			model.StatusOptedOut)),
		Delivered:   model.Known(reached),
		Read:        model.Known(seen),
		Undelivered: model.Known(of(model.StatusUndelivered, model.StatusOptedOut)),
		Failed:      model.Known(of(model.StatusFailed, model.StatusRejected, model.StatusNoMoney)),
		Expired:     model.Known(of(model.StatusExpired)),
		Unknown:     model.Known(of(model.StatusUnknown)),
	}
	if clicked := of(model.StatusClicked); clicked > 0 {
		t.Clicked = model.Known(clicked)
	}
	return t
}
