package vendors

import (
	"cmp"
	"slices"
	"time"

	"viberdeck/model"
)

// soon is how much later than now a vendor may say that it sends what is to leave at once.
const soon = 15 * time.Minute

// Made is what a vendor says of a campaign that it made, as far as it can be compared with what was
// asked for. What is zero was not said.
type Made struct {
	At       time.Time
	Sender   string // its id
	Lifetime time.Duration
}

// Otherwise says in what the campaign that a vendor made differs from the one that was asked for.
// Show writes a time as the vendor does; zoneDoubt is how far its times may be off where nobody has
// said in which zone they are.
func (m Made) Otherwise(vendor string, c model.Campaign, now time.Time, zoneDoubt time.Duration,
	show func(time.Time) string) []model.Text {
	var all []model.Text
	switch {
	case m.At.IsZero():
	case c.SendAt.After(now):
		if m.At.Sub(c.SendAt).Abs() > time.Minute {
			all = append(all, model.Say("%s sends it at %s, not at %s", vendor, show(m.At), show(c.SendAt)))
		}
	case m.At.Sub(now) > max(soon, zoneDoubt):
		all = append(all, model.Say("%s sends it at %s, not at once", vendor, show(m.At)))
	}
	if m.Sender != "" && c.Sender != "" && m.Sender != c.Sender {
		all = append(all, model.Say("%s sends it from the sender %s, not from %s", vendor, m.Sender,
			cmp.Or(c.SenderName, c.Sender)))
	}
	if m.Lifetime > 0 && c.Lifetime > 0 && m.Lifetime != c.Lifetime {
		all = append(all, model.Say("%s delivers it for %s, not for %s", vendor, m.Lifetime, c.Lifetime))
	}
	return all
}

// Beside joins what is said beside a vendor's yes.
func Beside(all ...model.Text) model.Text {
	all = slices.DeleteFunc(all, model.Text.IsZero)
	switch len(all) {
	case 0:
		return model.Text{}
	case 1:
		return all[0]
	}
	return model.Say("%s", model.ListedBy("; ", all))
}
