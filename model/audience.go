package model

// Audience returns an imported list as the audience of a campaign.
func (list Import) Audience() Audience {
	return Audience{Total: int64(list.People.Len() + len(list.Bad) + len(list.Duplicates)),
		Duplicates: int64(len(list.Duplicates)), Invalid: int64(len(list.Bad)), BadRows: list.Bad, People: list.People,
		Read: &list.ListFacts}
}

// Join adds an imported list of recipients, as With does.
func (a Audience) Join(list Import) Audience { return a.With(list.Audience()) }

// With adds the people of another audience. People who are in both are counted as duplicates;
// neither audience is changed.
func (a Audience) With(b Audience) Audience {
	a.Total += b.Total
	a.Duplicates += b.Duplicates
	a.Invalid += b.Invalid
	a.BadRows = append(a.BadRows[:len(a.BadRows):len(a.BadRows)], b.BadRows...)
	if b.Read != nil {
		a.Read = b.Read
	}
	if a.People.Len() == 0 || b.People.Len() == 0 {
		if a.People.Len() == 0 {
			a.People = b.People
		}
		return a
	}
	seen := make(map[string]bool, a.People.Len())
	for _, r := range a.People.Who() {
		seen[r.who()] = true
	}
	people := a.People.Slice(0, a.People.Len())
	for _, r := range b.People.All() {
		if seen[r.who()] {
			a.Duplicates++
			continue
		}
		people = append(people, r)
	}
	a.People = PeopleOf(people...)
	return a
}

// who identifies the person within one audience.
func (r Recipient) who() string {
	if r.Phone != 0 {
		return r.Phone.String()
	}
	return r.Contact
}
