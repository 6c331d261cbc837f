package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"
)

// place is a country with the zones in which its people may be. A mobile number of a large country
// belongs to several zones.
type place struct {
	country string
	zones   []*time.Location
}

// places counts people by place. It caches its results by the phones without their last digits.
type places struct {
	otherwise *time.Location // for contacts without a phone, and for phones of unknown zone
	known     map[Phone]*place
	people    map[*place]int64
	same      map[string]*place
}

func newPlaces(otherwise *time.Location) *places {
	return &places{otherwise, map[Phone]*place{}, map[*place]int64{}, map[string]*place{}}
}

func (ps *places) add(p Phone, country string) {
	key := p / 10_000
	if p == 0 {
		country = ""
	}
	at, ok := ps.known[key]
	if !ok {
		at = ps.find(p, country)
		if len(ps.known) < mostRemembered {
			ps.known[key] = at
		}
	}
	ps.people[at]++
}

func (ps *places) find(p Phone, country string) *place {
	at := &place{country: country}
	var names []string
	if p != 0 {
		names, _ = phonenumbers.GetTimezonesForPrefix(p.Digits())
	}
	for _, name := range names {
		if zone, err := time.LoadLocation(name); err == nil && name != "Etc/Unknown" {
			at.zones = append(at.zones, zone)
		}
	}
	if len(at.zones) == 0 {
		at.zones, names = []*time.Location{ps.otherwise}, nil
	}
	id := country + "|" + strings.Join(names, "|")
	if same, ok := ps.same[id]; ok {
		return same
	}
	ps.same[id] = at
	return at
}

// quietHours finds the places in which the message would or could arrive within the quiet hours:
// when it is sent, while it is being stretched, and during its lifetime.
func (p Planner) quietHours(plan *Plan, ps *places) {
	quiet, err := parseQuietHours(p.Send.QuietHours)
	if err != nil {
		return // none, or refused when the configuration was read
	}
	c := plan.Campaign
	at := c.SendAt
	if at.IsZero() {
		at = p.Now
	}
	sorted := slices.SortedFunc(maps.Keys(ps.people), func(a, b *place) int {
		return cmp.Or(cmp.Compare(ps.people[b], ps.people[a]), cmp.Compare(a.country, b.country))
	})
	const most = 5
	for i, where := range sorted {
		if len(plan.Quiet) == most {
			plan.Quiet = append(plan.Quiet, Say("and so in %s", Counted(len(sorted)-i, "other place", "other places")))
			return
		}
		if why := quiet.meets(at, c.Stretch, c.Lifetime, where.zones); !why.IsZero() {
			plan.Quiet = append(plan.Quiet, Say("%s: %s", where.named(ps.people[where]), why))
		}
	}
}

func (w place) named(people int64) Text {
	if people == 0 {
		return Say("the list")
	}
	if w.country == "" {
		return Say("%s", Persons(people))
	}
	return Say("%s in %s", Persons(people), w.country)
}

// meets says how a message that begins to leave at the given time meets the quiet hours in one of
// the zones; it is empty if it does not.
func (q QuietHours) meets(at time.Time, stretch, lifetime time.Duration, zones []*time.Location) Text {
	for _, zone := range zones {
		if local := at.In(zone); q.Hold(local) {
			return Say("it would arrive at %s, within the quiet hours %s", local.Format("15:04"), q)
		}
	}
	for _, zone := range zones {
		local := at.In(zone)
		begins := q.Next(local)
		switch {
		case begins < stretch:
			return Say("it would still be arriving at %s, when the quiet hours %s begin",
				local.Add(begins).Format("15:04"), q)
		case begins < stretch+lifetime:
			return Say("it lives until %s and could arrive after %s, when the quiet hours %s begin",
				Moment{local.Add(stretch + lifetime), "2 Jan 15:04"}, local.Add(begins).Format("15:04"), q)
		}
	}
	return Text{}
}
