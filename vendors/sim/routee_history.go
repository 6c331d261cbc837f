package sim

import (
	"fmt"
	"strings"
	"time"
)

// seedHistory fills the account: contacts, groups, a blacklist, and campaigns that are finished,
// under way and scheduled. They can be found only by their ids (RouteeCampaign), because Routee
// cannot list campaigns.
func (v *routee) seedHistory() {
	start := v.clock.start
	v.seedContacts()
	names := []string{RouteeTakenName, "Name day", "Summer holidays", "Delivery survey", "Back to school",
		"Loyalty points", "Opening hours"}
	texts := []string{
		"Καλό Πάσχα! 20 % off today.", "Χρόνια πολλά, [~{firstName}]!", "We are closed until 20 August.",
		"How was your delivery, [~{firstName}]?",
		"Νέες τσάντες για το σχολείο.", "You have 14 points.", "We are open until 21:00.",
	}
	count := len(names)
	if v.busy() {
		count = 60
	}
	for i := range count {
		age := ageOf(count-1-i, count, 50*24*time.Hour)
		m := v.seeded(names[i%len(names)], texts[i%len(texts)], start.Add(-age), 20+v.pickSize(i))
		if round := i / len(names); round > 0 {
			m.name = fmt.Sprintf("%s %d", m.name, round+1)
		}
		m.session = i%7 == 3
		if i%3 == 0 {
			m.body.Action = &routeeAction{"Shop", "https://shop.example.com/gr"}
			m.circumstances.button = true
		}
		v.add(m, RouteeCampaign(i))
	}
	scheduled := v.seeded("Tomorrow morning", "Good morning!", start.Add(-time.Minute), 40)
	scheduled.scheduled, scheduled.leaves = true, start.Add(20*time.Hour).Truncate(time.Hour)
	v.add(scheduled, RouteeScheduled)
}

func (v *routee) pickSize(i int) int {
	d := throw(v.seed, "routee", "size", fmt.Sprint(i))
	if v.busy() && i%20 == 19 {
		return 900
	}
	return d.pick(60)
}

func (v *routee) seeded(name, text string, at time.Time, size int) *routeeCampaign {
	at = at.Truncate(time.Second)
	m := &routeeCampaign{
		name: name, sender: RouteeSender, body: routeeBody{
			Text: text, Fallback: map[string]string{"firstName": "friend"}},
		created: at, leaves: at, ttl: routeeLongest, perGroup: map[string]int{},
		circumstances: circumstances{24 * time.Hour, false, v.replyShare(), v.drill()},
	}
	for _, phone := range people(throw(v.seed, "routee", name, fmt.Sprint(at.Unix())), greece, size) {
		m.to = append(m.to, "+"+phone)
		v.address(m, v.contactOf(phone), phone, nil)
	}
	return m
}

var greece = []string{"3069480", "3069730", "3069060"}

func (v *routee) seedContacts() {
	first := []string{"Μαρία", "Nikos", "Ελένη", "Andreas", "Σοφία", "Anna", ""}
	v.groups = []string{RouteeGroup, RouteeSmallGroup, RouteeEmptyGroup}
	for i := range routeeContacts {
		k := &routeeContact{
			id: RouteeContact(i), phone: strings.TrimPrefix(RouteeContactPhone(i), "+"), first: first[i%len(first)],
			last: "Example",
			mail: fmt.Sprintf("contact%03d@example.com", i), vip: i < 12,
		}
		if i < 180 {
			k.groups = append(k.groups, RouteeGroup)
		}
		if i < 12 {
			k.groups = append(k.groups, RouteeSmallGroup)
		}
		if i%3 != 2 {
			k.labelNames, k.labelText = []string{"city"}, []string{[]string{"Αθήνα", "Patra"}[i%2]}
		}
		v.contacts = append(v.contacts, k)
		if i >= 170 && i < 180 {
			v.blacklist = append(v.blacklist, k.id)
		}
	}
	if v.drill() {
		v.contacts[3].first, v.contacts[4].labelText = "Evil\u202eeman\x1b[31m", []string{"\x1b]0;owned\x07"}
	}
}
