package vendors

import (
	"cmp"
	"slices"
	"time"

	"viberdeck/model"
)

// soon is how long a campaign that is to leave at once may be delayed by the vendor.
const soon = 15 * time.Minute

// Made is what a vendor reports about a campaign that it created, as far as it can be compared with
// the request. Zero values were not reported.
type Made struct {
	At       time.Time
	Sender   string // its id
	Lifetime time.Duration
}

// Differences says how the campaign that a vendor created differs from the request. show formats a
// time as the vendor does; zoneDoubt is how far its times may be off if their zone is unknown.
func (m Made) Differences(vendor string, c model.Campaign, now time.Time, zoneDoubt time.Duration,
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

// Beside joins the remarks that accompany a vendor's acceptance.
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
